"""Where everything on a certificate stands: a header, labelled lines beside the QR code, what must be said, what to do.

Main text is never below 10 points at first; only where long names leave no room is it set smaller, never below 8, and
what still does not fit is an error: nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from reportlab.lib.units import mm

from desktop.paper.arrangement import Arrangement, Box, Flow, Rule
from desktop.paper.errors import TooLong
from desktop.paper.sheet import MEDIUM, PLAIN, STRONG, Ink, width, wrapped
from payung.certificate import Line, Statement, texts

QR_SIDE = 45 * mm  # the symbol without its quiet zone
_QR_QUIET = 3 * mm
_PAD = 4.5 * mm
_MOST_AIR = 4.0  # points between rows, at most
_TITLE = 13.0
_SMALLEST = 8.0
_ROWS = (
    ("name",),
    ("nik", "post"),
    ("body",),
    ("tps", "village"),
    ("kecamatan", "kabupaten"),
    ("institution",),
    ("decree",),
    ("decree_date",),
    ("term",),
    ("programmes",),
    ("wage_base",),
    ("kpj",),
)
_BESIDE_QR = ("printed", "copy", "device")
_OWN = frozenset({"name", "nik", "post", "tps", "printed", "copy"})  # what differs from officer to officer


@dataclass(frozen=True, slots=True)
class _Step:
    """Sizes in points: values, their line height, the air between rows, small print."""

    size: float
    leading: float
    air: float
    small: float


_STEPS = (
    _Step(10, 12.4, 2.4, 8.5),
    _Step(10, 12.2, 0.9, 8.5),
    _Step(10, 11.8, 0.0, 8.0),
    _Step(9, 10.6, 0.2, 8.0),
    _Step(8, 9.4, 0.0, 8.0),
)


def arrange(statement: Statement, box: Box, note: str = "") -> Arrangement:
    """Lay a certificate out, `note` below its title; TooLong when it does not fit even in the smallest print."""
    for step in _STEPS:
        tried = _Page(statement, box, step, note)
        if tried.left >= 0:
            air = min(tried.left / tried.rows, _MOST_AIR - step.air)
            return _Page(statement, box, replace(step, air=step.air + air), note, Flow()).arrangement()
    raise TooLong(number=statement.number)


_Blocks: TypeAlias = list[Iterable[Ink | Rule]]


class _Page:
    """One attempt with one step of sizes, drawn into a flow or only measured (`left`, `rows`).

    The origin is the lower left corner of the box, y grows upwards. Lines come as generators: nothing is made of them
    when the page is only measured.
    """

    def __init__(self, statement: Statement, box: Box, step: _Step, note: str, flow: Flow | None = None) -> None:
        self._flow = flow
        self._statement, self._note = statement, note
        self._box = box
        self._scale = box.scale
        self._step = step
        self._pad = _PAD * min(box.scale, 1.3)
        self._left = self._pad
        self._right = box.width - self._pad
        self._rows_width = self._right - self._left - QR_SIDE - 2 * _QR_QUIET
        top = box.height - self._pad
        foot: _Blocks = []
        bottom = self._foot(self._pad, foot)
        self._put((Rule(0, 0, box.width, box.height, 1.4), Rule(3, 3, box.width - 6, box.height - 6, 0.4)))
        self._qr = (self._right - QR_SIDE - _QR_QUIET / 2, top - _QR_QUIET / 2 - QR_SIDE)
        self.rows = 0
        rows_end = self._rows(self._header(top))
        beside = self._beside_qr(self._qr[1] - _QR_QUIET)
        self.left = min(rows_end, beside) - bottom  # points between what hangs from the top and what stands below
        self.left = rows_end - bottom if self.left >= 0 else self.left
        for block in reversed(foot):  # it was built from the bottom up
            self._put(block)

    def arrangement(self) -> Arrangement:
        """What was laid out."""
        assert self._flow is not None
        return Arrangement(self._flow.runs(), self._qr, QR_SIDE)

    def _put(self, items: Iterable[Ink | Rule]) -> None:
        if self._flow is not None:
            self._flow.put(items)

    def _put_own(self, inks: Iterable[Ink]) -> None:
        if self._flow is not None:
            self._flow.put(inks, own=True)

    def _header(self, top: float) -> float:
        """Title, programmes and, for practice, that it is no document; the rule below. The y of what follows."""
        size = _TITLE * self._scale
        room = self._rows_width
        size = min(size, size * room / width(self._statement.title, STRONG, size))
        y = top - size * 0.8
        self._put(_stack((self._statement.title,), self._left, y, STRONG, size, 0))
        for text, face in ((self._statement.programmes, PLAIN), (self._statement.practice, STRONG)):
            for line in wrapped(text, face, 10 * self._scale, room) if text else ():
                y -= 13.0 * self._scale
                self._put(_stack((line,), self._left, y, face, 10 * self._scale, 0))
        if self._note:
            y -= 13.0 * self._scale
            self._put_own(_stack((self._note,), self._left, y, STRONG, 10 * self._scale, 0))
        y -= 6 * self._scale
        self._put((Rule(self._left, y, room, 0, 0.8),))
        return y - 4 * self._scale

    def _rows(self, top: float) -> float:
        """The labelled lines, row by row; the y below the last."""
        lines = {line.key: line for line in self._statement.lines}
        y = top
        rows = [(key,) for row in _ROWS for key in row] if self._box.roomy else _ROWS
        for keys in rows:
            present = [lines[key] for key in keys if key in lines]
            if present:
                y = self._row(present, y)
        status = f"{self._statement.status}: {self._statement.status_meaning}"
        return self._row([Line("status", _label("status"), status)], y)

    def _row(self, lines: Sequence[Line], top: float) -> float:
        """One row of one or two labelled values; as high as its tallest."""
        self.rows += 1
        step, scale = self._step, self._scale
        half = self._rows_width * 0.52
        lowest = top
        for place, line in enumerate(lines):
            x = self._left + place * half
            label_width = (0.31 if place == 0 else 0.2) * self._rows_width
            room = (half if len(lines) > 1 and place == 0 else self._rows_width - place * half) - label_width - 4
            size = step.size * scale * (1.2 if line.key == "name" else 1.0)
            face = STRONG if line.key in {"name", "nik", "post"} else MEDIUM
            base = top - size
            labels = wrapped(line.label, PLAIN, (step.size - 1) * scale, label_width - 3)
            values = wrapped(line.value, face, size, room)
            leading = step.leading * scale * (size / (step.size * scale))
            self._put(_stack(labels, x, base, PLAIN, (step.size - 1) * scale, step.leading * scale))
            put = self._put_own if line.key in _OWN else self._put
            put(_stack(values, x + label_width, base, face, size, leading))
            deepest = base - max((len(labels) - 1) * step.leading * scale, (len(values) - 1) * leading)
            lowest = min(lowest, deepest - (step.leading - step.size) * scale)
        return lowest - step.air * scale

    def _beside_qr(self, top: float) -> float:
        """The number to be typed and the facts of the printing, centred below the QR code."""
        lines = {line.key: line for line in self._statement.lines}
        middle = self._qr[0] + QR_SIDE / 2
        size = 12 * min(self._scale, 1.2)
        y = top - size
        self._put_own(_centred((self._statement.number,), middle, y, STRONG, size, 0))
        small, leading, room = self._step.small, self._step.small * 1.2, QR_SIDE + _QR_QUIET
        for key in _BESIDE_QR:
            if key in lines:
                parts = wrapped(f"{lines[key].label} {lines[key].value}", PLAIN, small, room)
                put = self._put_own if key in _OWN else self._put
                put(_centred(parts, middle, y - leading, PLAIN, small, leading))
                y -= len(parts) * leading
        parts = wrapped(self._statement.check, PLAIN, _SMALLEST, room)
        self._put(_centred(parts, middle, y - leading, PLAIN, _SMALLEST, leading))
        return y - len(parts) * leading - 3

    def _foot(self, bottom: float, blocks: _Blocks) -> float:
        """From the bottom up: small print, contacts, what to do after an accident, the disclaimer. The y above them."""
        said, scale = self._statement, self._scale
        small = f"{said.other_benefit} {said.superseded}"
        y = self._up(small, bottom, PLAIN, _SMALLEST * scale, blocks) + 2 * scale
        for contact in (said.office, said.contact):
            y = self._up(contact, y, MEDIUM, self._step.small * scale, blocks)
        y = self._incident(y + 3 * scale, blocks)
        y += 4 * scale
        return self._disclaimer(y, blocks)

    def _up(self, text: str, bottom: float, face: str, size: float, blocks: _Blocks) -> float:
        """Set a paragraph over the full width upon `bottom`; the y above it."""
        leading = size * 1.24
        lines = wrapped(text, face, size, self._right - self._left)
        top = bottom + len(lines) * leading
        blocks.append(_stack(lines, self._left, top - size, face, size, leading))
        return top

    def _incident(self, bottom: float, blocks: _Blocks) -> float:
        """The steps after an accident in two columns, numbered; the y above their title."""
        scale = self._scale
        size, leading, gap = self._step.small * scale, self._step.small * 1.2 * scale, 5 * mm
        column = (self._right - self._left - gap) / 2
        indent = width("4. ", STRONG, size)
        steps = [wrapped(step, PLAIN, size, column - indent) for step in self._statement.incident]
        cut = (len(steps) + 1) // 2
        halves = [list(enumerate(steps, start=1))[:cut], list(enumerate(steps, start=1))[cut:]]
        height = max(sum(len(lines) for _, lines in half) for half in halves) * leading
        title = bottom + height + 3 * scale
        head = _stack((self._statement.incident_title,), self._left, title, STRONG, 10 * scale, 0)
        lefts = (self._left, self._left + column + gap)
        blocks.append(
            chain(head, *(_numbered(half, x, bottom + height, size) for x, half in zip(lefts, halves, strict=True)))
        )
        return title + 11 * scale

    def _disclaimer(self, bottom: float, blocks: _Blocks) -> float:
        """What the paper is not, in a frame; the y above it."""
        scale, air = self._scale, 4 * self._scale
        room = self._right - self._left - 2 * air
        lines = wrapped(self._statement.disclaimer, STRONG, 10 * scale, room)
        height = len(lines) * 12.4 * scale + 2 * air - 2 * scale
        frame = Rule(self._left, bottom, self._right - self._left, height, 0.8)
        inks = _stack(lines, self._left + air, bottom + height - air - 8 * scale, STRONG, 10 * scale, 12.4 * scale)
        blocks.append(chain((frame,), inks))
        return bottom + height + 3 * scale


def _numbered(steps: Iterable[tuple[int, Sequence[str]]], x: float, top: float, size: float) -> Iterator[Ink]:
    """Steps below each other, each with its number."""
    leading, indent = size * 1.2, width("4. ", STRONG, size)
    for number, lines in steps:
        yield Ink(x, top - size, STRONG, size, f"{number}.")
        yield from _stack(lines, x + indent, top - size, PLAIN, size, leading)
        top -= len(lines) * leading


def _label(key: str) -> str:
    return texts()[f"label.{key}"]


def _stack(lines: Sequence[str], x: float, base: float, face: str, size: float, leading: float) -> Iterator[Ink]:
    """Lines below each other from the first base line down."""
    return (Ink(x, base - number * leading, face, size, line) for number, line in enumerate(lines))


def _centred(lines: Sequence[str], middle: float, base: float, face: str, size: float, leading: float) -> Iterator[Ink]:
    """Lines below each other, each with its middle at `middle`."""
    for number, line in enumerate(lines):
        yield Ink(middle - width(line, face, size) / 2, base - number * leading, face, size, line)
