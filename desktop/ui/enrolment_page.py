"""The enrolment page: units at the left, the roster in the middle, the officer at the right. Keyboard first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.store.enrolments import Saved
from desktop.tasks import Lane, Tasks
from desktop.ui import seat_menu, seat_order, unit_order, unit_reading
from desktop.ui.certificate_making import CertificateMaking
from desktop.ui.discarding import Discarding
from desktop.ui.need import Rest
from desktop.ui.officer_desk import OfficerDesk
from desktop.ui.officer_saving import post_title
from desktop.ui.page import Errand, Page
from desktop.ui.panes import Panes
from desktop.ui.queue_mode import REST_MINUTES, QueueMode
from desktop.ui.seat_acts import SeatActs
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.unit import SeatKey, SeatLine, Unit
from desktop.ui.unit_reading import Overview, SeatView, UnitView
from desktop.ui.widgets.layout import column

SETTLE = 60  # milliseconds the mark rests on a seat before it is read, so that arrow keys run freely


class EnrolmentPage(Page):
    """Where officers are typed."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._session = theme, tasks, session
        self._units: tuple[Unit, ...] = ()
        self._unit: Unit | None = None
        self._wanted: SeatKey | None = None
        self._typing = self._begun = False
        self._errand: Errand | None = None
        self._field = ""
        self._panes = Panes(theme)
        self.list, self.roster, self.form = self._panes.list, self._panes.roster, self._panes.form
        self.desk = OfficerDesk(self.form, tasks, session)
        self.discarding = Discarding(self.desk, tasks, session)
        self.acts = SeatActs(self.roster, self.desk, tasks, session)
        self.queue = QueueMode(self._panes.queue, self.desk, tasks, session)
        self.certificates = CertificateMaking(self, tasks, session)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._after_save_print = False
        self.setLayout(column(self._panes, gap=0))
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self.go_to_unit)
        self.roster.unit_chosen.connect(self.go_to_unit)
        self.roster.seat_chosen.connect(self._seat_marked)
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
        self._settle.timeout.connect(self._read_seat)
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
        self._begun = self._typing = True
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
            self._wanted = last.key
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
        self._wanted, self._typing, self._field = errand.seat, True, errand.field
        self._open(unit)

    def _refreshed(self, overview: Overview) -> None:
        self._know(overview)
        if self._unit is not None:
            self._unit = unit_order.find(self._units, self._unit.place) or self._unit
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
        self._wanted = None
        self._open(unit)

    def _open(self, unit: Unit) -> None:
        self.desk.keep()
        self._unit = unit
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
        line = seat_order.first(self.roster.model.seats(), record=record, wanted=self._wanted)
        if line is not None:
            self._choose(line)

    def _roster_read(self, view: UnitView) -> None:
        if self._unit is not None and view.unit.place == self._unit.place:
            self._unit = view.unit
            self.roster.show_roster(view.unit, view.lines)
            self.roster.former.show_former(view.former)
            self.list.mark(view.unit)
            shown = self.desk.view
            if shown is not None and shown.unit.place == view.unit.place:
                self.roster.mark(shown.line.key)
                self._follow(shown)

    def _follow(self, shown: SeatView) -> None:
        """The office's verdict came for the seat in the form: show it, unless the clerk is at work there."""
        now = self._line(shown.line.key)
        verdict = now is not None and now.state is not shown.line.state and now.record == shown.line.record
        if verdict and not self.desk.typed and shown.line.record is not None:
            self._read_seat()

    def _choose(self, line: SeatLine) -> None:
        self._wanted = line.key
        self.roster.mark(line.key)
        self._read_seat()

    def _seat_marked(self, line: SeatLine) -> None:
        self._wanted = line.key
        self._settle.start()

    def _seat_entered(self, line: SeatLine) -> None:
        self._settle.stop()
        self._typing = True
        self._wanted = line.key
        self._panes.show_form()
        self._read_seat()

    def _read_seat(self) -> None:
        line = self._line(self._wanted)
        if self._unit is not None and line is not None:
            self.desk.keep()
            work = partial(unit_reading.seat, self._session, self._unit, line, self.roster.model.seats())
            self._tasks.run(Lane.STORE, work, done=self._seat_read)

    def _seat_read(self, view: SeatView) -> None:
        if self._unit is None or view.unit.place != self._unit.place or view.line.key != self._wanted:
            return
        before = self.desk.view
        self.desk.show(view)
        here = before is not None and (before.unit.place, before.line.key) == (view.unit.place, view.line.key)
        self.discarding.show(view, same=here)
        self.roster.mark(view.line.key)
        self._say_place()
        if self._typing:
            self._typing = False
            self._to_field(view)

    def _to_field(self, view: SeatView) -> None:
        if not self.form.sent.isHidden():  # nothing to type in until it is to be corrected
            self.form.sent.answers[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name, self._field = self._field or (view.draft.focus if view.draft is not None else "nik"), ""
        self.form.go_to(name if name in self.form.fields.parts else "nik")
        if view.draft is not None and name in self.form.fields.parts:
            self.form.put_cursor(name, view.draft.cursor)

    def _seat_changed(self) -> None:
        """A draft went into the bin or came out: the roster says so, and the clerk goes on at that seat."""
        self._typing = True
        self._read_unit(self._unit_read)

    def _say_place(self) -> None:
        view, seats = self.desk.view, self.roster.model.seats()
        if view is None:
            return
        place = seat_order.place(seats, view.line.key)
        text = self.tr("{place} of {total}").format(place=place, total=len(seats))
        self.form.show_place(post_title(view.line), text, first=place <= 1, last=place >= len(seats))
        self._panes.name_swap(f"{view.unit.title} · {text}")
        if self.queue.on:
            self.form.show_place(post_title(view.line), view.unit.title, first=True, last=True)
            self.form.name_save(self.tr("Save & print the certificate"))
            return
        following = self._following()
        if following is None:
            self.form.name_save(self.tr("Save & print certificates"))
        else:
            self.form.name_save(self.tr("Save & go on to {seat}").format(seat=following.label))

    def _following(self) -> SeatLine | None:
        view = self.desk.view
        return seat_order.following(self.roster.model.seats(), view.line.key if view is not None else None)

    def _line(self, key: SeatKey | None) -> SeatLine | None:
        return seat_order.line(self.roster.model.seats(), key)

    def _act(self, name: str) -> None:
        """An act on the seat that is marked, by key or from its menu."""
        unit, line = self._unit, self.roster.current
        if unit is None or line is None:
            return
        if name == seat_menu.EDIT:
            self._seat_entered(line)
            return
        if name == seat_menu.PUT:
            self._wanted = line.key
        elif name == seat_menu.REPLACE:
            self._panes.show_form()
        self.acts.do(name, unit, line)

    def _seats_changed(self) -> None:
        self.changed.emit()
        self._tasks.run(Lane.STORE, partial(unit_reading.overview, self._session), done=self._refreshed)
        self._read_unit(self._unit_read)

    def _queue_turned(self, on: bool) -> None:
        self.needed.emit(Rest(REST_MINUTES if on else None))
        self._panes.show_queue(on=on)
        self.queue.show_units(self._units, self._unit)
        self._say_place()
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
        self._typing = following is not None
        self._wanted = following.key if following is not None else self._wanted
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
        line = seat_order.beside(self.roster.model.seats(), self._wanted, step)
        if line is not None:
            self._typing = True
            self._choose(line)
        else:
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
            self._typing = self.form.has_focus()
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
