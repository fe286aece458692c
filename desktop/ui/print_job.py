"""Printing a PDF on a printer of the system, page by page, in the lane of paper: the window never waits for it.

Qt hands the pages to Windows or to CUPS. They are drawn at 300 dots an inch in grey, which every printer can do; no
file with persons is left behind, and the job's name names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from payung.errors import PayungError

if TYPE_CHECKING:
    from desktop.paper.raster import Pages, Pixels

DPI = 300
SHORTEST, LONGEST = 100, 640  # rows handed to the printer at a time: a whole code of 45 mm, and not many more
BAND = 6  # rows above and below a cut that should bear no ink
WHITE = b"\xff"
NAME = "Payung"


class NotPrinted(PayungError):
    """The printer does not take the job; facts: printer, page (how many pages it took)."""

    code: ClassVar[str] = "print.refused"
    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class Target:
    """Where to print: a printer's name and the paper of `sheet.PAPERS`; or into a PDF `file`, as printers do."""

    printer: str
    paper: str = "A4"
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers of this laptop by name, and the one the system prefers ("" none)."""

    names: tuple[str, ...]
    preferred: str


def printers() -> Printers:
    """Ask the system; may take seconds where printers are in a network."""
    return Printers(tuple(QPrinterInfo.availablePrinterNames()), QPrinterInfo.defaultPrinterName())


class PrintJob(QObject):
    """One PDF on its way, or `only` one page of it, counted from 0.

    `advanced` tells pages done and in all, from any thread; `stop` may be called from any.
    """

    advanced = Signal(int, int)

    def __init__(
        self, content: bytes, target: Target, parent: QObject | None = None, *, only: int | None = None
    ) -> None:
        super().__init__(parent)
        self._content, self._target, self._only = content, target, only
        self._stopped = Event()

    def stop(self) -> None:
        """Send no further page."""
        self._stopped.set()

    def run(self) -> int:
        """Print; how many pages went out: fewer than there are when it was stopped. Raises NotPrinted."""
        from desktop.paper import raster  # noqa: PLC0415 - pdfium is slow to load

        pages = raster.Pages(self._content)
        try:
            return self._print(pages, _printer(self._target))
        finally:
            pages.close()

    def _print(self, pages: Pages, printer: QPrinter) -> int:
        painter = QPainter()
        if not painter.begin(printer):
            raise NotPrinted(printer=self._target.printer, page=0)
        done = 0
        wanted = range(len(pages)) if self._only is None else (self._only,)
        try:
            for number in wanted:
                if self._stopped.is_set():
                    printer.abort()
                    return done
                if done and not printer.newPage():
                    raise NotPrinted(printer=self._target.printer, page=done)
                self._page(painter, printer, pages.draw(number, dpi=DPI))
                done += 1
                self.advanced.emit(done, len(wanted))
        finally:
            painter.end()
        return done

    @staticmethod
    def _page(painter: QPainter, printer: QPrinter, pixels: Pixels) -> None:
        """The page in its own size from the sheet's upper left corner: never scaled to fit.

        It goes in strips, since Qt holds up every other thread while it packs one. They are cut where there is least
        ink, between lines of text, and a row lies in two of them, so that no hair of white can come between.
        """
        image = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_Grayscale8)
        dots = printer.resolution() / DPI
        cuts = _cuts(pixels)
        for top, bottom in pairwise(cuts):
            strip = image.copy(0, top, pixels.width, min(bottom + 1, pixels.height) - top)
            painter.drawImage(QRectF(0, top * dots, strip.width() * dots, strip.height() * dots), strip)


def _cuts(pixels: Pixels) -> list[int]:
    """Rows between which the strips lie, the first and the last row's end included.

    Each is the middle of the whitest band within reach, never close to ink: what shows the page smaller rounds there.
    """
    stride, width = pixels.stride, pixels.width
    whites = [pixels.data.count(WHITE, start, start + width) for start in range(0, pixels.height * stride, stride)]
    cuts = [0]
    while pixels.height - cuts[-1] > LONGEST:
        reach = range(cuts[-1] + SHORTEST, cuts[-1] + LONGEST)
        cuts.append(max(reach, key=lambda row: min(whites[row - BAND : row + BAND])))
    return [*cuts, pixels.height]


def _printer(target: Target) -> QPrinter:
    if target.file is None:
        info = QPrinterInfo.printerInfo(target.printer)
        if info.isNull():
            raise NotPrinted(printer=target.printer, page=0)
        printer = QPrinter(info)
    else:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target.file))
    printer.setDocName(NAME)
    printer.setCreator(NAME)
    printer.setResolution(DPI)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFullPage(True)
    layout = QPageLayout(_size(target.paper), QPageLayout.Orientation.Portrait, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    return printer


def _size(paper: str) -> QPageSize:
    known = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
    if paper in known:
        return QPageSize(known[paper])
    return QPageSize(QSizeF(215, 330), QPageSize.Unit.Millimeter, paper)  # F4; drivers know it as Folio
