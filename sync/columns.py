"""Columns: how a list of like values becomes few bytes. Every list has exactly one column, and back.

Numbers go as differences in groups of seven bits, wide numbers as planes (all first bytes, then all second bytes, ...),
repeated values once with an index per row, texts joined. Random bytes lie apart from text, which then deflates better.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar
from uuid import UUID

from sync.errors import Unreadable

MAX_ROWS: Final = 10_000
_SEPARATOR: Final = "\n"
_BYTE: Final = 256

T = TypeVar("T")


def pack_whole(values: Iterable[int]) -> bytes:
    """Whole numbers of either sign, small ones in one byte."""
    out = bytearray()
    for value in values:
        rest = value * 2 if value >= 0 else -value * 2 - 1
        while rest > 0x7F:  # noqa: PLR2004 - seven bits a byte
            out.append(rest & 0x7F | 0x80)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def unpack_whole(data: object, count: int) -> list[int]:
    """The `count` numbers `pack_whole` was given; none may be wider than 64 bits."""
    if not isinstance(data, bytes):
        raise Unreadable("column")
    values: list[int] = []
    rest = shift = 0
    for byte in data:
        rest |= (byte & 0x7F) << shift
        shift += 7
        if shift > 70:  # noqa: PLR2004 - ten groups hold 64 bits
            raise Unreadable("column")
        if byte < 0x80:  # noqa: PLR2004 - the last group of a number
            values.append(rest >> 1 if rest & 1 == 0 else -(rest + 1 >> 1))
            rest = shift = 0
    if shift or len(values) != count:
        raise Unreadable("column")
    return values


def pack_optional(values: Iterable[int | None]) -> bytes:
    """Whole numbers or None, small ones in one byte."""
    return pack_whole(0 if value is None else value + 1 if value >= 0 else value for value in values)


def unpack_optional(data: object, count: int) -> list[int | None]:
    """The `count` values `pack_optional` was given."""
    return [None if value == 0 else value - 1 if value > 0 else value for value in unpack_whole(data, count)]


def pack_steps(values: Sequence[int]) -> bytes:
    """Whole numbers as differences, each to the one before, the first to nothing."""
    return pack_whole(value - before for before, value in zip([0, *values], values, strict=False))


def unpack_steps(data: object, count: int) -> list[int]:
    """The `count` numbers `pack_steps` was given."""
    values: list[int] = []
    total = 0
    for step in unpack_whole(data, count):
        total += step
        values.append(total)
    return values


def pack_planes(values: Sequence[int], width: int) -> bytes:
    """Non-negative numbers of `width` bytes: the highest byte of each, then the next of each, ..."""
    return b"".join(bytes(value >> shift & 0xFF for value in values) for shift in range(8 * width - 8, -8, -8))


def unpack_planes(data: object, count: int, width: int) -> list[int]:
    """The `count` numbers `pack_planes` was given."""
    if not isinstance(data, bytes) or len(data) != count * width:
        raise Unreadable("column")
    return [int.from_bytes(data[row::count], "big") for row in range(count)]


def pack_texts(texts: Sequence[str]) -> object:
    """Texts joined line by line; as a list when one of them holds a line end itself."""
    joined = _SEPARATOR.join(texts)
    return joined if joined.count(_SEPARATOR) == len(texts) - 1 else list(texts)


def unpack_texts(data: object, count: int) -> list[str]:
    """The `count` texts `pack_texts` was given."""
    texts = data.split(_SEPARATOR) if isinstance(data, str) else data
    if not isinstance(texts, list) or len(texts) != count or not all(isinstance(text, str) for text in texts):
        raise Unreadable("column")
    return texts


def pack_repeated(values: Sequence[object]) -> list[object]:
    """Values of one type and few kinds: each kind once in order of appearance, then the kind of each row."""
    kinds: dict[object, int] = {}
    shown: list[object] = []
    rows: list[int] = []
    for value in values:
        name = tuple(value) if isinstance(value, list) else value
        if name not in kinds:
            kinds[name] = len(kinds)
            shown.append(value)
        rows.append(kinds[name])
    if len(shown) == 1:
        return shown
    return [*shown, pack_planes(rows, 1 if len(shown) <= _BYTE else 2)]


def unpack_repeated(data: object, count: int, of: type[T]) -> list[T]:
    """The `count` values `pack_repeated` was given, each of exactly the type `of`."""
    if not isinstance(data, list) or not data:
        raise Unreadable("column")
    *shown, index = data if len(data) > 1 else [*data, bytes(count)]
    if not all(type(value) is of for value in shown):
        raise Unreadable("column")
    try:
        return [shown[row] for row in unpack_planes(index, count, 1 if len(shown) <= _BYTE else 2)]
    except IndexError as error:
        raise Unreadable("column") from error


def pack_identifiers(identifiers: Sequence[UUID]) -> list[object]:
    """Time-ordered identifiers: the leading 48 bits as steps, the other ten bytes of each as they are."""
    return [
        pack_steps([identifier.int >> 80 for identifier in identifiers]),
        b"".join(identifier.bytes[6:] for identifier in identifiers),
    ]


def unpack_identifiers(data: object, count: int) -> list[UUID]:
    """The `count` identifiers `pack_identifiers` was given."""
    if not isinstance(data, list) or len(data) != 2:  # noqa: PLR2004 - times and tails
        raise Unreadable("column")
    tails = data[1]
    if not isinstance(tails, bytes) or len(tails) != 10 * count:
        raise Unreadable("column")
    try:
        return [
            UUID(bytes=time.to_bytes(6, "big") + tails[10 * row : 10 * row + 10])
            for row, time in enumerate(unpack_steps(data[0], count))
        ]
    except OverflowError as error:
        raise Unreadable("column") from error
