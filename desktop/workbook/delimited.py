"""Tables in plain text: comma, semicolon or tab, with or without a byte order mark, UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from desktop.workbook import inspection
from desktop.workbook.cells import Cell
from desktop.workbook.errors import Bomb, TooManyColumns, TooManyRows, Unreadable, Unsupported

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 60
_MARKUP = ("<!doctype", "<html", "<table", "<?xml", "<?mso", "mime-version:")


def read(path: Path) -> list[list[Cell]]:
    """The rows of a text table, all cells text; Unreadable, Unsupported or TooManyRows when it is none we take."""
    return rows_of(_decode(path.read_bytes()))


def rows_of(text: str) -> list[list[Cell]]:
    """The rows of a table given as text, from a file or copied from a spreadsheet."""
    if text.lstrip()[:20].lower().startswith(_MARKUP):
        raise Unsupported
    text, delimiter = _explicit_delimiter(text)
    try:
        rows = _rows(text, delimiter or _sniff(text))
    except csv.Error as error:
        raise Unreadable from error
    return rows


def _decode(raw: bytes) -> str:
    """Text from bytes as Excel, LibreOffice or an editor wrote them; Unreadable when the bytes are no text."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable from error
    if b"\0" in raw or raw.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Unreadable
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _explicit_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, which it does not count as a row."""
    first, _, rest = text.partition("\n")
    if first.strip().lower()[:4] == "sep=" and len(first.rstrip("\r\n")) == len("sep=;"):
        return rest, first.rstrip("\r\n")[-1]
    return text, ""


def _sniff(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells, the more cells the better."""
    sample = text[: 1 << 16]

    def regularity(delimiter: str) -> int:
        rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS)
        counts = Counter(len(row) for row in rows if len(row) > 1)
        return max((width * rows for width, rows in counts.items()), default=0)

    return max(_DELIMITERS, key=regularity)


def _rows(text: str, delimiter: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    area = 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if len(rows) >= inspection.ROWS:
            raise TooManyRows(limit=inspection.ROWS)
        if len(row) > inspection.COLUMNS:
            raise TooManyColumns(limit=inspection.COLUMNS)
        area += len(row)
        if area > inspection.AREA:
            raise Bomb
        rows.append([*row])
    return rows
