"""What went to the office batch by batch, what the office said of it, and what it wants looked at."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from desktop.store.revisions import Exchange
from desktop.store.seating import TROUBLED, said
from desktop.store.statements import Query, Work
from desktop.store.tables import Manifest, Record, SavedRevision, SealedBatch, Waiting
from payung.problem import Problem
from sync.reply import Receipt
from sync.revision import HASH_LENGTH

if TYPE_CHECKING:
    from desktop.store.database import Store

MOST = 30  # batches that are listed
REVISION_BYTES, BATCH_BYTES = 180, 700  # what a version and its batch weigh sealed, before that is known

_Row: TypeAlias = tuple[UUID, str, str, int | None, str, int | None, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Held:
    """One record as it stands now, for lists: whose, on which seat, and what the office said last."""

    record: UUID
    name: str
    place: str
    tps: int | None
    post: str
    seat: int | None
    exchange: Exchange
    problem: Problem | None = None
    newest: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One batch; `number` is None for what is not sealed yet. `received_at` and `receipt` are the office's, if any.

    `places` are those of its records; `open` are its records that a person must look at, `size` its bytes while it
    waits.
    """

    number: int | None
    count: int
    places: tuple[tuple[str, int | None], ...]
    received_at: datetime | None = None
    receipt: str = ""
    open: tuple[Held, ...] = ()
    size: int = 0

    @property
    def settled(self) -> bool:
        """Whether the office has given its receipt."""
        return bool(self.receipt)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The newest batches, newest first, and how many bytes wait: estimated for what is not sealed yet."""

    lines: tuple[Line, ...]
    size: int


_FIRST = (Exchange.CONFLICT, Exchange.REFUSED, Exchange.DUPLICATE)
_COLUMNS = (Record.id, Record.name, Record.place, Record.tps, Record.post, Record.seat, Record.exchange)
_LISTED = Query(
    select(SealedBatch.sequence, SealedBatch.count, SealedBatch.receipt, func.length(SealedBatch.sealed))
    .where((SealedBatch.count > 0) & (SealedBatch.receipt.is_not(None) | SealedBatch.settled_at.is_(None)))
    .order_by(SealedBatch.sequence.desc())
    .limit(bindparam("most"))
)
_WAITING_SIZE = Query(
    select(func.coalesce(func.sum(func.length(SealedBatch.sealed)), 0)).where(SealedBatch.settled_at.is_(None))
)
_UNSEALED = Query(
    select(Record.place, Record.tps, func.count())
    .select_from(Waiting)
    .join(Record, Record.id == Waiting.record)
    .where(Waiting.batch.is_(None))
    .group_by(Record.place, Record.tps)
)
_MANIFESTS = Query(
    select(Manifest.sequence, Manifest.hashes).where(Manifest.sequence.between(bindparam("first"), bindparam("last")))
)
_VERSIONS = Query(
    select(SavedRevision.hash, Record.hash, *_COLUMNS, Record.verdict_code, Record.verdict_detail)
    .join(Record, Record.id == SavedRevision.record)
    .where(SavedRevision.for_office == True)  # noqa: E712
)
_UNSEALED_RECORDS = Query(
    select(*_COLUMNS, Record.verdict_code, Record.verdict_detail)
    .select_from(Waiting)
    .join(Record, Record.id == Waiting.record)
    .where(Waiting.batch.is_(None))
    .order_by(Waiting.id)
)
_MATTERS = Query(
    select(*_COLUMNS, Record.verdict_code, Record.verdict_detail)
    .where(or_(*(Record.exchange == one.value for one in TROUBLED)), Record.withdrawn == False)  # noqa: E712
    .order_by(Record.place, Record.tps, Record.post, Record.seat)
    .limit(bindparam("most"))
)


def outgoing(store: Store, most: int = MOST) -> Outgoing:
    """The newest batches that carried records, and first of all what is not sealed yet."""
    with store.reading() as work:
        rows = work.all(_LISTED, most=most)
        size = work.all(_WAITING_SIZE)[0][0]
        loose = work.all(_UNSEALED)
        held = _held(work, [row[0] for row in rows])
    lines = [
        _line(number, count, receipt, held.get(number, ()), size=waiting) for number, count, receipt, waiting in rows
    ]
    count = sum(row[2] for row in loose)
    if count:
        lines.insert(0, Line(None, count, tuple(sorted((place, tps) for place, tps, _ in loose))))
        size += count * REVISION_BYTES + BATCH_BYTES
    return Outgoing(tuple(lines), size)


def contents(store: Store, number: int | None) -> tuple[Held, ...]:
    """The records of a batch, or of what is not sealed yet, as they stand now."""
    with store.reading() as work:
        if number is None:
            return tuple({row[0]: _one(row) for row in work.all(_UNSEALED_RECORDS)}.values())
        return _held(work, [number]).get(number, ())


def matters(store: Store, most: int = 200) -> tuple[Held, ...]:
    """The records of which the office has another version, then those it took none of, then the doubled persons."""
    with store.reading() as work:
        found = [_one(row) for row in work.all(_MATTERS, most=most)]
    return tuple(sorted(found, key=lambda one: _FIRST.index(one.exchange)))


def receipt_number(receipt: bytes) -> str:
    """The number a receipt is spoken of by: "5F21-4C90"."""
    digest = hashlib.sha256(receipt).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def _line(number: int, count: int, receipt: bytes | None, held: tuple[Held, ...], *, size: int | None) -> Line:
    places = tuple(sorted(Counter((one.place, one.tps) for one in held), key=lambda at: (at[0], at[1] or 0)))
    found = tuple(one for one in held if one.newest and one.exchange in TROUBLED)
    if receipt is None:
        return Line(number, count, places, size=size or 0)
    at = Receipt.decode(receipt).at
    return Line(number, count, places, received_at=at, receipt=receipt_number(receipt), open=found)


def _held(work: Work, sequences: list[int]) -> dict[int, tuple[Held, ...]]:
    """The records of each batch in its order, by the hashes that its manifest names."""
    if not sequences:
        return {}
    manifests = dict(work.all(_MANIFESTS, first=min(sequences), last=max(sequences)))
    wanted = {digest for hashes in manifests.values() for digest in _hashes(hashes)}
    known = {row[0]: _one(row[2:], newest=row[0] == row[1]) for row in work.each(_VERSIONS) if row[0] in wanted}
    return {
        sequence: tuple(known[digest] for digest in _hashes(hashes) if digest in known)
        for sequence, hashes in manifests.items()
    }


def _hashes(hashes: bytes) -> Iterator[bytes]:
    return (hashes[start : start + HASH_LENGTH] for start in range(0, len(hashes), HASH_LENGTH))


def _one(row: _Row, *, newest: bool = True) -> Held:
    record, name, place, tps, post, seat, exchange, code, detail = row
    problem = next(iter(said(code, detail)), None)
    return Held(record, name, place, tps, post, seat, Exchange(exchange), problem, newest)
