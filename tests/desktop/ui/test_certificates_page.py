"""The page Sertifikat: who can be ticked, what is shown before printing, real prints, what is asked afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.store import certificates, enrolments, handling
from desktop.store.handling import Fate
from desktop.ui import certificates_work, print_job
from desktop.ui import documents as places
from desktop.ui.certificates_page import CertificatesPage
from desktop.ui.page import Errand
from desktop.ui.print_job import Printers, Target
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from payung.bodies import Level
from payung.roster import Place
from tests.desktop.store.officers import officer, officers
from tests.desktop.ui.keyboard import ALT, CONTROL, NONE
from tests.desktop.ui.test_access import LEAST, focusable
from tests.laptops import VILLAGE

Settle = Callable[[], None]


class Tray:
    """The printer's tray: at the edge of the system every job becomes a file here, by Qt's own PDF printer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []

    def __call__(self, printer: str, paper: str = "A4") -> Target:
        if not printer:
            return Target("")
        self.files.append(self.folder / f"{len(self.files)}.pdf")
        return Target(printer, paper, self.files[-1])

    def texts(self, job: int = -1) -> set[str]:
        """The codes on the pages of a job."""
        with pypdfium2.PdfDocument(self.files[job]) as document:
            pictures = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
        return {found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)}

    def pages(self, job: int = -1) -> int:
        with pypdfium2.PdfDocument(self.files[job]) as document:
            return len(document)


@pytest.fixture
def tray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tray:
    folder = tmp_path / "tray"
    folder.mkdir()
    made = Tray(folder)
    monkeypatch.setattr(print_job, "printers", lambda: Printers(("Epson", "Kantor"), "Kantor"))
    monkeypatch.setattr(certificates_work, "Target", made)
    return made


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "documents" / "Payung"
    monkeypatch.setattr(places, "folder", lambda: folder)
    return folder


@pytest.fixture
def page(shell: Shell, session: Session, tray: Tray, documents: Path, qtbot: QtBot, settle: Settle) -> CertificatesPage:
    """TPS 1 with five complete officers and a draft; TPS 2 with nobody."""
    for facts in officers(5):
        enrolments.save(session.store, facts)
    enrolments.save(session.store, officer(tps=1, post="linmas", seat=1, nik="", name="BELUM LENGKAP"))
    QTest.keyClick(shell, Qt.Key.Key_3, ALT)
    made = shell.page("certificates")
    assert isinstance(made, CertificatesPage)
    qtbot.waitUntil(lambda: made.preview.pages > 0, timeout=20_000)
    settle()
    return made


def press(shell: Shell, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or shell, key, held)


def printed(page: CertificatesPage, qtbot: QtBot, settle: Settle) -> None:
    """Press Ctrl+P and wait for the question."""
    press(page.window().findChild(Shell) or page.window(), Qt.Key.Key_P, CONTROL)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: page.after.asking, timeout=30_000)
    settle()


def shown(page: CertificatesPage, qtbot: QtBot, pages: int) -> None:
    qtbot.waitUntil(lambda: page.preview.pages == pages, timeout=20_000)


def fates(session: Session) -> list[Fate]:
    return [paper.fate for paper in handling.papers(session.store)]


def test_alt_3_opens_it_with_everybody_ticked_who_can_be_printed(shell: Shell, page: CertificatesPage) -> None:
    assert shell.front == "certificates"
    assert len(page.records()) == 5
    blocked = [line for line in page.list.model.lines if line.blocked]
    assert [(line.name, line.blocked) for line in blocked] == [("BELUM LENGKAP", "Draf – lengkapi dulu")]
    assert page.choices.print_button.text().strip() == "Cetak 5 sertifikat"


def test_looking_gives_no_number_away(session: Session, page: CertificatesPage) -> None:
    assert page.preview.pages == 4  # three sheets and the list of receipts
    assert "diberikan saat dicetak" in page.preview.said.accessibleName()
    assert handling.papers(session.store) == ()


def test_the_extent_is_said_in_words(page: CertificatesPage) -> None:
    assert page.choices._figures.text() == "4 lembar A4"
    assert page.choices._detail.text() == "5 sertifikat + daftar tanda terima untuk ditandatangani petugas"


def test_space_takes_the_tick_and_a_blocked_one_cannot_be_ticked(
    shell: Shell, page: CertificatesPage, qtbot: QtBot
) -> None:
    view = page.list.view
    view.setFocus()
    press(shell, Qt.Key.Key_Space)
    assert len(page.records()) == 4
    shown(page, qtbot, 3)

    last = page.list.model.index(page.list.model.rowCount() - 1)
    view.setCurrentIndex(last)
    press(shell, Qt.Key.Key_Space)
    assert len(page.records()) == 4


def test_page_keys_turn_the_sheets(shell: Shell, page: CertificatesPage) -> None:
    page.list.view.setFocus()
    press(shell, Qt.Key.Key_PageDown)
    press(shell, Qt.Key.Key_PageDown)
    press(shell, Qt.Key.Key_PageUp)

    assert page.preview.page == 1
    assert page.preview._where.text() == "Lembar 2 dari 4"


def test_cards_and_archive_change_the_preview(page: CertificatesPage, qtbot: QtBot) -> None:
    page.choices.layouts.setCurrentIndex(2)
    page.choices.changed.emit()
    shown(page, qtbot, 2)

    page.choices.layouts.setCurrentIndex(0)
    page.choices.archive.setChecked(True)
    shown(page, qtbot, 6)


def test_ctrl_p_prints_the_ticked_and_asks_whether_it_came_out(
    session: Session, page: CertificatesPage, tray: Tray, qtbot: QtBot, settle: Settle
) -> None:
    printed(page, qtbot, settle)

    assert tray.pages() == 4
    assert len(tray.texts()) == 5
    assert "Sudah keluar dari printer?" in page.after.printed.accessibleName()
    assert QApplication.focusWidget() is page.after.printed.answers[0]
    assert fates(session) == [Fate.IN_HAND] * 5


def test_yes_then_enter_records_to_whom_it_went(
    shell: Shell, session: Session, page: CertificatesPage, qtbot: QtBot, settle: Settle
) -> None:
    printed(page, qtbot, settle)
    press(shell, Qt.Key.Key_Return)
    assert page.after.handing.line.hasFocus()
    assert page.records() == ()  # nobody is printed twice by mistake
    press(shell, Qt.Key.Key_Return)
    settle()

    assert fates(session) == [Fate.HANDED_OVER] * 5
    assert page.list.view.hasFocus()
    assert handling.papers(session.store)[0].note == "petugas yang bersangkutan"
    assert all("diserahkan" in line.told for line in page.list.model.lines[:5])


def test_a_jammed_sheet_is_printed_again_as_a_copy_under_its_numbers(
    shell: Shell, session: Session, page: CertificatesPage, tray: Tray, qtbot: QtBot, settle: Settle
) -> None:
    printed(page, qtbot, settle)
    press(shell, Qt.Key.Key_PageDown)
    again = page.after.printed.answers[1]
    assert again.text() == "Cetak ulang lembar 2"
    again.click()
    qtbot.waitUntil(lambda: page.after.asking, timeout=30_000)
    settle()

    assert tray.pages() == 1
    papers = handling.papers(session.store)
    assert [paper.copy for paper in papers] == [1, 1, 1, 1, 1, 2, 2]
    assert [paper.fate for paper in papers] == [Fate.IN_HAND] * 2 + [Fate.SPOILED] * 2 + [Fate.IN_HAND] * 3
    assert {paper.number for paper in papers[5:]} == {paper.number for paper in papers[2:4]}
    assert page.preview.pages == 4  # another sheet of the same print may have jammed too

    page.after.printed.answers[0].click()
    page.after.handing.do_button.click()
    settle()
    assert fates(session) == [Fate.HANDED_OVER] * 2 + [Fate.SPOILED] * 2 + [Fate.HANDED_OVER] * 3


def test_a_jammed_list_of_receipts_comes_again_without_a_new_copy(
    session: Session, page: CertificatesPage, tray: Tray, qtbot: QtBot, settle: Settle
) -> None:
    printed(page, qtbot, settle)
    page.preview.turn(3)
    page.after.printed.answers[1].click()
    qtbot.waitUntil(lambda: page.after.asking and len(tray.files) == 2, timeout=30_000)
    settle()

    assert tray.pages() == 1
    assert tray.texts() == set()
    assert len(handling.papers(session.store)) == 5


def test_printing_can_be_stopped_and_is_asked_about_all_the_same(
    session: Session, page: CertificatesPage, tray: Tray, qtbot: QtBot, settle: Settle
) -> None:
    page.work.advanced.connect(lambda *_: page.choices.stop_button.click())
    page.work.drawn.connect(lambda *_: page.choices.stop_button.click())
    printed(page, qtbot, settle)

    assert "tidak semua" in page.after.printed.accessibleName()
    assert page.choices._going.isHidden()
    assert fates(session) == [Fate.IN_HAND] * 5


def test_what_is_printed_is_not_ticked_the_next_time_and_can_be_filtered_away(
    session: Session, page: CertificatesPage, settle: Settle
) -> None:
    certificates.allocate(session.store, page.records()[:2])
    page._go(page._unit)  # type: ignore[arg-type]
    settle()
    assert len(page.records()) == 3

    page.list.fresh.click()
    assert [line.printed for line in page.list.model.lines] == [False] * 4


def test_without_a_printer_ctrl_p_saves_the_pdf_among_the_documents(
    page: CertificatesPage, documents: Path, qtbot: QtBot
) -> None:
    page.choices.show_printers(Printers((), ""), "")
    assert page.choices.printer.currentText() == "Belum ada printer di laptop ini"
    assert not page.choices.print_button.isEnabled()
    page.print_wanted()
    qtbot.waitUntil(lambda: not page.after.saved.isHidden(), timeout=20_000)

    (made,) = documents.iterdir()
    assert made.name == f"sertifikat-{VILLAGE}-tps-001.pdf"
    assert str(made) in page.after.saved.accessibleName()


def test_save_pdf_goes_where_the_clerk_says(
    session: Session, page: CertificatesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "flashdisk"), ""))
    page.choices.save_button.click()
    qtbot.waitUntil(lambda: not page.after.saved.isHidden(), timeout=20_000)

    assert (tmp_path / "flashdisk.pdf").read_bytes().startswith(b"%PDF")
    assert len(handling.papers(session.store)) == 5


def test_a_printer_that_refuses_keeps_the_numbers_and_the_sheets(
    session: Session,
    page: CertificatesPage,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
    settle: Settle,
) -> None:
    monkeypatch.setattr(certificates_work, "Target", Target)  # the system knows no such printer
    printed(page, qtbot, settle)
    assert "belum menerima" in page.after.refused.accessibleName()

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.pdf"), ""))
    page.after.refused.answers[1].click()
    qtbot.waitUntil(lambda: not page.after.saved.isHidden(), timeout=20_000)

    assert [paper.copy for paper in handling.papers(session.store)] == [1] * 5
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert len(document) == 4


def test_a_certificate_is_made_void_only_with_a_reason(
    shell: Shell, session: Session, page: CertificatesPage, settle: Settle
) -> None:
    certificates.allocate(session.store, page.records()[:1])
    page.refresh()
    settle()
    page.list.model.choose_only(page.list.model.lines[0].record)
    page.after.void_button.click()
    press(shell, Qt.Key.Key_Return)
    assert fates(session) == [Fate.IN_HAND]

    QTest.keyClicks(page.after.voiding.line, "salah orang")
    press(shell, Qt.Key.Key_Return)
    settle()
    assert fates(session) == [Fate.VOID]
    assert handling.papers(session.store)[0].note == "salah orang"
    assert "batal" in page.list.model.lines[0].told


def test_the_sheet_of_the_day_is_made(page: CertificatesPage, documents: Path, qtbot: QtBot) -> None:
    page.choices.day_button.click()
    qtbot.waitUntil(lambda: not page.after.saved.isHidden(), timeout=20_000)

    (made,) = documents.iterdir()
    assert made.name.startswith(f"lembar-akhir-hari-{VILLAGE}-")


def test_printer_layout_and_paper_are_remembered(session: Session, page: CertificatesPage, settle: Settle) -> None:
    from desktop import settings  # noqa: PLC0415

    assert page.choices.printer_name == "Kantor"
    page.choices.printer.setCurrentIndex(0)
    page.choices.printer.activated.emit(0)
    page.choices.paper.setCurrentIndex(1)
    page.choices.paper.activated.emit(1)
    settle()

    kept = settings.load(session.folder)
    assert (kept.printer, kept.print_layout, kept.print_paper) == ("Epson", "2up", "F4")


def test_an_errand_leads_to_one_officer(shell: Shell, session: Session, page: CertificatesPage, settle: Settle) -> None:
    saved = enrolments.save(session.store, officer(tps=3))
    shell.run(Errand("certificates", place=Place(Level.TPS, VILLAGE, 3), record=saved.id))
    settle()

    assert page.records() == (saved.id,)
    assert page.list.combo.currentText().startswith("TPS 003")


def test_a_place_without_anybody_says_what_to_do(page: CertificatesPage, qtbot: QtBot, settle: Settle) -> None:
    page.step(1)
    settle()
    qtbot.waitUntil(lambda: page.preview.pages == 0, timeout=10_000)

    assert not page.list.empty.isHidden()
    assert page.list.empty.text() == "Belum ada data lengkap di sini. Lengkapi data petugas dulu."
    assert not page.choices.print_button.isEnabled()


def test_it_gives_way_from_three_columns_to_one(shell: Shell, page: CertificatesPage, settle: Settle) -> None:
    for width, columns in ((1366, 3), (900, 2), (640, 1)):
        shell.resize(width, 700)
        settle()
        assert page.columns.count_now == columns
        body = page.preview.parentWidget()
        assert body is not None
        assert body.width() <= page.area.viewport().width()
    shell.resize(1366, 768)


def test_all_of_it_has_names_and_can_be_hit(page: CertificatesPage) -> None:
    assert [widget for widget in focusable(page) if not widget.accessibleName()] == []
    assert [widget for widget in focusable(page) if min(widget.width(), widget.height()) < LEAST] == []
    spoken = page.list.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(page.list.model.lines[0].name)
    assert QAccessible.queryAccessibleInterface(page.list.view) is not None
