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
        func.coalesce(Waiting.id, 0),
        Waiting.batch,
        exists().where(CertificateNumber.record == Record.id),
    )
    .outerjoin(Waiting, (Waiting.record == Record.id) & (Waiting.ordinal == Record.ordinal))
    .where(Record.id == bindparam("of"))
)
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
        deeds: list[Deed] = []
        stayed: list[Stayed] = []
        for subject, digest in work.all(_SAVED, begin=begin[0], end=end[0]):
            found = _removed(work, UUID(bytes=subject))
            if found is None:
                deeds.append(Deed(Action.TAKEN_BACK, subject, digest))
            elif found.reason:
                stayed.append(found)
        if deeds:
            count = len(deeds).to_bytes(4, "big")
            closing = Deed(Action.UNDONE, import_id.bytes, count)
            audit.append(work, store.unlocked, store.moment(), [*deeds, closing])
    return TakenBack(len(deeds), tuple(stayed))


def _removed(work: Work, record: UUID) -> Stayed | None:
    """Takes the record off; what comes back is why it stayed, without a reason where it is gone already."""
    row = work.one(_STANDING, of=record)
    if row is None:
        return Stayed(record, "", "", None, "")
    name, place, tps, ordinal, exchange, waiting, batch, printed = row
    reason = ""
    if ordinal != 1:
        reason = "stayed.changed"
    elif not waiting or batch is not None or exchange != Exchange.QUEUED:
        reason = "stayed.sent"
    elif printed:
        reason = "stayed.printed"
    if reason:
        return Stayed(record, name, place, tps, reason)
    work.run(_NOT_WAITING, of=waiting)
    work.run(_NO_REVISION, of=record)
    work.run(_NO_RECORD, of=record)
    return None
