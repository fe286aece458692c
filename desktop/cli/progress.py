"""A progress bar for whoever waits at a terminal: only after a second, only on standard error."""

from __future__ import annotations

import sys
import threading
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
    """A function to tell (done, in all; None when nobody knows), or never to tell: then only a spinner turns.

    Silent without a terminal.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    drawn = Progress(*columns, console=Console(stderr=True), transient=True)
    task = drawn.add_task("", total=None)
    patience = threading.Timer(PATIENCE, drawn.start)
    patience.daemon = True
    patience.start()
    try:
        yield lambda done, total: drawn.update(task, completed=done, total=total)
    finally:
        patience.cancel()
        patience.join()
        drawn.stop()


def watched(items: Iterable[T]) -> Iterator[T]:
    """The items one by one, with a bar once they take longer than a second."""
    with bar() as tell:
        for done, item in enumerate(items):
            tell(done, None)
            yield item
