"""The queue in place of list and roster: whom to look for, who is new, the number that comes next, who was served."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QScrollArea, QSizePolicy, QWidget

from desktop.ui.queue_work import QueueDay
from desktop.ui.search_reading import Hit
from desktop.ui.theme import Theme, Weight
from desktop.ui.unit import SeatLine, Unit
from desktop.ui.widgets.button import button
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, label

_MOST = 16777215  # Qt's "no maximum"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class QueuePane(QFrame):
    """`looked_for` carries text, `entered` is Enter there; `found` carries a `Hit`, `fresh` a unit and a free seat."""

    looked_for = Signal(str)
    entered = Signal()
    found = Signal(object)
    unit_chosen = Signal(object)
    fresh = Signal(object, object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._least = theme.px(76)  # two lines of a list
        self._hits: tuple[Hit, ...] = ()
        self._units: tuple[Unit, ...] = ()
        self._seats: tuple[SeatLine, ...] = ()
        self.number = Pill(theme, "brand", "user")
        self.count = Elided(theme, 9.5, tone="ink2")
        self.close_button = button(theme, self.tr("Close the queue"), "ghost", icon="x", points=9.5)
        self.close_button.setToolTip("Ctrl+Q")
        self.close_button.clicked.connect(self.closed)
        self.print_button = button(theme, self.tr("Print"), "soft", icon="printer", points=9.5)
        self.print_button.setToolTip("Ctrl+P")
        self.notice = Notice(theme, "ok")
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("A NIK, or part of a name"))
        self.search.textEdited.connect(self.looked_for)
        self.results = self._list(theme, self.tr("Found on this laptop"))
        self.results.itemDoubleClicked.connect(self.take)
        self.nobody = label(theme, "", 9.5, tone="ink2", wrap=True)
        self.nobody.hide()
        self.unit, self.seat = Combo(theme), Combo(theme)
        for combo in (self.unit, self.seat):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        self.unit.activated.connect(self._unit_chosen)
        self.fresh_button = button(theme, self.tr("Fill in"), "soft", icon="user-plus")
        self.fresh_button.clicked.connect(self._fresh)
        self.served = self._list(theme, self.tr("Served today"))
        self._served_title = label(theme, self.tr("Served today"), 11, Weight.DemiBold)
        self._lay(theme)
        for watched in (self.search, self.results, self.unit, self.seat):
            watched.installEventFilter(self)

    def _list(self, theme: Theme, name: str) -> QListWidget:
        made = QListWidget()
        made.setProperty("role", "sections")
        made.setAccessibleName(name)
        made.setFont(theme.font(10))
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setMinimumHeight(self._least)
        return made

    def _lay(self, theme: Theme) -> None:
        title = label(theme, self.tr("Queue"), 14, Weight.Bold)
        head = row(title, self.number, None, self.print_button, self.close_button, gap=8)
        fresh = row(
            Field(theme, self.tr("Place"), self.unit),
            Field(theme, self.tr("Post"), self.seat),
            column(None, self.fresh_button, gap=0),
            gap=8,
        )
        fresh.setStretch(0, 3)
        fresh.setStretch(1, 2)
        body = column(
            head,
            self.count,
            self.notice,
            Field(theme, self.tr("Find: NIK or name"), self.search),
            self.nobody,
            self.results,
            label(theme, self.tr("Somebody who is not listed yet"), 11, Weight.DemiBold),
            fresh,
            self._served_title,
            self.served,
            gap=8,
            margins=(16, 12, 16, 12),
        )
        body.setStretch(5, 3)
        body.setStretch(9, 2)
        body.addStretch(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = holder(body)
        inside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._scroll.setWidget(inside)
        self.setLayout(column(self._scroll, gap=0, margins=(1, 1, 1, 1)))

    def adapt(self, *, short: bool) -> None:
        """In a low window the list of who was served gives way."""
        self._served_title.setVisible(not short)
        self.served.setVisible(not short)
        self.results.setMaximumHeight(self._least if short else _MOST)

    def tab_order(self) -> list[QWidget]:
        """The focus order."""
        answers = self.notice.answers
        middle = [self.search, self.results, self.unit, self.seat, self.fresh_button, self.served]
        return [self.print_button, self.close_button, *answers, *middle]

    def chain(self, after: QWidget, before: QWidget) -> None:
        """Take a place in the page's focus order."""
        for one, other in itertools.pairwise([after, *self.tab_order(), before]):
            QWidget.setTabOrder(one, other)

    def begin(self) -> None:
        """The next person: an empty search with the cursor in it."""
        self.search.clear()
        self.show_hits("", ())
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: QueueDay) -> None:
        """The number that comes next, and who was served."""
        self.number.say(self.tr("Next: {number}").format(number=day.following), "brand", "user")
        self.count.say(self.tr("{count} served today").format(count=day.count))
        self.served.clear()
        self.served.addItems([f"{line.number}   {line.name} · {line.where}" for line in day.lines])

    def show_hits(self, text: str, hits: tuple[Hit, ...]) -> None:
        """Whom the text means; for nobody the way to type them in."""
        self._hits = hits
        self.results.clear()
        self.results.addItems([" · ".join(filter(None, (h.title, h.nik, h.where, h.word))) for h in hits])
        if hits:
            self.results.setCurrentRow(0)
        self.nobody.setText(self.tr("Nobody found. Choose place and post below, then press Enter."))
        self.nobody.setVisible(bool(text.strip()) and not hits)

    def show_units(self, units: tuple[Unit, ...], current: Unit | None) -> None:
        """The places of this laptop."""
        self._units = units
        words = [" · ".join(part for part in (unit.title, unit.where) if part) for unit in units]
        if [self.unit.itemText(place) for place in range(self.unit.count())] != words:
            self.unit.clear()
            self.unit.addItems(words)
        if current is not None:
            places = [unit.place for unit in units]
            self.unit.setCurrentIndex(places.index(current.place) if current.place in places else -1)

    def show_seats(self, unit: Unit, seats: tuple[SeatLine, ...]) -> None:
        """The seats that are still free at the place chosen."""
        if [one.place for one in self._units][self.unit.currentIndex() : self.unit.currentIndex() + 1] != [unit.place]:
            return  # another place was chosen meanwhile
        self._seats = seats
        self.seat.clear()
        self.seat.addItems([line.label for line in seats])
        self.fresh_button.setEnabled(bool(seats))
        if not seats:
            self.seat.addItem(self.tr("All filled"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search into the list, Enter takes what is marked or goes to the next choice."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, 40)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        enter = event.key() in _ENTER and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if watched is self.search and event.key() == Qt.Key.Key_Down and self._hits:
            self.results.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if enter and watched in {self.search, self.results}:
            self.entered.emit()
            return True
        if enter and watched is self.unit:
            if self._seats:
                self.seat.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if enter and watched is self.seat:
            self._fresh()
            return True
        return super().eventFilter(watched, event)

    def take(self) -> None:
        """Take whoever is marked; for nobody go to the place of somebody new."""
        place = max(self.results.currentRow(), 0)
        if place < len(self._hits):
            self.found.emit(self._hits[place])
        elif self.search.text().strip():
            self.unit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unit_chosen(self, place: int) -> None:
        if 0 <= place < len(self._units):
            self.unit_chosen.emit(self._units[place])

    def _fresh(self) -> None:
        unit, seat = self.unit.currentIndex(), self.seat.currentIndex()
        if 0 <= unit < len(self._units) and 0 <= seat < len(self._seats):
            self.fresh.emit(self._units[unit], self._seats[seat])
