"""The home page: what stands, where the clerk was, what is to be done now."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QWidget

from desktop.store.seating import Mark
from desktop.tasks import Lane, Tasks
from desktop.ui import home_actions, home_reading, pages
from desktop.ui.home_actions import Action
from desktop.ui.home_cards import ActionList, Counter, Resume
from desktop.ui.home_reading import Figures, Tile
from desktop.ui.home_tiles import GAP, Tiles
from desktop.ui.page import Errand, Page
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.stacked_bar import Share, StackedBar
from desktop.ui.widgets.text import Elided, label
from payung import dates
from payung.bodies import Level

WIDE, ROOMY = 900, 760  # logical pixels of window width: cards beside each other, four counters in a row
PATIENCE = 300  # milliseconds until it is said that something is being read
_MORNING, _NOON, _EVENING, _NIGHT = 4, 11, 15, 18  # hours of the greetings


class HomePage(Page):
    """What now? Reads figures first, then what is to be done; shows what it knew until they come."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._session = theme, tasks, session
        self.figures: Figures | None = None
        self._actions: tuple[Action, ...] = ()
        self._reading = False
        self._greeting = label(theme, "", 15, Weight.Bold)
        self._day = Elided(theme, 9.5, tone="ink2")
        self.filled = Counter(theme, "users", "brand", "brand")
        self.sent = Counter(theme, "circle-check", "ok", "ok")
        self.waiting = Counter(theme, "clock", "info", "info")
        self.wrong = Counter(theme, "circle-alert", "err", "err")
        self.resume = Resume(theme)
        self.bar, self.tiles, self.todo = StackedBar(theme), Tiles(theme), ActionList(theme)
        self._where = Elided(theme, 9.5, tone="ink2")
        self._empty = label(theme, "", 10, tone="ink2", wrap=True)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._lay()
        self._connect()

    def _lay(self) -> None:
        self._counters = QGridLayout()
        self._counters.setSpacing(10)
        self._place_counters(4)
        head = label(self._theme, self.tr("Completeness by polling station"), 11, Weight.DemiBold)
        top = row(head, self._where, gap=12, margins=(0, 0, GAP, 0))
        top.setStretch(1, 1)
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight)
        bar = row(self.bar, margins=(0, 0, GAP, 0))
        coverage = QFrame()
        coverage.setObjectName("card")
        inside = column(top, bar, self._empty, self.tiles, gap=8, margins=(16, 13, 16 - GAP, 12 - GAP))
        inside.setStretch(3, 1)
        coverage.setLayout(inside)
        self._coverage = coverage
        self._lower = row(coverage, self.todo, gap=12)
        self._lower.setStretch(0, 3)
        self._lower.setStretch(1, 2)
        greeting = column(self._greeting, self._day, gap=1)
        whole = column(greeting, self._counters, self.resume, self._lower, gap=12, margins=(20, 14, 20, 14))
        whole.setStretch(3, 1)
        body = QWidget()
        body.setObjectName("page")
        body.setLayout(whole)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        self.area = area
        self.setLayout(column(area, gap=0))

    def _connect(self) -> None:
        self.filled.clicked.connect(self._to_first_open)
        self.sent.clicked.connect(self._to_sending)
        self.waiting.clicked.connect(self._to_sending)
        self.wrong.clicked.connect(self._to_first_wrong)
        self.resume.button.clicked.connect(self.go_on)
        self.tiles.chosen.connect(self._to_tile)
        self.todo.wanted.connect(self.wanted)
        self._patience.timeout.connect(self._say_reading)
        QShortcut(QKeySequence("Ctrl+L"), self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(self.go_on)

    def shown(self) -> None:
        """Read anew; the last work can be gone on with at once."""
        self.resume.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def refresh(self) -> None:
        """Read what stands, without moving the user."""
        if self._reading:
            return
        self._reading = True
        self._patience.start()
        work = partial(home_reading.figures, self._session, self.figures)
        self._tasks.run(Lane.STORE, work, done=self._read, failed=self._not_read)

    def _read(self, figures: Figures) -> None:
        self._reading = False
        self._patience.stop()
        before, self.figures = self.figures, figures
        self._show_head(figures)
        if before is not None and before.stamp == figures.stamp and before.now.date() == figures.now.date():
            return
        self._show_counters(figures)
        self._show_tiles(figures)
        self._show_last(figures)
        self._tasks.run(Lane.STORE, partial(home_actions.actions, self._session, figures), done=self._show_actions)

    def _not_read(self, trouble: object) -> None:
        self._reading = False
        self._patience.stop()
        self._tasks.troubled.emit(trouble)

    def _say_reading(self) -> None:
        if self.figures is None:
            self._day.say(self.tr("Counting…"))

    def _show_head(self, figures: Figures) -> None:
        self._greeting.setText(f"{self._hello(figures.now.hour)}, {figures.operator}")
        parts = [dates.full(figures.now.date())]
        ahead = figures.beginning
        if ahead is not None:
            text = self.tr("{days} days until the term of {body} begins on {day}")
            parts.append(text.format(days=ahead.days, body=ahead.body, day=dates.long(ahead.day)))
        self._day.say(" · ".join(parts))

    def _hello(self, hour: int) -> str:
        if _MORNING <= hour < _NOON:
            return self.tr("Good morning")
        if _NOON <= hour < _EVENING:
            return self.tr("Good day")
        return self.tr("Good afternoon") if _EVENING <= hour < _NIGHT else self.tr("Good evening")

    def _show_counters(self, figures: Figures) -> None:
        stations = figures.stations
        filled, total = sum(tile.filled for tile in stations), sum(tile.total for tile in stations)
        text = self.tr("of {total} ({count} polling stations)")
        self.filled.say(filled, self.tr("officers entered"), text.format(total=total, count=_count(stations)))
        last = figures.last_receipt
        when = self.tr("not sent yet") if last is None else home_reading.moment(last, figures.now)
        self.sent.say(figures.sent, self.tr("already sent"), self.tr("last {when}").format(when=when) if last else when)
        detail = self.tr("sent when there is internet") if figures.waiting else self.tr("everything is sent")
        self.waiting.say(figures.waiting, self.tr("waiting to be sent"), detail)
        troubled, drafts = figures.count(Mark.ATTENTION), figures.count(Mark.DRAFT)
        detail = self.tr("{office} asked by the office · {drafts} not complete").format(office=troubled, drafts=drafts)
        detail = detail if troubled + drafts else self.tr("nothing is open")
        self.wrong.say(troubled + drafts, self.tr("to be mended"), detail)

    def _show_tiles(self, figures: Figures) -> None:
        stations = figures.stations
        total, filled = sum(tile.total for tile in stations), sum(tile.filled for tile in stations)
        sent, waiting, wrong = (sum(getattr(tile, name) for tile in stations) for name in ("sent", "waiting", "wrong"))
        empty = max(0, total - max(filled, sent + waiting + wrong))
        self.bar.show_shares(
            (
                Share(self.tr("Sent"), sent, "ok"),
                Share(self.tr("Waiting"), waiting, "info"),
                Share(self.tr("To mend"), wrong, "err"),
                Share(self.tr("Empty"), empty, "slot_empty"),
            )
        )
        where = self.tr("{place} · {count} polling stations")
        self._where.say(where.format(place=figures.region, count=_count(stations)))
        self.tiles.show_tiles(figures.tiles)
        self.tiles.setVisible(bool(figures.tiles))
        none = not _count(figures.tiles)
        self._empty.setText(self.tr("No polling stations yet. Get the set-up file from the kecamatan."))
        self._empty.setVisible(none)

    def _show_last(self, figures: Figures) -> None:
        last = figures.unfinished
        if last is None:
            where = home_reading.first_open(figures.tiles)
            tile = next((tile for tile in figures.tiles if tile.place == where), None)
            detail = self.tr("Next: {place}").format(place=tile.title) if tile is not None else ""
            self.resume.say(self.tr("Nothing is half typed"), detail, self.tr("Start"))
            return
        who = f"{last.seat} — {last.name}" if last.name else last.seat
        text = self.tr("Draft {who}. Typed {when}, kept safe.")
        detail = text.format(who=who, when=home_reading.moment(last.at, figures.now))
        self.resume.say(self.tr("Go on with the last work"), detail, self.tr("Go on"))

    def _show_actions(self, actions: tuple[Action, ...]) -> None:
        self._actions = actions
        self.todo.show_actions(actions)

    def go_on(self) -> None:
        """To the last draft, else to the first free seat."""
        last = self.figures.unfinished if self.figures is not None else None
        if last is not None:
            self.wanted.emit(last.errand)
        else:
            self._to_first_open()

    def _to_first_open(self) -> None:
        place = home_reading.first_open(self.figures.tiles) if self.figures is not None else None
        self.wanted.emit(Errand("enrolment", place=place))

    def _to_sending(self) -> None:
        known = any(kind.name == "sync" for kind in pages.KINDS)
        self.wanted.emit(Errand("sync" if known else "enrolment"))

    def _to_first_wrong(self) -> None:
        first = next((action for action in self._actions if action.errand.record is not None), None)
        if first is not None:
            self.wanted.emit(first.errand)
        else:
            self._to_first_open()

    def _to_tile(self, tile: Tile) -> None:
        self.wanted.emit(Errand("enrolment", place=tile.place))

    def adapt(self, width: float, height: float) -> None:
        """Cards below each other in a narrow window, and tiles that keep some height."""
        wide = width >= WIDE
        self._lower.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._place_counters(4 if width >= ROOMY else 2)
        least = 190 if wide and height >= WIDE / 2 else 150
        self.tiles.setMinimumHeight(self._theme.px(least))

    def _place_counters(self, across: int) -> None:
        for place, counter in enumerate((self.filled, self.sent, self.waiting, self.wrong)):
            self._counters.addWidget(counter, place // across, place % across)
        for place in range(4):
            self._counters.setColumnStretch(place, 1 if place < across else 0)


def _count(tiles: tuple[Tile, ...]) -> int:
    return sum(tile.place.level is Level.TPS for tile in tiles)
