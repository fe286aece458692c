"""A certificate laid out: lines and text in the order they are read, its own apart from what it shares with others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.paper.sheet import Ink


@dataclass(frozen=True, slots=True)
class Box:
    """The room one certificate has, in points; `scale` enlarges all text, `roomy` gives every line a row of its own."""

    width: float
    height: float
    scale: float = 1.0
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line or, with `height`, a frame."""

    x: float
    y: float
    width: float
    height: float
    weight: float


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a certificate in reading order: its `own`, or the same on others of its kind."""

    own: bool
    items: tuple[Ink | Rule, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A certificate laid out in reading order, and where its QR code stands, of `side` points without a quiet zone."""

    runs: tuple[Run, ...]
    qr: tuple[float, float]  # lower left corner of the symbol
    side: float

    def inks(self) -> tuple[Ink, ...]:
        """Every line of text in reading order."""
        return tuple(item for run in self.runs for item in run.items if isinstance(item, Ink))


class Flow:
    """Gathers what is laid out into runs, in the order it is read."""

    def __init__(self) -> None:
        self._runs: list[tuple[bool, list[Ink | Rule]]] = []

    def put(self, items: Iterable[Ink | Rule], *, own: bool = False) -> None:
        """What is read next."""
        if not self._runs or self._runs[-1][0] != own:
            self._runs.append((own, []))
        self._runs[-1][1].extend(items)

    def runs(self) -> tuple[Run, ...]:
        """All of it."""
        return tuple(Run(own, tuple(items)) for own, items in self._runs)
