"""Going from seat to seat: the one marked in the roster, or asked for, is read and shown in the form."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.tasks import Lane, Tasks
from desktop.ui import seat_order, unit_reading
from desktop.ui.discarding import Discarding
from desktop.ui.form_place import FormPlace
from desktop.ui.officer_desk import OfficerDesk
from desktop.ui.panes import Panes
from desktop.ui.session import Session
from desktop.ui.unit import SeatKey, SeatLine, Unit
from desktop.ui.unit_reading import SeatView

SETTLE = 60  # milliseconds the mark rests on a seat before it is read, so that arrow keys run freely


class SeatWalk(QObject):
    """`wanted` is the seat to go to, `typing` whether the cursor follows into the form, there to `field`.

    `queueing`: seats are shown one by one, for a queue.
    """

    def __init__(self, panes: Panes, desk: OfficerDesk, discarding: Discarding, tasks: Tasks, session: Session) -> None:
        super().__init__(panes)
        self._roster, self._desk, self._discarding = panes.roster, desk, discarding
        self._tasks, self._session = tasks, session
        self._place = FormPlace(panes)
        self.unit: Unit | None = None
        self.wanted: SeatKey | None = None
        self.typing = False
        self.field = ""
        self.queueing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE)
        self._rest.timeout.connect(self.read)
        self._roster.seat_chosen.connect(self._marked)

    @property
    def seats(self) -> tuple[SeatLine, ...]:
        """The seats of the unit shown."""
        return self._roster.model.seats()

    def _marked(self, line: SeatLine) -> None:
        self.wanted = line.key
        self._rest.start()

    def enter(self, line: SeatLine) -> None:
        """Go to a seat to type there."""
        self._rest.stop()
        self.typing = True
        self.wanted = line.key
        self.read()

    def choose(self, line: SeatLine) -> None:
        """Mark a seat and show it."""
        self.wanted = line.key
        self._roster.mark(line.key)
        self.read()

    def step(self, step: int) -> bool:
        """Go so many seats on to type there; False beyond the ends."""
        line = seat_order.beside(self.seats, self.wanted, step)
        if line is not None:
            self.typing = True
            self.choose(line)
        return line is not None

    def read(self) -> None:
        """Read the seat that is wanted, and show it."""
        line = seat_order.line(self.seats, self.wanted)
        if self.unit is not None and line is not None:
            self._desk.keep()
            work = partial(unit_reading.seat, self._session, self.unit, line, self.seats)
            self._tasks.run(Lane.STORE, work, done=self._show)

    def _show(self, view: SeatView) -> None:
        if self.unit is None or view.unit.place != self.unit.place or view.line.key != self.wanted:
            return
        before = self._desk.view
        self._desk.show(view)
        here = before is not None and (before.unit.place, before.line.key) == (view.unit.place, view.line.key)
        self._discarding.show(view, same=here)
        self._roster.mark(view.line.key)
        self.say_place()
        if self.typing:
            self.typing = False
            field, self.field = self.field, ""
            self._place.go_to_field(view, field)

    def say_place(self) -> None:
        """Say anew whose form it is and what saving leads to."""
        if self._desk.view is not None:
            self._place.say(self._desk.view, self.seats, queueing=self.queueing)

    def follow(self) -> None:
        """The office's verdict may have come for the seat in the form: show it, unless the clerk is at work there."""
        shown = self._desk.view
        if shown is None or self.unit is None or shown.unit.place != self.unit.place:
            return
        self._roster.mark(shown.line.key)
        now = seat_order.line(self.seats, shown.line.key)
        verdict = now is not None and now.state is not shown.line.state and now.record == shown.line.record
        if verdict and not self._desk.typed and shown.line.record is not None:
            self.read()
