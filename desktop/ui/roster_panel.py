"""The middle of the enrolment page: which unit, what it needs, its roster, and the certificate button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QVBoxLayout

from desktop.ui.former_fold import FormerFold
from desktop.ui.reason_panel import ReasonPanel
from desktop.ui.roster import NAME, NIK, NUMBER, POST, ROW, STATUS, Roster, RosterPainter
from desktop.ui.seat_menu import EMPTY, PUT, REPLACE, TAKE, SeatMenu
from desktop.ui.theme import Theme, Weight
from desktop.ui.unit import FILLED, Heading, SeatKey, SeatLine, SeatState, Unit
from desktop.ui.widgets.button import button, square, write
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, Glyph

FULL, COMPACT, TIGHT = 1180, 1080, 1000  # logical pixels of window width
_PLAIN, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_ACTS = {
    (Qt.Key.Key_Delete, _PLAIN): EMPTY,
    (Qt.Key.Key_X, _CONTROL): TAKE,
    (Qt.Key.Key_V, _CONTROL): PUT,
    (Qt.Key.Key_G, _CONTROL): REPLACE,
}


class RosterPanel(QFrame):
    """`seat_chosen` carries a `SeatLine`; `entered` the same when the clerk wants to type; `unit_chosen` a `Unit`.

    `act_wanted` carries the name of an act (desktop/ui/seat_menu.py) on the seat that is marked.
    """

    seat_chosen = Signal(object)
    entered = Signal(object)
    unit_chosen = Signal(object)
    certificate_wanted = Signal()
    act_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._units: tuple[Unit, ...] = ()
        self._quiet = False  # the program, not the clerk, moves the mark
        self.model = Roster()
        self.view = QTableView()
        self.combo = Combo(theme)
        self.combo.setAccessibleName(self.tr("Go to polling station"))
        self.combo.activated.connect(self._combo_chosen)
        self.queue = square(theme, "users", self.tr("Queue mode"))
        self.queue.setToolTip(self.tr("Queue mode (Ctrl+Q)"))
        combo = row(self.combo, self.queue, gap=8, margins=(14, 12, 14, 0))
        combo.setStretch(0, 1)
        self._combo_row = holder(combo)
        self._title = Elided(theme, 14, Weight.Bold, hug=True)
        self._where = Elided(theme, 9.5, tone="ink2")
        self._pill = Pill(theme, "warn", "circle-dashed")
        self.certificate_button = button(theme, self.tr("Print certificates"), "soft", icon="printer")
        self.certificate_button.setMinimumHeight(theme.px(36))
        self.certificate_button.setToolTip("Ctrl+P")
        self.certificate_button.clicked.connect(self.certificate_wanted)
        self.menu = SeatMenu(theme, self)
        self.menu.chosen.connect(self._menu_chosen)
        self.more = square(theme, "ellipsis", self.tr("What to do with this seat"))
        self.more.clicked.connect(self.open_menu)
        self.notice, self.made = Notice(theme, "err"), Notice(theme, "ok")
        self.refused, self.held, self.acted = Notice(theme, "err"), Notice(theme, "warn"), Notice(theme, "info")
        self.reason = ReasonPanel(theme)
        self.reason.dropped.connect(self._back_to_seats)
        told = column(
            self.reason, self.held, self.refused, self.acted, self.notice, self.made, gap=8, margins=(14, 0, 14, 10)
        )
        self._notices = holder(told)
        self._notices.hide()
        self.former = FormerFold(theme)
        self._dress_table()
        head = row(self._head(), self.more, self.certificate_button, gap=10, margins=(16, 10, 14, 11))
        head.setStretch(0, 1)
        body = column(self._combo_row, head, self._notices, self.view, self.former, gap=0, margins=(1, 0, 1, 6))
        body.setStretch(3, 1)
        self.setLayout(body)

    def _head(self) -> QVBoxLayout:
        title = row(self._title, self._pill, None, gap=10)
        where = row(Glyph(self._theme, "map-pin", "ink3", 14), self._where, gap=5)
        where.setStretch(1, 1)
        return column(title, where, gap=3)

    def _dress_table(self) -> None:
        view, theme = self.view, self._theme
        view.setModel(self.model)
        view.setItemDelegate(RosterPainter(theme, view))
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        header = view.horizontalHeader()
        header.setFont(theme.font(9, Weight.DemiBold))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentRowChanged.connect(self._moved)
        view.doubleClicked.connect(self._opened)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self.open_menu)
        view.installEventFilter(self)

    def show_units(self, units: tuple[Unit, ...], current: Unit) -> None:
        """Fill the combo that stands for the list in a narrow window."""
        self._units = units
        words = [f"{unit.title}   {unit.filled}/{unit.total}" for unit in units]
        if [self.combo.itemText(place) for place in range(self.combo.count())] != words:
            self.combo.clear()
            self.combo.addItems(words)
        places = [unit.place for unit in units]
        self.combo.setCurrentIndex(places.index(current.place) if current.place in places else -1)

    def show_roster(self, unit: Unit, lines: tuple[Heading | SeatLine, ...]) -> None:
        """Show a unit's seats."""
        self._title.say(unit.title)
        self._where.say(unit.where)
        text = self.tr("{filled} of {total}").format(filled=unit.filled, total=unit.total)
        self._pill.say(text, "ok" if unit.complete else "warn", "circle-check" if unit.complete else "circle-dashed")
        self.view.setAccessibleName(self.tr("Officers of {unit}").format(unit=unit.title))
        self._quiet = True
        self.view.clearSpans()
        self.model.show_lines(lines)
        for number, line in enumerate(lines):
            if isinstance(line, Heading):
                self.view.setSpan(number, 0, 1, self.model.columnCount())
            elif line.state is SeatState.EMPTY:
                self.view.setSpan(number, NAME, 1, 2)
        self._quiet = False
        self.certificate_button.setEnabled(any(line.state in FILLED for line in self.model.seats()))
        self._tell_attention()

    def _tell_attention(self) -> None:
        found = [line for line in self.model.seats() if line.state is SeatState.ATTENTION]
        if not found:
            self.notice.hide()
            self.fit_notices()
            return
        first = found[0]
        title = self.tr("{count} to be looked at").format(count=len(found))
        if len(found) == 1:
            title = self.tr("{seat}: {status}").format(seat=first.label, status=self.model.word(first))
        text = first.sentence or self.tr("Choose the row to look at it.")
        self.notice.say(title, text)
        self.fit_notices()

    def fit_notices(self) -> None:
        """Give the notices room while there is any."""
        told = (self.reason, self.held, self.refused, self.acted, self.notice, self.made)
        self._notices.setVisible(any(not one.isHidden() for one in told))

    def tell_acted(self, title: str, *, undo: bool) -> None:
        """Say what was done with a seat, and how it is undone."""
        self.refused.hide()
        self.acted.say(title, "", (self.tr("Undo"),) if undo else (), ("Ctrl+Z",))
        self.fit_notices()

    def tell_held(self, title: str, text: str) -> None:
        """Say who was taken up and what comes next."""
        self.acted.hide()
        self.refused.hide()
        self.held.say(title, text, (self.tr("Leave there"),), ("Esc",))
        self.fit_notices()

    def tell_refused(self, title: str, text: str) -> None:
        """Say why an act could not be."""
        self.acted.hide()
        self.refused.say(title, text)
        self.fit_notices()

    def ask_reason(self, title: str, text: str) -> None:
        """Ask for the reason of a withdrawal."""
        self.acted.hide()
        self._notices.show()
        self.reason.ask(title, text)

    def _back_to_seats(self) -> None:
        self.fit_notices()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_made(self, title: str, text: str) -> None:
        """Say that a PDF was made and where it lies; the answer opens it."""
        self.made.say(title, text, (self.tr("Open the PDF"), self.tr("Save elsewhere…")))
        self.fit_notices()

    def hide_made(self) -> None:
        """Another unit is shown."""
        for notice in (self.made, self.refused, self.acted, self.reason):
            notice.hide()
        self.fit_notices()

    def mark(self, key: SeatKey) -> None:
        """Mark a seat without telling anybody."""
        number = self.model.row_of(key)
        self._quiet = True
        if number >= 0:
            self.view.selectRow(number)
            self.view.scrollTo(self.model.index(number, NAME))
        self._quiet = False

    def adapt(self, width: float) -> None:
        """Give way as the window narrows."""
        self._combo_row.setVisible(width < FULL)
        text = self.tr("Print certificates") if width >= COMPACT else self.tr("Print")
        write(self.certificate_button, text, name=self.tr("Print certificates"))
        grown = max(1.0, self._theme.factor * 0.97)
        widths = {NUMBER: 42, POST: 112 if width >= TIGHT else 98, NIK: 84, STATUS: 112}
        for place, wide in widths.items():
            self.view.setColumnWidth(place, round(wide * grown))
        self.view.setColumnHidden(NUMBER, width < FULL)
        self.view.setColumnHidden(NIK, width < COMPACT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and F2 in the roster mean: type this officer; Del, Ctrl+X, Ctrl+V and Ctrl+G act on the seat."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            act = _ACTS.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
            if act is not None:
                self.act_wanted.emit(act)
                return True
            if event.key() == Qt.Key.Key_Escape and not self.held.isHidden():
                self.held.answered.emit(0)
                return True
            keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}
            if event.key() in keys and event.modifiers() in {
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            }:
                self._opened(self.view.currentIndex())
                return True
        return super().eventFilter(watched, event)

    @property
    def current(self) -> SeatLine | None:
        """The seat that is marked."""
        index = self.view.currentIndex()
        line = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return line if isinstance(line, SeatLine) else None

    def open_menu(self) -> None:
        """Show what can be done with the seat that is marked, beside it."""
        line = self.current
        if line is not None:
            spot = self.view.visualRect(self.view.currentIndex().siblingAtColumn(NAME)).bottomLeft()
            self.menu.open(line, self.view.viewport().mapToGlobal(spot), holding=not self.held.isHidden())

    def _menu_chosen(self, name: str) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.act_wanted.emit(name)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        line = now.data(Qt.ItemDataRole.UserRole) if now.isValid() else None
        if isinstance(line, SeatLine) and not self._quiet:
            self.seat_chosen.emit(line)

    def _opened(self, index: QModelIndex) -> None:
        line = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if isinstance(line, SeatLine):
            self.entered.emit(line)

    def _combo_chosen(self, place: int) -> None:
        if 0 <= place < len(self._units):
            self.unit_chosen.emit(self._units[place])
