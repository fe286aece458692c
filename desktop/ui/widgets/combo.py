"""A field with a list to choose from."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from desktop.ui.theme import Theme, Weight


class Combo(QComboBox):
    """A field that opens a list; draws its own arrow, which a style sheet takes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "field")
        self.setFixedHeight(theme.px(36))
        self.setFont(theme.font(10, Weight.Medium))
        self.view().setFont(theme.font(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the arrow."""
        super().paintEvent(event)
        size = self._theme.px(16)
        painter = QPainter(self)
        picture = self._theme.pixmap("chevron-down", "ink2", size, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - size - 10, (self.height() - size) // 2, picture)
        painter.end()
