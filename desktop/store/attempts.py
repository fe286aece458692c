"""Wrong passphrases make the next try wait: 1, 2, 4 … 300 seconds, counted in a file beside the vault.

It stops the curious at the keyboard, not a thief: who copies the vault guesses elsewhere, and only the cost of the
derivation and the passphrase stop him. Waiting is measured by the machine's own counter since it started, never by the
calendar; after a restart the wait begins anew. Setting the clock does not help, nor does switching off and on.
"""

from __future__ import annotations

import contextlib
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.store import durable
from desktop.store.errors import TooSoon

NAME = "attempts.json"
LONGEST = 300  # seconds
PATIENCE = 1.0  # seconds that are waited out rather than told
_BOOT = Path("/proc/sys/kernel/random/boot_id")  # where there is none, a counter that went back tells of a restart


@dataclass(frozen=True, slots=True)
class _Count:
    """How many wrong tries in a row, and when the last was, by the counter of which start of the machine."""

    wrong: int
    at: float
    boot: str


def delay(wrong: int) -> int:
    """Seconds to wait after that many wrong tries in a row."""
    return 0 if wrong < 1 else min(LONGEST, 2 ** min(wrong - 1, 16))


def remaining(folder: Path) -> float:
    """Seconds until the next try is taken, 0 when it is taken now; after a restart the wait begins with this call."""
    kept = _read(folder)
    if kept is None:
        return 0.0
    now = time.monotonic()
    if kept.boot != _boot() or kept.at > now:
        _write(folder, _Count(kept.wrong, now, _boot()))
        return float(delay(kept.wrong))
    return max(0.0, delay(kept.wrong) - (now - kept.at))


def wait_or_refuse(folder: Path) -> None:
    """Lets a try pass, after waiting out what is left if that is a second at most. Raises TooSoon."""
    left = remaining(folder)
    if left > PATIENCE:
        raise TooSoon(seconds=math.ceil(left))
    if left > 0:
        time.sleep(left)


def wrong(folder: Path) -> int:
    """Counts a wrong try; the seconds the next one must wait. A disk that cannot be written counts nothing."""
    kept = _read(folder)
    count = 1 + (kept.wrong if kept else 0)
    _write(folder, _Count(count, time.monotonic(), _boot()))
    return delay(count)


def reset(folder: Path) -> None:
    """Forgets the wrong tries: the right passphrase was given."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


def _read(folder: Path) -> _Count | None:
    """The count; a file that cannot be understood counts as many wrong tries, none as no try."""
    try:
        found = json.loads((folder / NAME).read_bytes())
        return _Count(max(0, int(found["wrong"])), float(found["at"]), str(found["boot"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return _Count(LONGEST.bit_length() + 1, math.inf, "")


def _write(folder: Path, count: _Count) -> None:
    content = json.dumps({"wrong": count.wrong, "at": count.at, "boot": count.boot})
    with contextlib.suppress(OSError):
        durable.write(folder / NAME, content.encode())


def _boot() -> str:
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return ""
