"""Certificate numbers: given once, counted at every print, void when the facts change. All of it goes to the office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from desktop.store import adoption, audit, revisions
from desktop.store.audit import Action, Deed
from desktop.store.revisions import Head
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import CertificateNumber, LedgerEntry, Progress, Record, Waiting
from desktop.store.vault import Unlocked
from payung import certificate
from payung.enrolment import State
from payung.facts import Facts
from sync.ledger import LedgerEvent, LedgerKind

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Allocated:
    """A number for one certificate to be printed now; `copy` counts its prints from 1, `issued_at` is the first's."""

    number: str
    record: UUID
    revision: int
    facts: Facts
    copy: int
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that gets no certificate; `reason` is a code: certificate.unknown, .withdrawn, .purged or .draft."""

    id: UUID
    reason: str


_STANDING = Query(
    select(
        CertificateNumber.sequence,
        CertificateNumber.number,
        CertificateNumber.revision,
        CertificateNumber.copies,
        CertificateNumber.issued_at,
    )
    .where(CertificateNumber.record == bindparam("record"), CertificateNumber.voided_at.is_(None))
    .order_by(CertificateNumber.sequence)
)
_COUNT = Query(select(Progress.certificate_number))
_SET_COUNT = Command(update(Progress), ("certificate_number",))
_ADD = Command(insert(CertificateNumber))
_COPY = Command(update(CertificateNumber).where(CertificateNumber.sequence == bindparam("number_of")), ("copies",))
_VOID = Command(update(CertificateNumber).where(CertificateNumber.sequence == bindparam("number_of")), ("voided_at",))
_ADD_ENTRY = Command(insert(LedgerEntry))
_ADD_WAITING = Command(insert(Waiting))
_ALL_READY = Query(
    select(Record.id)
    .where(Record.withdrawn == False, Record.state == State.READY.value)  # noqa: E712
    .order_by(Record.place, Record.tps, Record.post, Record.seat, Record.id)
)


def allocate(store: Store, ids: Iterable[UUID]) -> tuple[Allocated, ...]:
    """Gives each ready record its number and records the print, durable before anything is printed.

    The same version printed again keeps its number and counts the copy; a newer version voids the older number.
    Records that are not ready are left out: `left_out` says why. Raises KitNeeded where a restored store has no keys
    to sign with.
    """
    adoption.require_identity(store.laptop)
    with store.writing() as work:
        at = store.moment()
        wanted = [head for head in (revisions.find(work, record) for record in ids) if head is not None]
        ready = [head for head in wanted if not _reason(work, head)]
        given = tuple(_allocated(work, store, head, at) for head in ready)
        deeds = [Deed(Action.CERTIFIED, one.number.encode(), one.record.bytes) for one in given]
        audit.append(work, store.unlocked, at, deeds)
    return given


def left_out(store: Store, ids: Iterable[UUID]) -> tuple[LeftOut, ...]:
    """Which of these records would get no certificate, and why."""
    with store.reading() as work:
        reasons = [(record, _reason(work, revisions.find(work, record))) for record in ids]
    return tuple(LeftOut(record, reason) for record, reason in reasons if reason)


def ready(store: Store) -> tuple[UUID, ...]:
    """The records a certificate can be printed for, in the order of place, TPS, post and seat."""
    with store.reading() as work:
        return tuple(record for (record,) in work.all(_ALL_READY))


def prospect(store: Store, ids: Iterable[UUID]) -> tuple[Allocated, ...]:
    """What `allocate` would give now, and nothing is given: `number` is empty where it would be a new one."""
    with store.reading() as work:
        at = store.moment()
        heads = [head for head in (revisions.find(work, record) for record in ids) if head is not None]
        return tuple(_prospect(work, store, head, at) for head in heads if not _reason(work, head))


def void(work: Work, unlocked: Unlocked, record: UUID, at: datetime, note: str | None = None) -> int:
    """Takes the worth from every number of the record; part of the caller's transaction. How many had any."""
    standing = work.all(_STANDING, record=record)
    for sequence, number, revision, copies, _ in standing:
        work.run(_VOID, number_of=sequence, voided_at=at)
        event = LedgerEvent(
            number=number,
            kind=LedgerKind.VOID,
            record=record,
            revision=revision,
            at=at,
            operator=unlocked.operator_id,
            copy=copies,
        )
        enter(work, [event], note)
    return len(standing)


def _reason(work: Work, head: Head | None) -> str:
    if head is None:
        return "certificate.unknown"
    if head.withdrawn:
        return "certificate.withdrawn"
    if revisions.purged(work, head.record):
        return "certificate.purged"
    return "" if head.state is State.READY else "certificate.draft"


def _standing(work: Work, store: Store, head: Head) -> tuple[int, str, int, int, datetime] | None:
    """The number of the record's newest version, if it has one that can be printed again."""
    # A number under an earlier identity's tag cannot be signed with the keys of now.
    own = f"{certificate.PREFIX}-{store.laptop.tag}-"
    given = work.all(_STANDING, record=head.record)
    return next((row for row in given if row[2] == head.number and row[1].startswith(own)), None)


def _prospect(work: Work, store: Store, head: Head, at: datetime) -> Allocated:
    standing = _standing(work, store, head)
    number, copy, issued_at = ("", 1, at) if standing is None else (standing[1], standing[3] + 1, standing[4])
    return Allocated(number, head.record, head.number, revisions.newest_facts(work, head.record), copy, issued_at)


def _allocated(work: Work, store: Store, head: Head, at: datetime) -> Allocated:
    standing = _standing(work, store, head)
    if standing is None:
        void(work, store.unlocked, head.record, at)
        number, copy, issued_at = _new_number(work, store, head, at), 1, at
    else:
        sequence, number, _, copies, issued_at = standing
        copy = copies + 1
        work.run(_COPY, number_of=sequence, copies=copy)
    kinds = (LedgerKind.ALLOCATED, LedgerKind.PRINTED) if standing is None else (LedgerKind.PRINTED,)
    enter(
        work,
        [
            LedgerEvent(
                number=number,
                kind=kind,
                record=head.record,
                revision=head.number,
                at=at,
                operator=store.unlocked.operator_id,
                copy=copy,
            )
            for kind in kinds
        ],
    )
    return Allocated(number, head.record, head.number, revisions.newest_facts(work, head.record), copy, issued_at)


def _new_number(work: Work, store: Store, head: Head, at: datetime) -> str:
    row = work.one(_COUNT)
    assert row is not None
    sequence = row[0] + 1
    number = certificate.number(store.laptop.tag, sequence)
    work.run(_SET_COUNT, certificate_number=sequence)
    work.run(_ADD, sequence=sequence, number=number, record=head.record, revision=head.number, copies=1, issued_at=at)
    return number


def enter(work: Work, events: Sequence[LedgerEvent], note: str | None = None) -> None:
    """Keeps the events, with what was said of them, and queues them for the office; part of the caller's transaction.

    The note does not travel: it may name a person.
    """
    for event in events:
        entry = work.add(
            _ADD_ENTRY,
            number=event.number,
            kind=int(event.kind),
            record=event.record,
            revision=event.revision,
            copy=event.copy,
            operator=event.operator,
            at=event.at,
            note=note,
        )
        work.run(_ADD_WAITING, ledger=entry, queued_at=event.at)
