"""Is everything in the store what was written? Says what is damaged; changes nothing but the checkpoint."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desktop.store import audit
from desktop.store.audit import Action
from desktop.store.errors import StoreError, told
from desktop.store.statements import Query, Work
from desktop.store.tables import AuditEntry, CertificateNumber, Progress, Record, SavedRevision, SealedBatch, Waiting
from payung import nik
from payung.errors import PayungError
from sync.revision import Revision

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written; `code` names its sentence, `detail` where (a page, a number, an id)."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `records` and `batches` are counted even where something is damaged; None if uncountable."""

    findings: tuple[Finding, ...]
    records: int | None
    audit_entries: int | None
    unsettled_batches: int | None

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


_GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
_HASHES = Query(select(SavedRevision.record, SavedRevision.ordinal, SavedRevision.hash, SavedRevision.body))
_AUDITED = Query(
    select(AuditEntry.subject, AuditEntry.detail).where(
        (AuditEntry.action == Action.SAVED.value)
        | (AuditEntry.action == Action.WITHDRAWN.value)
        | (AuditEntry.action == Action.RESCUED.value)
    )
)
_GONE = Query(
    select(AuditEntry.subject, AuditEntry.detail).where(
        (AuditEntry.action == Action.LOST.value) | (AuditEntry.action == Action.TAKEN_BACK.value)
    )
)
_PURGED = Query(select(AuditEntry.subject, AuditEntry.detail).where(AuditEntry.action == Action.PURGED.value))
_HEADS = Query(
    select(Record.id)
    .outerjoin(SavedRevision, (SavedRevision.record == Record.id) & (SavedRevision.ordinal == Record.ordinal))
    .where(SavedRevision.record.is_(None))
)
_UNSENT = Query(
    select(SavedRevision.record, SavedRevision.number)
    .outerjoin(Waiting, (Waiting.record == SavedRevision.record) & (Waiting.ordinal == SavedRevision.ordinal))
    .where(SavedRevision.for_office == True, SavedRevision.verdict.is_(None), Waiting.id.is_(None))  # noqa: E712
)
_STANDING = Query(
    select(Record.id, Record.place, Record.tps, Record.post, Record.seat, Record.nik, Record.name, SavedRevision.body)
    .join(SavedRevision, (SavedRevision.record == Record.id) & (SavedRevision.ordinal == Record.ordinal))
    .where(Record.withdrawn == False)  # noqa: E712
)
_COUNTERS = Query(select(Progress.batch_number, Progress.certificate_number))
_COUNTED = Query(
    select(
        select(func.coalesce(func.max(SealedBatch.sequence), 0)).scalar_subquery(),
        select(func.coalesce(func.max(CertificateNumber.sequence), 0)).scalar_subquery(),
    )
)
_RECORDS = Query(select(func.count()).select_from(Record))
_ENTRIES = Query(select(func.count()).select_from(AuditEntry))
_UNSETTLED = Query(
    select(SealedBatch.sequence, SealedBatch.sealed, SealedBatch.sealed_hash).where(SealedBatch.settled_at.is_(None))
)


def check(store: Store) -> Report:
    """Checks the whole store: pages, tables, the audit's chain, every revision, every sealed batch.

    Takes seconds on a large store. Raises Locked when somebody writes meanwhile; damage is reported, not raised.
    """
    findings = [Finding("check.journal")] if store.torn else []
    findings += _files(store)
    for look in (_audit, _revisions, _records, _batches):
        findings += _guarded(store, look)
    return Report(
        findings=tuple(findings),
        records=_count(store, _RECORDS),
        audit_entries=_count(store, _ENTRIES),
        unsettled_batches=_batches_left(store),
    )


def _files(store: Store) -> Iterator[Finding]:
    """What SQLCipher and SQLite say of the file, after the WAL was taken in (before that they see old pages)."""
    pooled = store.engine.raw_connection()
    met = 0
    try:
        driver = pooled.driver_connection
        assert driver is not None
        with told():
            if driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                yield Finding("check.checkpoint")
            for (said,) in driver.execute("PRAGMA cipher_integrity_check").fetchall():
                met += 1
                yield Finding("check.page", said)
            for (said,) in driver.execute("PRAGMA integrity_check").fetchall():
                if said != "ok":
                    yield Finding("check.database", said)
            for table, row, *_ in driver.execute("PRAGMA foreign_key_check").fetchall():
                yield Finding("check.reference", f"{table} {row}")
    except StoreError:
        met += 1
        yield Finding("check.unreadable")
    finally:
        if met:
            pooled.invalidate()  # having met a damaged page, a SQLCipher connection refuses sound ones too
        pooled.close()


def _guarded(store: Store, look: Callable[[Store, Work], Iterator[Finding]]) -> list[Finding]:
    found: list[Finding] = []
    try:
        with store.reading() as work:
            found.extend(look(store, work))
    except PayungError:
        found.append(Finding("check.unreadable"))
    return found


def _audit(store: Store, work: Work) -> Iterator[Finding]:
    verified = audit.verify(store)
    if verified.broken_at is not None:
        yield Finding("check.audit", str(verified.broken_at))
    if verified.rolled_back:
        yield Finding("check.rolled_back")
    if {name for (name,) in work.driver.execute(_GUARDS).fetchall()} != audit.TRIGGERS:
        yield Finding("check.guard")


def _revisions(_store: Store, work: Work) -> Iterator[Finding]:
    audited = set(work.each(_AUDITED)) - set(work.each(_GONE))
    purged = {subject for subject, _ in work.each(_PURGED)}
    kept = 0
    for record, ordinal, stored, body in work.each(_HASHES):
        kept += 1
        whole = hashlib.sha256(body).digest() == stored if body else record.bytes in purged
        if not whole or (record.bytes, stored) not in audited:
            yield Finding("check.revision", f"{record} {ordinal}")
    if kept < len(audited):
        yield Finding("check.missing", str(len(audited) - kept))
    for record, number in work.each(_UNSENT):
        yield Finding("check.outbox", f"{record} {number}")


def _records(_store: Store, work: Work) -> Iterator[Finding]:
    for (record,) in work.each(_HEADS):
        yield Finding("check.record", str(record))
    for record, place, tps, post, seat, number, name, body in work.each(_STANDING):
        if not body:
            continue  # only its outline is left
        facts = Revision.decode(body).facts
        shown = (place, tps, post, seat, number, name)
        if facts is None or shown != (
            facts.place,
            facts.tps,
            facts.post,
            facts.seat,
            nik.digits(facts.nik),
            facts.name,
        ):
            yield Finding("check.record", str(record))


def _batches(_store: Store, work: Work) -> Iterator[Finding]:
    for counter, used in zip(work.all(_COUNTERS)[0], work.all(_COUNTED)[0], strict=True):
        if counter < used:  # the page is an older one: numbers would be given twice
            yield Finding("check.batch", f"{counter} < {used}")
    for sequence, sealed, stored in work.each(_UNSETTLED):
        if sealed is None or hashlib.sha256(sealed).digest() != stored:
            yield Finding("check.batch", str(sequence))


def _count(store: Store, query: Query[int]) -> int | None:
    try:
        with store.reading() as work:
            row = work.one(query)
    except StoreError:
        return None
    return row[0] if row else None


def _batches_left(store: Store) -> int | None:
    try:
        with store.reading() as work:
            return len(work.all(_UNSETTLED))
    except StoreError:
        return None
