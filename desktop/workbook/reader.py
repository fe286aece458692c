"""Opens a workbook safely and gives its sheets as rows of cells, merged cells filled in.

XLSX, XLS and ODS are read by calamine, text tables by `delimited`; the kind is told by the bytes, not by the name.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import python_calamine as calamine

from desktop.workbook import delimited, inspection
from desktop.workbook.cells import Cell
from desktop.workbook.errors import (
    Bomb,
    Empty,
    Encrypted,
    Missing,
    NoSheet,
    TooLarge,
    TooManyColumns,
    TooManyRows,
    Unreadable,
    Unsupported,
)

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows[0]` is the spreadsheet's row 1, rows of text tables may differ in length."""

    name: str
    rows: list[list[Cell]]


def read(path: Path, sheet: str | None = None) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the one named; hidden and blank sheets are left out unless named.

    Raises WorkbookError: missing, large, bomb, nested, encrypted, unreadable, unsupported, empty, sheet.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
        if size > inspection.FILE_BYTES:
            raise TooLarge(limit=inspection.FILE_BYTES >> 20)
        if not size:
            raise Empty
        sheets = _sheets(path, head, sheet)
    except OSError as error:
        raise Missing from error
    if not any(_filled(found) for found in sheets):
        raise Empty
    return sheets if sheet is not None else tuple(found for found in sheets if _filled(found))


def pasted(text: str, name: str) -> Sheet:
    """A table copied from a spreadsheet, as a sheet of that name. Raises WorkbookError: empty, large, rows, columns."""
    if len(text) > inspection.FILE_BYTES:
        raise TooLarge(limit=inspection.FILE_BYTES >> 20)
    sheet = Sheet(name, delimited.rows_of(text))
    if not _filled(sheet):
        raise Empty
    return sheet


def _filled(sheet: Sheet) -> bool:
    return any(cell not in ("", None) for row in sheet.rows for cell in row)


def _sheets(path: Path, head: bytes, wanted: str | None) -> tuple[Sheet, ...]:
    if head.startswith(_ZIP):
        inspection.inspect(path, _archive_kind(path))
    elif head.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in path.read_bytes():
            raise Encrypted
    else:
        return _only((Sheet(path.stem, delimited.read(path)),), wanted)
    try:
        with calamine.CalamineWorkbook.from_path(path) as workbook:
            return tuple(_sheet(workbook, name) for name in _wanted_names(workbook, wanted))
    except calamine.PasswordError as error:
        raise Encrypted from error
    except calamine.CalamineError as error:
        raise Unreadable from error


def _archive_kind(path: Path) -> str:
    """Tell xlsx from ods; Unsupported for XLSB, Unreadable for any other archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(80) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise Unreadable from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Unsupported
    if b"opendocument.spreadsheet" not in kind:
        raise Unreadable
    return "ods"


def _only(sheets: tuple[Sheet, ...], wanted: str | None) -> tuple[Sheet, ...]:
    if wanted is not None and wanted not in {sheet.name for sheet in sheets}:
        raise NoSheet(sheet=wanted, sheets=", ".join(sheet.name for sheet in sheets))
    return sheets


def _wanted_names(workbook: calamine.CalamineWorkbook, wanted: str | None) -> list[str]:
    """The named sheet, or every visible work sheet."""
    if wanted is not None:
        if wanted not in workbook.sheet_names:
            raise NoSheet(sheet=wanted, sheets=", ".join(workbook.sheet_names))
        return [wanted]
    return [
        found.name
        for found in workbook.sheets_metadata
        if found.typ is calamine.SheetTypeEnum.WorkSheet and found.visible is calamine.SheetVisibleEnum.Visible
    ]


def _sheet(workbook: calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height > inspection.ROWS:
        raise TooManyRows(limit=inspection.ROWS)
    if sheet.total_width > inspection.COLUMNS:
        raise TooManyColumns(limit=inspection.COLUMNS)
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    _fill(rows, sheet.merged_cell_ranges or ())
    return Sheet(name, rows)


def _fill(rows: list[list[Cell]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeat the first cell of every merged range in the blank cells it covers."""
    budget = inspection.AREA
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            covered = range(left, min(right + 1, len(row)))
            budget -= len(covered)
            if budget < 0:
                raise Bomb
            for column in covered:
                row[column] = value
