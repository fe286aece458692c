"""After how many minutes without a key the window locks itself."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

from desktop import settings
from desktop.settings import Settings
from desktop.tasks import Tasks
from desktop.ui.sections.section import Section
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import row


class Locking(Section):
    """The new time holds from the moment it is kept."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__(theme, tasks, session, self.tr("Locking"))
        self.minutes = QSpinBox()
        self.minutes.setRange(*settings.LOCK_MINUTES)
        self.minutes.setValue(session.settings.lock_minutes)
        self.minutes.setSuffix(" " + self.tr("minutes"))
        self.minutes.setProperty("role", "field")
        self.minutes.setFont(theme.font(10.5))
        self.minutes.setFixedHeight(theme.px(36))
        self.minutes.setMinimumWidth(theme.px(150))
        field = Field(theme, self.tr("Lock after so many minutes without a key"), self.minutes)
        self.keep_button = self._button(self.tr("Keep"), "primary", "save")
        self.keep_button.clicked.connect(self._keep_clicked)
        self._fill(
            self._text(
                self.tr(
                    "Payung also locks when the laptop sleeps or its screen is locked, and with Ctrl+K. What you have "
                    "typed is kept."
                )
            ),
            field,
            row(self.keep_button, None),
        )

    def _keep_clicked(self) -> None:
        self._keep(lock_minutes=self.minutes.value())

    def _chosen(self, chosen: Settings) -> None:
        super()._chosen(chosen)
        self.say(self.tr("Payung locks after {minutes} minutes.").format(minutes=chosen.lock_minutes))
