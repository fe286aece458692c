"""Finds the lists in which Excel has cut the NIKs to 15 digits. Such a list cannot be mended, only asked for again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.workbook.cells import Cell
from desktop.workbook.columns import Columns
from desktop.workbook.persons import Person
from payung import nik

_NUMBER_CUT = 10**12  # a number in a NIK column with more digits is a NIK typed as a number
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_SHARE = 0.3  # one in ten ends in 0 by nature (election notes: stop above 30 %)
_ENOUGH = 10
_FEW = 3
_SHARE_OF_FEW = 0.6


def cut_by_excel(persons: Sequence[Person], columns: Columns) -> bool:
    """Whether a NIK of these rows is a number, or too many of them end in 0 for it to be chance."""
    column = columns.fields.get("nik", -1)
    cells = [person.row[column] for person in persons if 0 <= column < len(person.row)]
    if any(_is_cut(cell) for cell in cells):
        return True
    typed = [person.text(column) for person in persons]
    plain = (found if found.isdecimal() else nik.digits(found) for found in typed)
    whole = [found for found in plain if len(found) == nik.LENGTH]
    zeros = sum(1 for found in whole if found.endswith("0"))
    if len(whole) >= _ENOUGH:
        return zeros > _SHARE * len(whole)
    return len(whole) >= _FEW and zeros > _SHARE_OF_FEW * len(whole)


def _is_cut(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _SCIENTIFIC.fullmatch(cell.strip()) is not None
    return isinstance(cell, (int, float)) and abs(cell) >= _NUMBER_CUT
