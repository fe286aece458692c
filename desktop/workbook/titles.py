"""What stands above the headings: the decree's number and date, the body, the village; and section rows between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from desktop.workbook import places
from desktop.workbook.cells import Row, text
from payung import dates

_DECREE = re.compile(r"\bNO(?:MOR|\.)\s*:?\s*(\S.*?)(?=\s+(?:TANGGAL|TENTANG)\b|$)", re.IGNORECASE)
_DECREE_DATE = re.compile(r"\b(?:TANGGAL|TGL\.?)\s*:?\s*(\d.*?)(?=\s+TENTANG\b|$)", re.IGNORECASE)
_SECTION = re.compile(r"(?:daftar|kpps|lokasi|nama|petugas|\W)*\bTPS\b\W*(?:nomor|no)?\W*\d{1,3}\b.*", re.IGNORECASE)
_LONGEST_DECREE = 100


def above(rows: Sequence[Row]) -> tuple[str, ...]:
    """The texts of the rows above the headings, each once, top to bottom."""
    return tuple(dict.fromkeys(found for row in rows for cell in row if (found := text(cell))))


def decree_number(titles: Sequence[str]) -> str:
    """The number of the decree the list belongs to, as written: '04/PP.04.1-Kpt/5371042001/2029'; "" without one."""
    for title in titles:
        found = _DECREE.search(title)
        if found and any(letter.isdecimal() for letter in found[1]) and len(found[1]) <= _LONGEST_DECREE:
            return found[1].strip(" .,;")
    return ""


def decree_date(titles: Sequence[str], on: date) -> date | None:
    """The date of that decree, None where no title gives it."""
    found = (_DECREE_DATE.search(title) for title in titles)
    read = (dates.read(match[1].strip(" .,;"), on=on, youngest=0) for match in found if match)
    return next(filter(None, read), None)


def section_tps(texts: Sequence[str]) -> str:
    """The 'TPS 002' of a row that stands above a group of officers and says nothing else, else ""."""
    return f"TPS {number}" if len(texts) == 1 and _SECTION.fullmatch(texts[0]) and (number := _number(texts[0])) else ""


def _number(title: str) -> int | None:
    return places.tps_number(title[title.upper().rindex("TPS") :])
