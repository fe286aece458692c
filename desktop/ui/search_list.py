"""The list of what was found: it lies over the page and never takes the focus, the field's keys move in it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.roster import LOOKS
from desktop.ui.search_reading import Hit
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import column
from desktop.ui.widgets.text import label

ROW, MOST_ROWS = 50, 7
Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """The hits, with what a screen reader says of them."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a hit."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The hit for the painter, its words for the screen reader."""
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return hit.spoken
        return None


class HitPainter(QStyledItemDelegate):
    """Two lines: name and state, then seat, place and masked NIK."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all."""
        return QSize(200, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one hit."""
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        theme, rect = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sel"))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 8, 8)
            painter.setBrush(theme.colour("brand"))
            painter.drawRoundedRect(QRect(rect.x() + 4, rect.y() + 10, 3, rect.height() - 20), 1.5, 1.5)
        inner = rect.adjusted(16, theme.px(6), -14, -theme.px(6))
        upper = QRect(inner.x(), inner.y(), inner.width(), inner.height() // 2)
        lower = QRect(inner.x(), upper.bottom() + 1, inner.width(), inner.height() - upper.height())
        taken = self._state(painter, upper, hit)
        self._line(painter, upper.adjusted(0, 0, -taken, 0), hit.title, theme.font(10, Weight.DemiBold), "ink")
        detail = " · ".join(part for part in (hit.where, hit.nik) if part)
        self._line(painter, lower, detail, theme.font(9, digits=True), "ink2")
        painter.restore()

    def _line(self, painter: QPainter, room: QRect, text: str, font: QFont, tone: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone))
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)

    def _state(self, painter: QPainter, room: QRect, hit: Hit) -> int:
        """The sign and the word at the right; how much room they take."""
        theme = self._theme
        icon, tone = (
            (LOOKS[hit.state].icon, LOOKS[hit.state].tone) if hit.state is not None else ("arrow-right", "brand")
        )
        painter.setFont(theme.font(9, Weight.Medium))
        painter.setPen(theme.colour(tone))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hit.word)
        size = theme.px(15)
        wide = painter.fontMetrics().horizontalAdvance(hit.word) + 6
        at = QPoint(room.right() - wide - size + 1, room.y() + (room.height() - size) // 2)
        painter.drawPixmap(at, theme.pixmap(icon, tone, size, painter.device().devicePixelRatio()))
        return wide + size + 10


class HitList(QFrame):
    """`chosen` carries the `Hit` that was clicked."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("card")
        self._theme = theme
        self._model = HitModel()
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(HitPainter(theme, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(self.tr("What was found"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setUniformItemSizes(True)
        self.view.clicked.connect(self._clicked)
        self._nothing = label(theme, "", 9.5, tone="ink2", wrap=True)
        self.setLayout(column(self._nothing, self.view, gap=0, margins=(4, 6, 4, 6)))
        self.hide()

    def show_hits(self, hits: tuple[Hit, ...], *, at: QRect, room: int) -> None:
        """Show these under the field at `at`, in at most `room` pixels of height; without a hit say so."""
        self._model.show_hits(hits)
        self.view.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._nothing.setText(self.tr("Nobody found. Try part of the name, or four figures of the NIK."))
        self._nothing.setContentsMargins(12, 6, 12, 6)
        rows = min(len(hits), MOST_ROWS)
        high = rows * self._theme.px(ROW) + 14 if hits else self._theme.px(60)
        self.setGeometry(at.x(), at.bottom() + 4, at.width(), min(high, room))
        if hits:
            self.view.setCurrentIndex(self._model.index(0))
        self.show()
        self.raise_()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is listed."""
        return self._model.hits

    @property
    def current(self) -> Hit | None:
        """The hit that is marked."""
        place = self.view.currentIndex().row()
        return self._model.hits[place] if self.isVisible() and 0 <= place < len(self._model.hits) else None

    def step(self, by: int) -> None:
        """Mark the hit above or below."""
        place = min(max(self.view.currentIndex().row() + by, 0), len(self._model.hits) - 1)
        self.view.setCurrentIndex(self._model.index(place))

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))
