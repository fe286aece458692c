"""Where everything on a card stands: eight on a sheet, to be carried in a purse beside the KTP.

A card says what the full certificate says first: who, where, how far it has come, and that it is no proof of cover.
Text is 8 points for the name and 7 for the rest at first, never below 6; nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportlab.lib.units import mm

from desktop.paper.arrangement import Arrangement, Box, Flow, Rule
from desktop.paper.errors import TooLong
from desktop.paper.sheet import MEDIUM, PLAIN, STRONG, Ink, width, wrapped
from payung.certificate import Line, Statement, texts

QR_SIDE = 36 * mm  # the symbol without its quiet zone: 0.40 mm a module
_QR_QUIET = 2 * mm
_PAD = 6.0
_NUMBER = 9.0
_PLACES = (("tps", "village"), ("kecamatan", "kabupaten"))
_OWN_ROWS, _SHARED_ROWS = ("nik", "post"), ("term", "kpj")


@dataclass(frozen=True, slots=True)
class _Step:
    """Sizes in points: title, name, everything else, small print."""

    title: float
    name: float
    size: float
    small: float


_STEPS = (_Step(7.5, 9, 7, 6.2), _Step(7, 8, 6.6, 6), _Step(6.5, 7, 6, 6), _Step(6, 6.2, 6, 6))


def arrange(statement: Statement, box: Box, note: str = "") -> Arrangement:
    """Lay a card out, `note` below its title; TooLong when it does not fit even in the smallest print."""
    for step in _STEPS:
        card = _Card(statement, box, step, note)
        if card.left >= 0:
            return Arrangement(card.flow.runs(), card.qr, QR_SIDE)
    raise TooLong(number=statement.number)


class _Card:
    """One attempt; `left` is the room between what hangs from the top and what stands below, in points."""

    def __init__(self, statement: Statement, box: Box, step: _Step, note: str) -> None:
        self.flow = Flow()
        self._said, self._box, self._step, self._note = statement, box, step, note
        self._right = box.width - _PAD
        self._room = self._right - _PAD - QR_SIDE - 2 * _QR_QUIET
        top = box.height - _PAD
        self.flow.put((Rule(0, 0, box.width, box.height, 0.8),))
        y = self._paragraph(statement.title, top, STRONG, step.title, room=self._right - _PAD) - 2
        self.qr = (self._right - QR_SIDE, y - QR_SIDE)
        number = self.qr[1] - _QR_QUIET - _NUMBER
        y = self._facts(self._head(y))
        self._number(number)
        self.left = min(y, number - 2) - self._foot()

    def _head(self, y: float) -> float:
        for text in filter(None, (self._said.practice, self._note)):
            y = self._paragraph(text, y, STRONG, self._step.title, own=text == self._note)
        return y

    def _facts(self, y: float) -> float:
        size = self._step.size
        lines = {line.key: line for line in self._said.lines}
        y = self._paragraph(lines["name"].value, y, STRONG, self._step.name, own=True) - 1
        for key in _OWN_ROWS:
            y = self._paragraph(_worded(lines[key]), y, MEDIUM, size, own=True)
        for keys in _PLACES:
            place = ", ".join(lines[key].value for key in keys if key in lines)
            y = self._paragraph(place, y, MEDIUM, size, own="tps" in keys)
        for key in _SHARED_ROWS:
            y = self._paragraph(_worded(lines[key]), y, PLAIN, size)
        y = self._paragraph(f"{texts()['label.status']}: {self._said.status}", y, STRONG, size)
        printed = "; ".join(_worded(lines[key]) for key in ("printed", "copy"))
        return self._paragraph(printed, y, PLAIN, self._step.small, own=True)

    def _paragraph(
        self, text: str, y: float, face: str, size: float, *, own: bool = False, room: float | None = None
    ) -> float:
        """Set a paragraph from the top down, beside the code unless `room` says more; the y below it."""
        lines = wrapped(text, face, size, room or self._room) if text else ()
        self.flow.put(_stack(lines, _PAD, y - size, face, size), own=own)
        return y - len(lines) * size * 1.22

    def _number(self, base: float) -> None:
        """The number to be typed, centred below the code."""
        number, middle = self._said.number, self.qr[0] + QR_SIDE / 2
        self.flow.put((Ink(middle - width(number, STRONG, _NUMBER) / 2, base, STRONG, _NUMBER, number),), own=True)

    def _foot(self) -> float:
        """What the paper is not, and whom to call, over the full width from the bottom up; the y above."""
        said, small = self._said, self._step.small
        parts = ((said.disclaimer, STRONG), (said.contact, PLAIN), (said.office, PLAIN))
        room = self._right - _PAD
        blocks = [(wrapped(text, face, small, room), face) for text, face in parts]
        y = top = _PAD + sum(len(lines) for lines, _ in blocks) * small * 1.22
        for lines, face in blocks:
            self.flow.put(_stack(lines, _PAD, y - small, face, small))
            y -= len(lines) * small * 1.22
        return top + 2


def _worded(line: Line) -> str:
    return f"{line.label}: {line.value}"


def _stack(lines: Iterable[str], x: float, base: float, face: str, size: float) -> Iterator[Ink]:
    """Lines below each other from the first base line down."""
    return (Ink(x, base - number * size * 1.22, face, size, text) for number, text in enumerate(lines))
