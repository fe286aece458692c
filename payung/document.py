"""A data file's JSON read field by field; whatever is not as it must be is a DataError that names the place.

The place is a JSON path as people write it (`posts[3].term.start`), `what` one word: missing, unknown, type, value,
date, json, range, double.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import TypeVar

from payung.errors import DataError

_Choice = TypeVar("_Choice", bound=Enum)


def bad(path: str, what: str) -> DataError:
    """Build the error that says what is wrong at `path`."""
    return DataError(path=path or "$", what=what)


class Fields:
    """One JSON object at one path. Every key must be asked for: `done` refuses those that nobody wanted."""

    __slots__ = ("_left", "_values", "path")

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise bad(path, "type")
        self.path = path
        self._values = value
        self._left = set(value)

    @classmethod
    def parse(cls, text: bytes | str) -> Fields:
        """Read the object that a file's text holds; DataError when it is not JSON or no object."""
        try:
            return cls(json.loads(text))
        except ValueError as error:
            raise bad("", "json") from error

    def at(self, key: str) -> str:
        """Name the path of a key."""
        return f"{self.path}.{key}".lstrip(".")

    def value(self, key: str) -> object:
        """Take the value of a key as it stands; DataError when the key is missing."""
        if key not in self._values:
            raise bad(self.at(key), "missing")
        self._left.discard(key)
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text; `default` stands in when the key is missing."""
        if default is not None and key not in self._values:
            return default
        value = self.value(key)
        if not isinstance(value, str):
            raise bad(self.at(key), "type")
        return value

    def filled(self, key: str) -> str:
        """Take a text that says something."""
        text = self.text(key)
        if not text.strip():
            raise bad(self.at(key), "missing")
        return text

    def flag(self, key: str) -> bool:
        """Take true or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise bad(self.at(key), "type")
        return value

    def count(self, key: str) -> int:
        """Take a whole number, zero or more."""
        value = self.value(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise bad(self.at(key), "type")
        if value < 0:
            raise bad(self.at(key), "range")
        return value

    def count_or_none(self, key: str) -> int | None:
        """Take a whole number, zero or more, or null for what is not known."""
        return None if self.value(key) is None else self.count(key)

    def day(self, key: str) -> date:
        """Take a date, `2029-02-14`."""
        text = self.text(key)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise bad(self.at(key), "date") from error

    def day_or_none(self, key: str) -> date | None:
        """Take a date, or null for what is open."""
        return None if self.value(key) is None else self.day(key)

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        """Take one of an enumeration's values."""
        text = self.text(key)
        try:
            return kind(text)
        except ValueError as error:
            raise bad(self.at(key), "value") from error

    def choice_or_none(self, key: str, kind: type[_Choice]) -> _Choice | None:
        """Take one of an enumeration's values, or null."""
        return None if self.value(key) is None else self.choice(key, kind)

    def fields(self, key: str) -> Fields:
        """Take the object below a key."""
        return Fields(self.value(key), self.at(key))

    def fields_or_none(self, key: str) -> Fields | None:
        """Take the object below a key, or null."""
        return None if self.value(key) is None else self.fields(key)

    def each(self, key: str, *, optional: bool = False) -> Iterator[Fields]:
        """Take the objects of a list; `optional` lets the key be missing."""
        if optional and key not in self._values:
            return
        items = self.value(key)
        if not isinstance(items, list):
            raise bad(self.at(key), "type")
        for index, item in enumerate(items):
            yield Fields(item, f"{self.at(key)}[{index}]")

    def keys(self) -> tuple[str, ...]:
        """Name the keys, in the file's order."""
        return tuple(self._values)

    def done(self) -> None:
        """Refuse the object when it has keys that nobody asked for: a misspelt rule must not pass as none."""
        if self._left:
            raise bad(self.at(min(self._left)), "unknown")
