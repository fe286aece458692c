"""A question in the flow of the page that wants a reason before it is done: Enter does it, Esc does not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label
from payung.problem import Severity


class ReasonPanel(QFrame):
    """`given` carries the reason; `dropped`: nothing is done."""

    given = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("notice", "warn")
        self._title = label(theme, "", 9.5, Weight.DemiBold, tone="warn", wrap=True)
        self._text = label(theme, "", 9, wrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = QLineEdit()
        self._field = Field(theme, self.tr("Reason"), self.reason)
        self.do_button = button(theme, self.tr("Withdraw"), "primary", points=9)
        self.do_button.setMinimumHeight(theme.px(30))
        self.keep_button = button(theme, self.tr("Leave it"), "answer", points=9)
        self.do_button.clicked.connect(self._give)
        self.keep_button.clicked.connect(self._drop)
        answers = row(self.do_button, self.keep_button, None, gap=6, margins=(0, 3, 0, 0))
        self.setLayout(column(self._title, self._text, self._field, answers, gap=5, margins=(11, 9, 11, 10)))
        self.hide()

    def ask(self, title: str, text: str) -> None:
        """Show the question with the cursor in the reason."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
        self.reason.clear()
        self._field.tell(None)
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._drop() if self.keep_button.hasFocus() else self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        reason = " ".join(self.reason.text().split())
        if not reason:
            self._field.tell(Severity.ERROR, self.tr("Write the reason, for example: enrolled by mistake."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self.given.emit(reason)

    def _drop(self) -> None:
        self.hide()
        self.dropped.emit()
