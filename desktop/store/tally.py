"""How many records stand where and how far they came: counted in the database, no record is read for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from sqlalchemy import bindparam, func, select

from desktop.store.revisions import Exchange
from desktop.store.seating import Mark
from desktop.store.statements import Query
from desktop.store.tables import AuditEntry, CertificateNumber, Progress, Record, Waiting
from desktop.store.tables import Draft as DraftRow
from payung.enrolment import State

if TYPE_CHECKING:
    from desktop.store.database import Store

Stamp: TypeAlias = tuple[int, int, datetime | None, int, datetime | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` records of one post at one place that show the same."""

    place: str
    tps: int | None
    post: str
    state: State
    exchange: Exchange
    count: int

    @property
    def mark(self) -> Mark:
        """What their seats show."""
        return Mark.of(self.state, self.exchange)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many versions wait for the office's answer, the oldest of them since when, and the last signed receipt."""

    waiting: int
    oldest: datetime | None
    last_receipt: datetime | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose record it is, and on which seat."""

    record: UUID
    name: str
    seat: int | None


_CELLS = Query(
    select(Record.place, Record.tps, Record.post, Record.state, Record.exchange, func.count())
    .where(Record.withdrawn == False)  # noqa: E712
    .group_by(Record.place, Record.tps, Record.post, Record.state, Record.exchange)
    .order_by(Record.place, Record.tps, Record.post, Record.state, Record.exchange)
)
_ONE = (
    Record.place == bindparam("place"),
    Record.tps.is_not_distinct_from(bindparam("tps")),
    Record.post == bindparam("post"),
    Record.state == bindparam("state"),
    Record.exchange == bindparam("exchange"),
    Record.withdrawn == False,  # noqa: E712
)
_FIRST = Query(select(Record.id, Record.name, Record.seat).where(*_ONE).order_by(Record.seat, Record.id).limit(1))
_PRINTED = Query(
    select(Record.place, Record.tps, Record.post, Record.exchange, func.count())
    .join(CertificateNumber, (CertificateNumber.record == Record.id) & (CertificateNumber.revision == Record.number))
    .where(
        CertificateNumber.voided_at.is_(None),
        Record.withdrawn == False,  # noqa: E712
        Record.state == State.READY.value,
    )
    .group_by(Record.place, Record.tps, Record.post, Record.exchange)
)
_STATES = {state.value: state for state in State}
_TROUBLED = frozenset({Exchange.CONFLICT, Exchange.DUPLICATE, Exchange.REFUSED})
_EXCHANGES = {exchange.value: exchange for exchange in Exchange}
_DEEDS = Query(select(func.coalesce(func.max(AuditEntry.number), 0)))
_HEARD = Query(select(Progress.cursor, Progress.receipt_at))
_WAITING = Query(select(func.count(), func.min(Waiting.queued_at)).where(Waiting.record.is_not(None)))
_TYPED = Query(select(func.count(), func.max(DraftRow.kept_at)))


def stamp(store: Store) -> Stamp:
    """Another one whenever something was done, heard from the office or typed: what was counted before may be old."""
    with store.reading() as work:
        heard = work.one(_HEARD)
        assert heard is not None
        return (work.all(_DEEDS)[0][0], *heard, *work.all(_TYPED)[0])


def cells(store: Store) -> tuple[Cell, ...]:
    """Every record that is not withdrawn, counted, in the order of place, TPS and post."""
    with store.reading() as work:
        return tuple(
            Cell(place, tps, post, _STATES[state], _EXCHANGES[exchange], count)
            for place, tps, post, state, exchange, count in work.all(_CELLS)
        )


def queue(store: Store) -> Queue:
    """What waits to be sent."""
    with store.reading() as work:
        heard = work.one(_HEARD)
        assert heard is not None
        return Queue(*work.all(_WAITING)[0], heard[1])


def first(store: Store, cell: Cell) -> Holder | None:
    """The first of those the cell counts; None when they have changed since."""
    with store.reading() as work:
        row = work.one(
            _FIRST,
            place=cell.place,
            tps=cell.tps,
            post=cell.post,
            state=cell.state.value,
            exchange=cell.exchange.value,
        )
    return None if row is None else Holder(*row)


def unprinted(store: Store, counted: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """How many of the counted that can have a certificate have none of their newest version; no cell counts nobody."""
    with store.reading() as work:
        printed = {row[:4]: row[4] for row in work.all(_PRINTED)}
    left = (
        replace(cell, count=cell.count - gone) if (gone := printed.get(_key(cell), 0)) else cell
        for cell in counted
        if cell.state is State.READY and cell.exchange not in _TROUBLED
    )
    return tuple(cell for cell in left if cell.count > 0)


def _key(cell: Cell) -> tuple[str, int | None, str, str]:
    return (cell.place, cell.tps, cell.post, cell.exchange.value)
