"""The certificate button: numbers are allocated, the PDF is written, and the clerk is told where it lies."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui import documents
from desktop.ui.session import Session
from desktop.ui.unit import FILLED, SeatLine, SeatState, Unit
from payung.errors import PayungError


class NotWritten(PayungError):
    """The PDF could not be written where it should lie; `folder` says where. The numbers are kept."""

    code: ClassVar[str] = "certificate.folder"
    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF that lies at `path`."""

    path: Path
    certificates: int
    pages: int


class CertificateMaking(QObject):
    """`made` carries a title and where the file lies; `missing` that nobody here is complete yet."""

    made = Signal(str, str)

    def __init__(self, page: QWidget, tasks: Tasks, session: Session) -> None:
        super().__init__(page)
        self._page, self._tasks, self._session = page, tasks, session
        self._last: Made | None = None
        self._busy = False

    @property
    def last(self) -> Made | None:
        """The PDF made last."""
        return self._last

    def make(self, unit: Unit, seats: tuple[SeatLine, ...]) -> None:
        """Make one PDF for every complete officer of the unit; those with open matters are left out."""
        records = tuple(line.record for line in seats if line.record and line.state in FILLED - {SeatState.ATTENTION})
        if not records or self._busy:
            return
        self._busy = True
        path = documents.free(documents.folder_of(self._session) / file_name(unit))
        self._tasks.run(
            Lane.STORE, partial(_write, self._session, records, path), done=self._written, failed=self._failed
        )

    def _written(self, made: Made) -> None:
        self._busy = False
        if not made.certificates:
            return
        self._last = made
        title = self.tr("{count} certificates made, {pages} pages").format(count=made.certificates, pages=made.pages)
        self.made.emit(title, str(made.path))

    def _failed(self, trouble: object) -> None:
        self._busy = False
        self._tasks.troubled.emit(trouble)

    def answer(self, place: int) -> None:
        """What the clerk wants with the PDF: open it, or have a copy elsewhere."""
        if self._last is None:
            return
        if place == 0:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last.path)))
        else:
            self._copy(self._last)

    def _copy(self, made: Made) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save the certificates"), made.path.name, self.tr("PDF files (*.pdf)")
        )
        if chosen:
            self._tasks.run(Lane.STORE, partial(_copied, made, Path(chosen)), done=self._written)


def file_name(unit: Unit) -> str:
    """A name without persons: the place's code and the station's number."""
    place = unit.place
    tps = f"-tps-{place.tps:03}" if place.tps is not None else ""
    return f"sertifikat-{place.code}{tps}.pdf"


def _copied(made: Made, target: Path) -> Made:
    try:
        shutil.copyfile(made.path, target)
    except OSError as error:
        raise NotWritten(folder=target.parent) from error
    return Made(target, made.certificates, made.pages)


def _write(session: Session, records: tuple[UUID, ...], path: Path) -> Made:
    from desktop import printing  # noqa: PLC0415 - reportlab is slow to load, and many a day nothing is printed

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        issued = printing.issue(session.store, records, path)
    except OSError as error:
        raise NotWritten(folder=path.parent) from error
    return Made(issued.path, issued.certificates, issued.pages)
