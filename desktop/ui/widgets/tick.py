"""A box to tick with its words, drawn in the theme's colours by day and by night."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from desktop.ui.theme import Theme

SIDE = 18  # logical pixels of the box, before enlargement
_GAP = 9


class Tick(QCheckBox):
    """A check box."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(theme.font(9.5))
        self.setAccessibleName(text)
        self.setMinimumHeight(theme.px(26))

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        metrics = self.fontMetrics()
        side = self._theme.px(SIDE)
        return QSize(side + _GAP + metrics.horizontalAdvance(self.text()) + 6, max(side + 6, metrics.height() + 6))

    def hitButton(self, pos: QPoint) -> bool:
        """Anywhere on it."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.px(SIDE)
        box = QRect(2, (self.height() - side) // 2, side, side)
        draw_box(painter, self._theme, box, ticked=self.isChecked())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
        painter.setPen(self._theme.colour("ink" if self.isEnabled() else "ink3"))
        room = self.rect().adjusted(box.right() + _GAP, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


def draw_box(painter: QPainter, theme: Theme, box: QRect, *, ticked: bool, blocked: bool = False) -> None:
    """The box alone; `blocked` is one that cannot be ticked."""
    painter.setPen(QPen(theme.colour("line" if blocked else "brand" if ticked else "field"), 1))
    painter.setBrush(theme.colour("mute_bg" if blocked else "brand" if ticked else "surface"))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if ticked:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(QPoint(box.x() + 2, box.y() + 2), theme.pixmap("check", "on_brand", box.width() - 4, ratio))
