"""Replacement (PAW): one person's term ends and the next person's begins in the same seat, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.store import certificates, judging, revisions
from desktop.store.errors import UnknownRecord
from desktop.store.identity import new_id
from desktop.store.revisions import Head, Version
from desktop.store.saving import Refused, Saved, saved, today, version
from payung import enrolment, leaving, nik
from payung.enrolment import State
from payung.facts import Facts
from payung.leaving import Leaving
from payung.problem import Problem, Severity
from sync.revision import Kind, Revision

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Replaced:
    """Whose term ended, and the record of whoever took over."""

    ended: UUID
    successor: Saved


def replace(
    store: Store,
    record_id: UUID,
    facts: Facts,
    going: Leaving,
    *,
    accept_warnings: bool = False,
    on: date | None = None,
) -> Replaced | Refused:
    """Ends the record's term with reason and last day, voids its certificates, and enrols the successor in its seat.

    Both or neither: whatever is wrong with the day or with the successor is a refusal and nothing is kept. Raises
    UnknownRecord for a record that is withdrawn, ended or still a draft.
    """
    with store.writing() as work:
        head = revisions.head(work, record_id)
        if head.withdrawn or head.state is not State.READY:
            raise UnknownRecord
        last = revisions.newest_facts(work, record_id)
        placed = enrolment.placed(facts, store.event)
        holders = judging.near(work, store.event, placed, without=record_id)
        judged = judging.judge(store, placed, holders, on=on or today(store), accept_warnings=accept_warnings)
        wrong = (*_wrong(store, last, judged.facts, going), *judged.problems)
        if judged.state is not State.READY or wrong != judged.problems:
            return Refused(wrong)
        at = store.moment()
        begins = going.successor_begins
        made = version(store, revisions.fresh(new_id()), judged, at, leaving.SUCCESSION, first_day=begins)
        ended = Revision(
            record=record_id,
            number=head.number + 1,
            parent=head.parent,
            kind=Kind.ENDED,
            at=at,
            operator=store.unlocked.operator_id,
            facts=None,
            reason=going.cause.value,
            successor=made.head.record,
            day=going.last_day,
            event_version=store.event.version,
        )
        revisions.keep(work, store.unlocked, at, [_last_version(head, ended, last), made])
        certificates.void(work, store.unlocked, record_id, at)
        return Replaced(record_id, saved(made))


def _last_version(head: Head, ended: Revision, last: Facts) -> Version:
    return Version(head, ended, last, head.state, (), for_office=True)


def _wrong(store: Store, last: Facts, successor: Facts, going: Leaving) -> tuple[Problem, ...]:
    """What is wrong with the replacement itself: its day, its seat, or one person twice."""
    found: list[Problem] = []
    post = store.event.post(last.post)
    if post is not None:
        found += leaving.problems(going, post, store.event)
    if nik.digits(successor.nik) == nik.digits(last.nik):
        found.append(Problem("nik", "nik.same_person", Severity.ERROR))
    if _seat(successor) != _seat(last):
        found.append(Problem("seat", "seat.other", Severity.ERROR))
    return tuple(found)


def _seat(facts: Facts) -> tuple[str, int | None, str, int | None]:
    return (facts.place, facts.tps, facts.post, facts.seat)
