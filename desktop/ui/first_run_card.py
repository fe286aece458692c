"""The third page: the recovery card, printed or saved, and kept where it will be found."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from desktop.tasks import Tasks
from desktop.ui.first_run_step import Step
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label

if TYPE_CHECKING:
    from desktop.ui.first_run_doing import Staged

CARD_NAME = "kartu-pemulihan-payung.pdf"  # no person, no place
Chooser = Callable[[QWidget], Path | None]


class CardStep(Step):
    """`done` carries nothing: the card was made and the clerk has said where it is kept."""

    def __init__(
        self, theme: Theme, tasks: Tasks, messages: Messages, folder: Path, *, choose: Chooser | None = None
    ) -> None:
        super().__init__(theme, tasks, messages, self.tr("The recovery card"))
        self._folder, self._choose = folder, choose or self._a_target
        self._staged: Staged | None = None
        self.path: Path | None = None
        self.save_button = self._button(self.tr("Save the card (PDF)…"), "soft", "save")
        self.print_button = self._button(self.tr("Open it to print"), "soft", "printer")
        self.print_button.setEnabled(False)
        self.saved = label(theme, "", 9.5, Weight.Medium, tone="ok", wrap=True)
        self.saved.hide()
        self.kept = QCheckBox(self.tr("The card is printed or kept apart"))
        self.kept.setAccessibleName(self.kept.text())
        self.kept.setFont(theme.font(10))
        self.kept.setProperty("role", "kept")
        self.kept.setEnabled(False)
        self._build()

    def _build(self) -> None:
        lead = self.tr(
            "If you forget the passphrase, the office can let you in again with this card. It holds nothing secret. "
            "Save it on a stick or print it, and keep it apart from the laptop."
        )
        buttons = row(self.save_button, self.print_button, None)
        self._fill(self._text(lead), column(buttons, self.saved, self.kept, gap=10))
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self._open)
        self.kept.toggled.connect(self._toggled)

    def show_laptop(self, staged: Staged) -> None:
        """Whose card it is; another laptop's card is asked for anew."""
        if staged is self._staged:
            return
        self._staged, self.path = staged, None
        self.saved.hide()
        self.print_button.setEnabled(False)
        self.kept.setChecked(False)
        self.kept.setEnabled(False)

    def begin(self) -> None:
        """The card first."""
        if self.kept.isChecked():
            self.ready.emit()
        else:
            (self.kept if self.kept.isEnabled() else self.save_button).setFocus()

    def advance(self) -> None:
        """Not without the card."""
        if self.path is None:
            self.say(self.tr("Save the card first."))
            self.save_button.setFocus()
        elif not self.kept.isChecked():
            self.say(self.tr("Say that the card is kept: tick the box with the space bar."))
            self.kept.setFocus()
        else:
            self.done.emit(None)

    def _save(self) -> None:
        if self._staged is None:
            return
        path = self._choose(self)
        if path is not None:
            self.run(_writer(self._folder, self._staged, path.with_suffix(".pdf")), self._written)

    def _written(self, path: Path) -> None:
        self.path = path
        self.saved.setText(self.tr("The card lies at {path}.").format(path=path))
        self.saved.show()
        self.print_button.setEnabled(True)
        self.kept.setEnabled(True)
        self.kept.setFocus()

    def _open(self) -> None:
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def _toggled(self, kept: bool) -> None:
        self.say("")
        if kept:
            self.ready.emit()

    def _a_target(self, over: QWidget) -> Path | None:
        from desktop.ui import documents  # noqa: PLC0415 - needed once

        folder = documents.folder()
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        proposed = documents.free(folder / CARD_NAME)
        kinds = self.tr("PDF files (*.pdf)")
        chosen, _ = QFileDialog.getSaveFileName(over, self.tr("Save the recovery card"), str(proposed), kinds)
        return Path(chosen) if chosen else None


def _writer(folder: Path, staged: Staged, path: Path) -> Callable[[], Path]:
    def write() -> Path:
        from desktop.ui import first_run_doing  # noqa: PLC0415 - brings the database's libraries

        return first_run_doing.write_card(folder, staged, path)

    return write
