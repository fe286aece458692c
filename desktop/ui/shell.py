"""The window's inside once unlocked: rail, top bar, page, strip, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop.store.outbox import Status
from desktop.tasks import Tasks
from desktop.ui import pages, parts
from desktop.ui.findings import Findings
from desktop.ui.help_key import HelpKey
from desktop.ui.navigation import Navigation
from desktop.ui.need import EndPractice, Practise
from desktop.ui.page import Errand, Page
from desktop.ui.practice_band import PracticeBand
from desktop.ui.search_field import SearchField
from desktop.ui.sending import Sending
from desktop.ui.session import Session
from desktop.ui.strip import Network, Strip, Traffic
from desktop.ui.theme import Theme
from desktop.ui.top_bar import TopBar
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.notice import Notice
from payung.errors import PayungError
from sync.exchange import Result

if TYPE_CHECKING:
    from desktop.ui.enrolment_page import EnrolmentPage

SMALLEST = (640, 360)
WIDE = 1180  # logical pixels of window width from which the rail shows words


class Shell(QWidget):
    """`lock_wanted`: keep everything and lock; `records_changed` after a save; `needed` as a page has it."""

    lock_wanted = Signal()
    records_changed = Signal()
    needed = Signal(object)

    def __init__(
        self, theme: Theme, tasks: Tasks, session: Session, exchange: Callable[[], Result] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(*SMALLEST)
        self._theme, self._session = theme, session
        self._tasks = tasks
        self._pages: dict[str, Page] = {}
        self._front = ""
        self._heard = Traffic()
        self._kinds = pages.kinds(practice=session.practice)
        self.navigation = Navigation(theme, tuple(kind.entry() for kind in self._kinds), _home(session))
        self.search = SearchField(theme, tasks, session)
        self.top = TopBar(theme, crumbs=_crumbs(session), person=session.unlocked.operator, search=self.search)
        self.help = HelpKey(theme, self, session.messages.lang, self._kinds[0].name)
        self.trouble = Notice(theme, "warn")
        self.trouble.answered.connect(self._dismiss)
        self.findings = Findings(theme, session.messages)
        self.band = PracticeBand(theme)
        self.band.setVisible(session.practice)
        self.stack = QStackedWidget()
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.strip = Strip(theme)
        self.sending = Sending(tasks, session, exchange)
        if session.practice:
            self.strip.practise()
        right = column(self.band, self.top, self.trouble, self.findings, self.stack, self.strip, gap=0)
        right.setStretch(4, 1)
        whole = row(self.navigation, right, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._connect(tasks)
        self._keys()

    def _connect(self, tasks: Tasks) -> None:
        self.navigation.chosen.connect(self._chosen)
        self.top.lock_button.clicked.connect(self.lock_wanted)
        self.top.help_wanted.connect(self.help.show)
        self.search.wanted.connect(self.run)
        self.strip.stick_wanted.connect(self._to_stick)
        self.sending.changed.connect(self._traffic)
        self.sending.counted.connect(self._counted)
        self.findings.wanted.connect(self.run)
        self.findings.needed.connect(self.needed)
        self.band.empty_wanted.connect(self._practise_anew)
        self.band.end_wanted.connect(self._end_practice)
        tasks.troubled.connect(self.tell)

    def _keys(self) -> None:
        for kind in self._kinds:  # a button's own shortcut would wait a tenth of a second for its picture
            self._key(kind.keys).activated.connect(partial(self.go, kind.name))
        self._key("Ctrl+K").activated.connect(self.lock_wanted)
        self._key("Ctrl+F").activated.connect(self.search.open)
        self._key("F6").activated.connect(self._next_part)
        self._key("F9").activated.connect(self.sending.now)
        self._key("Ctrl+P").activated.connect(self._print)
        self._key("Ctrl+Up").activated.connect(self._unit_above)
        self._key("Ctrl+Down").activated.connect(self._unit_below)

    def _key(self, keys: str) -> QShortcut:
        return QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WindowShortcut)

    @property
    def front(self) -> str:
        """The name of the page in front."""
        return self._front

    def page(self, name: str) -> Page:
        """The page of that name, made when it is asked for the first time."""
        if name not in self._pages:
            kind = next(kind for kind in self._kinds if kind.name == name)
            made = kind.build(self._theme, self._tasks, self._session)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            made.wanted.connect(self.run)
            made.changed.connect(self._records_changed)
            made.held.connect(self.sending.count)
            made.kept.connect(self.strip.show_saved)
            made.needed.connect(self.needed)
            made.send_wanted.connect(self.sending.now)
            made.hear(self._heard)
            self._pages[name] = made
            self.stack.addWidget(made)
            self._adapt_page(made)
        return self._pages[name]

    @property
    def enrolment(self) -> EnrolmentPage:
        """The page where officers are typed."""
        return cast("EnrolmentPage", self.page("enrolment"))

    def start(self, page: str = "") -> None:
        """Show the page, else the first one, and begin to send."""
        self.go(page or self._kinds[0].name)
        self.sending.start()

    def go(self, name: str) -> None:
        """Bring a page to the front."""
        number = next(number for number, kind in enumerate(self._kinds) if kind.name == name)
        page, self._front = self.page(name), name
        self.stack.setCurrentWidget(page)
        self.navigation.mark(number)
        self.top.name_page(self._kinds[number].entry().title)
        self.help.turn_to(name)
        page.shown()

    def run(self, errand: Errand) -> None:
        """Bring the user where a page sends them; a practice has not every page."""
        if all(kind.name != errand.page for kind in self._kinds):
            return
        self.go(errand.page)
        self.page(errand.page).visit(errand)

    def leave(self) -> None:
        """Keep what is typed and stop sending; the session is closed next."""
        for page in self._pages.values():
            page.leave()
        self.sending.stop()

    def _chosen(self, number: int) -> None:
        self.go(self._kinds[number].name)

    def _print(self) -> None:
        self.page(self._front).print_wanted()

    def _records_changed(self) -> None:
        self.sending.soon()
        self.records_changed.emit()

    def tell(self, trouble: PayungError) -> None:
        """Trouble of the store: said above the page until it is read."""
        self.trouble.say(self._session.messages.of(trouble), "", (self.tr("Understood"),))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything gives way by width over text size."""
        width = event.size().width() / self._theme.factor
        self.navigation.adapt(wide=width >= WIDE)
        self.top.adapt(width)
        self.strip.adapt(width)
        for page in self._pages.values():
            self._adapt_page(page)
        super().resizeEvent(event)

    def _adapt_page(self, page: Page) -> None:
        page.adapt(self.width() / self._theme.factor, self.height() / self._theme.factor)

    def _traffic(self, traffic: Traffic) -> None:
        self._heard = traffic
        self.strip.show_traffic(traffic)
        for page in self._pages.values():
            page.hear(traffic)
        if traffic.network is Network.ONLINE:
            self.page(self._front).refresh()

    def _counted(self, status: Status) -> None:
        self.strip.show_waiting(status.pending)
        self.navigation.show_count("sync", status.pending)
        self.strip.show_last_sent(status.last_receipt, datetime.now(self._session.zone))

    def _next_part(self) -> None:
        parts.go_on(self.navigation, self.page(self._front), self.strip)

    def _unit_above(self) -> None:
        self.page(self._front).step(-1)

    def _unit_below(self) -> None:
        self.page(self._front).step(1)

    def _practise_anew(self) -> None:
        self.needed.emit(Practise())

    def _end_practice(self) -> None:
        self.needed.emit(EndPractice())

    def _to_stick(self) -> None:
        self.run(Errand("sync", field="stick"))

    def _dismiss(self, _answer: int) -> None:
        self.trouble.hide()


def _home(session: Session) -> str:
    villages = session.store.laptop.villages
    return session.regions.title(villages[0]) if villages else ""


def _crumbs(session: Session) -> str:
    """Where this laptop works: "Latihan · Kel. Oebobo · Kec. Oebobo, Kota Kupang"."""
    parts = [session.store.event.name]
    villages = session.store.laptop.villages
    if villages:
        segments = villages[0].split(".")
        titles = [session.regions.title(".".join(segments[:depth])) for depth in range(len(segments), 1, -1)]
        parts += [titles[0], ", ".join(titles[1:])] if len(titles) > 1 else titles
    return "  ·  ".join(parts)
