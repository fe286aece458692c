"""Printing through the system: the pages that come out are those of the PDF, in their size, with codes that read."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.paper import certificate, raster, sheet
from desktop.paper.certificate import Arranged
from desktop.tasks import Lane, Tasks
from desktop.ui import print_job
from desktop.ui.print_job import NotPrinted, PrintJob, Target
from payung import wording
from tests.desktop.paper.samples import made


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


class Ear(QObject):
    """Hears what becomes of a job."""

    def __init__(self) -> None:
        super().__init__()
        self.done: int | None = None
        self.trouble: object = None
        self.told: list[tuple[int, int]] = []

    def finished(self, pages: int) -> None:
        self.done = pages

    def failed(self, trouble: object) -> None:
        self.trouble = trouble

    def advanced(self, done: int, pages: int) -> None:
        self.told.append((done, pages))


def content(count: int, paper: str = "A4") -> tuple[bytes, set[str]]:
    """A PDF of so many certificates, one a page, and their codes."""
    many = [made(number=number) for number in range(1, count + 1)]
    buffer = io.BytesIO()
    certificate.bind(buffer, many, Arranged("1up", paper))
    return buffer.getvalue(), {one.code for one in many}


def read(path: Path) -> set[str]:
    with pypdfium2.PdfDocument(path) as document:
        pictures = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    return {found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("paper", sheet.PAPERS)
def test_the_pages_come_out_in_their_size_with_codes_that_read(
    paper: str, tasks: Tasks, qtbot: QtBot, tmp_path: Path
) -> None:
    pdf, codes = content(2, paper)
    job, ear = PrintJob(pdf, Target("", paper, tmp_path / "cetak.pdf")), Ear()
    job.advanced.connect(ear.advanced)
    tasks.run(Lane.PAPER, job.run, done=ear.finished, failed=ear.failed)
    qtbot.waitUntil(lambda: ear.done == 2, timeout=20_000)

    assert read(tmp_path / "cetak.pdf") == codes
    assert ear.told == [(1, 2), (2, 2)]
    with pypdfium2.PdfDocument(tmp_path / "cetak.pdf") as document:
        assert document[0].get_size() == pytest.approx(sheet.PAPERS[paper], abs=3)  # drivers know F4 as Folio


def test_a_stopped_job_sends_no_further_page(qapp: QApplication, tmp_path: Path) -> None:
    job = PrintJob(content(4)[0], Target("", "A4", tmp_path / "cetak.pdf"))
    job.advanced.connect(job.stop)

    assert job.run() == 1


def test_a_printer_that_is_not_there_is_said_in_words(qapp: QApplication) -> None:
    job = PrintJob(content(1)[0], Target("Printer yang tidak ada"))

    with pytest.raises(NotPrinted) as caught:
        job.run()

    sentence = wording.catalogue("id")[caught.value.code].format(**caught.value.facts)
    assert "Printer yang tidak ada" in sentence
    assert "PDF" in sentence


def _pdf_printer() -> str:
    """The CUPS queue of this machine that prints into PDF files."""
    if shutil.which("lpstat") is None:
        return ""
    said = subprocess.run(["lpstat", "-v"], capture_output=True, text=True, check=False).stdout
    lines = [line for line in said.splitlines() if "cups-pdf:" in line]
    name = lines[0].split(":")[0].rpartition(" ")[2] if lines else ""
    return name if name in QPrinterInfo.availablePrinterNames() else ""


def test_a_real_job_goes_through_cups(tasks: Tasks, qtbot: QtBot) -> None:
    printer = _pdf_printer()
    if not printer:
        pytest.skip("this machine has no CUPS with a PDF printer (apt: cups, printer-driver-cups-pdf)")
    import pwd  # noqa: PLC0415 - not on Windows

    folder = Path(os.environ.get("CUPS_PDF_FOLDER", Path(pwd.getpwuid(os.getuid()).pw_dir, "PDF")))
    before = set(folder.glob("*.pdf"))
    pdf, codes = content(2)
    job, ear = PrintJob(pdf, Target(printer)), Ear()
    tasks.run(Lane.PAPER, job.run, done=ear.finished, failed=ear.failed)
    qtbot.waitUntil(lambda: ear.done == 2, timeout=20_000)

    def printed() -> bool:
        (fresh,) = set(folder.glob("*.pdf")) - before
        return read(fresh) == codes

    qtbot.waitUntil(lambda: len(set(folder.glob("*.pdf")) - before) == 1, timeout=30_000)
    qtbot.waitUntil(lambda: _whole(printed), timeout=30_000)


def _whole(look: object) -> bool:
    """Whether the file is there whole: CUPS writes it piece by piece."""
    try:
        return bool(look())  # type: ignore[operator]
    except pypdfium2.PdfiumError:
        return False


def test_the_names_of_the_printers_are_told(qapp: QApplication) -> None:
    found = print_job.printers()

    assert set(found.names) == set(QPrinterInfo.availablePrinterNames())


@pytest.mark.parametrize("layout", certificate.LAYOUTS)
def test_a_page_is_cut_where_there_is_no_text_and_no_code(layout: str) -> None:
    buffer = io.BytesIO()
    certificate.bind(buffer, [made(number=number) for number in range(1, 9)], Arranged(layout))
    pages = raster.Pages(buffer.getvalue())
    pixels = pages.draw(0, dpi=print_job.DPI)
    pages.close()

    cuts = print_job._cuts(pixels)

    assert (cuts[0], cuts[-1]) == (0, pixels.height)
    assert all(0 < low - high <= print_job.LONGEST for high, low in pairwise(cuts))
    for row in cuts[1:-1]:
        start = row * pixels.stride
        assert pixels.data[start : start + pixels.width].count(b"\xff") > 0.97 * pixels.width  # frames alone
