"""The list of refused rows, as XLSX or CSV, that runs nothing when it is opened. It holds no NIK and no name."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from desktop.workbook.rows import Refusal
from payung import wording

HEADINGS = {
    "id": ("Lembar", "Baris", "Kolom", "Kode", "Keterangan"),
    "en": ("Sheet", "Row", "Column", "Code", "What to do"),
}
Line = tuple[str, int, str, str, str]
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "%", "|")


def write(path: Path, refusals: Iterable[Refusal], *, lang: str = "id") -> int:
    """Write the refusals, one a line; how many. XLSX when the name ends so, else CSV: semicolons, UTF-8 with a mark.

    The file appears whole or not at all. OSError when the disk does not take it.
    """
    lines = [_line(refusal, lang) for refusal in refusals]
    headings = HEADINGS.get(lang, HEADINGS["id"])
    content = _xlsx(headings, lines) if path.suffix.lower() == ".xlsx" else _csv(headings, lines)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return len(lines)


def _csv(headings: tuple[str, ...], lines: Iterable[Line]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";")
    table.writerow(headings)
    table.writerows(tuple(harmless(cell) if isinstance(cell, str) else cell for cell in line) for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(headings: tuple[str, ...], lines: Iterable[Line]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        strong = book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, strong)
        for number, line in enumerate(lines, start=1):
            for column, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, cell)  # text stays text: no formula, no link
        sheet.set_column(0, 0, 18)
        sheet.set_column(len(headings) - 1, len(headings) - 1, 90)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _line(refusal: Refusal, lang: str) -> Line:
    return refusal.sheet, refusal.row, refusal.column, refusal.code, wording.of(refusal.problem, lang)


def harmless(typed: str) -> str:
    """Text that no spreadsheet takes for a formula: what would start one gets an apostrophe before it."""
    return f"'{typed}" if typed.lstrip().startswith(_STARTS_FORMULA) or typed.startswith(_STARTS_FORMULA) else typed
