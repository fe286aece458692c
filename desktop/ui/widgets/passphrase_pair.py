"""A new passphrase: typed twice, with words to choose from and a word of advice; used wherever one is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label, retone
from payung import passphrase as passphrases
from payung.problem import Severity


class PassphrasePair(QWidget):
    """`finished` when Enter is pressed in the second field."""

    finished = Signal()

    def __init__(self, theme: Theme, messages: Messages, caption: str) -> None:
        super().__init__()
        self._messages = messages
        self.fresh, self.again = _secret(), _secret()
        self._fresh_field = Field(theme, caption, self.fresh, hint=self.tr("several words"))
        self._again_field = Field(theme, self.tr("The same once more"), self.again)
        self.suggest_button = button(theme, self.tr("Suggest words"), "link", icon="sparkles", points=9)
        self.suggest_button.setAutoDefault(True)
        self.suggested = label(theme, "", 9.5, Weight.Medium, wrap=True)
        self.suggested.hide()
        self.strength = label(theme, "", 9, Weight.Medium, tone="ink2", wrap=True)
        self.strength.hide()
        self.setLayout(
            column(
                self._fresh_field,
                self.strength,
                row(self.suggest_button, None),
                self.suggested,
                self._again_field,
                gap=8,
            )
        )
        self.fresh.textChanged.connect(self._weigh)
        self.suggest_button.clicked.connect(self._suggest)
        self.fresh.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.finished)

    def agreed(self, names: Iterable[str] = ()) -> str:
        """The passphrase both fields hold, empty when something is still to be changed; then it says so."""
        self._fresh_field.tell(None)
        self._again_field.tell(None)
        for problem in passphrases.problems(self.fresh.text(), names=names):
            if problem.severity is Severity.ERROR:
                self._fresh_field.tell(Severity.ERROR, self._messages.of(problem))
                self.fresh.setFocus()
                return ""
            self._fresh_field.tell(Severity.WARNING, self._messages.of(problem))
        if self.fresh.text() != self.again.text():
            self._again_field.tell(Severity.ERROR, self.tr("The two differ. Type the same passphrase twice."))
            self.again.setFocus()
            self.again.selectAll()
            return ""
        return self.fresh.text()

    @property
    def message(self) -> str:
        """What the pair says of itself, empty when all is well."""
        return self._fresh_field.message or self._again_field.message

    def forget(self) -> None:
        """Empty what is secret here."""
        for editor in (self.fresh, self.again):
            editor.clear()
        self.suggested.clear()
        self.suggested.hide()
        self._fresh_field.tell(None)
        self._again_field.tell(None)

    def _weigh(self, text: str) -> None:
        """Say while it is typed how strong it is, in a word; what is wrong is told when it is used."""
        found = [problem.severity for problem in passphrases.problems(text)]
        if Severity.ERROR in found:
            word, tone = self.tr("Strength: too weak, Payung does not take it"), "warn"
        elif found:
            word, tone = self.tr("Strength: fair. One or two words more make it strong"), "ink2"
        else:
            word, tone = self.tr("Strength: strong"), "ok"
        self.strength.setText(word)
        retone(self.strength, "tone", tone)
        self.strength.setVisible(bool(text))

    def _suggest(self) -> None:
        self.suggested.setText(passphrases.suggestion())
        self.suggested.show()
        self.fresh.setFocus()


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
