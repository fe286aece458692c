"""A progress bar for whoever waits at a terminal: only after a second, only on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeRemainingColumn

T = TypeVar("T")

PATIENCE = 1.0  # seconds before the bar shows

Shown = Callable[[int, int | None], None]


@contextmanager
def bar() -> Iterator[Shown]:
    """A function to tell (done, in all; None when nobody knows); silent without a terminal."""
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    drawn = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    task = drawn.add_task("", total=None)
    began = time.monotonic()

    def tell(done: int, total: int | None) -> None:
        if time.monotonic() - began > PATIENCE:
            drawn.start()
        drawn.update(task, completed=done, total=total)

    try:
        yield tell
    finally:
        drawn.stop()


def watched(items: Iterable[T]) -> Iterator[T]:
    """The items one by one, with a bar once they take longer than a second."""
    if not sys.stderr.isatty():
        yield from items
        return
    with bar() as tell:
        for done, item in enumerate(items):
            tell(done, None)
            yield item
