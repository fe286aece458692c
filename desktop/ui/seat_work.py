"""What acts on seats do in the store, in the store lane: emptying, moving, withdrawing, and the way back of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from desktop.store import drafts, enrolments, former
from desktop.store.enrolments import Refused, Seating
from desktop.ui.draft_text import Draft
from desktop.ui.session import Session
from desktop.ui.unit import SeatLine, Unit
from desktop.ui.unit_reading import draft_place
from payung.problem import Problem

Back = Callable[[], Refused | None]


@dataclass(frozen=True, slots=True)
class Held:
    """An officer taken up with Ctrl+X: from which seat, and at which unit that is."""

    unit: Unit
    line: SeatLine


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: the way back, or why it could not be, or that a reason is needed first.

    Without any of them there was nothing to do.
    """

    back: Back | None = None
    problems: tuple[Problem, ...] = ()
    asks: bool = False


def empty(session: Session, unit: Unit, line: SeatLine, draft: Draft | None, reason: str) -> Done:
    """Free the seat: its draft goes into the bin, its record is withdrawn unless the office knows it already.

    `draft` is what stands in the form for this seat and is not kept yet.
    """
    if line.record is None:
        return _binned(session, unit, line, draft)
    if former.known_to_office(session.store, line.record):
        return Done(asks=True)
    return withdraw(session, line.record, reason)


def withdraw(session: Session, record: UUID, reason: str) -> Done:
    """Withdraw a record, with the way back."""
    enrolments.withdraw(session.store, record, reason)
    return Done(partial(_brought_back, session, record))


def put(session: Session, held: Held, unit: Unit, line: SeatLine) -> Done:
    """Put a held officer on a seat: the record moves, or the draft does."""
    here, there = draft_place(held.unit.place, held.line), draft_place(unit.place, line)
    if held.line.record is None:
        return Done(partial(_draft_back, session, there, here)) if drafts.move(session.store, here, there) else Done()
    done = move(session, held.line.record, _seating(unit, line))
    if done.back is not None:
        drafts.move(session.store, here, there)
    return done


def move(session: Session, record: UUID, to: Seating) -> Done:
    """Move a record to a seat, with the way back."""
    before = Seating.of(enrolments.get(session.store, record).facts)
    moved = enrolments.move(session.store, record, to, reason=_moved_from(session, before))
    if isinstance(moved, Refused):
        return Done(problems=moved.problems)
    return Done(partial(_moved_back, session, record, before, _moved_from(session, to))) if moved.changed else Done()


def fetch(session: Session, record: UUID, unit: Unit, line: SeatLine, draft: Draft | None) -> Done:
    """Bring a record from elsewhere to the seat where its NIK was just typed; the typing goes into the bin."""
    done = move(session, record, _seating(unit, line))
    if done.back is not None:
        _binned(session, unit, line, draft)
    return done


def _binned(session: Session, unit: Unit, line: SeatLine, draft: Draft | None) -> Done:
    where = draft_place(unit.place, line)
    if draft is not None:
        drafts.keep(session.store, *where, draft.packed(), draft.focus)
    thrown = drafts.discard(session.store, *where)
    return Done() if thrown is None else Done(partial(_out_of_bin, session, thrown.id))


def _seating(unit: Unit, line: SeatLine) -> Seating:
    return Seating(unit.place.code, line.tps, line.post.code, line.seat)


def _moved_from(session: Session, seat: Seating) -> str:
    """The reason of a move as the office reads it, in Indonesian whatever the window speaks."""
    post = session.store.event.post(seat.post)
    name = post.name if post is not None else seat.post
    number = f" {seat.seat}" if seat.seat is not None else ""
    station = f", TPS {seat.tps:03}" if seat.tps is not None else ""
    return f"pindah dari {name}{number}{station}, {session.regions.title(seat.place)}"


def _moved_back(session: Session, record: UUID, before: Seating, reason: str) -> Refused | None:
    moved = enrolments.move(session.store, record, before, reason=reason)
    return moved if isinstance(moved, Refused) else None


def _brought_back(session: Session, record: UUID) -> Refused | None:
    back = enrolments.bring_back(session.store, record)
    return back if isinstance(back, Refused) else None


def _draft_back(session: Session, here: drafts.Where, there: drafts.Where) -> None:
    drafts.move(session.store, here, there)


def _out_of_bin(session: Session, number: int) -> None:
    drafts.restore(session.store, number)
