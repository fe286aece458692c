"""Binds small PDFs of our own making into one file, piece by piece, so that memory does not grow with the pages.

Reads only what reportlab wrote for `certificate`: numbered objects, one cross-reference table, no encryption.
ISO 32000-1, 7.3.10 (indirect objects), 7.5.4 (cross-reference table), 7.7.3 (page tree).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import IO

_REFERENCE = re.compile(rb"\b(\d{1,9}) 0 R\b")
_TRAILER = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_OFFSET = re.compile(rb"(\d{10}) 00000 n")
_LENGTH = re.compile(rb"/Length \d+")
_CATALOG, _PAGES, _INFO = 1, 2, 3
_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


class Binder:
    """Writes one PDF to an open file; `add` takes a PDF at a time, `close` ends it."""

    def __init__(self, file: IO[bytes], *, title: str) -> None:
        self._file = file
        self._offsets: dict[int, int] = {}
        self._trees: list[tuple[int, int]] = []  # page trees and their numbers of pages
        self._next = _INFO + 1
        self._position = 0
        self._digest = hashlib.sha256()
        self._write(_HEAD)
        catalog = (
            b"<< /Type /Catalog /Pages %d 0 R /Lang (id-ID)"
            b" /ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >> >>" % _PAGES
        )
        self._object(_CATALOG, catalog)
        self._object(_INFO, b"<< /Title %s /Producer (Payung) /Creator (Payung) >>" % _string(title))

    def add(self, document: bytes) -> None:
        """Take over every page of a PDF."""
        shift = self._next - 1
        for number, body in _objects(document):
            self._next = max(self._next, number + shift + 1)
            head, stream, data = body.partition(b"\nstream\n")
            head = _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + shift), head)
            if b"/Type /Catalog" in head or b"/CreationDate" in head:
                continue
            if pages := re.search(rb"/Count (\d+)[^/]*/Kids.*/Type /Pages\b", head, re.DOTALL):
                self._trees.append((number + shift, int(pages[1])))
                head = head.replace(b"/Type /Pages", b"/Type /Pages /Parent %d 0 R" % _PAGES, 1)
            self._object(number + shift, _packed(head, data) if stream else head)

    def close(self) -> int:
        """Write the page tree, the cross-reference table and the trailer; how many pages there are."""
        total = sum(count for _, count in self._trees)
        kids = b" ".join(b"%d 0 R" % tree for tree, _ in self._trees)
        self._object(_PAGES, b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (total, kids))
        start, identity = self._position, self._digest.hexdigest()[:32].encode()
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % self._next)
        for number in range(1, self._next):
            offset = self._offsets.get(number)
            self._write(b"0000000000 00000 f \n" if offset is None else b"%010d 00000 n \n" % offset)
        self._write(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s><%s>] >>\nstartxref\n%d\n%%%%EOF\n"
            % (self._next, _CATALOG, _INFO, identity, identity, start)
        )
        return total

    def _object(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._position += len(data)


def _objects(document: bytes) -> Iterator[tuple[int, bytes]]:
    """Every numbered object of a PDF without its frame of `obj` and `endobj`."""
    trailer = _TRAILER.search(document[-64:])
    assert trailer is not None
    start = int(trailer[1])
    offsets = [int(found[1]) for found in _OFFSET.finditer(document, start)]
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], start], strict=True))
    for number, offset in enumerate(offsets, start=1):
        whole = document[offset : ends[offset]]
        yield number, whole[whole.index(b"obj\n") + 4 : whole.rindex(b"endobj")].rstrip(b"\n")


def _packed(head: bytes, data: bytes) -> bytes:
    """A stream object, compressed unless it is already (7.3.8)."""
    data = data[: data.rindex(b"endstream")]
    if b"/Filter" not in head:
        data = zlib.compress(data)
        head = _LENGTH.sub(b"/Filter /FlateDecode /Length %d" % len(data), head, count=1)
    return b"%s\nstream\n%s\nendstream" % (head, data)


def _string(text: str) -> bytes:
    """A text string in UTF-16 (7.9.2.2), hexadecimal, so that nothing needs escaping."""
    return b"<%s>" % ("\ufeff" + text).encode("utf-16-be").hex().encode()
