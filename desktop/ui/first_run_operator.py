"""The second page: who works here, and the passphrase, typed twice."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from desktop.tasks import Tasks
from desktop.ui.first_run_step import Step
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.passphrase_pair import PassphrasePair
from payung.problem import Severity


class OperatorStep(Step):
    """`done` carries the name and the passphrase."""

    def __init__(self, theme: Theme, tasks: Tasks, messages: Messages) -> None:
        super().__init__(theme, tasks, messages, self.tr("Your name and your passphrase"))
        self.name = QLineEdit()
        self.name_field = Field(theme, self.tr("&Your name"), self.name, hint=self.tr("as colleagues know you"))
        self.pair = PassphrasePair(theme, messages, self.tr("Passphrase"))
        lead = self.tr(
            "The passphrase locks all data on this laptop. Several words are easy to remember and hard to guess. A PIN "
            "is not enough."
        )
        self._fill(self._text(lead), self.name_field, self.pair)
        self.name.returnPressed.connect(self._named)
        self.pair.finished.connect(self.advance)

    def begin(self) -> None:
        """The name first."""
        (self.pair.fresh if self.name.text() else self.name).setFocus()

    def advance(self) -> None:
        """Both must hold."""
        name = " ".join(self.name.text().split())
        if not name:
            self.name_field.tell(Severity.ERROR, self.tr("Type your name."))
            self.name.setFocus()
            return
        self.name_field.tell(None)
        passphrase = self.pair.agreed((name,))
        if passphrase:
            self.done.emit((name, passphrase))

    def forget(self) -> None:
        """The passphrase goes."""
        self.pair.forget()

    def _named(self) -> None:
        self.name_field.tell(None)
        self.pair.fresh.setFocus()
