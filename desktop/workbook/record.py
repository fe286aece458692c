"""One row of a sheet as the facts of an enrolment, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.workbook import places, posts, vocabulary
from desktop.workbook.cells import Cell, day, text, whole, words
from desktop.workbook.errors import NoPlace
from desktop.workbook.persons import Person
from payung import dates, nik, phone
from payung.bodies import Level
from payung.event import Event, Post
from payung.facts import Facts
from payung.person import Blood, Sex
from payung.problem import Problem, Severity
from payung.region import Regions
from payung.roster import keeps_tps

_FIRST_DIGIT = re.compile(r"[ ,/;-]*(?=\d)")
_BLOODS = {blood.value: blood for blood in Blood}
_RT_RW = re.compile(r"\D*(\d{1,3})\D+(\d{1,3})\D*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every row of a sheet shares. `body` is what the sheet speaks of, `village` its only village or "".

    `post` (a code of the event) and `tps` are taken where a row names none.
    """

    event: Event
    regions: Regions
    villages: places.Villages
    on: date
    sheet: str
    body: str = ""
    village: str = ""
    decree_number: str = ""
    decree_date: date | None = None
    post: str = ""
    tps: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A row read: its facts without a seat, the seat number its text gives, the problems of reading."""

    sheet: str
    row: int  # the spreadsheet's own number, from 1
    place: str
    post: str
    tps: int | None
    said: Mapping[str, Any]  # the other facts by their names
    number: int | None
    problems: tuple[Problem, ...]

    def seated(self, seat: int | None) -> Facts:
        """The facts of the row in that seat."""
        return Facts(place=self.place, post=self.post, tps=self.tps, seat=seat, **self.said)


_NOTHING: Mapping[str, str] = {}


class RowReader:
    """Reads the cells of one row by field name and gathers what cannot be read."""

    def __init__(
        self,
        setting: Setting,
        columns: Mapping[str, int],
        person: Person,
        carried: Mapping[str, str],
        corrected: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._setting = setting
        self._columns = columns
        self._person = person
        self._carried = carried
        self._corrected = corrected
        self._problems: list[Problem] = []

    def draft(self) -> Draft:
        """The row as a draft; raises NoPlace when nothing tells the village."""
        post, number = self._post()
        place, tps = self._place(post)
        said = self._said()
        code = post.code if post else ""
        return Draft(self._setting.sheet, self._person.index + 1, place, code, tps, said, number, tuple(self._problems))

    def _said(self) -> dict[str, Any]:
        birthplace, birthdate = self._birth()
        rt, rw, rest = self._rt_rw()
        decree_date = self._date("decree_date")
        return {
            "nik": self._nik(),
            "name": self._text("name"),
            "birthplace": birthplace,
            "birthdate": birthdate,
            "sex": self._sex(),
            "phone": self._phone(),
            "rt": rt,
            "rw": rw,
            "address": " ".join(filter(None, (self._text("address"), rest))),
            "mother": self._text("mother"),
            "decree_number": self._text("decree_number") or self._setting.decree_number,
            "decree_date": decree_date or self._setting.decree_date,
            "married": vocabulary.load().married.get(words(self._text("married"))),
            "blood": _BLOODS.get(self._text("blood").upper()),
            "postcode": self._text("postcode"),
            "email": self._text("email"),
            "has_kpj": True if self._text("kpj") else None,
            "kpj": self._text("kpj"),
        }

    def _cell(self, field: str) -> Cell:
        if field in self._corrected:
            return self._corrected[field]
        column = self._columns.get(field, -1)
        return self._person.row[column] if 0 <= column < len(self._person.row) else ""

    def _text(self, field: str) -> str:
        if field in self._corrected:
            return self._corrected[field]
        column = self._columns.get(field)
        found = "" if column is None else self._person.text(column)
        return found or self._carried.get(field, "")

    def _report(self, field: str, code: str, **facts: str) -> None:
        self._problems.append(Problem(field, code, Severity.ERROR, facts))

    def _post(self) -> tuple[Post | None, int | None]:
        """The post and the seat number that the row, else the sheet, names."""
        typed = self._text("post")
        body = self._setting.body
        if typed and not body and self._text("tps"):
            body = "kpps"
        reading = posts.read(typed, body)
        post = self._setting.event.post(reading.code)
        if post is None and (typed or reading.code):
            self._report("post", "workbook.post", post=typed or reading.code)
        if post is None and not typed and self._setting.post:
            return self._setting.event.post(self._setting.post), None
        return post, reading.number

    def _place(self, post: Post | None) -> tuple[str, int | None]:
        """The code of the place of the post and the TPS number, where it has one."""
        level = post.level if post else Level.TPS
        place = self._setting.villages.of(level, self._village(), self._text("kecamatan"))
        if not place and not self._problems:
            raise NoPlace(sheet=self._setting.sheet)
        return place, self._tps() if post is None or keeps_tps(post) else None

    def _village(self) -> str:
        typed = self._text("village")
        if not typed:
            return self._setting.village
        found = self._setting.villages.find(typed, self._text("kecamatan"))
        if not found:
            self._report("place", "place.foreign", place=typed)
        return found

    def _tps(self) -> int | None:
        typed = self._text("tps")
        if not typed:
            return self._setting.tps
        number = places.tps_number(typed)
        if number is None:
            self._report("tps", "tps.unreadable", tps=typed)
        return number

    def _nik(self) -> str:
        typed = self._text("nik")
        plain = typed if _is_nik(typed) else nik.digits(typed)
        return plain if _is_nik(plain) else typed

    def _sex(self) -> Sex | None:
        typed = self._text("sex")
        found = vocabulary.load().sexes.get(words(typed))
        if typed and found is None:
            self._report("sex", "sex.unreadable")
        return Sex(found) if found else None

    def _phone(self) -> str:
        typed = self._text("phone")
        read = phone.read(typed)
        return read if isinstance(read, str) else typed

    def _birth(self) -> tuple[str, date | None]:
        """Birthplace and date from their own columns, or from one column that holds both."""
        together = self._cell("birth")
        place, birthdate = self._text("birthplace"), self._date("birthdate")
        if together == "" or birthdate is not None:
            return place, birthdate
        if (found := day(together)) is not None:
            return place, found
        before, after = split_birth(text(together))
        read = dates.read(after, on=self._setting.on)
        if read is None:
            self._report("birthdate", "birthdate.unreadable")
        return place or before, read

    def _date(self, field: str) -> date | None:
        cell = self._cell(field)
        found = day(cell)
        if found is None and text(cell):
            found = dates.read(text(cell), on=self._setting.on, youngest=17 if field == "birthdate" else 0)
            if found is None:
                self._report(field, f"{field}.unreadable")
        return found

    def _rt_rw(self) -> tuple[int | None, int | None, str]:
        """RT and RW as numbers; what is written there and is no number comes back as text for the address."""
        both = self._text("rtrw")
        if found := _RT_RW.fullmatch(both):
            return int(found[1]), int(found[2]), ""
        rt, rw = self._text("rt"), self._text("rw")
        rest = " ".join(filter(None, (both, rt if whole(rt) is None else "", rw if whole(rw) is None else "")))
        return whole(rt), whole(rw), rest if rest.strip("-/ 0") else ""


def _is_nik(typed: str) -> bool:
    return len(typed) == nik.LENGTH and typed.isascii() and typed.isdecimal()


def split_birth(typed: str) -> tuple[str, str]:
    """Place and date of 'Kupang, 14-08-1996': cut at the last comma, without one before the first digit."""
    before, comma, after = typed.rpartition(",")
    if comma and any(letter.isdecimal() for letter in after):
        return before.strip(), after.strip()
    found = _FIRST_DIGIT.search(typed)
    return (typed[: found.start()].strip(" ,"), typed[found.end() :]) if found else (typed.strip(" ,"), "")
