"""A QR code on the screen: whole pixels a module, dark on white in light and dark colours alike."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.paper import qr

QUIET = 4  # modules of white around it (ISO/IEC 18004)
WIDEST, LEAST = 420, 3  # pixels of the picture, and of a module where there is little room


class CodePicture(QWidget):
    """`show_text` draws the text's code; the widget is as large as the code needs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows: tuple[bytes, ...] = ()
        self._room = WIDEST
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_text(self, text: str, room: int = WIDEST) -> bool:
        """Draw the text's code in about so many pixels; whether it fits in one."""
        self._rows, self._room = qr.modules(text) or (), min(room, WIDEST)
        self.updateGeometry()
        self.update()
        self.setVisible(bool(self._rows))
        return bool(self._rows)

    @property
    def module(self) -> int:
        """Pixels a module."""
        side = len(self._rows) + 2 * QUIET
        return max(LEAST, self._room // side) if self._rows else 0

    def sizeHint(self) -> QSize:
        """Square, with the white around it."""
        side = (len(self._rows) + 2 * QUIET) * self.module
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each dark module."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        size = self.module
        for row, pixels in enumerate(self._rows):
            for column, pixel in enumerate(pixels):
                if not pixel:
                    painter.fillRect((column + QUIET) * size, (row + QUIET) * size, size, size, Qt.GlobalColor.black)
        painter.end()
