"""Enrolments: saving them, withdrawing them, finding them. Every function that changes something is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, func, select

from desktop.store import certificates, judging, revisions
from desktop.store.errors import Purged, UnknownRecord
from desktop.store.former import Former, bring_back, former
from desktop.store.identity import new_id
from desktop.store.intake import save_many
from desktop.store.judging import Judged
from desktop.store.moving import Seating, move
from desktop.store.replacing import Replaced, replace
from desktop.store.revisions import Exchange, Head, Version
from desktop.store.saving import Refused, Saved, saved, today, version
from desktop.store.seating import Mark, RosterRow, TpsSummary, places, roster
from desktop.store.statements import Query, Work
from desktop.store.tables import Record, SavedRevision
from payung import enrolment, nik
from payung.enrolment import State
from payung.facts import Facts
from payung.problem import Problem
from payung.roster import Standings
from sync.revision import Kind, Revision

if TYPE_CHECKING:
    from desktop.store.database import Store

__all__ = [
    "Enrolment",
    "Exchange",
    "Former",
    "Mark",
    "Refused",
    "Replaced",
    "RosterRow",
    "Saved",
    "Seating",
    "TpsSummary",
    "bring_back",
    "counts",
    "find_by_nik",
    "former",
    "get",
    "move",
    "places",
    "problems",
    "replace",
    "roster",
    "save",
    "save_many",
    "standings",
    "today",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A record as it stands. `revision` is its newest version for the office, 0 when there is none."""

    id: UUID
    facts: Facts
    state: State
    exchange: Exchange
    withdrawn: bool
    revision: int
    problems: tuple[Problem, ...]
    changed_at: datetime


_GET = Query(
    select(
        Record.id,
        SavedRevision.body,
        Record.state,
        Record.exchange,
        Record.withdrawn,
        Record.number,
        Record.problems,
        Record.changed_at,
    )
    .join(SavedRevision, (SavedRevision.record == Record.id) & (SavedRevision.ordinal == Record.ordinal))
    .where(Record.id == bindparam("record"))
)
_IDS_BY_NIK = Query(
    select(Record.id)
    .where(Record.nik == bindparam("nik"), Record.nik != "", Record.withdrawn == False)  # noqa: E712
    .order_by(Record.id)
)
_COUNTS = Query(
    select(Record.state, Record.exchange, func.count())
    .where(Record.withdrawn == False)  # noqa: E712
    .group_by(Record.state, Record.exchange)
)


def save(
    store: Store,
    facts: Facts,
    *,
    record_id: UUID | None = None,
    reason: str = "",
    accept_warnings: bool = False,
    on: date | None = None,
) -> Saved:
    """Keeps what was entered, whatever it is worth: ready records are queued for the office, others stay drafts.

    Without `record_id` a new record begins. Raises UnknownRecord, Purged, DiskFull, StoreIO, Damaged; then nothing was
    kept.
    """
    with store.writing() as work:
        head = _head(work, record_id)
        placed = enrolment.placed(facts, store.event)
        holders = judging.near(work, store.event, placed, without=head.record)
        judged = judging.judge(store, placed, holders, on=on or today(store), accept_warnings=accept_warnings)
        if head.ordinal and _same(work, head, judged):
            return Saved(head.record, judged.state, judged.problems, head.number, judged.facts.seat, changed=False)
        made = version(store, head, judged, store.moment(), reason)
        revisions.keep(work, store.unlocked, made.revision.at, [made])
        return saved(made)


def withdraw(store: Store, record_id: UUID, reason: str) -> Saved:
    """Takes a record back, with the reason; its seat is free again. Its certificates lose their worth.

    Raises UnknownRecord. What the office has never seen is withdrawn on the laptop only.
    """
    with store.writing() as work:
        head = revisions.head(work, record_id)
        last = revisions.newest_facts(work, record_id)
        if head.withdrawn:
            return Saved(record_id, head.state, (), head.number, last.seat, changed=False)
        at = store.moment()
        revision = Revision(
            record=record_id,
            number=head.number + 1,
            parent=head.parent,
            kind=Kind.WITHDRAWN,
            at=at,
            operator=store.unlocked.operator_id,
            facts=None,
            reason=reason,
            event_version=store.event.version,
        )
        made = Version(head, revision, last, head.state, (), for_office=head.number > 0)
        revisions.keep(work, store.unlocked, at, [made])
        certificates.void(work, store.unlocked, record_id, at)
        return saved(made)


def problems(
    store: Store, facts: Facts, *, record_id: UUID | None = None, on: date | None = None
) -> tuple[Problem, ...]:
    """What `save` would find, without keeping anything: for a form while it is typed."""
    placed = enrolment.placed(facts, store.event)
    with store.reading() as work:
        holders = judging.near(work, store.event, placed, without=record_id)
    return judging.judge(store, placed, holders, on=on or today(store)).problems


def get(store: Store, record_id: UUID) -> Enrolment:
    """The record as it stands; UnknownRecord when there is none, Purged when only its outline is left."""
    with store.reading() as work:
        row = work.one(_GET, record=record_id)
        if row is None:
            raise UnknownRecord
        if not row[1]:
            raise Purged
        record, body, state, exchange, withdrawn, number, found, changed_at = row
        facts = Revision.decode(body).facts or revisions.newest_facts(work, record_id)
    return Enrolment(
        record, facts, State(state), Exchange(exchange), withdrawn, number, revisions.unpacked(found), changed_at
    )


def find_by_nik(store: Store, number: str) -> tuple[Enrolment, ...]:
    """The records, not withdrawn, that carry this NIK, however it is written."""
    with store.reading() as work:
        found = [record for (record,) in work.all(_IDS_BY_NIK, nik=nik.digits(number))]
    return tuple(get(store, record) for record in found)


def standings(store: Store) -> Standings:
    """Who holds a seat on this laptop, for judging many rows before they are saved."""
    with store.reading() as work:
        return judging.everyone(work, store.event).standings


def counts(store: Store) -> dict[str, int]:
    """How many records stand in each state: draft, ready (not yet with the office), sent, attention."""
    with store.reading() as work:
        return counted(work)


def counted(work: Work) -> dict[str, int]:
    """`counts` within a transaction under way."""
    found = {mark.value: 0 for mark in Mark if mark is not Mark.EMPTY}
    for state, exchange, number in work.all(_COUNTS):
        found[Mark.of(State(state), Exchange(exchange)).value] += number
    return found


def _head(work: Work, record: UUID | None) -> Head:
    if record is None:
        return revisions.fresh(new_id())
    if revisions.purged(work, record):
        raise Purged
    return revisions.head(work, record)


def _same(work: Work, head: Head, judged: Judged) -> bool:
    """Whether the record already says just this."""
    return (
        not head.withdrawn and head.state is judged.state and revisions.newest_facts(work, head.record) == judged.facts
    )
