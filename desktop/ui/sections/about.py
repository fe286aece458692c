"""Which Payung this is, and under what licences it and its parts stand."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from desktop import crash
from desktop.tasks import Lane, Tasks
from desktop.ui import licences
from desktop.ui.sections.section import Section
from desktop.ui.session import Session
from desktop.ui.theme import Theme

HEIGHT = 360


class About(Section):
    """The texts are read when the section is first shown."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__(theme, tasks, session, self.tr("About Payung"))
        self.licences = QPlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setTabChangesFocus(True)
        self.licences.setFont(theme.font(9))
        self.licences.setAccessibleName(self.tr("Licences of Payung and of what it contains"))
        self.licences.setMinimumHeight(theme.px(HEIGHT))
        self._fill(
            self._text(self.tr("Version {version}").format(version=crash.version()), "ink"),
            self._text(
                self.tr("Payung enrols the ad-hoc officers of elections and regional elections. It is free software.")
            ),
            self._title(self.tr("Licences")),
            self.licences,
        )

    def shown(self) -> None:
        """Read the texts once."""
        if not self.licences.toPlainText():
            self._tasks.run(Lane.COPY, licences.text, done=self._show)

    def _show(self, text: str) -> None:
        self.licences.setPlainText(text)
