"""Taking a whole import back: its records go as if they had never come in, unless somebody else knows of them by now.

Which records came with an import stands in the audit: the entries of the action that an `imported` entry closes. What
was changed, sent or printed since stays and is named; the others are taken off in one transaction, and the audit says
that they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, select

from desktop.store import audit
from desktop.store.audit import Action, Deed
from desktop.store.errors import UnknownRecord
from desktop.store.revisions import Exchange
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import AuditEntry, CertificateNumber, Record, SavedRevision, Waiting

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Import:
    """One list that was taken in: when, and how many records came with it."""

    id: UUID
    at: datetime
    records: int


@dataclass(frozen=True, slots=True)
class Stayed:
    """A record that could not be taken back; `reason` is a code: stayed.changed, .sent or .printed."""

    record: UUID
    name: str
    place: str
    tps: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many records are gone, and those that stayed."""

    removed: int
    stayed: tuple[Stayed, ...]


_IMPORTS = Query(
    select(AuditEntry.subject, AuditEntry.at, AuditEntry.detail)
    .where(AuditEntry.action == Action.IMPORTED.value)
    .order_by(AuditEntry.number.desc())
)
_NUMBER = Query(
    select(AuditEntry.number).where(
        AuditEntry.action == Action.IMPORTED.value, AuditEntry.subject == bindparam("import_id")
    )
)
_UNDONE = Query(
    select(AuditEntry.number).where(
        AuditEntry.action == Action.UNDONE.value, AuditEntry.subject == bindparam("import_id")
    )
)
_BEGIN = Query(
    select(func.coalesce(func.max(AuditEntry.number), 0)).where(
        AuditEntry.number < bindparam("end"), AuditEntry.signature.is_not(None)
    )
)
_SAVED = Query(
    select(AuditEntry.subject, AuditEntry.detail)
    .where(
        AuditEntry.number > bindparam("begin"),
        AuditEntry.number < bindparam("end"),
        AuditEntry.action == Action.SAVED.value,
    )
    .order_by(AuditEntry.number)
)
_STANDING = Query(
    select(
        Record.name,
        Record.place,
        Record.tps,
        Record.ordinal,
        Record.exchange,
        exists().where(CertificateNumber.record == Record.id),
    ).where(Record.id == bindparam("of"))
)
# One look at the whole outbox: it has no index by record, and a look for each record would take minutes.
_UNSENT = Query(select(Waiting.record, Waiting.id).where(Waiting.record.is_not(None), Waiting.batch.is_(None)))
_NOT_WAITING = Command(delete(Waiting).where(Waiting.id == bindparam("of")))
_NO_REVISION = Command(delete(SavedRevision).where(SavedRevision.record == bindparam("of")))
_NO_RECORD = Command(delete(Record).where(Record.id == bindparam("of")))


def last(store: Store) -> Import | None:
    """The import taken in last that was not taken back; None when there is none."""
    with store.reading() as work:
        for subject, at, count in work.all(_IMPORTS):
            if work.one(_UNDONE, import_id=subject) is None:
                return Import(UUID(bytes=subject), at, int.from_bytes(count, "big"))
    return None


def take_back(store: Store, import_id: UUID) -> TakenBack:
    """Takes the records of an import off the laptop, in one transaction; what somebody else knows of stays.

    Raises UnknownRecord when there is no such import, DiskFull, StoreIO; then nothing was taken off.
    """
    with store.writing() as work:
        end = work.one(_NUMBER, import_id=import_id.bytes)
        if end is None:
            raise UnknownRecord
        begin = work.one(_BEGIN, end=end[0])
        assert begin is not None
        unsent = {record: waiting for record, waiting in work.all(_UNSENT) if record is not None}
        stayed: list[Stayed] = []
        gone: dict[UUID, bytes] = {}
        for subject, digest in work.all(_SAVED, begin=begin[0], end=end[0]):
            record = UUID(bytes=subject)
            found = _standing(work, record, unsent=record in unsent)
            if found is not None and found.reason:
                stayed.append(found)
            elif found is not None:
                gone[record] = digest
        work.many(_NOT_WAITING, ({"of": unsent[record]} for record in gone))
        work.many(_NO_REVISION, ({"of": record} for record in gone))
        work.many(_NO_RECORD, ({"of": record} for record in gone))
        deeds = [Deed(Action.TAKEN_BACK, record.bytes, digest) for record, digest in gone.items()]
        if deeds:
            count = len(deeds).to_bytes(4, "big")
            closing = Deed(Action.UNDONE, import_id.bytes, count)
            audit.append(work, store.unlocked, store.moment(), [*deeds, closing])
    return TakenBack(len(deeds), tuple(stayed))


def _standing(work: Work, record: UUID, *, unsent: bool) -> Stayed | None:
    """Why the record must stay, without a reason where it need not; None when it is gone already."""
    row = work.one(_STANDING, of=record)
    if row is None:
        return None
    name, place, tps, ordinal, exchange, printed = row
    reason = ""
    if ordinal != 1:
        reason = "stayed.changed"
    elif not unsent or exchange != Exchange.QUEUED:
        reason = "stayed.sent"
    elif printed:
        reason = "stayed.printed"
    return Stayed(record, name, place, tps, reason)
