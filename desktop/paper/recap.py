"""The recapitulation on paper: one table for each kind of place, sums, and where it is signed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, LongTable, SimpleDocTemplate, Spacer, Table

from desktop.paper import sheet
from desktop.paper.sheet import MEDIUM, PLAIN, STRONG
from payung import recap
from payung.recap import Part, Recap, Row

_MARGIN = 15 * mm
_FOOT = 9 * mm
_FRAME = 6.0  # points that reportlab keeps free around a page's content
_SIZE, _LEADING = 9.0, 11.5
_NUMBER, _COUNT = 11 * mm, 20 * mm
_Style = list[tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]]
_GREY = colors.Color(0.88, 0.88, 0.88)


def write(path: Path, made: Recap, *, paper: str = "A4") -> int:
    """Write the recapitulation to `path`, whole or not at all; the number of pages. Raises OSError."""
    sheet.register()
    handle, temporary = tempfile.mkstemp(prefix=".payung-", suffix=".pdf", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            pages = _Book(made, sheet.PAPERS[paper]).bind(file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return pages


class _Book:
    """Head, tables and the signatures, which stand together on the last page."""

    def __init__(self, made: Recap, size: tuple[float, float]) -> None:
        self._made, self._size = made, size
        self._room = size[0] - 2 * _MARGIN - 2 * _FRAME

    def bind(self, file: Any) -> int:  # noqa: ANN401  any open binary file
        """Lay it out into the file."""
        words = recap.texts()
        document = SimpleDocTemplate(
            file,
            pagesize=self._size,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN,
            bottomMargin=_MARGIN + _FOOT,
            title=words["title"],
            creator="Payung",
            invariant=1,
            initialFontName=PLAIN,
        )
        document.build(
            [*self._head(), *self._tables(), self._signatures()], canvasmaker=_numbered(self._made, self._size[0])
        )
        return int(document.page)

    def _head(self) -> Iterator[Any]:
        words, made = recap.texts(), self._made
        lines = [
            (words["title"], STRONG, 15),
            (words["subtitle"], PLAIN, 10),
            (f"{made.event} · {made.where}", MEDIUM, 11),
        ]
        if made.practice:
            lines.append((words["practice"], STRONG, 11))
        for text, face, size in lines:
            yield self._words(text, face, size)
        yield Spacer(1, 4 * mm)

    def _words(self, text: str, face: str, size: float) -> Table:
        """A paragraph of plain text: drawn, never parsed."""
        shown = "\n".join(sheet.wrapped(text, face, size, self._room))
        style: _Style = [("FONT", (0, 0), (-1, -1), face, size, size * 1.25), *_NO_PADDING]
        return Table([[shown]], colWidths=[self._room], style=style)

    def _tables(self) -> Iterator[Any]:
        for part in self._made.parts:
            yield self._words(part.title, STRONG, 11)
            yield Spacer(1, 1.5 * mm)
            yield self._table(part)
            yield Spacer(1, 5 * mm)
        yield self._words(recap.texts()["note"], PLAIN, 8.5)
        yield Spacer(1, 8 * mm)

    def _table(self, part: Part) -> LongTable:
        words = recap.texts()
        width = min(_COUNT, (self._room - _NUMBER - 45 * mm) / (len(part.bodies) + 3))
        place = self._room - _NUMBER - width * (len(part.bodies) + 3)
        ends = [words["column.filled"], words["column.sent"], words["column.printed"]]
        head = [words["column.number"], words["column.place"], *part.bodies, *ends]
        head = ["\n".join(sheet.wrapped(text, STRONG, _SIZE - 1, width - 6)) for text in head]
        rows = [_cells(str(number), row, place) for number, row in enumerate(part.rows, start=1)]
        table = LongTable(
            [head, *rows, _cells("", part.sum, place)],
            colWidths=[_NUMBER, place, *[width] * (len(part.bodies) + 3)],
            repeatRows=1,
            style=[
                ("FONT", (0, 0), (-1, -1), PLAIN, _SIZE, _LEADING),
                ("FONT", (0, 0), (-1, 0), STRONG, _SIZE - 1, _LEADING - 1),
                ("FONT", (0, -1), (-1, -1), STRONG, _SIZE, _LEADING),
                ("BACKGROUND", (0, 0), (-1, 0), _GREY),
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("ALIGN", (2, 0), (-1, -1), "CENTER"),
                ("ALIGN", (0, 0), (0, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                *((name, (0, 0), (-1, -1), 2.5) for name in ("TOPPADDING", "BOTTOMPADDING")),
                *((name, (0, 0), (-1, -1), 3) for name in ("LEFTPADDING", "RIGHTPADDING")),
            ],
        )
        table.hAlign = "LEFT"
        return table

    def _signatures(self) -> KeepTogether:
        words, half = recap.texts(), self._room / 2
        date = words["signature.date"].format(place=self._made.town)
        rows = [
            ["", date],
            [words["signature.maker"], words["signature.head"]],
            ["", ""],
            [words["signature.line"]] * 2,
        ]
        style: _Style = [
            ("FONT", (0, 0), (-1, -1), PLAIN, 10, 13),
            ("ALIGN", (0, 0), (-1, -1), "CENTER"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
        return KeepTogether([Table(rows, colWidths=[half, half], rowHeights=[None, None, 20 * mm, None], style=style)])


_NO_PADDING: _Style = [
    (name, (0, 0), (-1, -1), amount)
    for name, amount in (("LEFTPADDING", 0), ("RIGHTPADDING", 0), ("TOPPADDING", 0), ("BOTTOMPADDING", 2))
]


def _cells(number: str, row: Row, room: float) -> list[str]:
    place = "\n".join(sheet.wrapped(row.place, PLAIN, _SIZE, room - 8))
    filled = recap.seats(row.filled, row.total or None)
    return [number, place, *row.bodies, filled, str(row.sent), str(row.printed)]


def _numbered(made: Recap, width: float) -> type[Canvas]:
    """A canvas that knows at the end how many pages there are, and writes it at the foot of each."""
    words = recap.texts()
    left = words["made"].format(moment=made.moment, tag=made.tag)

    class Numbered(Canvas):
        def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  reportlab's own
            super().__init__(*arguments, **named)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for number, page in enumerate(self._kept, start=1):
                self.__dict__.update(page)
                self.setFont(PLAIN, 8)
                self.drawString(_MARGIN + _FRAME, _MARGIN, left)
                said = words["page"].format(page=number, pages=len(self._kept))
                self.drawRightString(width - _MARGIN - _FRAME, _MARGIN, said)
                super().showPage()
            super().save()

    return Numbered
