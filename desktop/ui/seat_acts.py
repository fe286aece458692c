"""Acts on seats: emptying, taking up and putting down, withdrawing with a reason; each can be undone (Ctrl+Z)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.store.enrolments import Refused
from desktop.store.former import UNSENT
from desktop.tasks import Lane, Tasks
from desktop.ui import seat_menu, seat_work
from desktop.ui.draft_text import Draft
from desktop.ui.officer_desk import OfficerDesk
from desktop.ui.page import Errand
from desktop.ui.roster_panel import RosterPanel
from desktop.ui.seat_work import Back, Done, Held
from desktop.ui.session import Session
from desktop.ui.unit import SeatLine, SeatState, Unit
from payung.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done, in words, and the way back."""

    said: str
    back: Back


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of an act on the line, and what is said of it when it was done."""

    said: str
    line: SeatLine
    done: Done


class SeatActs(QObject):
    """`changed`: an act is over, seats may not be what they were; `wanted` carries an `Errand` to another record."""

    changed = Signal()
    wanted = Signal(object)

    def __init__(self, panel: RosterPanel, desk: OfficerDesk, tasks: Tasks, session: Session) -> None:
        super().__init__(panel)
        self._panel, self._desk, self._tasks, self._session = panel, desk, tasks, session
        self._done: list[Undo] = []
        self._leaving: SeatLine | None = None  # whose withdrawal waits for its reason
        self.held: Held | None = None
        panel.acted.answered.connect(self._undo_clicked)
        panel.held.answered.connect(self._let_go)
        panel.reason.given.connect(self._withdraw)
        desk.form.taken.answered.connect(self._taken_answered)

    def do(self, name: str, unit: Unit, line: SeatLine) -> None:
        """Do the act of that name (desktop/ui/seat_menu.py) on the seat."""
        view = self._desk.view
        shown = view is not None and view.unit.place == unit.place and view.line.key == line.key
        if name == seat_menu.EMPTY:
            self.empty(unit, line, self._desk.give_up() if shown and line.record is None else None)
        elif name == seat_menu.TAKE:
            self._desk.keep()
            self.take(unit, line)
        elif name == seat_menu.PUT:
            self.put(unit, line)
        elif name == seat_menu.REPLACE and shown:
            self._desk.replace()

    def _taken_answered(self, answer: int) -> None:
        """The NIK typed belongs to a record already: look at that one, or bring it here."""
        view, judge = self._desk.view, self._desk.judge
        if view is None or judge.holder is None or judge.standing is None:
            return
        if answer == 0:
            self.wanted.emit(Errand("enrolment", judge.standing, record=judge.holder))
        else:
            self.fetch(judge.holder, view.unit, view.line, self._desk.give_up())

    def empty(self, unit: Unit, line: SeatLine, draft: Draft | None) -> None:
        """Free the seat; of a record the office knows the reason is asked first."""
        if line.state is SeatState.EMPTY and draft is None:
            return
        said = self.tr("{seat} emptied: {name}").format(seat=line.label, name=line.name or self.tr("no name yet"))
        work = partial(seat_work.empty, self._session, unit, line, draft, UNSENT)
        self._run(work, said, line)

    def _withdraw(self, reason: str) -> None:
        line, self._leaving = self._leaving, None
        if line is not None and line.record is not None:
            said = self.tr("{seat} withdrawn: {name}").format(seat=line.label, name=line.name)
            self._run(partial(seat_work.withdraw, self._session, line.record, reason), said, line)

    def take(self, unit: Unit, line: SeatLine) -> None:
        """Take an officer up, to put him on another seat."""
        if line.state is SeatState.EMPTY:
            return
        self.held = Held(unit, line)
        title = self.tr("Moving: {name}").format(name=line.name or line.label)
        text = self.tr("{seat}, {unit}. Choose the new seat, here or at another place, then press Ctrl+V.")
        self._panel.tell_held(title, text.format(seat=line.label, unit=unit.title))

    def put(self, unit: Unit, line: SeatLine) -> None:
        """Put down, on this seat, whoever was taken up."""
        held = self.held
        if held is None:
            return
        said = self.tr("{name} moved to {seat}, {unit}").format(
            name=held.line.name or held.line.label, seat=line.label, unit=unit.title
        )
        self._run(partial(seat_work.put, self._session, held, unit, line), said, line)

    def fetch(self, record: UUID, unit: Unit, line: SeatLine, draft: Draft | None) -> None:
        """Bring the record that has the NIK already to the seat where it was typed again."""
        said = self.tr("Officer moved to {seat}, {unit}").format(seat=line.label, unit=unit.title)
        self._run(partial(seat_work.fetch, self._session, record, unit, line, draft), said, line)

    def undo(self) -> None:
        """Take the last act back."""
        if self._done:
            last = self._done.pop()
            self._tasks.run(Lane.STORE, last.back, done=self._undone)

    def _run(self, work: Callable[[], Done], said: str, line: SeatLine) -> None:
        self._tasks.run(Lane.STORE, partial(_acted, work, said, line), done=self._came)

    def _came(self, acted: Acted) -> None:
        said, line, done = acted.said, acted.line, acted.done
        if done.asks:
            self._leaving = line
            title = self.tr("Withdraw {name} from {seat}?").format(name=line.name, seat=line.label)
            self._panel.ask_reason(title, self.tr("This record was sent. The office is told, with your reason."))
        elif done.problems:
            self._refused(done.problems)
        elif done.back is not None:
            self._let_go(0)
            self._done.append(Undo(said, done.back))
            self._panel.tell_acted(said, undo=True)
        self.changed.emit()

    def _undone(self, refused: Refused | None) -> None:
        if refused is not None:
            self._refused(refused.problems)
        else:
            self._panel.tell_acted(self.tr("Taken back. The seat is as it was."), undo=False)
        self.changed.emit()

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        wrong = [one for one in problems if one.severity is not Severity.INFORMATION]
        sentences = "\n".join(dict.fromkeys(self._session.messages.of(one) for one in wrong))
        self._panel.tell_refused(self.tr("The officer stays on the old seat"), sentences)

    def _let_go(self, _answer: int) -> None:
        self.held = None
        self._panel.held.hide()
        self._panel.fit_notices()

    def _undo_clicked(self, _answer: int) -> None:
        self.undo()


def _acted(work: Callable[[], Done], said: str, line: SeatLine) -> Acted:
    return Acted(said, line, work())
