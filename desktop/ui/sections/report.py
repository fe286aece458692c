"""A problem report for the office: no person in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop.tasks import Lane, Tasks
from desktop.ui import reporting
from desktop.ui.sections.section import Chooser, Section, a_folder
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.layout import row


class Report(Section):
    """One button, and what will be in the file."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session, choose: Chooser | None = None) -> None:
        super().__init__(theme, tasks, session, self.tr("Problem report"))
        self._choose = choose or a_folder(self.tr("Where to write the report"))
        self.write_button = self._button(self.tr("Write the report…"), "primary", "file-output")
        self.write_button.clicked.connect(self._write)
        self._fill(
            self._text(
                self.tr(
                    "When something does not work, write a report and give it to the office. It holds the version of "
                    "Payung, numbers, and what the program did. It holds no name, no NIK and no passphrase; you can "
                    "read it with any text program before you pass it on."
                )
            ),
            row(self.write_button, None),
        )

    def _write(self) -> None:
        folder = self._choose(self)
        if folder is None:
            return
        size = self.screen().size()
        screen = f"{size.width()}x{size.height()} at {self.devicePixelRatioF():.2f}"
        self._run(partial(reporting.write, self._session, folder, screen), self._written, Lane.COPY)

    def _written(self, path: Path) -> None:
        self._free()
        self.say(self.tr("The report lies at {path}.").format(path=path))
