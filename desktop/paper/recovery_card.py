"""The recovery card: what to do when a passphrase is forgotten, with the numbers the office asks for; no secrets."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

import resources
from desktop.paper import sheet
from desktop.paper.sheet import MEDIUM, PLAIN, STRONG
from payung import dates

_WIDTH, _HEIGHT = sheet.PAPERS["A4"]
_LEFT, _RIGHT, _TOP = 20 * mm, _WIDTH - 20 * mm, _HEIGHT - 20 * mm
_LABEL = 38 * mm
_SIZE, _LEADING = 10.0, 13.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands on it: the laptop's tag and numbers, where it serves, and the office that can help."""

    tag: str
    device: UUID
    vault: UUID
    villages: str
    event: str
    office: str
    contact: str
    made: date


def write(path: Path, card: Card) -> None:
    """Write the card to `path`, whole or not at all; equal cards give equal bytes. Raises OSError."""
    content = _drawn(card)
    handle, temporary = tempfile.mkstemp(prefix=".payung-", suffix=".pdf", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@cache
def texts() -> dict[str, Any]:
    """The card's words: resources/texts/recovery_card.id.json."""
    found: dict[str, Any] = json.loads(resources.read("texts", "recovery_card.id.json"))
    return found


def _drawn(card: Card) -> bytes:
    sheet.register()
    buffer = io.BytesIO()
    initial: Any = PLAIN  # typed as a number in types-reportlab
    canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1, initialFontName=initial)
    canvas.setTitle(str(texts()["title"]))
    canvas.setCreator("Payung")
    _Page(canvas).fill(card)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Page:
    """Lines from the top down; `_y` is where the next may begin."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = _TOP

    def fill(self, card: Card) -> None:
        """Everything, in the order it is read."""
        words = texts()
        self._paragraph(words["title"], STRONG, 18)
        self._y -= 4
        self._paragraph(words["purpose"], PLAIN, _SIZE)
        self._y -= 8
        self._facts(card)
        for part in ("forgotten", "lost"):
            self._y -= 10
            self._paragraph(words[part], STRONG, 13)
            self._steps(words[f"{part}.steps"])
        self._y -= 24
        for blank in ("owner", "place"):
            self._blank(words[blank])

    def _facts(self, card: Card) -> None:
        told = {
            "laptop": card.tag,
            "device": str(card.device),
            "vault": str(card.vault),
            "villages": card.villages,
            "event": card.event,
            "office": card.office,
            "contact": card.contact or "-",
            "made": dates.long(card.made),
        }
        top = self._y
        self._y -= 6
        for name, value in told.items():
            self._text(texts()[f"label.{name}"], _LEFT + 8, PLAIN, _SIZE)
            for line in sheet.wrapped(value, MEDIUM, _SIZE, _RIGHT - _LEFT - _LABEL - 16) or ("-",):
                self._text(line, _LEFT + _LABEL, MEDIUM, _SIZE)
                self._y -= _LEADING
        self._y -= 4
        self._canvas.setLineWidth(0.8)
        self._canvas.rect(_LEFT, self._y, _RIGHT - _LEFT, top - self._y)
        self._y -= 6

    def _steps(self, steps: Sequence[str]) -> None:
        for number, step in enumerate(steps, start=1):
            self._text(f"{number}.", _LEFT, STRONG, _SIZE)
            self._paragraph(step, PLAIN, _SIZE, indent=16)
            self._y -= 3

    def _blank(self, label: str) -> None:
        self._text(label, _LEFT, PLAIN, _SIZE)
        self._canvas.setLineWidth(0.6)
        self._canvas.line(_LEFT + 60 * mm, self._y - _SIZE, _RIGHT, self._y - _SIZE)
        self._y -= 24

    def _paragraph(self, text: str, face: str, size: float, *, indent: float = 0) -> None:
        for line in sheet.wrapped(text, face, size, _RIGHT - _LEFT - indent):
            self._text(line, _LEFT + indent, face, size)
            self._y -= size * _LEADING / _SIZE

    def _text(self, text: str, x: float, face: str, size: float) -> None:
        self._canvas.setFont(face, size)
        self._canvas.drawString(x, self._y - size, sheet.clean(text))
