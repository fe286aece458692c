"""What a cell says: text as a person would read it, and the few kinds of value that hide behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from payung import dates

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = Sequence[Cell]

_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[^a-z0-9]+")


def text(cell: Cell) -> str:
    """The cell as trimmed text on one line: whole numbers without a point, dates as ISO, no invisible characters.

    A leading apostrophe, by which people force Excel to keep text, is dropped.
    """
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def _clean(typed: str) -> str:
    if typed.isalnum() and typed.isascii():
        return typed
    if not (typed.isascii() and typed.isprintable()):
        typed = "".join(_visible(character) for character in typed)
    typed = typed.strip()
    if typed.startswith("'"):
        typed = typed[1:].lstrip()
    return _SPACES.sub(" ", typed) if "  " in typed else typed


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else character


def words(typed: str) -> str:
    """Lower-case words of letters and digits with one blank between: the form in which headings are compared."""
    return _WORDS.sub(" ", unicodedata.normalize("NFKD", typed).lower()).strip()


def day(cell: Cell) -> date | None:
    """The date a date cell or an Excel serial number holds, None for anything else (text is read by payung.dates)."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return dates.from_serial(cell)
    return None


def letter(column: int) -> str:
    """The spreadsheet's own name of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def whole(typed: str) -> int | None:
    """A whole number of up to six digits, None for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 6 else None  # noqa: PLR2004
