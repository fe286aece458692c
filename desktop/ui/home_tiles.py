"""The tiles of the home page: one for each polling station and place, walked with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.home_reading import Tile
from desktop.ui.theme import Theme, Weight

FEW, MANY = 4, 8  # columns
MOST_IN_FEW = 16  # tiles from which there are many columns
NARROWEST, LOWEST, HIGHEST = 72, 62, 106  # logical pixels of a tile
GAP = 8
Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    """The tiles, with what a screen reader says of them."""

    def __init__(self, spoken: str, wrong: str) -> None:
        super().__init__()
        self.tiles: tuple[Tile, ...] = ()
        self._spoken, self._wrong = spoken, wrong

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show these; the view keeps its place when they are the same places as before."""
        if [tile.place for tile in tiles] == [tile.place for tile in self.tiles]:
            self.tiles = tiles
            if tiles:
                self.dataChanged.emit(self.index(0), self.index(len(tiles) - 1))
            return
        self.beginResetModel()
        self.tiles = tiles
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a tile."""
        return 0 if parent.isValid() else len(self.tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The tile for the painter, its words for tool tip and screen reader."""
        tile = self.tiles[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return tile
        if role == Qt.ItemDataRole.DisplayRole:
            return tile.title
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            spoken = self._spoken.format(title=tile.title, filled=tile.filled, total=tile.total)
            return f"{spoken}, {self._wrong.format(count=tile.wrong)}" if tile.wrong else spoken
        return None


class TilePainter(QStyledItemDelegate):
    """Title, number and a sign: check, clock, alert or an empty circle."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent
        self._small = theme.font(9, digits=True)
        self._large = tuple(theme.font(points, Weight.Bold, digits=True) for points in (13.5, 11, 9))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As large as the view lays it."""
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile."""
        tile: Tile = index.data(Qt.ItemDataRole.UserRole)
        theme, (ground, tone, icon) = self._theme, look(tile)
        rect = option.rect.adjusted(0, 0, -GAP, -GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_Selected
        painter.setPen(QPen(theme.colour("focus" if focused else "line"), 2 if focused else 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 8, 8)
        inner = rect.adjusted(theme.px(10), theme.px(7), -theme.px(9), -theme.px(6))
        painter.setFont(self._small)
        painter.setPen(theme.colour("ink2"))
        title = painter.fontMetrics().elidedText(tile.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        size = theme.px(17)
        at = QPoint(inner.right() - size + 1, inner.bottom() - size + 1)
        painter.drawPixmap(at, theme.pixmap(icon, tone, size, painter.device().devicePixelRatio()))
        self._number(painter, inner.adjusted(0, 0, -(size + 4), 0), tile, tone)
        painter.restore()

    def _number(self, painter: QPainter, room: QRect, tile: Tile, tone: str) -> None:
        text = f"{tile.filled}/{tile.total}" if tile.total else str(tile.filled)
        for font in self._large:
            painter.setFont(font)
            if painter.fontMetrics().horizontalAdvance(text) <= room.width():
                break
        painter.setPen(self._theme.colour(tone))
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)


class Tiles(QListView):
    """`chosen` carries the `Tile` that was opened, by Enter or a click."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = TileModel(self.tr("{title}, {filled} of {total} officers"), self.tr("{count} to be mended"))
        self.setModel(self._model)
        self.setItemDelegate(TilePainter(theme, self))
        self.setAccessibleName(self.tr("Polling stations and places"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMovement(QListView.Movement.Static)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show these."""
        self._model.show_tiles(tiles)
        if not self.currentIndex().isValid() and tiles:
            self.setCurrentIndex(self._model.index(0))
        self._lay()

    @property
    def columns(self) -> int:
        """How many tiles stand side by side."""
        wanted = FEW if len(self._model.tiles) <= MOST_IN_FEW else MANY
        return min(wanted, max(1, self.width() // self._theme.px(NARROWEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tiles share the width and, as far as they can, the height."""
        super().resizeEvent(event)
        self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the tile, the arrow keys walk."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))

    def _lay(self) -> None:
        rows = max(1, -(-len(self._model.tiles) // self.columns))
        high = min(self._theme.px(HIGHEST), max(self._theme.px(LOWEST), self.height() // rows))
        fits = rows * high <= self.height()
        # As needed, Qt would keep the scroll bar's room free even where there is none, and wrap too early.
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(policy)
        room = self.width() - (0 if fits else self.verticalScrollBar().sizeHint().width())
        size = QSize((room - 1) // self.columns, high)
        if size != self.gridSize():
            self.setGridSize(size)


def look(tile: Tile) -> tuple[str, str, str]:
    """Ground, tone and sign of a tile."""
    if tile.wrong:
        return "err_bg", "err", "circle-alert"
    if tile.complete:
        return "ok_bg", "ok", "circle-check"
    if tile.filled:
        return "warn_bg", "warn", "clock"
    return "surface2", "ink3", "circle-dashed"
