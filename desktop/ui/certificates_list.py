"""The left of the page of certificates: a place, and who of its officers gets a certificate now."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.ui.certificates_reading import Candidate, in_hand
from desktop.ui.theme import Theme, Weight
from desktop.ui.unit import Unit
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label
from desktop.ui.widgets.tick import SIDE, draw_box
from payung.roster import Place

WIDTH = 256
ROW = 47
Index = QModelIndex | QPersistentModelIndex
_LOOK = Qt.ItemDataRole.UserRole


class Checklist(QAbstractListModel):
    """The officers that pass the filter, with a tick each; `ticked` fires when a tick was set or taken."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Candidate, ...] = ()
        self.lines: tuple[Candidate, ...] = ()
        self.chosen: set[int] = set()  # places among `lines`
        self.fresh = False  # only those not printed

    def show_lines(self, lines: tuple[Candidate, ...], *, keep: bool) -> None:
        """Show these, ticked who can and has not been printed; `keep` leaves the ticks of who was there before."""
        before = {line.record for line in self.lines}
        ticked = {self.lines[place].record for place in self.chosen}
        self.beginResetModel()
        self._all = lines
        self.lines = tuple(line for line in lines if not (self.fresh and line.printed))
        self.chosen = {
            place
            for place, line in enumerate(self.lines)
            if not line.blocked and (line.record in ticked if keep and line.record in before else not line.printed)
        }
        self.endResetModel()
        self.ticked.emit()

    def narrow(self, *, fresh: bool) -> None:
        """Show everybody, or only those whose certificate is not printed."""
        self.fresh = fresh
        self.show_lines(self._all, keep=False)

    def choose_all(self, *, chosen: bool) -> None:
        """Tick everybody, or nobody."""
        self.chosen = {place for place, line in enumerate(self.lines) if chosen and not line.blocked}
        self._tell()

    def choose_only(self, record: object) -> None:
        """Tick one record."""
        self.chosen = {place for place, line in enumerate(self.lines) if line.record == record and not line.blocked}
        self._tell()

    def _tell(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))
        self.ticked.emit()

    def picked(self) -> tuple[Candidate, ...]:
        """Who is ticked, in order."""
        return tuple(self.lines[place] for place in sorted(self.chosen))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row an officer."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The officer for the painter, words for the screen reader, the tick."""
        line = self.lines[index.row()]
        if role == _LOOK:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (line.name, line.post, line.blocked or line.told)))
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if index.row() in self.chosen else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Set or take a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or self.lines[index.row()].blocked:
            return False
        (self.chosen.add if value == Qt.CheckState.Checked else self.chosen.discard)(index.row())
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everybody can be read; who is blocked cannot be ticked."""
        reachable = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        blocked = index.isValid() and self.lines[index.row()].blocked
        return reachable if blocked else reachable | Qt.ItemFlag.ItemIsUserCheckable


class _Painter(QStyledItemDelegate):
    """A box to tick, the name, and below it the post or why there is no certificate yet."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all."""
        return QSize(180, self._theme.px(ROW))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click anywhere in the row, or the space bar, turns the tick."""
        space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if event.type() != QEvent.Type.MouseButtonRelease and not (space and event.type() == QEvent.Type.KeyPress):
            return False
        now = model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if now else Qt.CheckState.Checked
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one officer."""
        line: Candidate = index.data(_LOOK)
        theme, rect = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus
        if marked:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(5, 2, -5, -2), 7, 7)
        side = theme.px(SIDE)
        box = QRect(rect.x() + 14, rect.y() + theme.px(6), side, side)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        draw_box(painter, theme, box, ticked=ticked, blocked=bool(line.blocked))
        room = QRect(box.right() + 10, rect.y() + theme.px(4), rect.right() - box.right() - 22, theme.px(20))
        self._text(painter, room, line.name, theme.font(10, Weight.Medium), "ink3" if line.blocked else "ink")
        below = room.translated(0, theme.px(19))
        told = " \u00b7 ".join(filter(None, (line.post, line.told)))
        self._text(painter, below, line.blocked or told, theme.font(9), "err" if line.blocked else "ink2")
        painter.restore()

    def _text(self, painter: QPainter, room: QRect, text: str, font: QFont, tone: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone))
        short = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)


class OfficerList(QFrame):
    """`place_chosen` carries a `Unit`; `changed` tells that other officers are ticked."""

    place_chosen = Signal(object)
    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._units: tuple[Unit, ...] = ()
        self.combo = Combo(theme)
        self.combo.setAccessibleName(self.tr("Place"))
        self.combo.activated.connect(self._activated)
        self.model, self.view = Checklist(), QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(theme, self.view))
        self.view.setAccessibleName(self.tr("Officers who get a certificate"))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumHeight(theme.px(140))
        self.model.ticked.connect(self._count)
        self._sum = label(theme, "", 9.5, tone="ink2", digits=True)
        self.all_button = button(theme, self.tr("Select all"), "link", points=9)
        self.all_button.clicked.connect(self._turn_all)
        self._filter = QButtonGroup(self)
        self.everybody, self.fresh = self._chip(self.tr("Everybody"), 0), self._chip(self.tr("Not printed"), 1)
        self.everybody.setChecked(True)
        self._filter.idClicked.connect(self._narrow)
        self.empty = label(theme, self.tr("No complete data here yet. Complete the officers first."), 9.5, wrap=True)
        self.empty.hide()
        self._lay()

    def _lay(self) -> None:
        head = label(self._theme, self.tr("Choose officers"), 11, Weight.DemiBold)
        chips = row(self.everybody, self.fresh, None, gap=6)
        counted = row(self._sum, None, self.all_button, gap=4)
        top = column(head, self.combo, chips, counted, self.empty, gap=8, margins=(16, 13, 14, 4))
        self.body = column(top, self.view, gap=0, margins=(0, 0, 0, 8))
        self.body.setStretch(1, 1)
        self.setLayout(self.body)

    def _chip(self, text: str, place: int) -> QPushButton:
        made = button(self._theme, text, "segment", points=9)
        made.setCheckable(True)
        made.setMinimumHeight(self._theme.px(27))
        self._filter.addButton(made, place)
        return made

    def show_places(self, units: tuple[Unit, ...], current: Place | None) -> Unit | None:
        """The places to choose from; which of them is chosen now."""
        self._units = units
        self.combo.clear()
        for unit in units:
            count = f"{unit.filled}/{unit.total}" if unit.total else str(unit.filled)
            self.combo.addItem(f"{unit.title} \u00b7 {count}")
        if not units:
            return None
        first = next((place for place, unit in enumerate(units) if unit.filled), 0)
        found = next((place for place, unit in enumerate(units) if unit.place == current), first)
        self.combo.setCurrentIndex(found)
        return units[found]

    def step(self, step: int) -> None:
        """The place before or after."""
        found = self.combo.currentIndex() + step
        if 0 <= found < len(self._units):
            self.combo.setCurrentIndex(found)
            self._activated(found)

    def show_officers(self, lines: Iterable[Candidate], *, keep: bool) -> None:
        """Who serves there."""
        self.model.show_lines(tuple(lines), keep=keep)
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))

    def _activated(self, place: int) -> None:
        self.place_chosen.emit(self._units[place])

    def _narrow(self, place: int) -> None:
        self.model.narrow(fresh=place == 1)

    def _turn_all(self) -> None:
        possible = sum(not line.blocked for line in self.model.lines)
        self.model.choose_all(chosen=len(self.model.chosen) < possible)

    def _count(self) -> None:
        possible = sum(not line.blocked for line in self.model.lines)
        self._sum.setText(self.tr("{count} chosen").format(count=len(self.model.chosen)))
        every = possible and len(self.model.chosen) == possible
        write(self.all_button, self.tr("Select none") if every else self.tr("Select all"))
        self.all_button.setEnabled(bool(possible))
        self.empty.setVisible(not possible)
        self.changed.emit()

    def papers(self) -> int:
        """How many papers of the ticked officers nobody has got yet."""
        return sum(1 for _ in in_hand(self.model.picked()))
