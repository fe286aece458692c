"""A question in the flow of the page that wants a line of text before it is done: Enter does it, Esc does not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label
from payung.problem import Severity


class Asking(QFrame):
    """`given` carries the text; `dropped`: nothing is done."""

    given = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme, ground: str, caption: str, missing: str) -> None:
        super().__init__()
        self.setProperty("notice", ground)
        self._missing = missing
        self._title = label(theme, "", 9.5, Weight.DemiBold, tone=ground, wrap=True)
        self._text = label(theme, "", 9, wrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.line = QLineEdit()
        self._field = Field(theme, caption, self.line)
        self.do_button = button(theme, "", "primary", points=9)
        self.do_button.setMinimumHeight(theme.px(30))
        self.keep_button = button(theme, self.tr("Not now"), "answer", points=9)
        self.do_button.clicked.connect(self._give)
        self.keep_button.clicked.connect(self._drop)
        answers = row(self._field, self.do_button, self.keep_button, gap=8)
        answers.setStretch(0, 1)
        for made in (self.do_button, self.keep_button):
            answers.setAlignment(made, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(self._title, self._text, answers, gap=4, margins=(11, 9, 11, 10)))
        self.hide()

    def ask(self, title: str, text: str, do: str, proposed: str = "") -> None:
        """Show the question with the cursor in the line."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title}. {text}")
        write(self.do_button, do)
        self.line.setText(proposed)
        self._field.tell(None)
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._drop() if self.keep_button.hasFocus() else self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        said = " ".join(self.line.text().split())
        if not said:
            self._field.tell(Severity.ERROR, self._missing)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self.given.emit(said)

    def _drop(self) -> None:
        self.hide()
        self.dropped.emit()
