"""Provisional certificates as a PDF: two, one or eight on a sheet, each with its signed code, and who signs for them.

What stands on them is decided in `payung.certificate`; numbers are allocated and the print recorded by the caller
before anything is written here. Text is drawn, never parsed; no name is in the file's properties or its own name.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from reportlab.pdfgen.canvas import Canvas

from desktop.paper import press, receipts, sheet
from desktop.paper.binder import Binder
from desktop.paper.press import Drawing, Frame, Press
from desktop.paper.receipts import ReceiptHead, ReceiptRow
from payung.certificate import Statement, texts

LAYOUTS = ("2up", "1up", "cards")
PER_SHEET = {"2up": 2, "1up": 1, "cards": 8}
WATERMARK = "CONTOH"
TITLE = "Tanda bukti pengusulan kepesertaan"
_PIECE = 200  # certificates drawn before they go to the file

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is printed: the statement, word for word, the text of its signed code ("PY1:…"), and its state's mark.

    `mark` lies large under the text ("BATAL"); practice is marked by itself. `copy` counts prints from 1.
    """

    statement: Statement
    code: str
    mark: str = ""
    copy: int = 1


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written; `sheets` of the pages bear certificates, the last ones are the list of receipts."""

    pages: int
    certificates: int
    sheets: int = 0


@dataclass(frozen=True, slots=True)
class Arranged:
    """How certificates are put on paper: layout (LAYOUTS), paper (sheet.PAPERS), a copy to keep, a list to sign.

    ValueError for a layout or paper that is not known.
    """

    layout: str = "2up"
    paper: str = "A4"
    archive: bool = False
    receipts: ReceiptHead | None = None

    def __post_init__(self) -> None:
        if self.layout not in LAYOUTS or self.paper not in sheet.PAPERS:
            raise ValueError("no such layout or paper")

    def sheets(self, certificates: int) -> int:
        """How many sheets bear so many certificates; the list of receipts comes on top."""
        return -(-certificates * (2 if self.archive else 1) // PER_SHEET[self.layout])

    def on_sheet(self, number: int, certificates: int) -> range:
        """Which certificates, counted from 0, stand on sheet `number`, counted from 0."""
        each, places = (2 if self.archive else 1), PER_SHEET[self.layout]
        first, last = number * places // each, -(-(number + 1) * places // each)
        return range(first, min(last, certificates))


def write(
    path: Path,
    certificates: Iterable[Certificate],
    arranged: Arranged | None = None,
    *,
    progress: Progress | None = None,
) -> Written:
    """Write the certificates in their order to `path`, whole or not at all (written apart, synced, renamed).

    Equal certificates give equal bytes. Memory does not grow with their number. `progress` is told how many are done.
    Raises TooLong, CodeTooLong, OSError.
    """
    handle, temporary = tempfile.mkstemp(prefix=".payung-", suffix=".pdf", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            written = bind(file, certificates, arranged or Arranged(), progress=progress)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return written


def bind(
    file: IO[bytes], certificates: Iterable[Certificate], arranged: Arranged, *, progress: Progress | None = None
) -> Written:
    """The same into an open file: nothing of it touches the disk unless the file does. Raises as `write`."""
    binder, frame = Binder(file, title=TITLE), press.frame(arranged.layout, arranged.paper)
    count, rows, marks = 0, list[ReceiptRow](), set[str]()
    each = 2 if arranged.archive else 1
    for piece in _pieces(iter(certificates)):
        binder.add(_draw([one for certificate in piece for one in _drawings(certificate, arranged)], frame))
        count += len(piece)
        if arranged.receipts:
            rows += [receipts.row(one.statement) for one in piece]
            marks |= {_mark(one) for one in piece}
        if progress:
            progress(count)
    if arranged.receipts and rows:
        mark = marks.pop() if len(marks) == 1 else ""
        binder.add(receipts.pdf(arranged.receipts, rows, paper=arranged.paper, mark=mark))
    assert _PIECE * each % len(frame.places) == 0, "a piece ends where a sheet ends"
    return Written(binder.close(), count, arranged.sheets(count))


def _drawings(certificate: Certificate, arranged: Arranged) -> Iterator[Drawing]:
    """The officer's paper, and the one that is kept."""
    words, mark = texts(), _mark(certificate)
    again = words["note.copy"].format(copy=certificate.copy) if certificate.copy > 1 else ""
    yield Drawing(certificate.statement, certificate.code, mark, again)
    if arranged.archive:
        note = " · ".join(filter(None, (words["note.archive"], again)))
        yield Drawing(certificate.statement, certificate.code, mark, note)


def _mark(certificate: Certificate) -> str:
    return certificate.mark or (WATERMARK if certificate.statement.practice else "")


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where folders can be synced (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _pieces(certificates: Iterator[Certificate]) -> Iterator[Sequence[Certificate]]:
    while piece := tuple(islice(certificates, _PIECE)):
        yield piece


def _draw(drawings: Sequence[Drawing], frame: Frame) -> bytes:
    """A PDF of these certificates."""
    sheet.register()
    buffer = io.BytesIO()
    initial: Any = sheet.PLAIN  # typed as a number in types-reportlab
    size = (frame.width, frame.height)
    canvas = Canvas(buffer, pagesize=size, pageCompression=0, invariant=1, initialFontName=initial)
    Press(canvas, frame).sheets(drawings)
    canvas.save()
    return buffer.getvalue()
