"""The recapitulation of a laptop's places as a table: the same on screen, on paper and in a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class Row:
    """A place with one text for each body's column ("6/7", "3", "" where the body has no seats), and its counts."""

    place: str
    bodies: tuple[str, ...]
    filled: int
    total: int
    sent: int
    printed: int


@dataclass(frozen=True, slots=True)
class Part:
    """Places of one kind under their own columns, with the sum of each column as the last row."""

    title: str
    bodies: tuple[str, ...]
    rows: tuple[Row, ...]
    sum: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """The whole: `where` the laptop serves, `town` for the signature's date, `moment` as read there."""

    event: str
    where: str
    town: str
    tag: str
    moment: str
    practice: bool
    parts: tuple[Part, ...]


@cache
def texts() -> Mapping[str, str]:
    """Return the words of the recapitulation by key, from resources/texts/recap.id.json."""
    found: Mapping[str, str] = json.loads(resources.read("texts", "recap.id.json"))
    return found


def seats(filled: int, total: int | None) -> str:
    """Write how many seats are filled: "6/7", or "6" where their number is open."""
    return str(filled) if total is None else f"{filled}/{total}"
