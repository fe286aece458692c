"""The list at the left: the units above the polling stations, then the polling stations with their slots."""

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
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme import Theme, Weight
from desktop.ui.unit import Unit
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label
from payung.bodies import Level

WIDTH = 236
MOST_SLOTS = 14  # more seats than this become one bar
Index = QModelIndex | QPersistentModelIndex


class UnitModel(QAbstractListModel):
    """The units that pass the filter."""

    def __init__(self) -> None:
        super().__init__()
        self.units: tuple[Unit, ...] = ()
        self.spoken = "{title}, {filled} / {total}"

    def show_units(self, units: tuple[Unit, ...]) -> None:
        """Show these; the view keeps its place when they are the same places as before."""
        same = [unit.place for unit in units] == [unit.place for unit in self.units]
        if same:
            self.units = units
            self.dataChanged.emit(self.index(0), self.index(len(units) - 1))
            return
        self.beginResetModel()
        self.units = units
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a unit."""
        return 0 if parent.isValid() else len(self.units)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The unit for the painter, its words for the screen reader."""
        unit = self.units[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return unit
        if role == Qt.ItemDataRole.DisplayRole:
            return unit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken.format(title=unit.title, filled=unit.filled, total=unit.total)
        return None


class UnitPainter(QStyledItemDelegate):
    """Title, x/n, and slots that are filled or hollow, so that colour is never the only sign."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all."""
        return QSize(200, self._theme.px(50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one unit."""
        unit: Unit = index.data(Qt.ItemDataRole.UserRole)
        theme, rect = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            self._select(painter, rect)
        inner = rect.adjusted(18, 0, -18, 0)
        line = QRect(inner.x(), rect.y() + theme.px(6), inner.width(), theme.px(20))
        tone = "ok" if unit.complete else "warn" if unit.filled else "ink3"
        count = f"{unit.filled}/{unit.total}" if unit.total else str(unit.filled)
        painter.setFont(theme.font(10, Weight.DemiBold, digits=True))
        painter.setPen(theme.colour(tone))
        tick = theme.px(15)
        room = line.adjusted(0, 0, -(tick + 5) if unit.complete else 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        taken = painter.fontMetrics().horizontalAdvance(count) + (tick + 5 if unit.complete else 0) + 8
        if unit.complete:
            ratio = painter.device().devicePixelRatio()
            picture = theme.pixmap("circle-check", "ok", tick, ratio)
            painter.drawPixmap(QPoint(line.right() - tick + 1, line.y() + (line.height() - tick) // 2), picture)
        painter.setFont(theme.font(10, Weight.DemiBold))
        painter.setPen(theme.colour("ink"))
        title = painter.fontMetrics().elidedText(unit.title, Qt.TextElideMode.ElideRight, line.width() - taken)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        self._slots(painter, QRectF(inner.x(), rect.bottom() - theme.px(16), inner.width(), 6), unit)
        painter.restore()

    def _select(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sel"))
        painter.drawRoundedRect(rect.adjusted(6, 2, -6, -2), 8, 8)
        painter.setBrush(self._theme.colour("brand"))
        painter.drawRoundedRect(QRect(rect.x() + 6, rect.y() + 12, 3, rect.height() - 24), 1.5, 1.5)

    def _slots(self, painter: QPainter, room: QRectF, unit: Unit) -> None:
        number = min(unit.total, MOST_SLOTS)
        if not number:
            return
        filled = unit.filled * number // unit.total
        gap = 3.0
        width = (room.width() - gap * (number - 1)) / number
        for place in range(number):
            slot = QRectF(room.x() + place * (width + gap), room.y(), width, room.height())
            if place < filled:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("ok" if unit.complete else "brand"))
                painter.drawRoundedRect(slot, 2, 2)
            else:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.colour("field"), 1))
                painter.drawRoundedRect(slot.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


class TpsList(QFrame):
    """`chosen` carries the `Unit` the clerk went to."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(round(WIDTH * max(1.0, theme.factor * 0.9)))
        self._units: tuple[Unit, ...] = ()
        self._quiet = False  # the program, not the clerk, moves the mark
        self._model = UnitModel()
        self._model.spoken = self.tr("{title}, {filled} of {total} officers")
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(UnitPainter(theme, self.view))
        self.view.setAccessibleName(self.tr("List of polling stations"))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self._sum = label(theme, "", 9.5, Weight.Medium, tone="ink2", digits=True)
        self._filter = QButtonGroup(self)
        self.everything, self.unfinished = self._chip(theme, 0), self._chip(theme, 1)
        self.everything.setChecked(True)
        self._filter.idClicked.connect(self._refilter)
        head = row(label(theme, self.tr("Polling stations"), 11, Weight.DemiBold), None, self._sum)
        chips = row(self.everything, self.unfinished, None, gap=6)
        top = column(head, chips, gap=8, margins=(16, 13, 16, 8))
        self._body = column(top, self.view, gap=0, margins=(0, 0, 0, 8))
        self.setLayout(self._body)

    def add_foot(self, foot: QWidget) -> None:
        """Put something below the list."""
        self._body.addWidget(foot)

    def _chip(self, theme: Theme, place: int) -> QPushButton:
        made = button(theme, "", "segment", points=9)
        made.setCheckable(True)
        made.setFixedHeight(theme.px(27))
        self._filter.addButton(made, place)
        return made

    def show_units(self, units: tuple[Unit, ...], current: Unit | None) -> None:
        """Show the units, with the one the clerk is at marked."""
        self._units = units
        stations = [unit for unit in units if unit.place.level is Level.TPS]
        self._sum.setText(f"{sum(unit.filled for unit in stations)}/{sum(unit.total for unit in stations)}")
        write(self.everything, self.tr("All {count}").format(count=len(stations)))
        open_ones = sum(not unit.complete for unit in stations)
        write(self.unfinished, self.tr("Unfinished {count}").format(count=open_ones))
        self._fill(current)

    def mark(self, unit: Unit) -> None:
        """Mark the unit without telling anybody."""
        for number, listed in enumerate(self._model.units):
            if listed.place == unit.place:
                self._quiet = True
                self.view.setCurrentIndex(self._model.index(number))
                self._quiet = False
                self.view.scrollTo(self._model.index(number))

    def _fill(self, current: Unit | None) -> None:
        only_open = self._filter.checkedId() == 1
        kept = tuple(
            unit
            for unit in self._units
            if not only_open or not unit.complete or (current is not None and unit.place == current.place)
        )
        self._quiet = True
        self._model.show_units(kept)
        self._quiet = False
        if current is not None:
            self.mark(current)

    def _refilter(self, _place: int) -> None:
        now = self.view.currentIndex()
        self._fill(now.data(Qt.ItemDataRole.UserRole) if now.isValid() else None)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.chosen.emit(now.data(Qt.ItemDataRole.UserRole))
