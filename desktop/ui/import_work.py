"""The list that is being taken in: what was opened, how it is matched, what was found. Works in the store lane."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.store import taking_back
from desktop.store.taking_back import Import, TakenBack
from desktop.tasks import Lane, Tasks
from desktop.ui import import_reading
from desktop.ui.import_reading import Checked, Guess, Opened, Stopped, TakenIn, Watch
from desktop.ui.session import Session
from desktop.workbook import report
from desktop.workbook.listing import Defaults, Row
from payung.errors import PayungError

T = TypeVar("T")


class ImportWork(QObject):
    """Its signals carry an `Opened`, a `Checked`, a `TakenIn`, a `TakenBack`, the last `Import` or None, a path.

    `busy` tells when work begins and ends, `troubled` carries a `PayungError`.
    """

    opened = Signal(object)
    checked = Signal(object)
    taken = Signal(object)
    undone = Signal(object)
    remembered = Signal(object)
    reported = Signal(object)
    troubled = Signal(object)
    busy = Signal(bool)

    def __init__(self, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self._tasks, self._session = tasks, session
        self.file: Opened | None = None
        self.found: Checked | None = None
        self.guesses: tuple[Guess, ...] = ()
        self.defaults = Defaults()
        self.watch: Watch | None = None
        self.rows: tuple[Row, ...] = ()  # as corrected; `found` follows when they are judged
        self._before: tuple[Row, ...] = ()
        self.taking = False  # rows are being kept: nothing else begins until it is done

    def open_file(self, path: Path) -> None:
        """Read a file in place of what was open."""
        self._begin(partial(import_reading.open_file, self._session, path), self._was_opened)

    def open_text(self, typed: str) -> None:
        """Read a copied table in place of what was open."""
        name = self.tr("Pasted table")
        self._begin(partial(import_reading.open_text, self._session, typed, name), self._was_opened)

    def match(self, number: int, fields: dict[str, int]) -> None:
        """Other columns for one sheet; checked again."""
        guesses = list(self.guesses)
        guesses[number] = import_reading.rematched(guesses[number], fields)
        self.guesses = tuple(guesses)
        self.check()

    def assume(self, defaults: Defaults) -> None:
        """What holds where the list says nothing; checked again."""
        self.defaults = defaults
        if self.file is not None:
            self.check()

    def check(self) -> None:
        """Judge every row; nothing is written."""
        lists = tuple(guess.matched for guess in self.guesses if guess.matched.columns.fields)
        watch = Watch()
        self._begin(partial(import_reading.check, self._session, lists, self.defaults, watch), self._was_checked, watch)

    def correct(self, number: int, field: str, text: str) -> None:
        """Another text for one cell; judged again."""
        if self.taking:
            return
        try:
            mended = self.rows[number].correct(field, text)
        except PayungError as trouble:
            self.troubled.emit(trouble)
            return
        self.rows = (*self.rows[:number], mended, *self.rows[number + 1 :])
        watch = Watch()
        self._begin(partial(import_reading.check_rows, self._session, self.rows, watch), self._was_checked, watch)

    def check_again(self) -> None:
        """The rows as they were when they were taken in, judged again: the import was taken back."""
        if self._before:
            watch = Watch()
            job = partial(import_reading.check_rows, self._session, self._before, watch)
            self._begin(job, self._was_checked, watch)

    def take_in(self) -> None:
        """Keep the good rows, all of them or none."""
        if self.found is not None and self.watch is None:
            watch = Watch()
            self._begin(partial(import_reading.take_in, self._session, self.rows, watch), self._was_taken, watch)
            self.taking = True

    def report(self, path: Path) -> None:
        """Write the rows that stay out, with the reasons."""
        if self.found is not None:
            work = partial(_report, path, self.found, self._session.messages.lang)
            self._tasks.run(Lane.STORE, work, done=self._was_reported, failed=self._failed)

    def look_for_last(self) -> None:
        """Ask which import could be taken back."""
        self._tasks.run(Lane.STORE, partial(taking_back.last, self._session.store), done=self._was_remembered)

    def take_back(self, made: UUID) -> None:
        """Take an import back."""
        self._begin(partial(taking_back.take_back, self._session.store, made), self._was_undone)

    def stop(self) -> None:
        """Give up what is under way; nothing is written."""
        if self.watch is not None:
            self.watch.stop = True

    def forget(self) -> None:
        """Close the list."""
        self.stop()
        self.file, self.found, self.guesses, self.rows = None, None, (), ()
        self._before = ()
        gc.unfreeze()  # the rows are gone by now: see import_reading

    def _begin(self, work: Callable[[], T], then: Callable[[T], None], watch: Watch | None = None) -> None:
        if self.taking:
            return
        if self.watch is not None:
            self.watch.stop = True  # the newest wish counts
        self.watch = watch or Watch()
        self.busy.emit(True)
        job = partial(_run, self.watch, work, then)
        self._tasks.run(Lane.STORE, job, done=self._finished, failed=self._failed)

    def _finished(self, done: _Done) -> None:
        if done.watch is not self.watch:
            return
        self.watch, self.taking = None, False
        self.busy.emit(False)
        done.then(done.value)

    def _failed(self, trouble: PayungError) -> None:
        if isinstance(trouble, Stopped) and self.watch is not None and not self.watch.stop:
            return  # an older wish was given up for the one under way
        self.watch, self.taking = None, False
        self.busy.emit(False)
        self.troubled.emit(trouble)

    def _was_opened(self, opened: Opened) -> None:
        self.file, self.guesses, self.found, self.rows = opened, opened.guesses, None, ()
        self._before, self.defaults = (), Defaults()
        self.opened.emit(opened)

    def _was_checked(self, checked: Checked) -> None:
        self.found, self.rows = checked, checked.rows
        self.checked.emit(checked)

    def _was_taken(self, taken: TakenIn) -> None:
        self._before = self.rows
        self.found, self.rows = taken.left, taken.left.rows
        import_reading.remember(self._session, self.guesses)
        self.taken.emit(taken)

    def _was_undone(self, taken_back: TakenBack) -> None:
        self.undone.emit(taken_back)

    def _was_reported(self, path: Path) -> None:
        self.reported.emit(path)

    def _was_remembered(self, made: Import | None) -> None:
        self.remembered.emit(made)


class Unwritable(PayungError):
    """The list of reasons cannot be written there."""

    code = "import.unwritable"


@dataclass(frozen=True, slots=True)
class _Done:
    watch: Watch
    then: Callable[[Any], None]
    value: object


def _run(watch: Watch, work: Callable[[], T], then: Callable[[T], None]) -> _Done:
    return _Done(watch, then, work())


def _report(path: Path, found: Checked, lang: str) -> Path:
    try:
        report.write(path, found.refusals, lang=lang)
    except OSError as trouble:
        raise Unwritable from trouble
    return path
