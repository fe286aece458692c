"""A sentence that leads somewhere: a button whose text wraps, underlined."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui.theme import Theme, Weight

_WRAP = int(Qt.TextFlag.TextWordWrap.value) | int(Qt.AlignmentFlag.AlignLeft.value)
_EDGE = 4


class Link(QAbstractButton):
    """Space, Enter (through the form) and the mouse choose it."""

    def __init__(self, theme: Theme, sentence: str) -> None:
        super().__init__()
        self._theme = theme
        font = theme.font(9, Weight.Medium)
        font.setUnderline(True)
        self.setFont(font)
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(120, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """High enough for every line and for a finger."""
        room = QRect(0, 0, max(60, width - 2 * _EDGE), 10_000)
        needed = self.fontMetrics().boundingRect(room, _WRAP, self.text()).height()
        return max(self._theme.px(24), needed + _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sentence, and the frame that says where the focus is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(self._theme.colour("err"))
        inner = self.rect().adjusted(_EDGE, 0, -_EDGE, 0)
        painter.drawText(inner, _WRAP | int(Qt.AlignmentFlag.AlignVCenter.value), self.text())
        painter.end()
