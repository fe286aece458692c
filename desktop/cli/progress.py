"""A progress bar for whoever waits at a terminal: only after a second, only on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeRemainingColumn

T = TypeVar("T")

PATIENCE = 1.0  # seconds before the bar shows


def watched(items: Iterable[T], *, total: int | None = None) -> Iterator[T]:
    """The items one by one, with a bar once they take longer than a second; silent without a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    known = total if total is not None or not isinstance(items, Sized) else len(items)
    began = time.monotonic()
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=known)
    shown = False
    try:
        for done, item in enumerate(items):
            if not shown and time.monotonic() - began > PATIENCE:
                bar.start()
                shown = True
            bar.update(task, completed=done)
            yield item
    finally:
        if shown:
            bar.stop()
