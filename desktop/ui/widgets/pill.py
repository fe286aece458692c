"""A word in a rounded ground, with an icon so that colour is never the only sign."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop.ui.style import pill_height
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import row
from desktop.ui.widgets.text import Glyph, label, retone

_TONES = {"mute": "ink2"}


class Pill(QFrame):
    """Grounds: brand, ok, warn, err, info, mute."""

    def __init__(self, theme: Theme, ground: str = "mute", icon: str = "user") -> None:
        super().__init__()
        tone = _TONES.get(ground, ground)
        self._glyph = Glyph(theme, icon, tone, 14)
        self._text = label(theme, "", 9, Weight.Medium, tone=tone)
        self.setProperty("pill", ground)
        self.setFixedHeight(pill_height(theme))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayout(row(self._glyph, self._text, gap=5, margins=(9, 0, 10, 0)))

    def say(self, text: str, ground: str, icon: str) -> None:
        """Another word on another ground."""
        tone = _TONES.get(ground, ground)
        self._text.setText(text)
        self._glyph.show_icon(icon, tone)
        retone(self._text, "tone", tone)
        retone(self, "pill", ground)
        self.setAccessibleName(text)
