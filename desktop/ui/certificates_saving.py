"""The PDFs of the page of certificates: where they are to lie, and opening them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui import certificates_reading as reading
from desktop.ui import documents
from desktop.ui.certificate_making import file_name
from desktop.ui.session import Session
from desktop.ui.unit import Unit


class CertificateSaving(QObject):
    """Asks for the place of a file; `written` tells where one lies now."""

    written = Signal(object)

    def __init__(self, page: QWidget, tasks: Tasks, session: Session) -> None:
        super().__init__(page)
        self._page, self._tasks, self._session = page, tasks, session

    def proposed(self, unit: Unit) -> Path:
        """Among the documents, under a name without persons; never an older file."""
        return documents.free(documents.folder_of(self._session) / file_name(unit))

    def asked(self, unit: Unit) -> Path | None:
        """Where the clerk wants it; None when nowhere."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save the certificates"), str(self.proposed(unit)), self.tr("PDF files (*.pdf)")
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")

    def day_sheet(self, paper: str) -> None:
        """Write the sheet of today among the documents."""
        self._tasks.run(Lane.STORE, partial(reading.day_sheet, self._session, paper), done=self._written)

    def _written(self, path: Path) -> None:
        self.written.emit(path)

    @staticmethod
    def open(path: Path) -> None:
        """Show a file in the system's own viewer."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
