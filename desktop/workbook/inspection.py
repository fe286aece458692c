"""Looks into an archive before it is opened: how many entries, how much they unpack to, how far their cells reach.

calamine lays a sheet out as one dense block from its first filled cell to its last, so two cells far apart can take
gigabytes. What would do so is refused here, while bytes are counted as they are unpacked and before any is parsed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from desktop.workbook.errors import Bomb, Encrypted, Nested, TooManyColumns, TooManyRows, Unreadable

FILE_BYTES = 32 << 20
UNPACKED_BYTES = 192 << 20
ENTRIES = 2_000
RATIO = 150  # a sheet of one repeated row packs about 60:1
ROWS = 100_000
COLUMNS = 512
AREA = 3_000_000  # cells of the dense block, some 30 bytes each
TEXT_BYTES = 4_096  # a shared string longer than this is counted as if every cell held it

_CHUNK = 1 << 20
_SMALL = 1 << 20
_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
# the shape every office program writes: the address first, then short attributes; group 3 or 4 filled: a blank cell
_PLAIN_CELL = re.compile(
    rb"""<(?:\w{1,20}:)?c\s+r="([A-Z]{1,3})(\d{1,7})"(?:\s+[\w:]{1,20}="[^"<>]{0,40}"){0,8}\s*(/?)>\s*(</)?"""
)
_ANY_CELL = re.compile(
    rb"""<(?:\w{1,20}:)?c\s[^>]{0,400}?\br\s*=\s*["']([A-Z]{1,4})(\d{1,10})["'][^>]{0,400}(?<!/)>\s*()(?!</)()"""
)
# a cell tag that the pattern above could be led past: very long, or with a ">" inside quotes
_ODD_CELL = re.compile(rb"""<(?:\w{1,20}:)?c\s(?:[^<>]{400}|[^<>]{0,400}=\s*["'][^"'<>]{0,400}>)""")
# cells without an address stand in the row their row tag names
_BARE_CELL = re.compile(rb"""<(?:\w{1,20}:)?c(?:\s+(?!r\b)[\w:]{1,20}\s*=\s*["'][^"'<>]{0,400}["']){0,9}\s*>""")
_ROW = re.compile(rb"""<(?:\w{1,20}:)?row\s[^>]{0,400}?\br\s*=\s*["'](\d{1,10})["']""")
_LONG_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>[^<]{%d}" % TEXT_BYTES)
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ENCRYPTED_BIT = 0x1
_ODS_REPEAT = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_ODS_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def inspect(path: Path, kind: str) -> None:
    """Refuse an archive (`kind` xlsx or ods) that is a bomb, damaged, encrypted or too large; else say nothing.

    Raises Bomb, Nested, Encrypted, TooManyRows, TooManyColumns or Unreadable.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _weigh(entries)
            _unpack(archive, entries, kind)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        expat.ExpatError,
    ) as e:
        raise Unreadable from e


def _weigh(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory of the archive already tells."""
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise Bomb
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED_BIT:
            raise Encrypted
        if entry.file_size > _SMALL and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise Bomb


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], kind: str) -> None:
    """Count what really comes out of every entry and measure the sheets."""
    left = UNPACKED_BYTES
    long_texts = False
    cells = 0
    for entry in entries:
        name = entry.filename.lower()
        chunks = _chunks(archive, entry, left)
        if kind == "ods" and name == "content.xml":
            left -= _measure_ods(chunks)
        elif kind == "xlsx" and "sharedstrings" in name:
            size, found = _find_long_text(chunks)
            left -= size
            long_texts |= found
        elif kind == "xlsx" and name.endswith(".xml"):
            size, filled = _measure_xlsx(chunks)
            left -= size
            cells += filled
        else:
            left -= sum(len(chunk) for chunk in chunks)
    if long_texts and cells * TEXT_BYTES > UNPACKED_BYTES:
        raise Bomb


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    """The unpacked bytes in pieces; stops with Bomb when more than `left` come out."""
    with archive.open(entry) as stream:
        first = True
        while chunk := stream.read(_CHUNK):
            if first and chunk.startswith(_ARCHIVES):
                raise Nested
            first = False
            left -= len(chunk)
            if left < 0:
                raise Bomb
            yield chunk


class _XlsxPart:
    """Adds up one XML part of a workbook piece by piece."""

    def __init__(self) -> None:
        self.bytes = self.cells = self._bottom = self._right = 0
        self._rest = b""

    def take(self, chunk: bytes) -> None:
        """Look at the next piece; TooManyRows, TooManyColumns or Bomb when filled cells reach too far."""
        self.bytes += len(chunk)
        window = self._rest + chunk
        end = window.rfind(b">") + 1
        window, self._rest = window[:end], window[end:]
        if len(self._rest) > _CHUNK:
            raise Bomb
        found = _PLAIN_CELL.findall(window)
        if len(found) != len(_CELL.findall(window)):
            found = self._search(window)
        filled = [(column, row) for column, row, closed, ended in found if not closed and not ended]
        self.cells += len(filled)
        if filled:
            self._bottom = max(self._bottom, *(int(row) for _, row in filled))
            self._right = max(self._right, *(_column_number(column) for column in {column for column, _ in filled}))
        _refuse_reach(self._bottom, self._right)

    def _search(self, window: bytes) -> list[tuple[bytes, bytes, bytes, bytes]]:
        """The filled cells of a piece that is not written the usual way."""
        if _ODD_CELL.search(window):
            raise Bomb
        if _BARE_CELL.search(window):
            self._bottom = max(self._bottom, *map(int, _ROW.findall(window)), 0)
        return _ANY_CELL.findall(window)


def _measure_xlsx(chunks: Iterator[bytes]) -> tuple[int, int]:
    """Bytes and filled cells of one part."""
    part = _XlsxPart()
    for chunk in chunks:
        part.take(chunk)
    return part.bytes, part.cells


def _column_number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_reach(rows: int, columns: int) -> None:
    if rows > ROWS:
        raise TooManyRows(limit=ROWS)
    if columns > COLUMNS:
        raise TooManyColumns(limit=COLUMNS)
    if rows * columns > AREA:
        raise Bomb


def _find_long_text(chunks: Iterator[bytes]) -> tuple[int, bool]:
    """Bytes of the shared strings, and whether one of them is very long."""
    size = 0
    found = False
    tail = b""
    for chunk in chunks:
        size += len(chunk)
        found = found or _LONG_TEXT.search(tail + chunk) is not None
        tail = chunk[-2 * TEXT_BYTES :]
    return size, found


class _OdsSheet:
    """Follows the rows and cells of an ODS table with their repeat counts."""

    def __init__(self) -> None:
        self.rows = self.width = 0
        self._bottom = self._row_repeat = self._column = self._filled = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A table, row or cell begins."""
        tag = name.removeprefix(f"{_ODS_REPEAT} ")
        if tag == "table":
            self.rows = self.width = self._bottom = 0
        elif tag == "table-row":
            self._row_repeat = _repeat(attributes, "number-rows-repeated")
            self._column = self._filled = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += _repeat(attributes, "number-columns-repeated")
            if f"{_ODS_OFFICE} value-type" in attributes or "calcext value-type" in attributes:
                self._filled = self._column

    def end(self, name: str) -> None:
        """A row is complete: rows and cells after the last filled one are free."""
        if name != f"{_ODS_REPEAT} table-row":
            return
        self._bottom += self._row_repeat
        if self._filled:
            self.rows = self._bottom
            self.width = max(self.width, self._filled)
            _refuse_reach(self.rows, self.width)


def _repeat(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{_ODS_REPEAT} {name}", "1")
    return int(text) if text.isdecimal() and len(text) <= 9 else 10**9  # noqa: PLR2004 - no honest count is longer


def _measure_ods(chunks: Iterator[bytes]) -> int:
    """Bytes of the tables; TooManyRows, TooManyColumns or Bomb when their filled cells reach too far."""
    sheet = _OdsSheet()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    size = 0
    for chunk in chunks:
        size += len(chunk)
        parser.Parse(chunk)
    parser.Parse(b"", True)
    return size
