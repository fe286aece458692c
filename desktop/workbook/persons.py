"""Tells rows about an officer from titles, sections, repeated headings, column numbers, sums and footers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.workbook import titles, vocabulary
from desktop.workbook.cells import Row, text, words
from desktop.workbook.columns import Columns

_ABOUT_A_PERSON = (
    "nik",
    "name",
    "sex",
    "birth",
    "birthplace",
    "birthdate",
    "post",
    "rt",
    "rw",
    "rtrw",
    "phone",
    "mother",
)
_CARRIED = ("village", "kecamatan", "tps")
_MANY = 3
_NIK_LIKE = 8  # digits


@dataclass(frozen=True, slots=True)
class Person:
    """A row about an officer; `index` counts from 0, `section` is the TPS of the section row above, "" without one.

    `texts` are the cells of `row` as text.
    """

    index: int
    row: Row
    texts: tuple[str, ...]
    section: str

    def text(self, column: int) -> str:
        """The text in that column, "" where the row has none (a column of -1 too)."""
        return self.texts[column] if 0 <= column < len(self.texts) else ""


def find(rows: Sequence[Row], columns: Columns) -> Iterator[Person]:
    """The rows below the headings that speak of an officer, in order."""
    section = ""
    nik = columns.fields.get("nik", -1)
    for index in range(columns.first_row, len(rows)):
        person = Person(index, rows[index], tuple(map(text, rows[index])), section)
        if len(found := person.text(nik)) > _NIK_LIKE and found.isdecimal():
            yield person  # the plain row, which most are
            continue
        texts = list(dict.fromkeys(filter(None, person.texts)))
        if not texts:
            continue
        if found := titles.section_tps(texts):
            section = found
        elif len(texts) > 1 and _speaks_of_officer(person, columns, texts):
            yield person


def _speaks_of_officer(person: Person, columns: Columns, texts: Sequence[str]) -> bool:
    about = {field: _at(person, columns, field) for field in _ABOUT_A_PERSON}
    filled = sum(1 for found in about.values() if found)
    if sum(letter.isdecimal() for letter in about["nik"]) >= _NIK_LIKE:
        return True
    if _repeats_headings(about) or _numbers_columns(texts) or (filled <= _MANY and _is_footer(texts)):
        return False
    return filled > 1 or bool(about["name"] and _at(person, columns, "number"))


def _at(person: Person, columns: Columns, field: str) -> str:
    return person.text(columns.fields.get(field, -1))


def _repeats_headings(about: dict[str, str]) -> bool:
    known = vocabulary.load().fields
    return any(known.get(words(about[field])) == field for field in ("nik", "name"))


def _numbers_columns(texts: Sequence[str]) -> bool:
    """The row '(1) (2) (3)' under the headings."""
    plain = [found.strip("() .") for found in texts]
    return len(plain) >= _MANY and all(found.isdecimal() and len(found) <= 2 for found in plain)  # noqa: PLR2004


def _is_footer(texts: Sequence[str]) -> bool:
    footers = vocabulary.load().footers
    return any(f"{words(found)} ".startswith(tuple(f"{footer} " for footer in footers)) for found in texts)


class Carrier:
    """Carries village and TPS down over blank cells, where a list writes them only at the head of each group."""

    def __init__(self, persons: Sequence[Person], columns: Columns) -> None:
        self._columns = columns
        self._named = tuple(field for field in _CARRIED if field in columns.fields)
        self._sparse = {field for field in _CARRIED if _is_sparse(persons, columns, field)}
        self._last: dict[str, str] = {}
        self._section = ""

    def take(self, person: Person) -> dict[str, str]:
        """What the blank cells of this row inherit."""
        if person.section != self._section:
            self._section = person.section
            self._last.pop("tps", None)
        for field in self._named:
            if (found := _at(person, self._columns, field)) and found != self._last.get(field):
                self._last[field] = found
                self._forget_below(field)
        carried = {field: found for field, found in self._last.items() if field in self._sparse}
        return {"tps": person.section} | carried if person.section else carried

    def _forget_below(self, field: str) -> None:
        """Another village begins: its TPS are not the last one's."""
        for below in _CARRIED[_CARRIED.index(field) + 1 :]:
            if below == "tps":
                self._last.pop(below, None)


def _is_sparse(persons: Sequence[Person], columns: Columns, field: str) -> bool:
    """Whether fewer than half of the rows name it, so that a blank means 'as above' and not 'forgotten'."""
    if field not in columns.fields:
        return False
    filled = sum(1 for person in persons if _at(person, columns, field))
    return 0 < filled * 2 < len(persons)
