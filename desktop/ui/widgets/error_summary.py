"""The list of what keeps a form from being saved, above its fields: each line leads to its field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.link import Link
from desktop.ui.widgets.text import Glyph, label


class ErrorSummary(QFrame):
    """`wanted` carries the field name of the line that was chosen."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("notice", "err")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label(theme, "", 9.5, Weight.DemiBold, tone="err", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        glyph = Glyph(theme, "circle-alert", "err", 17)
        outer = row(glyph, column(self._title, self._lines, gap=3), gap=9, margins=(11, 9, 11, 8))
        outer.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        outer.setStretch(1, 1)
        self.setLayout(outer)
        self.links: list[Link] = []
        self.hide()

    def say(self, title: str, lines: tuple[tuple[str, str], ...]) -> None:
        """Show (field, sentence) lines under a title and take the focus."""
        self.clear()
        self._title.setText(title)
        for name, sentence in lines:
            link = Link(self._theme, sentence)
            link.clicked.connect(partial(self._choose, name))
            self._lines.addWidget(link)
            self.links.append(link)
        self.setAccessibleName(". ".join([title, *(sentence for _, sentence in lines)]))
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Take everything back."""
        self.hide()
        for link in self.links:
            self._lines.removeWidget(link)
            link.deleteLater()
        self.links = []

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.wanted.emit(name)
