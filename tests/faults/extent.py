"""How much the tests of this folder try: little in `make test`, much where the environment asks for it.

`PAYUNG_SEED` repeats a run: every choice is drawn from it, and a failing test prints it.
"""

from __future__ import annotations

import os
import random


def number(name: str, short: int) -> int:
    """The number the environment gives under that name, else the short form's."""
    return int(os.environ.get(name, "")) if os.environ.get(name) else short


KILLS = number("PAYUNG_KILLS", 8)  # for each path
IMAGES = number("PAYUNG_IMAGES", 240)  # over all paths
IO_POINTS = number("PAYUNG_IO_POINTS", 4)  # calls that fail, for each path and kind of failure; 0 is every one
DAMAGES = number("PAYUNG_DAMAGES", 90)
SEED = number("PAYUNG_SEED", 0) or random.SystemRandom().randrange(1, 2**31)


# Paths whose single run takes long; they are tried less in the short form, and as much as the others in the long one.
SLOW = frozenset({"backup", "purge", "people", "removal", "wipe", "restore", "restore-aside"})
LESS = 4


def of_path(path: str, asked: int, name: str) -> int:
    """How many of `asked` tries the path gets, where the environment gives no number under that name."""
    return max(1, asked // LESS) if path in SLOW and not os.environ.get(name) else asked


def chance(topic: str) -> random.Random:
    """The chance for one topic, the same for the same seed whatever else is run."""
    return random.Random(f"{SEED} {topic}")


def shares(total: int, parts: int) -> list[int]:
    """`total` divided into whole parts."""
    return [total // parts + (part < total % parts) for part in range(parts)]
