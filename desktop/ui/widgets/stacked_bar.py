"""A bar of shares with its legend: every share has a name and a number, so that colour is never the only sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme

_HEIGHT, _GAP, _LINE, _DOT = 11, 8, 20, 9


@dataclass(frozen=True, slots=True)
class Share:
    """So many of the whole, under a name, in a token's colour."""

    name: str
    count: int
    token: str

    @property
    def words(self) -> str:
        """Name and number."""
        return f"{self.name} {self.count}"


class StackedBar(QWidget):
    """Shows shares side by side; the legend wraps where the window is narrow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shares: tuple[Share, ...] = ()
        self.setFont(theme.font(9.5))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these, in this order."""
        self._shares = tuple(shares)
        self.setAccessibleName(", ".join(share.words for share in shares))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as bar and legend."""
        return QSize(200, self.height())

    def resizeEvent(self, _event: object) -> None:
        """The legend wraps anew."""
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar and its legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_bar(painter)
        painter.setFont(self.font())
        dot, line = self._theme.px(_DOT), self._theme.px(_LINE)
        for share, x, y in self._laid():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(share.token))
            painter.drawRoundedRect(QRectF(x, y + (line - dot) / 2, dot, dot), 2, 2)
            painter.setPen(self._theme.colour("ink2"))
            room = QRectF(x + dot + 7, y, self.width(), line)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, share.words)
        painter.end()

    def _draw_bar(self, painter: QPainter) -> None:
        high = self._theme.px(_HEIGHT)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(0, 0, self.width(), high), high / 2, high / 2)
        painter.setClipPath(shape)
        painter.fillRect(QRectF(0, 0, self.width(), high), self._theme.colour("slot_empty"))
        whole, x = sum(share.count for share in self._shares), 0.0
        for share in self._shares:
            wide = self.width() * share.count / whole if whole else 0.0
            painter.fillRect(QRectF(x, 0, wide, high), self._theme.colour(share.token))
            x += wide
            if share.count and x < self.width():
                painter.fillRect(QRectF(x - 1, 0, 1, high), self._theme.colour("surface"))
        painter.setClipping(False)

    def _laid(self) -> list[tuple[Share, int, int]]:
        """Where each entry of the legend stands."""
        x, y, laid = 0, self._theme.px(_HEIGHT + _GAP), []
        for share in self._shares:
            wide = self._theme.px(_DOT) + 7 + self.fontMetrics().horizontalAdvance(share.words)
            if x and x + wide > self.width():
                x, y = 0, y + self._theme.px(_LINE)
            laid.append((share, x, y))
            x += wide + 18
        return laid

    def _fit(self) -> None:
        laid = self._laid()
        self.setFixedHeight((laid[-1][2] if laid else self._theme.px(_HEIGHT + _GAP)) + self._theme.px(_LINE))
