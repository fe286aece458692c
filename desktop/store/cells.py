"""Rows out of single b-tree pages of SQLite's file format (sqlite.org/fileformat2.html), for salvage.

Pages are read where they lie: a damaged page costs its own rows and no others. Rows of a table are found from its root
as far as the way is whole; the rest are known by their shape.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.store.pages import USABLE, Pages

Value = int | float | str | bytes | None

_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02
_KINDS: Final = {_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER}
_SIZES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FIRST_PAGE_HEADER: Final = 100
_MOST_OVERFLOW: Final = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One stored row: its rowid, None where the table has none, and its values in the order of the file."""

    rowid: int | None
    values: tuple[Value, ...]


class Unreadable(Exception):
    """The bytes are no row, or a part of it is gone."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one b-tree page holds: rows, and the pages below it."""

    rows: tuple[Row, ...]
    below: tuple[int, ...]
    lost: int


def read(pages: Pages, number: int) -> Leaf | None:
    """The page's rows and children; None when it is damaged or no b-tree page. `lost` counts rows it could not give."""
    page = pages.page(number)
    if page is None:
        return None
    start = _FIRST_PAGE_HEADER if number == 1 else 0
    kind = page[start]
    count = struct.unpack_from(">H", page, start + 3)[0]
    inner = kind in {_TABLE_INNER, _INDEX_INNER}
    first = start + (12 if inner else 8)
    if kind not in _KINDS or first + 2 * count > USABLE:
        return None
    rows, below, lost = [], [], 0
    for place in struct.unpack_from(f">{count}H", page, first):
        try:
            child, row = _cell(pages, page, place, kind)
        except (Unreadable, IndexError, struct.error, UnicodeDecodeError, ValueError):
            lost += 1
            continue
        below += [child] if child else []
        rows += [row] if row else []
    below += [struct.unpack_from(">I", page, start + 8)[0]] if inner else []
    return Leaf(tuple(rows), tuple(below), lost)


def _cell(pages: Pages, page: bytes, place: int, kind: int) -> tuple[int, Row | None]:
    child = 0
    if kind in {_TABLE_INNER, _INDEX_INNER}:
        child, place = struct.unpack_from(">I", page, place)[0], place + 4
    if kind == _TABLE_INNER:
        return child, None
    size, place = _varint(page, place)
    rowid: int | None = None
    if kind == _TABLE_LEAF:
        rowid, place = _varint(page, place)
    payload = _payload(pages, page, place, size, most=USABLE - 35 if kind == _TABLE_LEAF else _INDEX_MOST)
    return child, Row(rowid, _record(payload))


_INDEX_MOST: Final = (USABLE - 12) * 64 // 255 - 23
_LEAST: Final = (USABLE - 12) * 32 // 255 - 23


def _payload(pages: Pages, page: bytes, place: int, size: int, *, most: int) -> bytes:
    """The whole payload, from its overflow pages too."""
    if size <= most:
        return _exactly(page[place : place + size], size)
    kept = _LEAST + (size - _LEAST) % (USABLE - 4)
    local = kept if kept <= most else _LEAST
    parts, left = [_exactly(page[place : place + local], local)], size - local
    following = struct.unpack_from(">I", page, place + local)[0]
    for _ in range(_MOST_OVERFLOW):
        if left <= 0:
            break
        more = pages.page(following)
        if more is None:
            raise Unreadable
        parts.append(more[4:][:left])
        left -= len(parts[-1])
        following = struct.unpack_from(">I", more)[0]
    return _exactly(b"".join(parts), size)


def _exactly(part: bytes, size: int) -> bytes:
    if len(part) != size:
        raise Unreadable
    return part


def _record(payload: bytes) -> tuple[Value, ...]:
    header, place = _varint(payload, 0)
    kinds = []
    while place < header:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, place = _value(payload, place, kind)
        values.append(value)
    if place != len(payload):
        raise Unreadable
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind in {0, 8, 9}:
        return (None if kind == 0 else kind - 8), place
    if kind in _SIZES:
        end = place + _SIZES[kind]
        return int.from_bytes(_exactly(payload[place:end], end - place), "big", signed=True), end
    if kind == 7:  # noqa: PLR2004
        return struct.unpack_from(">d", payload, place)[0], place + 8
    if kind < 12:  # noqa: PLR2004
        raise Unreadable
    end = place + (kind - 12) // 2
    part = _exactly(payload[place:end], end - place)
    return (part if kind % 2 == 0 else part.decode()), end


def _varint(content: bytes, place: int) -> tuple[int, int]:
    value = 0
    for step in range(8):
        byte = content[place + step]
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:  # noqa: PLR2004
            return value, place + step + 1
    value = (value << 8) | content[place + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, place + 9


def walk(pages: Pages, root: int, visited: set[int]) -> Iterator[Row]:
    """The rows of the tree from its root, as far as its pages are whole; `visited` learns the pages it came to."""
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number in visited:
            continue
        visited.add(number)
        leaf = read(pages, number)
        if leaf is not None:
            yield from leaf.rows
            waiting += leaf.below
