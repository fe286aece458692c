"""The clerk went away: the machine falls asleep, or its screen was locked. Each system says so in its own way."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Away(QObject):
    """`left` fires while the machine can still do a little: whoever hears it locks at once."""

    left = Signal()


def watch(window: QWidget) -> Away:
    """Listen to the system this window runs on; where it says nothing, the idle minutes remain."""
    if sys.platform == "win32":
        from desktop.ui.away_windows import Messages  # noqa: PLC0415 - of this system only

        return Messages(window)
    from desktop.ui.away_linux import Buses  # noqa: PLC0415 - of this system only

    return Buses(window)
