"""The laptop's clock, in one place so that tests can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)
