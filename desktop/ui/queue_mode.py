"""The queue at a drive: find or type one person, save, print at once, and on to the next; 60 s without a key lock."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop import settings
from desktop.store.searching import Index
from desktop.tasks import Lane, Tasks
from desktop.ui import queue_printing, queue_work, search_reading, unit_reading
from desktop.ui.officer_desk import OfficerDesk
from desktop.ui.page import Errand
from desktop.ui.queue_pane import QueuePane
from desktop.ui.queue_work import QueueDay, Served
from desktop.ui.search_reading import Hit
from desktop.ui.session import Session
from desktop.ui.unit import FILLED, Heading, SeatLine, SeatState, Unit
from desktop.ui.unit_reading import UnitView

REST_MINUTES = 1.0  # at a drive strangers stand around the laptop


class QueueMode(QObject):
    """`turned` on or off; `wanted` carries an `Errand` to the seat of whom to serve; `served` a `Served`."""

    turned = Signal(bool)
    wanted = Signal(object)
    served = Signal(object)

    def __init__(self, pane: QueuePane, desk: OfficerDesk, tasks: Tasks, session: Session) -> None:
        super().__init__(pane)
        self._pane, self._desk, self._tasks, self._session = pane, desk, tasks, session
        self._index = Index(session.store)
        self._asked = self._answered = ""
        self._entering = self._printing = False
        self._last: Path | None = None
        self.on = False
        pane.looked_for.connect(self._look)
        pane.entered.connect(self._enter)
        pane.found.connect(self._found)
        pane.unit_chosen.connect(self._seats_of)
        pane.fresh.connect(self._fresh)
        pane.closed.connect(self.toggle)
        pane.print_button.clicked.connect(self.print_shown)
        pane.notice.answered.connect(self._open_last)
        desk.form.submitted.connect(self._submitted)

    def toggle(self) -> None:
        """Open the queue, or close it; it comes back after a lock as it was."""
        self.turn(on=not self.on)
        self._tasks.run(Lane.STORE, partial(settings.change, self._session.folder, queue_open=self.on))

    def turn(self, *, on: bool) -> None:
        """Open or close it without remembering."""
        if on == self.on:
            return
        self.on = on
        self._pane.notice.hide()
        self.turned.emit(on)
        if on:
            self._tasks.run(Lane.STORE, self._index.prepare)
            self._tasks.run(Lane.STORE, partial(queue_work.day, self._session), done=self._pane.show_day)
            self._begin()

    def show_units(self, units: tuple[Unit, ...], current: Unit | None) -> None:
        """The places of this laptop, and the one where the clerk is."""
        self._pane.show_units(units, current)
        if self.on and current is not None:
            self._seats_of(current)

    def serve(self, record: UUID) -> None:
        """Give the person a number and print the one certificate."""
        if not self._printing:
            self._printing = True
            self._tasks.run(
                Lane.STORE, partial(queue_work.serve, self._session, record), done=self._served, failed=self._failed
            )

    def print_shown(self) -> None:
        """Print for the person in the form, as saved; the number of today stays."""
        view = self._desk.view
        if view is not None and view.line.record is not None and view.line.state in FILLED:
            self.serve(view.line.record)

    def _submitted(self) -> None:
        """A record that was sent is not saved again: it is printed."""
        view = self._desk.view
        sent = view is not None and view.line.state is SeatState.SENT and not self._desk.form.save_button.isEnabled()
        if self.on and sent:
            self.print_shown()

    def _served(self, served: Served) -> None:
        self._printing = False
        line, day = served.line, served.day
        self._last = served.path
        self._show_day(day)
        title = self.tr("{number}: {name}").format(number=line.number, name=line.name)
        if served.path is None:
            self._pane.notice.say(title, self.tr("This record gets no certificate yet. Complete it first."))
            return
        self._pane.notice.say(title, str(served.path), (self.tr("Open the PDF"),))
        self.served.emit(served)
        self._begin()
        work = partial(queue_printing.to_printer, self._session, served.path)
        self._tasks.run(Lane.PAPER, work, done=self._printed)

    def _printed(self, printer: str) -> None:
        if printer:
            self._pane.notice.retell(self.tr("Sent to the printer {printer}.").format(printer=printer))

    def _failed(self, trouble: object) -> None:
        self._printing = False
        self._tasks.troubled.emit(trouble)

    def _begin(self) -> None:
        self._asked = self._answered = ""
        self._pane.begin()

    def _show_day(self, day: QueueDay) -> None:
        self._pane.show_day(day)

    def _open_last(self, _answer: int) -> None:
        if self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))

    def _look(self, text: str) -> None:
        self._asked = text
        work = partial(_looked, self._session, self._index, text)
        self._tasks.run(Lane.STORE, work, done=self._hits)

    def _hits(self, found: tuple[str, tuple[Hit, ...]]) -> None:
        text, hits = found
        if text != self._asked:
            return
        self._answered = text
        self._pane.show_hits(text, hits)
        if self._entering:
            self._enter()

    def _enter(self) -> None:
        """Enter in the search: at once when what is typed was answered, else as soon as it is."""
        self._entering = self._asked != self._answered
        if not self._entering:
            self._pane.take()

    def _found(self, hit: Hit) -> None:
        self._pane.notice.hide()
        self.wanted.emit(hit.errand)

    def _seats_of(self, unit: Unit) -> None:
        self._tasks.run(Lane.STORE, partial(unit_reading.unit, self._session, unit), done=self._seats)

    def _seats(self, view: UnitView) -> None:
        lines = (line for line in view.lines if not isinstance(line, Heading))
        self._pane.show_seats(view.unit, tuple(line for line in lines if line.state not in FILLED))

    def _fresh(self, unit: Unit, line: SeatLine) -> None:
        self._pane.notice.hide()
        self.wanted.emit(Errand("enrolment", unit.place, seat=line.key))


def _looked(session: Session, index: Index, text: str) -> tuple[str, tuple[Hit, ...]]:
    """With the text, so that a late answer is known as one; a polling station alone is nobody to serve."""
    hits = search_reading.find(session, index, text)
    return text, tuple(hit for hit in hits if hit.errand.record is not None or hit.errand.seat is not None)
