"""Ids made on the laptop: UUID version 7 (RFC 9562), so that records sort by the time they were begun."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A new id, greater than every one this process made before, also when the clock is set back."""
    global _last  # noqa: PLW0603
    with _lock:
        # 48 bits of milliseconds and 12 of their fraction (RFC 9562, 6.2, method 3)
        moment = max((time.time_ns() << 12) // 1_000_000, _last + 1)
        _last = moment
    tail = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=((moment >> 12) << 80) | (7 << 76) | ((moment & 0xFFF) << 64) | (0b10 << 62) | tail)
