"""Moving an officer to another seat or place: a new version of the same record, or nothing when it cannot be."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.store import judging, revisions
from desktop.store.errors import UnknownRecord
from desktop.store.saving import Refused, Saved, saved, today, version
from payung import enrolment
from payung.enrolment import State
from payung.facts import Facts
from payung.problem import Severity

if TYPE_CHECKING:
    from desktop.store.database import Store

_OF_A_SEAT = frozenset({"post", "place", "tps", "seat"})


@dataclass(frozen=True, slots=True)
class Seating:
    """A seat anywhere on this laptop, as the facts of an enrolment name it."""

    place: str
    tps: int | None
    post: str
    seat: int | None

    @classmethod
    def of(cls, facts: Facts) -> Seating:
        """The seat the facts name."""
        return cls(facts.place, facts.tps, facts.post, facts.seat)


def move(store: Store, record_id: UUID, to: Seating, *, reason: str) -> Saved | Refused:
    """Puts the record's officer on another seat; refused, and nothing kept, when somebody sits there or rules forbid.

    Warnings that were let pass before are let pass again; a new one is a refusal. Raises UnknownRecord, Purged.
    """
    with store.writing() as work:
        head = revisions.head(work, record_id)
        if head.withdrawn:
            raise UnknownRecord
        before = revisions.newest(work, record_id)
        facts = revisions.newest_facts(work, record_id)
        wanted = dataclasses.replace(facts, place=to.place, tps=to.tps, post=to.post, seat=to.seat)
        placed = enrolment.placed(wanted, store.event)
        if placed == facts:
            return Saved(record_id, head.state, (), head.number, facts.seat, changed=False)
        holders = judging.near(work, store.event, placed, without=record_id)
        judged = judging.judge(store, placed, holders, on=today(store), accept_warnings=True)
        fresh = set(judged.open_warnings) - set(before.open_warnings)
        in_the_way = tuple(
            problem
            for problem in judged.problems
            if (problem.severity is Severity.ERROR and (head.state is State.READY or problem.field in _OF_A_SEAT))
            or (problem.code in fresh and head.state is State.READY)
        )
        if in_the_way:
            return Refused(in_the_way)
        if head.state is not State.READY:
            judged = dataclasses.replace(judged, state=State.DRAFT, open_warnings=())
        made = version(store, head, judged, store.moment(), reason)
        revisions.keep(work, store.unlocked, made.revision.at, [made])
        return saved(made)
