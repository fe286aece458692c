"""Provisional certificates as a PDF: two or one on a sheet, each with its signed code.

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
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.paper import layout, qr, sheet
from desktop.paper.binder import Binder
from desktop.paper.errors import CodeTooLong
from desktop.paper.layout import Arrangement, Box, Rule
from desktop.paper.sheet import Ink
from payung.certificate import Statement

LAYOUTS = ("2up", "1up")
WATERMARK = "CONTOH"
_PIECE = 200  # certificates drawn before they go to the file
_MARGIN_X = 7 * mm
_MARGIN_Y = 5 * mm
_SINGLE_SCALE = 1.2

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is printed: the statement, word for word, and the text of its signed code ("PY1:…")."""

    statement: Statement
    code: str


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    pages: int
    certificates: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """The sheet in points, the box of a certificate and where its lower left corners are, first place first."""

    width: float
    height: float
    box: Box
    places: tuple[tuple[float, float], ...]


def write(
    path: Path,
    certificates: Iterable[Certificate],
    *,
    layout: str = "2up",
    paper: str = "A4",
    progress: Progress | None = None,
) -> Written:
    """Write the certificates in their order to `path`, whole or not at all (written apart, synced, renamed).

    `layout` is one of LAYOUTS, `paper` one of sheet.PAPERS, else ValueError. Equal certificates give equal bytes.
    Memory does not grow with their number. `progress` is told how many are done. Raises TooLong, CodeTooLong, OSError.
    """
    frame = _frame(layout, paper)
    handle, temporary = tempfile.mkstemp(prefix=".payung-", suffix=".pdf", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            written = _bind(Binder(file, title="Tanda bukti pengusulan kepesertaan"), certificates, frame, progress)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return written


def _frame(layout: str, paper: str) -> _Frame:
    if layout not in LAYOUTS or paper not in sheet.PAPERS:
        raise ValueError("no such layout or paper")
    width, height = sheet.PAPERS[paper]
    rows = 2 if layout == "2up" else 1
    share = height / rows
    scale = 1.0 if rows > 1 else _SINGLE_SCALE
    box = Box(width - 2 * _MARGIN_X, share - 2 * _MARGIN_Y, scale, roomy=rows == 1)
    places = tuple((_MARGIN_X, height - share * (row + 1) + _MARGIN_Y) for row in range(rows))
    return _Frame(width, height, box, places)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where folders can be synced (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _bind(binder: Binder, certificates: Iterable[Certificate], frame: _Frame, progress: Progress | None) -> Written:
    count = 0
    for piece in _pieces(iter(certificates)):
        binder.add(_draw(piece, frame))
        count += len(piece)
        if progress:
            progress(count)
    return Written(binder.close(), count)


def _pieces(certificates: Iterator[Certificate]) -> Iterator[Sequence[Certificate]]:
    while piece := tuple(islice(certificates, _PIECE)):
        yield piece


def _draw(certificates: Sequence[Certificate], frame: _Frame) -> bytes:
    """A PDF of these certificates."""
    sheet.register()
    buffer = io.BytesIO()
    initial: Any = sheet.PLAIN  # typed as a number in types-reportlab
    size = (frame.width, frame.height)
    canvas = Canvas(buffer, pagesize=size, pageCompression=0, invariant=1, initialFontName=initial)
    press = _Press(canvas, frame)
    for number, certificate in enumerate(certificates):
        place = number % len(frame.places)
        if number and place == 0:
            canvas.showPage()
        if place == 0:
            _cut_lines(canvas, frame)
        press.print(certificate, frame.places[place])
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Press:
    """Draws certificates on one canvas; what many have in common is drawn once, as a form."""

    def __init__(self, canvas: Canvas, frame: _Frame) -> None:
        self._canvas = canvas
        self._frame = frame
        self._forms: dict[tuple[object, ...], str] = {}

    def print(self, certificate: Certificate, place: tuple[float, float]) -> None:
        """Draw one certificate with its lower left corner at `place`."""
        arrangement = layout.arrange(certificate.statement, self._frame.box)
        form = self._form(arrangement, practice=bool(certificate.statement.practice))
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(*place)
        canvas.doForm(form)
        _write_lines(canvas, arrangement.own)
        self._code(certificate, arrangement)
        canvas.restoreState()

    def _form(self, arrangement: Arrangement, *, practice: bool) -> str:
        key = (arrangement.shared, practice)
        if key not in self._forms:
            name = self._forms[key] = f"c{len(self._forms)}"
            canvas, box = self._canvas, self._frame.box
            canvas.beginForm(name, -1, -1, box.width + 1, box.height + 1)
            if practice:
                _watermark(canvas, box, arrangement.qr)
            for rule in (item for item in arrangement.shared if isinstance(item, Rule)):
                canvas.setLineWidth(rule.weight)
                canvas.rect(rule.x, rule.y, rule.width, rule.height)
            _write_lines(canvas, [item for item in arrangement.shared if isinstance(item, Ink)])
            canvas.endForm()
        return self._forms[key]

    def _code(self, certificate: Certificate, arrangement: Arrangement) -> None:
        operators = qr.mask(certificate.code)
        if operators is None:
            raise CodeTooLong(number=certificate.statement.number)
        x, y = arrangement.qr
        side = f"{layout.QR_SIDE:.3f}"
        self._canvas.addLiteral(f"q {side} 0 0 {side} {x:.3f} {y:.3f} cm {operators} Q")


def _write_lines(canvas: Canvas, inks: Iterable[Ink]) -> None:
    for ink in inks:
        canvas.setFont(ink.face, ink.size)
        canvas.drawString(ink.x, ink.y, ink.text)


def _cut_lines(canvas: Canvas, frame: _Frame) -> None:
    """Dashes between the certificates of a sheet."""
    canvas.setLineWidth(0.6)
    canvas.setDash(2, 4)
    for row in range(1, len(frame.places)):
        y = frame.height * row / len(frame.places)
        canvas.line(0, y, frame.width, y)
    canvas.setDash()


def _watermark(canvas: Canvas, box: Box, qr_corner: tuple[float, float]) -> None:
    """Across the whole, light enough for the text upon it, and nothing of it under the code."""
    x, y = qr_corner
    quiet = 3 * mm
    size = 0.9 * x / sheet.width(WATERMARK, sheet.STRONG, 1)
    canvas.saveState()
    canvas.setFillGray(0.9)
    canvas.translate(x / 2, box.height / 2)
    canvas.rotate(22)
    canvas.setFont(sheet.STRONG, size)
    canvas.drawCentredString(0, -size * 0.36, WATERMARK)
    canvas.restoreState()
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(x - quiet, y - quiet, layout.QR_SIDE + 2 * quiet, layout.QR_SIDE + 2 * quiet, stroke=0, fill=1)
    canvas.restoreState()
