"""A notice in the flow of the page: it takes its own room, covers nothing, and may offer up to two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import Glyph, label, retone

_ICONS = {"warn": "triangle-alert", "err": "circle-alert", "info": "info", "ok": "circle-check"}


class Notice(QFrame):
    """`answered` carries 0 or 1, the place of the answer given by mouse or key."""

    answered = Signal(int)

    def __init__(self, theme: Theme, ground: str) -> None:
        super().__init__()
        self.setProperty("notice", ground)
        self._glyph = Glyph(theme, _ICONS[ground], ground, 17)
        self._title = label(theme, "", 9.5, Weight.DemiBold, tone=ground, wrap=True)
        self._text = label(theme, "", 9, wrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.answers = (self._answer(theme, 0), self._answer(theme, 1))
        self._choices = holder(row(*self.answers, None, gap=6, margins=(0, 3, 0, 0)))
        body = column(self._title, self._text, self._choices, gap=2)
        outer = row(self._glyph, body, gap=9, margins=(11, 9, 11, 10))
        outer.setAlignment(self._glyph, Qt.AlignmentFlag.AlignTop)
        outer.setStretch(1, 1)
        self.setLayout(outer)
        self.hide()

    def _answer(self, theme: Theme, place: int) -> QPushButton:
        made = button(theme, "", "answer", points=9)
        made.clicked.connect(self._second if place else self._first)
        return made

    def _first(self) -> None:
        self.answered.emit(0)

    def _second(self) -> None:
        self.answered.emit(1)

    def say(self, title: str, text: str = "", answers: tuple[str, ...] = (), keys: tuple[str, ...] = ()) -> None:
        """Show the notice. `keys` names the keys of the answers, shown in their tool tips."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._choices.setVisible(bool(answers))
        for place, made in enumerate(self.answers):
            made.setVisible(place < len(answers))
            if place < len(answers):
                write(made, answers[place])
                made.setToolTip(keys[place] if place < len(keys) else "")
        self.setAccessibleName(f"{title}. {text}")
        self.show()

    def retell(self, text: str) -> None:
        """Change the text below the title, while the notice stands."""
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{self._title.text()}. {text}")

    def reground(self, ground: str) -> None:
        """Change what kind of notice this is."""
        self._glyph.show_icon(_ICONS[ground], ground)
        retone(self._title, "tone", ground)
        retone(self, "notice", ground)
