"""The sheet of paper: sizes in points, our typeface, lines of text that are wrapped and never cut."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

PLAIN = "Inter"
MEDIUM = "Inter-Medium"
STRONG = "Inter-SemiBold"
_FILES = {PLAIN: "Inter-Regular.ttf", MEDIUM: "Inter-Medium.ttf", STRONG: "Inter-SemiBold.ttf"}

PAPERS = {"A4": (210 * mm, 297 * mm), "F4": (215 * mm, 330 * mm), "Letter": (215.9 * mm, 279.4 * mm)}


@dataclass(frozen=True, slots=True)
class Ink:
    """A line of text on the sheet: its left end and base line in points from the lower left corner."""

    x: float
    y: float
    face: str
    size: float
    text: str


@cache
def register() -> None:
    """Make our typeface known to reportlab; streams are written as bytes, not as ASCII."""
    rl_config.useA85 = 0
    for face, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(face, str(resources.path("fonts", file))))


@cache
def _widths(face: str) -> tuple[dict[int, float], float]:
    """Widths of a face's characters in thousandths of its size, and the width of an unknown one."""
    register()
    font: Any = pdfmetrics.getFont(face)
    font = font.face
    return font.charWidths, font.defaultWidth


def width(text: str, face: str, size: float) -> float:
    """How wide the text is, in points."""
    widths, default = _widths(face)
    return 0.001 * size * sum(widths.get(ord(letter), default) for letter in text)


def clean(text: str) -> str:
    """The text as it may be printed: one line, without control, direction or private characters."""
    if text.isascii() and text.isprintable():
        return text
    return " ".join("".join(map(_visible, text)).split())


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return "" if category.startswith("C") else letter


@lru_cache(maxsize=8192)
def wrapped(text: str, face: str, size: float, limit: float) -> tuple[str, ...]:
    """The text in lines no wider than `limit` points: cut between words, within one only when it is too wide alone."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, face, size) <= limit:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, face, size, limit)
        lines += full
    return (*lines, line) if line else tuple(lines)


def _pieces(word: str, face: str, size: float, limit: float) -> list[str]:
    """A word in pieces that fit; one piece when it fits whole."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, face, size) > limit:
            pieces.append("")
        pieces[-1] += letter
    return pieces
