"""Shapes: how a frozen dataclass becomes a map with small integer keys, and back, with every value checked.

Empty values (None, "", no entries) are left out. Keys from `ADDITIVE` on may be added by later versions and are ignored
by readers that do not know them; any other unknown key is refused, and so is a map that is not exactly what its content
encodes to. Refused input raises `sync.errors.Unreadable`, a newer version `VersionTooOld`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

from sync.canonical import canonical, decode_canonical, milliseconds, moment_of
from sync.errors import Unreadable, VersionTooOld

ADDITIVE: Final = 64
VERSION_KEY: Final = 0

T = TypeVar("T")
E = TypeVar("E")
N = TypeVar("N", bound=IntEnum)


class Wire(NamedTuple):
    """How one value is written as plain CBOR and read again; `read` raises Unreadable for what `write` never makes."""

    write: Callable[[Any], object]
    read: Callable[[object], Any]


def _exactly(kind: type[T]) -> Callable[[object], T]:
    def read(value: object) -> T:
        if type(value) is not kind:
            raise Unreadable("type")
        return value

    return read


def _same(value: object) -> object:
    return value


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise Unreadable("type")
    return value


def day_of(ordinal: object) -> date:
    """The day with that number, 1 January of year 1 being 1; Unreadable when there is none."""
    try:
        return date.fromordinal(_whole(ordinal))
    except (ValueError, OverflowError) as error:
        raise Unreadable("day") from error


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise Unreadable("type")
    return tuple(value)


def _map_of(kind: type[T]) -> Callable[[object], dict[str, T]]:
    def read(value: object) -> dict[str, T]:
        if not isinstance(value, dict) or not all(
            type(name) is str and type(part) is kind for name, part in value.items()
        ):
            raise Unreadable("type")
        return value

    return read


WHOLE: Final = Wire(_same, _whole)
INTEGER: Final = Wire(_same, _exactly(int))
TEXT: Final = Wire(_same, _exactly(str))
FLAG: Final = Wire(_same, _exactly(bool))
TEXTS: Final = Wire(list, _texts)
WORDS: Final = Wire(dict, _map_of(str))
COUNTS: Final = Wire(dict, _map_of(int))
BYTES: Final = Wire(_same, _exactly(bytes))
IDENTIFIER: Final = Wire(lambda value: value.bytes, lambda value: UUID(bytes=_sized(value, 16)))
MOMENT: Final[Wire] = Wire(milliseconds, lambda value: moment_of(_whole(value)))
DAY: Final[Wire] = Wire(date.toordinal, day_of)


def blob(length: int) -> Wire:
    """Exactly that many bytes."""
    return Wire(lambda value: _sized(value, length), lambda value: _sized(value, length))


def member(numbers: dict[E, int]) -> Wire:
    """One of the members, by its number."""
    members = {number: found for found, number in numbers.items()}

    def read(value: object) -> E:
        if type(value) is not int or value not in members:
            raise Unreadable("value")
        return members[value]

    return Wire(lambda value: numbers[value], read)


def enumerated(kind: type[N]) -> Callable[[object], N]:
    """Reads a member of an integer enumeration."""

    def read(value: object) -> N:
        if type(value) is not int:
            raise Unreadable("type")
        try:
            return kind(value)
        except ValueError as error:
            raise Unreadable("value") from error

    return read


def nested(shape: Shape[Any]) -> Wire:
    """A map of another shape."""
    return Wire(shape.to_map, shape.of_map)


def rows(shape: Shape[Any]) -> Wire:
    """A list of maps of another shape, as a tuple."""

    def read(value: object) -> tuple[Any, ...]:
        return tuple(shape.of_map(part) for part in _exactly(list)(value))

    return Wire(lambda value: [shape.to_map(part) for part in value], read)


def _sized(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise Unreadable("length")
    return value


class Entry(NamedTuple):
    """One field: its key in the map, its name in the dataclass, how it travels, and what its absence means."""

    key: int
    name: str
    wire: Wire
    absent: object = ...


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """The map of one dataclass; `version` stands at key 0 where the message travels on its own."""

    made: Callable[..., T]
    entries: tuple[Entry, ...]
    version: int | None = None

    def to_map(self, value: T) -> dict[int, object]:
        """The map of `value`, empty entries left out."""
        made: dict[int, object] = {} if self.version is None else {VERSION_KEY: self.version}
        for entry in self.entries:
            content = getattr(value, entry.name)
            if content is not None and (entry.absent is ... or content != entry.absent):
                made[entry.key] = entry.wire.write(content)
        return made

    def of_map(self, found: object) -> T:
        """The value whose map this is."""
        if not isinstance(found, dict):
            raise Unreadable("shape")
        left = dict(found)
        self._check_version(left)
        try:
            value = self.made(**{entry.name: self._taken(entry, left) for entry in self.entries})
            again = canonical(self.to_map(value))
        except (ValueError, TypeError, OverflowError) as error:
            raise Unreadable("value") from error
        if not all(type(key) is int and key >= ADDITIVE for key in left):
            raise Unreadable("unknown key")
        if again != canonical({key: part for key, part in found.items() if key not in left}):
            raise Unreadable("canonical")
        return value

    def encode(self, value: T) -> bytes:
        """The canonical bytes of `value`."""
        return canonical(self.to_map(value))

    def decode(self, data: bytes) -> T:
        """The value those bytes are of."""
        return self.of_map(decode_canonical(data))

    def _check_version(self, left: dict[object, object]) -> None:
        if self.version is None:
            return
        found = _whole(left.pop(VERSION_KEY, None))
        if found > self.version:
            raise VersionTooOld(found=found, known=self.version)
        if found != self.version:
            raise Unreadable("version")

    @staticmethod
    def _taken(entry: Entry, left: dict[object, object]) -> object:
        if entry.key in left:
            return entry.wire.read(left.pop(entry.key))
        if entry.absent is ...:
            raise Unreadable("missing")
        return entry.absent
