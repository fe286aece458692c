"""The recapitulation as a spreadsheet: a sheet for each kind of place. Texts stay texts, never formulas."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from payung import recap
from payung.recap import Part, Recap, Row

_PLACE, _OTHER = 34, 12  # widths in letters
_HEAD = 4  # the row of the column titles


def write(path: Path, made: Recap) -> None:
    """Write the workbook to `path`, whole or not at all. Raises OSError."""
    content = _bound(made)
    handle, temporary = tempfile.mkstemp(prefix=".payung-", suffix=".xlsx", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _bound(made: Recap) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": recap.texts()["title"], "author": "Payung"})
        strong = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bg_color": "#E0E0E0", "border": 1, "text_wrap": True})
        for part in made.parts:
            sheet = book.add_worksheet(_title(part))
            _fill(sheet, made, part, strong, head)
    return buffer.getvalue()


def _title(part: Part) -> str:
    """A sheet's name: at most 31 letters, and none of those that Excel keeps for itself."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in part.title)[:31].strip()


def _fill(sheet: Worksheet, made: Recap, part: Part, strong: Format, head: Format) -> None:
    words = recap.texts()
    sheet.write_string(0, 0, words["title"], strong)
    sheet.write_string(1, 0, f"{made.event} · {made.where}")
    said = words["made"].format(moment=made.moment, tag=made.tag)
    sheet.write_string(2, 0, f"{words['practice']} · {said}" if made.practice else said)
    ends = (words["column.filled"], words["column.sent"], words["column.printed"])
    for column, text in enumerate((words["column.place"], *part.bodies, *ends)):
        sheet.write_string(_HEAD, column, text, head)
        sheet.set_column(column, column, _OTHER if column else _PLACE)
    for number, row in enumerate(part.rows, start=_HEAD + 1):
        _write(sheet, number, row, None)
    _write(sheet, _HEAD + 1 + len(part.rows), part.sum, strong)
    sheet.freeze_panes(_HEAD + 1, 1)


def _write(sheet: Worksheet, number: int, row: Row, look: Format | None) -> None:
    texts = (row.place, *row.bodies, recap.seats(row.filled, row.total or None))
    for column, text in enumerate(texts):
        sheet.write_string(number, column, text, look)
    for column, count in enumerate((row.sent, row.printed), start=len(texts)):
        sheet.write_number(number, column, count, look)
