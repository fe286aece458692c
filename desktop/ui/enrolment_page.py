"""The enrolment page: units at the left, the roster in the middle, the officer at the right. Keyboard first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.store.enrolments import Saved
from desktop.tasks import Lane, Tasks
from desktop.ui import seat_menu, seat_order, unit_order, unit_reading
from desktop.ui.certificate_making import CertificateMaking
from desktop.ui.discarding import Discarding
from desktop.ui.need import Rest
from desktop.ui.officer_desk import OfficerDesk
from desktop.ui.page import Errand, Page
from desktop.ui.panes import Panes
from desktop.ui.queue_mode import REST_MINUTES, QueueMode
from desktop.ui.seat_acts import SeatActs
from desktop.ui.seat_walk import SeatWalk
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.unit import SeatLine, Unit
from desktop.ui.unit_reading import Overview, UnitView
from desktop.ui.widgets.layout import column


class EnrolmentPage(Page):
    """Where officers are typed."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._session = theme, tasks, session
        self._units: tuple[Unit, ...] = ()
        self._unit: Unit | None = None
        self._begun = False
        self._errand: Errand | None = None
        self._panes = Panes(theme)
        self.list, self.roster, self.form = self._panes.list, self._panes.roster, self._panes.form
        self.desk = OfficerDesk(self.form, tasks, session)
        self.discarding = Discarding(self.desk, tasks, session)
        self.walk = SeatWalk(self._panes, self.desk, self.discarding, tasks, session)
        self.acts = SeatActs(self.roster, self.desk, tasks, session)
        self.queue = QueueMode(self._panes.queue, self.desk, tasks, session)
        self.certificates = CertificateMaking(self, tasks, session)
        self._after_save_print = False
        self.setLayout(column(self._panes, gap=0))
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self.go_to_unit)
        self.roster.unit_chosen.connect(self.go_to_unit)
        self.roster.entered.connect(self._seat_entered)
        self.roster.certificate_wanted.connect(self.make_certificates)
        self.roster.act_wanted.connect(self._act)
        self.acts.changed.connect(self._seats_changed)
        self.acts.wanted.connect(self.wanted)
        self._panes.queue_wanted.connect(self.queue.toggle)
        self.queue.turned.connect(self._queue_turned)
        self.queue.wanted.connect(self.visit)
        toggle = QShortcut(QKeySequence("Ctrl+Q"), self, context=Qt.ShortcutContext.WindowShortcut)
        toggle.activated.connect(self.queue.toggle)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.acts.undo)
        self.form.left.connect(self._to_roster)
        self.form.stepped.connect(self._step)
        self.desk.saved.connect(self._saved)
        self.desk.skipped.connect(self._next)
        self.desk.kept.connect(self._kept)
        self.discarding.changed.connect(self._seat_changed)
        self.certificates.made.connect(self.roster.show_made)
        self.roster.made.answered.connect(self.certificates.answer)
        self._panes.swap_wanted.connect(self._swap_pane)

    def shown(self) -> None:
        """Go where the clerk was, the first time; later read anew and stay."""
        if self._begun:
            self.refresh()
            return
        self._begun = self.walk.typing = True
        self._tasks.run(Lane.STORE, partial(unit_reading.overview, self._session), done=self._started)

    def visit(self, errand: Errand) -> None:
        """Go to the errand's unit, seat or record, once the units are read."""
        self._errand = errand if errand.place is not None else None
        self._run_errand()

    def refresh(self) -> None:
        """Read everything shown anew: verdicts of the office came in, or a record was saved."""
        self._tasks.run(Lane.STORE, partial(unit_reading.overview, self._session), done=self._refreshed)
        self._read_unit(self._roster_read)

    def _read_unit(self, done: Callable[[UnitView], None]) -> None:
        if self._unit is not None:
            self._tasks.run(Lane.STORE, partial(unit_reading.unit, self._session, self._unit), done=done)

    def leave(self) -> None:
        """The page is about to go: keep what is typed, and where."""
        self.desk.leave()

    @property
    def unit(self) -> Unit | None:
        """The unit shown."""
        return self._unit

    def _started(self, overview: Overview) -> None:
        self._know(overview)
        self.queue.turn(on=overview.chosen.queue_open)
        last = overview.last
        if last is not None:
            self.walk.wanted = last.key
        start = unit_order.start(self._units, last.place if last is not None else None)
        if self._errand is not None:
            self._run_errand()
        elif start is not None:
            self._open(start)

    def _run_errand(self) -> None:
        errand = self._errand
        unit = unit_order.find(self._units, errand.place) if errand is not None else None
        if errand is None or unit is None:
            return
        self.walk.wanted, self.walk.typing, self.walk.field = errand.seat, True, errand.field
        self._open(unit)

    def _refreshed(self, overview: Overview) -> None:
        self._know(overview)
        if self._unit is not None:
            self._unit = self.walk.unit = unit_order.find(self._units, self._unit.place) or self._unit
            self.list.show_units(self._units, self._unit)
            self.roster.show_units(self._units, self._unit)
            self.queue.show_units(self._units, self._unit)

    def _know(self, overview: Overview) -> None:
        self._units = overview.units
        self.desk.know(overview.others)
        self.desk.keying.on = overview.chosen.nik_twice

    def _kept(self, at: datetime) -> None:
        self.kept.emit(at)
        self._read_unit(self._roster_read)

    def go_to_unit(self, unit: Unit) -> None:
        """Show a unit; its first unfinished seat is marked."""
        self.walk.wanted = None
        self._open(unit)

    def _open(self, unit: Unit) -> None:
        self.desk.keep()
        self._unit = self.walk.unit = unit
        self.list.show_units(self._units, unit)
        self.roster.show_units(self._units, unit)
        self.queue.show_units(self._units, unit)
        self.roster.hide_made()
        self._read_unit(self._unit_read)

    def _unit_read(self, view: UnitView) -> None:
        if self._unit is None or view.unit.place != self._unit.place:
            return
        self._roster_read(view)
        errand, self._errand = self._errand, None
        record = errand.record if errand is not None else None
        line = seat_order.first(self.roster.model.seats(), record=record, wanted=self.walk.wanted)
        if line is not None:
            self.walk.choose(line)

    def _roster_read(self, view: UnitView) -> None:
        if self._unit is not None and view.unit.place == self._unit.place:
            self._unit = self.walk.unit = view.unit
            self.roster.show_roster(view.unit, view.lines)
            self.roster.former.show_former(view.former)
            self.list.mark(view.unit)
            self.walk.follow()

    def _seat_entered(self, line: SeatLine) -> None:
        self._panes.show_form()
        self.walk.enter(line)

    def _seat_changed(self) -> None:
        """A draft went into the bin or came out: the roster says so, and the clerk goes on at that seat."""
        self.walk.typing = True
        self._read_unit(self._unit_read)

    def _following(self) -> SeatLine | None:
        view = self.desk.view
        return seat_order.following(self.roster.model.seats(), view.line.key if view is not None else None)

    def _act(self, name: str) -> None:
        """An act on the seat that is marked, by key or from its menu."""
        unit, line = self._unit, self.roster.current
        if unit is None or line is None:
            return
        if name == seat_menu.EDIT:
            self._seat_entered(line)
            return
        if name == seat_menu.PUT:
            self.walk.wanted = line.key
        elif name == seat_menu.REPLACE:
            self._panes.show_form()
        self.acts.do(name, unit, line)

    def _seats_changed(self) -> None:
        self.changed.emit()
        self._tasks.run(Lane.STORE, partial(unit_reading.overview, self._session), done=self._refreshed)
        self._read_unit(self._unit_read)

    def _queue_turned(self, on: bool) -> None:
        self.needed.emit(Rest(REST_MINUTES if on else None))
        self.walk.queueing = on
        self._panes.show_queue(on=on)
        self.queue.show_units(self._units, self._unit)
        self.walk.say_place()
        if not on:
            self._to_roster()

    def _saved(self, saved: Saved) -> None:
        if self.queue.on:
            self.changed.emit()
            self.refresh()
            self.queue.serve(saved.id)
            return
        following = self._following()
        self._after_save_print = following is None
        self.walk.typing = following is not None
        self.walk.wanted = following.key if following is not None else self.walk.wanted
        self.changed.emit()
        self._tasks.run(Lane.STORE, partial(unit_reading.overview, self._session), done=self._refreshed)
        self._read_unit(self._went_on)

    def _went_on(self, view: UnitView) -> None:
        self._unit_read(view)
        if self._after_save_print:
            self._after_save_print = False
            self.roster.view.setFocus()
            self.make_certificates()

    def _next(self) -> None:
        """Go on to the next seat in order, whatever its state; after the last to the roster."""
        if self.queue.on:
            self._to_roster()
            return
        self._read_unit(self._roster_read)
        self._step(1)

    def _step(self, step: int) -> None:
        if not self.walk.step(step):
            self._to_roster()

    def print_wanted(self) -> None:
        """The unit's certificates; while the queue is served, the one of the person in the form."""
        if self.queue.on:
            self.queue.print_shown()
        else:
            self.make_certificates()

    def step(self, step: int) -> None:
        """Go to the previous or next unit, keeping the cursor where work is done."""
        unit = unit_order.beside(self._units, self._unit, step)
        if unit is not None:
            self.walk.typing = self.form.has_focus()
            self.go_to_unit(unit)

    def make_certificates(self) -> None:
        """Make the PDF for every complete officer of this unit."""
        if self._unit is not None:
            self.desk.keep()
            self.certificates.make(self._unit, self.roster.model.seats())

    def _to_roster(self) -> None:
        self.desk.keep()
        self._panes.show_roster()
        first = self._panes.queue.search if self.queue.on else self.roster.view
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def adapt(self, width: float, height: float) -> None:
        """Three panes, two, or one."""
        self._panes.adapt(width, height)

    def _swap_pane(self) -> None:
        if self.form.isVisibleTo(self):
            self._to_roster()
        else:
            self._panes.show_form()
            self.form.go_to("nik")
