"""Certificate ledger events: what happened to each numbered certificate on the laptop, as columns of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from sync.canonical import canonical, milliseconds, moment_of, trimmed
from sync.columns import (
    MAX_ROWS,
    pack_identifiers,
    pack_repeated,
    pack_steps,
    pack_texts,
    unpack_identifiers,
    unpack_repeated,
    unpack_steps,
    unpack_texts,
)
from sync.errors import Unreadable


class LedgerKind(IntEnum):
    """What happened to a certificate."""

    ALLOCATED = 1
    PRINTED = 2
    HANDED_OVER = 3
    SPOILED = 4
    VOID = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvent:
    """One event of certificate `number`, made of that revision of the record; `copy` counts prints from 1.

    `at` is the device's time, UTC, kept to the millisecond.
    """

    number: str
    kind: LedgerKind
    record: UUID
    revision: int
    at: datetime
    operator: UUID
    copy: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))


def pack_ledger(events: Sequence[LedgerEvent], records: Sequence[UUID]) -> list[object]:
    """The columns of these events; `records` are those the batch names already, they are sent by their place there."""
    if len(events) > MAX_ROWS:
        raise ValueError("too many ledger events for one batch")
    places: dict[UUID, int] = {}
    for record in (*records, *(event.record for event in events)):
        places.setdefault(record, len(places))
    others = list(places)[len(set(records)) :]
    return [
        len(events),
        pack_identifiers(others),
        pack_steps([places[event.record] for event in events]),
        pack_repeated([[int(event.kind), event.revision, event.copy, event.operator.bytes] for event in events]),
        pack_steps([milliseconds(event.at) for event in events]),
        pack_texts([event.number for event in events]),
    ]


def unpack_ledger(columns: object, records: Sequence[UUID]) -> tuple[LedgerEvent, ...]:
    """The events `pack_ledger` was given with the same `records`; Unreadable for any other columns."""
    match columns:
        case [rows, [_, bytes(tails)], *_] if type(rows) is int and 0 < rows <= MAX_ROWS and len(columns) == 6:  # noqa: PLR2004
            pass
        case _:
            raise Unreadable("ledger")
    try:
        named = [*dict.fromkeys(records), *unpack_identifiers(columns[1], len(tails) // 10)]
        events = tuple(
            LedgerEvent(
                number=number,
                kind=LedgerKind(signed[0]),
                record=named[place],
                revision=signed[1],
                at=moment_of(time),
                operator=UUID(bytes=signed[3]),
                copy=signed[2],
            )
            for place, signed, time, number in zip(
                unpack_steps(columns[2], rows),
                unpack_repeated(columns[3], rows, list),
                unpack_steps(columns[4], rows),
                unpack_texts(columns[5], rows),
                strict=True,
            )
        )
        if canonical(pack_ledger(events, records)) != canonical(columns):
            raise Unreadable("ledger")
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise Unreadable("ledger") from error
    return events
