"""Draws certificates on a canvas: what many have in common is drawn once, as a form; marks lie under the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.paper import card, layout, qr, sheet
from desktop.paper.arrangement import Arrangement, Box, Rule, Run
from desktop.paper.errors import CodeTooLong
from desktop.paper.sheet import Ink
from payung.certificate import Statement

Arrange: TypeAlias = Callable[[Statement, Box, str], Arrangement]

_MARGIN_X = 7 * mm
_MARGIN_Y = 5 * mm
_SINGLE_SCALE = 1.2
_CARD_EDGE = 6 * mm  # what desk printers leave white
_CARD_INSET = 1.5 * mm
_CARD_COLUMNS, _CARD_ROWS = 2, 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The sheet in points, the box of a certificate, its lower left corners, first place first, and how it is laid out.

    `cuts` are the lines along which the sheet is cut: x, y, x, y.
    """

    width: float
    height: float
    box: Box
    places: tuple[tuple[float, float], ...]
    cuts: tuple[tuple[float, float, float, float], ...]
    arrange: Arrange = layout.arrange


def frame(name: str, paper: str) -> Frame:
    """The frame of a layout on a paper of `sheet.PAPERS`."""
    width, height = sheet.PAPERS[paper]
    if name == "cards":
        return _cards(width, height)
    rows = 2 if name == "2up" else 1
    share = height / rows
    scale = 1.0 if rows > 1 else _SINGLE_SCALE
    box = Box(width - 2 * _MARGIN_X, share - 2 * _MARGIN_Y, scale, roomy=rows == 1)
    places = tuple((_MARGIN_X, height - share * (row + 1) + _MARGIN_Y) for row in range(rows))
    cuts = tuple((0.0, height * row / rows, width, height * row / rows) for row in range(1, rows))
    return Frame(width, height, box, places, cuts)


def _cards(width: float, height: float) -> Frame:
    wide, tall = (width - 2 * _CARD_EDGE) / _CARD_COLUMNS, (height - 2 * _CARD_EDGE) / _CARD_ROWS
    box = Box(wide - 2 * _CARD_INSET, tall - 2 * _CARD_INSET)
    places = tuple(
        (_CARD_EDGE + column * wide + _CARD_INSET, height - _CARD_EDGE - (row + 1) * tall + _CARD_INSET)
        for row in range(_CARD_ROWS)
        for column in range(_CARD_COLUMNS)
    )
    across = [(0.0, _CARD_EDGE + row * tall, width, _CARD_EDGE + row * tall) for row in range(_CARD_ROWS + 1)]
    down = [(x, 0.0, x, height) for x in (_CARD_EDGE + column * wide for column in range(_CARD_COLUMNS + 1))]
    return Frame(width, height, box, places, (*across, *down), card.arrange)


@dataclass(frozen=True, slots=True)
class Drawing:
    """One certificate to be drawn: what it says, its code, the mark under its text and the note below its title."""

    statement: Statement
    code: str
    mark: str = ""
    note: str = ""


class Press:
    """Draws certificates on one canvas, place after place."""

    def __init__(self, canvas: Canvas, frame: Frame) -> None:
        self._canvas = canvas
        self._frame = frame
        self._forms: dict[tuple[object, ...], str] = {}

    def sheets(self, drawings: Sequence[Drawing]) -> None:
        """All of them, each sheet with the lines to cut it along."""
        for number, one in enumerate(drawings):
            place = number % len(self._frame.places)
            if number and place == 0:
                self._canvas.showPage()
            if place == 0:
                self._cut_lines()
            self._print(one, self._frame.places[place])
        self._canvas.showPage()

    def _print(self, one: Drawing, place: tuple[float, float]) -> None:
        arrangement = self._frame.arrange(one.statement, self._frame.box, one.note)
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(*place)
        if one.mark:
            canvas.doForm(self._mark(one.mark, arrangement))
        for run in arrangement.runs:
            if run.own:
                _draw(canvas, run.items)
            else:
                canvas.doForm(self._form(run))
        self._code(one, arrangement)
        canvas.restoreState()

    def _form(self, run: Run) -> str:
        key = run.items
        if key not in self._forms:
            name = self._begin(key)
            _draw(self._canvas, run.items)
            self._canvas.endForm()
            return name
        return self._forms[key]

    def _begin(self, key: tuple[object, ...]) -> str:
        name = self._forms[key] = f"c{len(self._forms)}"
        self._canvas.beginForm(name, -1, -1, self._frame.box.width + 1, self._frame.box.height + 1)
        return name

    def _mark(self, mark: str, arrangement: Arrangement) -> str:
        """Across the whole, light enough for the text upon it, and nothing of it under the code."""
        key = (mark, arrangement.qr)
        if key in self._forms:
            return self._forms[key]
        name = self._begin(key)
        (x, y), quiet, canvas = arrangement.qr, 3 * mm, self._canvas
        size = min(0.9 * x / sheet.width(mark, sheet.STRONG, 1), 0.5 * self._frame.box.height)
        canvas.saveState()
        canvas.setFillGray(0.9)
        canvas.translate(x / 2, self._frame.box.height / 2)
        canvas.rotate(22)
        canvas.setFont(sheet.STRONG, size)
        canvas.drawCentredString(0, -size * 0.36, mark)
        canvas.restoreState()
        canvas.saveState()
        canvas.setFillGray(1)
        canvas.rect(x - quiet, y - quiet, arrangement.side + 2 * quiet, arrangement.side + 2 * quiet, stroke=0, fill=1)
        canvas.restoreState()
        canvas.endForm()
        return name

    def _code(self, one: Drawing, arrangement: Arrangement) -> None:
        operators = qr.mask(one.code)
        if operators is None:
            raise CodeTooLong(number=one.statement.number)
        x, y = arrangement.qr
        side = f"{arrangement.side:.3f}"
        self._canvas.addLiteral(f"q {side} 0 0 {side} {x:.3f} {y:.3f} cm {operators} Q")

    def _cut_lines(self) -> None:
        canvas = self._canvas
        canvas.setLineWidth(0.6)
        canvas.setDash(2, 4)
        for line in self._frame.cuts:
            canvas.line(*line)
        canvas.setDash()


def _draw(canvas: Canvas, items: Iterable[Ink | Rule]) -> None:
    for item in items:
        if isinstance(item, Rule):
            canvas.setLineWidth(item.weight)
            canvas.rect(item.x, item.y, item.width, item.height)
        else:
            canvas.setFont(item.face, item.size)
            canvas.drawString(item.x, item.y, item.text)
