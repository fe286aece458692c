"""What a page asks of the whole window: other choices, the store to itself, or the way to the rescue page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.settings import Settings
from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Choose:
    """These choices hold from now on; the window wears them at once."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class Alone:
    """`work` needs the store to itself: everything else leaves it, the work is done, and the window is locked.

    `work` gives back the store that stands then; `said` is told at the lock when it is done.
    """

    work: Callable[[Store], Store] = field(repr=False)
    said: str


@dataclass(frozen=True, slots=True)
class Practise:
    """Leave the laptop's data and open an empty practice; while practising, begin it anew."""


@dataclass(frozen=True, slots=True)
class EndPractice:
    """Leave the practice for the laptop's own door."""


@dataclass(frozen=True, slots=True)
class Rest:
    """From now on so many minutes without a key lock the window; None is as the settings say."""

    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Rescue:
    """Lock, and show what there is to restore or to save."""
