"""The NIK: PPKKCC DDMMYY SSSS, region of first registration, birth date (women: day + 40), serial.

Structure: PP 37/2007 art. 37, PP 40/2019 art. 30 and 33. A NIK never changes, so it may name a region that no longer
exists and a birth date that was corrected later: such a NIK stays legal and is only doubted. Only what cannot be a NIK,
or cannot be that of an officer, is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from payung import dates
from payung.person import Sex
from payung.problem import Problem, Severity, worst
from payung.region import Regions

LENGTH = 16
KTP_AGE = 17  # the age at which a KTP is issued (UU 23/2006 art. 63); nobody serves without one
OLDEST = 100
_NEARLY_OLDEST = 95  # from here on the two-digit year may as well mean a small child
_CHILD = 15  # a "holder" below this age is more likely a family card's number, which carries its date of issue
_WOMAN = 40
_OLD_PROVINCES = frozenset(f"{number:02}" for number in range(1, 11))  # provinces before SIAK: 09 DKI, 10 Jawa Barat
_SEPARATORS = frozenset(".-\u2010\u2011\u2012\u2013\u2014\u2015")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]*)?[eE][+-]?[0-9]{1,3}")
_LOOK_ALIKE = {
    "O": "0",
    "o": "0",
    "Q": "0",
    "D": "0",
    "I": "1",
    "l": "1",
    "i": "1",
    "|": "1",
    "S": "5",
    "B": "8",
    "Z": "2",
}


class Verdict(StrEnum):
    """What a NIK is worth: `ok` and `information` pass, `warning` wants a person's answer, `error` cannot be a NIK."""

    OK = "ok"
    INFORMATION = "information"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read from a typed NIK.

    `nik` is 16 digits whenever there are 16, even where `problems` holds an error; `born`, `sex` and `region` (dotted
    code of the kecamatan of first registration) are what the digits say, None where they say nothing possible.
    """

    text: str
    nik: str | None
    verdict: Verdict
    problems: tuple[Problem, ...]
    born: date | None = None
    sex: Sex | None = None
    region: str | None = None

    @property
    def normalised(self) -> bool:
        """Whether blanks, full stops or hyphens were left out of what was typed."""
        return self.nik is not None and self.nik != self.text


def digits(text: str) -> str:
    """Return the text without blanks, invisible characters, full stops and hyphens; whatever else was typed stays."""
    if text.isascii() and text.isdigit():
        return text
    return "".join(char for char in text if char not in _SEPARATORS and not _blank(char))


def masked(nik: str) -> str:
    """Return the NIK as it may be shown and printed: its last four characters only."""
    return f"•••• {nik[-4:]}"


def grouped(nik: str) -> str:
    """Return the NIK in the groups of the KTP: region, birth date, serial; a shorter one as far as it goes."""
    return " ".join(part for part in (nik[:6], nik[6:12], nik[12:]) if part)


def read(text: str, *, on: date, regions: Regions, born: date | None = None, sex: Sex | None = None) -> Reading:
    """Read a NIK as typed and judges it on the reference day `on`; never raises and mends nothing but separators.

    `born` and `sex` are what the KTP says: they decide the century and are compared with what the NIK says.
    """
    typed = digits(text)
    unreadable = _unreadable(text, typed)
    if unreadable is not None:
        return Reading(text, None, Verdict.ERROR, (unreadable,))
    region = f"{typed[:2]}.{typed[2:4]}.{typed[4:6]}"
    woman = int(typed[6:8]) > _WOMAN
    candidates = _birth_dates(typed)
    chosen = _choose(candidates, on, born)
    problems = [*_structure(typed, candidates, regions), *_age(typed, chosen, candidates, on, born)]
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _doubts(typed, chosen, regions, born)
        problems += _sex_differs(woman=woman, sex=sex)
    ordered = tuple(sorted(problems, key=lambda problem: list(Severity).index(problem.severity)))
    heaviest = worst(ordered)
    return Reading(
        text=text,
        nik=typed,
        verdict=Verdict(heaviest.value) if heaviest else Verdict.OK,
        problems=ordered,
        born=chosen,
        sex=(Sex.P if woman else Sex.L) if chosen else None,
        region=region,
    )


def _blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Zs", "Cf"}


def _problem(code: str, severity: Severity = Severity.ERROR, /, **facts: str) -> Problem:
    return Problem("nik", code, severity, facts)


def _unreadable(text: str, typed: str) -> Problem | None:
    """Why the text is not 16 ASCII digits, None when it is."""
    if not typed.strip("0") and len(typed) < LENGTH:
        return _problem("nik.missing")
    if _SCIENTIFIC.fullmatch(text.strip()):
        return _problem("nik.excel")
    strange = list(dict.fromkeys(char for char in typed if not ("0" <= char <= "9")))
    if strange:
        return _strange(strange)
    if len(typed) != LENGTH:
        return _problem("nik.length", count=str(len(typed)))
    return None


def _strange(strange: list[str]) -> Problem:
    suggestions = [_LOOK_ALIKE.get(char) or _digit_of(char) for char in strange]
    found = ", ".join(strange[:4])
    if len(strange) > 4 or not all(suggestions):  # noqa: PLR2004
        return _problem("nik.characters", found=found)
    return _problem("nik.characters", found=found, suggestion=", ".join(filter(None, suggestions)))


def _digit_of(char: str) -> str:
    value = unicodedata.digit(char, None)
    return "" if value is None else str(value)


def _structure(typed: str, candidates: tuple[date, ...], regions: Regions) -> Iterator[Problem]:
    province = typed[:2]
    if not regions.exists(province) and regions.obsolete(province) is None:
        old = province in _OLD_PROVINCES
        yield _problem("nik.old_ktp") if old else _problem("nik.province", province=province)
    elif "00" in {typed[2:4], typed[4:6]}:
        yield _problem("nik.region")
    if not candidates:
        yield _problem("nik.date")
    if typed[12:] == "0000":
        yield _problem("nik.serial")


def _birth_dates(typed: str) -> tuple[date, ...]:
    """Return the one or two dates the digits can mean, the later century first; none when the day exists in neither."""
    day, month, year = int(typed[6:8]), int(typed[8:10]), int(typed[10:12])
    if day > _WOMAN:
        day -= _WOMAN
    found = (dates.made(century + year, month, day) for century in (2000, 1900))
    return tuple(candidate for candidate in found if candidate is not None)


def _choose(candidates: tuple[date, ...], on: date, born: date | None) -> date | None:
    """Return the date meant: nearest to the KTP's, else the youngest who has a KTP on the day, else the youngest."""
    if not candidates:
        return None
    if born is not None:
        return min(candidates, key=lambda candidate: abs(candidate - born))
    old_enough = (candidate for candidate in candidates if KTP_AGE <= dates.age(candidate, on) <= OLDEST)
    return next(old_enough, candidates[0])


def _age(
    typed: str, chosen: date | None, candidates: tuple[date, ...], on: date, born: date | None
) -> Iterator[Problem]:
    if chosen is None:
        return
    age = dates.age(chosen, on)
    differs = born is not None and born not in candidates
    if age < _CHILD and int(typed[6:8]) <= _WOMAN and (born is None or differs):
        yield _problem("nik.kk")
    if age < KTP_AGE and not differs:
        yield _problem("nik.age", age=str(max(age, 0)), on=dates.short(on))
    elif age >= _NEARLY_OLDEST and born is None:
        yield _problem("nik.century", Severity.WARNING, born=dates.short(chosen), age=str(age))


def _doubts(typed: str, chosen: date | None, regions: Regions, born: date | None) -> Iterator[Problem]:
    yield from _region_doubts(typed, regions)
    if born is not None and chosen is not None and chosen != born:
        yield _problem("nik.birthdate", Severity.WARNING, nik=dates.short(chosen), ktp=dates.short(born))


def _region_doubts(typed: str, regions: Regions) -> Iterator[Problem]:
    kabupaten = f"{typed[:2]}.{typed[2:4]}"
    kecamatan = f"{kabupaten}.{typed[4:6]}"
    if regions.exists(kecamatan):
        return
    if not regions.exists(kabupaten) and regions.obsolete(kabupaten) is None:
        yield _problem("nik.kab", Severity.WARNING, region=kabupaten)
        return
    now = regions.obsolete(kecamatan)
    if now is None:
        yield _problem("nik.kec", Severity.WARNING, region=kecamatan)
        return
    # A kecamatan's own name may have moved to another code since, so only the kabupaten is named.
    today = ".".join(now.split(".")[:2])
    facts = {"now": f"{today} {regions.title(today)}"} if regions.exists(today) else {}
    yield _problem("nik.old", Severity.INFORMATION, old=kabupaten, **facts)


def _sex_differs(*, woman: bool, sex: Sex | None) -> Iterator[Problem]:
    said = Sex.P if woman else Sex.L
    if sex is not None and sex is not said:
        yield _problem("nik.sex", Severity.WARNING, nik=said.value, ktp=sex.value)
