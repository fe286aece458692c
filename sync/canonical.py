"""Canonical CBOR: one value has one encoding, and only that one is read back.

RFC 8949 section 4.2, narrowed to what the messages need: integers of 64 bits, byte and text strings, arrays,
maps with integer or text keys, true, false, null. Map keys are sorted shortest encoding first (section 4.2.3).
No floats, no tags, no indefinite lengths, no duplicate keys. Refused input raises `sync.errors.Unreadable`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import cbor2

from sync.errors import Unreadable

MAX_DEPTH: Final = 12
_LEAVES: Final = frozenset({str, bytes, bool, type(None)})

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_LAST_MILLISECOND: Final = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // _MILLISECOND


def canonical(value: object) -> bytes:
    """The one encoding of `value`; ValueError when it holds what the messages have no place for."""
    if not _plain(value):
        raise ValueError("only integers, strings, bytes, lists, maps, booleans and null travel")
    return cbor2.dumps(value, canonical=True)


def decode_canonical(data: bytes) -> object:
    """The value whose one encoding `data` is; Unreadable for every other sequence of bytes."""
    try:
        value: object = cbor2.loads(data, max_depth=MAX_DEPTH, allow_indefinite=False, allow_duplicate_keys=False)
        if not _plain(value) or cbor2.dumps(value, canonical=True) != data:
            raise Unreadable("canonical")
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Unreadable("cbor") from error
    return value


def _plain(value: object) -> bool:
    left = [value]
    while left:
        part = left.pop()
        kind = type(part)
        if kind in _LEAVES:
            continue
        if isinstance(part, int):
            if not -(2**63) <= part < 2**63:
                return False
        elif isinstance(part, list | tuple):
            left.extend(part)
        elif isinstance(part, dict):
            for key in part:
                if type(key) is not str and (type(key) is not int or not -(2**63) <= key < 2**63):
                    return False
            left.extend(part.values())
        elif not isinstance(part, str | bytes):
            return False
    return True


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 UTC; ValueError for a time without its zone or before 1970."""
    if moment.tzinfo is None:
        raise ValueError("a time on the wire needs its zone")
    value = (moment - _EPOCH) // _MILLISECOND
    if not 0 <= value <= _LAST_MILLISECOND:
        raise ValueError("a time on the wire lies between 1970 and 9999")
    return value


def moment_of(value: int) -> datetime:
    """The UTC time that many milliseconds after 1970; Unreadable when there is no such time."""
    if not 0 <= value <= _LAST_MILLISECOND:
        raise Unreadable("time")
    return _EPOCH + timedelta(milliseconds=value)


def trimmed(moment: datetime) -> datetime:
    """The same time in UTC, cut to the millisecond, as it travels."""
    return _EPOCH + timedelta(milliseconds=milliseconds(moment))
