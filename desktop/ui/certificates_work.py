"""Preview, printing and saving of certificates: the store first, then the lane of paper; the window never waits."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.store.handling import Key
from desktop.tasks import Lane, Tasks
from desktop.ui import certificates_reading as reading
from desktop.ui.certificates_choices import Chosen
from desktop.ui.certificates_reading import Drawn
from desktop.ui.print_job import PrintJob, Target
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.printing import Batch, Choices, Issued


class CertificateWork(QObject):
    """One print at a time. Every signal comes in the window's thread.

    `previewed` and `drawn` carry a `Drawn` (shown before printing, and the one that prints); `advanced` and `printed`
    pages sent and in all; `refused` the trouble, the numbers are kept; `saved` where a PDF lies now.
    """

    previewed = Signal(object)
    drawn = Signal(object)
    advanced = Signal(int, int)
    printed = Signal(int, int)
    refused = Signal(object)
    saved = Signal(object)

    def __init__(self, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self._tasks, self._session = tasks, session
        self._asked = 0
        self._target = Target("")
        self._job: PrintJob | None = None
        self._sent = 0  # pages of the job under way
        self._whole = True  # the job under way is not one sheet of the last print
        self.last: Drawn | None = None  # the last print; its papers are the newest of each certificate
        self.busy = False

    def preview(self, records: tuple[UUID, ...], chosen: Chosen) -> None:
        """Show what would be printed; what was asked before and has not come is let go."""
        self._asked += 1
        work = partial(_previewed, self._session, records, chosen, self._asked)
        self._tasks.run(Lane.STORE, work, done=self._seen)

    def _seen(self, made: tuple[int, int, Batch]) -> None:
        asked, wanted, batch = made
        if asked == self._asked:
            self._tasks.run(Lane.PAPER, partial(_drawn, batch, wanted, asked), done=self._preview_drawn)

    def _preview_drawn(self, made: tuple[int, Drawn]) -> None:
        asked, drawn = made
        if asked == self._asked:
            self.previewed.emit(drawn)

    def print(self, records: tuple[UUID, ...], chosen: Chosen, printer: str) -> None:
        """Allocate, draw, print."""
        self._print(records, chosen, printer, ())

    def reprint(self, places: range, printer: str) -> None:
        """These places of the last print once more, as copies under their numbers; the first papers are spoiled."""
        if self.last is not None:
            batch, arranged = self.last.batch, self.last.batch.arranged
            chosen = Chosen(arranged.layout, arranged.paper, arranged.archive, receipts=False)
            records, keys = batch.records[places.start : places.stop], batch.keys[places.start : places.stop]
            self._print(records, chosen, printer, keys)

    def _print(self, records: tuple[UUID, ...], chosen: Chosen, printer: str, spoiled: tuple[Key, ...]) -> None:
        if self.busy:
            return
        self.busy, self._whole = True, not spoiled
        self._asked += 1  # a preview under way would come too late
        self._target = Target(printer, chosen.paper)
        work = partial(_prepared, self._session, records, chosen, spoiled)
        self._tasks.run(Lane.STORE, work, done=self._prepared, failed=self._failed)

    def resend(self, printer: str, page: int | None = None) -> None:
        """Send the last PDF again, or one page of it that bears no certificate: nothing is counted anew."""
        if self.last is not None and not self.busy:
            self.busy = True
            self._target = Target(printer, self.last.batch.arranged.paper)
            self._send(self.last.content, page, self.last.pages if page is None else 1)

    def stop(self) -> None:
        """Send no further page."""
        if self._job is not None:
            self._job.stop()

    def _prepared(self, batch: Batch) -> None:
        if not batch.records:
            self.busy = False
            self.printed.emit(0, 0)
            return
        self._tasks.run(
            Lane.PAPER, partial(reading.draw, batch, len(batch.records)), done=self._ready, failed=self._failed
        )

    def _ready(self, drawn: Drawn) -> None:
        if self._whole or self.last is None:
            self.last = drawn
            self.drawn.emit(drawn)
        else:
            self.last = _replaced(self.last, drawn.batch)
        self._send(drawn.content, None, drawn.pages)

    def _send(self, content: bytes, page: int | None, pages: int) -> None:
        self._sent = pages
        self._job = PrintJob(content, self._target, self, only=page)
        self._job.advanced.connect(self.advanced)
        self._tasks.run(Lane.PAPER, self._job.run, done=self._printed, failed=self._failed)

    def _printed(self, pages: int) -> None:
        self._end()
        self.printed.emit(pages, self._sent)

    def _failed(self, trouble: object) -> None:
        self._end()
        self.refused.emit(trouble)

    def _end(self) -> None:
        self.busy = False
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def save(self, records: tuple[UUID, ...], chosen: Chosen, path: Path) -> None:
        """Write the PDF, numbers recorded first."""
        work = partial(_saved, self._session, records, chosen, path)
        self._tasks.run(Lane.STORE, work, done=self._was_saved)

    def keep(self, path: Path) -> None:
        """Write the PDF that was drawn last; nothing is counted anew."""
        if self.last is not None:
            self._tasks.run(Lane.PAPER, partial(reading.keep, self.last.content, path), done=self._kept)

    def _kept(self, path: Path) -> None:
        self.saved.emit(path)

    def _was_saved(self, issued: Issued) -> None:
        self.saved.emit(issued.path)


def _replaced(last: Drawn, batch: Batch) -> Drawn:
    """The last print, with the newer papers of some of its certificates."""
    newer = dict(zip(batch.records, batch.keys, strict=True))
    papers = zip(last.batch.records, last.batch.keys, strict=True)
    return replace(last, batch=replace(last.batch, keys=tuple(newer.get(record, key) for record, key in papers)))


def _choices(chosen: Chosen) -> Choices:
    from desktop.printing import Choices  # noqa: PLC0415 - reportlab is slow to load

    return Choices(chosen.layout, chosen.paper, archive=chosen.archive, receipts=chosen.receipts)


def _previewed(session: Session, records: tuple[UUID, ...], chosen: Chosen, asked: int) -> tuple[int, int, Batch]:
    return asked, len(records), reading.preview(session, records, _choices(chosen))


def _drawn(batch: Batch, wanted: int, asked: int) -> tuple[int, Drawn]:
    return asked, reading.draw(batch, wanted)


def _prepared(session: Session, records: tuple[UUID, ...], chosen: Chosen, spoiled: tuple[Key, ...]) -> Batch:
    return reading.prepare(session, records, _choices(chosen), spoiled)


def _saved(session: Session, records: tuple[UUID, ...], chosen: Chosen, path: Path) -> Issued:
    return reading.save(session, records, _choices(chosen), path)
