"""Revisions as columns: how a hundred different persons travel in few bytes.

What can be computed is not sent: the hash of a revision, the date inside a NIK, what is the same in every row.
Unpacking gives equal objects back, so every hash stays what it was; columns that do not pack to themselves are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from sync.canonical import canonical, milliseconds, moment_of
from sync.columns import (
    MAX_ROWS,
    pack_identifiers,
    pack_repeated,
    pack_steps,
    unpack_identifiers,
    unpack_repeated,
    unpack_steps,
)
from sync.errors import Unreadable
from sync.people import KEYS, pack_lists, pack_people, unpack_lists, unpack_people
from sync.revision import HASH_LENGTH, Kind, Revision

T = TypeVar("T")

_PARENT, _FACTS, _SUCCESSOR, _KIND = 1, 2, 4, 8
_ID_LENGTH: Final = 16
_WARNINGS, _REASONS, _DAYS = 51, 52, 53
_KNOWN: Final = KEYS | {*range(10), _WARNINGS, _REASONS, _DAYS}


def pack_revisions(revisions: Sequence[Revision]) -> dict[int, object]:
    """The columns of these revisions; empty for none. ValueError over `MAX_ROWS`."""
    if len(revisions) > MAX_ROWS:
        raise ValueError("too many revisions for one batch")
    if not revisions:
        return {}
    people = [revision.facts for revision in revisions if revision.facts is not None]
    columns = _pack_frames(revisions) | pack_people(people)
    return {key: column for key, column in columns.items() if column is not None}


def unpack_revisions(columns: object) -> tuple[Revision, ...]:
    """The revisions `pack_revisions` was given; Unreadable for any other columns."""
    if columns == {}:
        return ()
    if not isinstance(columns, dict) or not columns.keys() <= _KNOWN:
        raise Unreadable("columns")
    rows = columns.get(0)
    if type(rows) is not int or not 0 < rows <= MAX_ROWS:
        raise Unreadable("rows")
    try:
        revisions = _unpack_frames(columns, rows)
        if canonical(pack_revisions(revisions)) != canonical(columns):
            raise Unreadable("columns")
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise Unreadable("columns") from error
    return revisions


def _marks(revision: Revision) -> int:
    return (
        _KIND * revision.kind
        + (_PARENT if revision.parent else 0)
        + (_FACTS if revision.facts is not None else 0)
        + (_SUCCESSOR if revision.successor else 0)
    )


def _pack_frames(revisions: Sequence[Revision]) -> dict[int, object]:
    warnings = [revision.open_warnings for revision in revisions]
    reasons = [revision.reason for revision in revisions]
    days = [revision.day.toordinal() if revision.day else 0 for revision in revisions]
    return {
        0: len(revisions),
        1: pack_identifiers([revision.record for revision in revisions]),
        2: pack_repeated([revision.number for revision in revisions]),
        3: b"".join(revision.parent or b"" for revision in revisions) or None,
        4: pack_repeated([_marks(revision) for revision in revisions]),
        5: pack_steps([milliseconds(revision.at) for revision in revisions]),
        6: pack_repeated([revision.operator.bytes for revision in revisions]),
        7: pack_repeated([revision.event_version for revision in revisions]),
        8: b"".join(revision.successor.bytes for revision in revisions if revision.successor) or None,
        9: [[row, revision.extra] for row, revision in enumerate(revisions) if revision.extra] or None,
        _WARNINGS: pack_lists(warnings) if any(warnings) else None,
        _REASONS: pack_repeated(reasons) if any(reasons) else None,
        _DAYS: pack_repeated(days) if any(days) else None,
    }


def _unpack_frames(columns: Mapping[int, object], rows: int) -> tuple[Revision, ...]:
    marks = unpack_repeated(columns[4], rows, int)
    people = _placed(unpack_people(columns, sum(bool(mark & _FACTS) for mark in marks)), marks, _FACTS)
    parents = _placed(_pieces(columns.get(3, b""), HASH_LENGTH), marks, _PARENT)
    successors = _placed(_pieces(columns.get(8, b""), _ID_LENGTH), marks, _SUCCESSOR)
    extras = _extras(columns.get(9, []))
    warnings = unpack_lists(columns.get(_WARNINGS, [[]]), rows)
    reasons = unpack_repeated(columns.get(_REASONS, [""]), rows, str)
    days = unpack_repeated(columns.get(_DAYS, [0]), rows, int)
    operators = unpack_repeated(columns[6], rows, bytes)
    versions = unpack_repeated(columns[7], rows, int)
    numbers = unpack_repeated(columns[2], rows, int)
    records = unpack_identifiers(columns[1], rows)
    times = unpack_steps(columns[5], rows)
    return tuple(
        Revision(
            record=records[row],
            number=numbers[row],
            parent=parents.get(row),
            kind=Kind(marks[row] // _KIND),
            at=moment_of(times[row]),
            operator=UUID(bytes=operators[row]),
            facts=people.get(row),
            reason=reasons[row],
            successor=UUID(bytes=successors[row]) if row in successors else None,
            day=date.fromordinal(days[row]) if days[row] else None,
            event_version=versions[row],
            open_warnings=warnings[row],
            extra=extras.get(row, b""),
        )
        for row in range(rows)
    )


def _placed(pieces: Sequence[T], marks: Sequence[int], mark: int) -> dict[int, T]:
    return dict(zip((row for row, found in enumerate(marks) if found & mark), pieces, strict=True))


def _pieces(data: object, length: int) -> list[bytes]:
    if not isinstance(data, bytes) or len(data) % length:
        raise Unreadable("column")
    return [data[start : start + length] for start in range(0, len(data), length)]


def _extras(data: object) -> dict[int, bytes]:
    extras: dict[int, bytes] = {}
    for pair in data if isinstance(data, list) else [None]:
        match pair:
            case [int(row), bytes(extra)] if extra:
                extras[row] = extra
            case _:
                raise Unreadable("column")
    return extras
