"""Dates as Indonesians write and read them: day before month, always. What is written month first is not understood."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SPELLINGS = (
    "jan januari january i",
    "feb februari february peb pebr pebruari ii",
    "mar maret mart march mrt iii",
    "apr april iv",
    "mei may v",
    "jun juni june vi",
    "jul juli july vii",
    "agu agustus agust agst ags agt aug august viii",
    "sep sept september ix",
    "okt oktober oct october x",
    "nov november nop nopember xi",
    "des desember dec december xii",
)
_MONTH_OF = {word: month for month, words in enumerate(_SPELLINGS, start=1) for word in words.split()}
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)[\s,]+")
_MIDNIGHT = re.compile(r"[t ]0?0[:.]00(?:[:.]00(?:\.0+)?)?z?$")
_BETWEEN = r"[ ./,\-\u2010-\u2015]"
_FORMS = (
    re.compile(rf"([0-9]{{1,2}}){_BETWEEN}+([0-9]{{1,2}}){_BETWEEN}+([0-9]{{4}}|[0-9]{{2}})"),  # 14-8-96
    re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})"),  # 14081996
    re.compile(rf"([0-9]{{1,2}}){_BETWEEN}*([a-z]+){_BETWEEN}*([0-9]{{4}}|[0-9]{{2}})"),  # 14 agu 1996
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FULL_YEAR = 4
_OLDEST = 100
_YEARS = range(1900, 2101)
_EXCEL_EPOCH = date(1899, 12, 30)  # a day early, as Excel counts a 29 February 1900 that never was
_EXCEL_FIRST = 61  # 1 March 1900, the first serial number after that false day
_EXCEL_LAST = 73415  # 31 December 2100
_EXCEL_1904 = 1462  # days between the two epochs a workbook may use


def read(text: str, *, on: date | None = None, youngest: int = 17) -> date | None:
    """Return the date a person wrote, in any of the usual forms; None when none can be read.

    A two-digit year means the year of a plausible birth: at least `youngest` and at most 100 years before the day `on`
    (today when left out), else the younger. With `youngest=0`, for decrees, it may lie up to a year ahead.
    """
    plain = _MIDNIGHT.sub("", _WEEKDAY.sub("", " ".join(text.split()).lower()))
    iso = _ISO.fullmatch(plain)
    if iso:
        return made(int(iso[1]), int(iso[2]), int(iso[3]))
    found = next(filter(None, (form.fullmatch(plain) for form in _FORMS)), None)
    if found is None:
        return None
    day, written = int(found[1]), found[2]
    month = int(written) if written.isdigit() else _MONTH_OF.get(written, 0)
    if len(found[3]) == _FULL_YEAR:
        return made(int(found[3]), month, day)
    reference = on or datetime.now(tz=UTC).date()
    either = [made(century + int(found[3]), month, day) for century in (2000, 1900)]
    return _plausible([candidate for candidate in either if candidate], reference, youngest)


def from_serial(serial: float, *, epoch_1904: bool = False) -> date | None:
    """Return the day an Excel serial number stands for, its time of day left out; None outside March 1900 to 2100."""
    days = serial + _EXCEL_1904 if epoch_1904 else serial
    if not _EXCEL_FIRST <= days < _EXCEL_LAST + 1:
        return None
    return _EXCEL_EPOCH + timedelta(days=int(days))


def _plausible(candidates: list[date], on: date, youngest: int) -> date | None:
    """Return the date of a plausible age; without one the first that is not ahead, so that an age rule can speak."""
    ages = range(youngest or -1, _OLDEST + 1)
    plausible = (candidate for candidate in candidates if age(candidate, on) in ages)
    past = (candidate for candidate in candidates if candidate <= on)
    return next(plausible, None) or next(past, None)


def made(year: int, month: int, day: int) -> date | None:
    """Return that day, None where the calendar from 1900 to 2100 has no such day."""
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age(born: date, on: date) -> int:
    """Full years of age on the day `on`; negative when not yet born."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def long(day: date) -> str:
    """As printed: "27 November 2024"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full(day: date) -> str:
    """With its weekday: "Rabu, 27 November 2024"."""
    return f"{WEEKDAYS[day.weekday()]}, {long(day)}"


def short(day: date) -> str:
    """As typed on forms and in BPJS's files: "27-11-2024"."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def clock(at: time | datetime) -> str:
    """Return the time of day as Indonesians write it: "13.05"."""
    return f"{at.hour:02}.{at.minute:02}"
