"""A list comes in: chosen, matched, checked, corrected, taken in, taken back. Real files, a real store, keys alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store import certificates, enrolments, taking_back
from desktop.ui.import_page import ImportPage
from desktop.ui.import_reading import Kind
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.workbook import memory
from tests.desktop.ui.keyboard import ALT, CONTROL, Key, Keyboard
from tests.desktop.ui.test_access import LEAST, focusable

Settle = Callable[[], None]
LONG = 20_000  # rows
GAP = 100.0  # milliseconds
TRIES = 6
HEADINGS = ("TPS", "Nama", "NIK", "L/P", "Tempat, Tgl Lahir", "Jabatan")


def officer(tps: object, serial: int, post: str, name: str = "MARTHA TEFA") -> tuple[object, ...]:
    return (tps, name, f"537104541296{serial:04}", "P", "Kupang, 14 Desember 1996", post)


GOOD = [officer(1, 9901, "KPPS 1"), officer(1, 9902, "KPPS 2", "RAMBU ANA"), officer(1, 9903, "KPPS 3", "SITI DJAWA")]


@pytest.fixture
def page(shell: Shell, settle: Settle) -> ImportPage:
    shell.go("import")
    settle()
    found = shell.page("import")
    assert isinstance(found, ImportPage)
    return found


class Watchdog(QObject):
    """The longest time the window's thread did not answer, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now

    def done(self) -> float:
        self._timer.stop()
        return self.longest


def written(path: Path, *rows: tuple[object, ...]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("KPPS")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def opened(page: ImportPage, settle: Settle, path: Path) -> None:
    page.open_file(path)
    settle()


def counts(page: ImportPage) -> tuple[int, int, int]:
    found = page.work.found
    assert found is not None
    return found.count(Kind.NEW), found.count(Kind.KNOWN), found.count(Kind.MEND)


def test_a_list_is_checked_and_nothing_is_written_before_the_last_button(
    page: ImportPage, session: Session, settle: Settle, keyboard: Keyboard, data: Path
) -> None:
    opened(page, settle, data / "workbooks" / "oebobo-kpps-linmas.xlsx")

    assert page.check.isVisible()
    assert counts(page)[0] > 60
    assert enrolments.counts(session.store)["ready"] == 0
    new = counts(page)[0]
    assert page.check.take_button.accessibleName() == f"Masukkan {new} data"

    keyboard.press(Key.Key_Return, CONTROL)
    assert enrolments.counts(session.store)["ready"] == new
    assert page.done.accessibleName().startswith(f"{new} data masuk")


def test_three_corrections_in_place_and_every_row_comes_in(
    page: ImportPage, session: Session, settle: Settle, keyboard: Keyboard, tmp_path: Path
) -> None:
    short = ("1", "JOHN BENU", "53710454129699", "P", "Kupang, 14 Desember 1996", "KPPS 4")
    nameless = officer(1, 9905, "KPPS 5", "")
    odd = officer(1, 9906, "Tukang parkir", "ANA LAY")
    opened(page, settle, written(tmp_path / "daftar.xlsx", HEADINGS, *GOOD, short, nameless, odd))
    assert counts(page) == (3, 0, 3)
    assert page.check.model.kind is Kind.MEND  # what needs a hand comes first
    assert [page.check.model.sentences(line) for line in page.check.model.lines][1].startswith("Isi nama")

    for column, typed in ((5, "5371045412969904"), (4, "BERTHA KOLO"), (3, "Anggota KPPS 6")):
        view = page.check.view
        view.setFocus()
        view.setCurrentIndex(page.check.model.index(0, column))
        keyboard.press(Key.Key_Return)
        editor = QApplication.focusWidget()
        assert editor is not None
        QTest.keyClick(editor, Key.Key_A, CONTROL)
        QTest.keyClicks(editor, typed)
        QTest.keyClick(editor, Key.Key_Return)
        settle()

    assert counts(page) == (6, 0, 0)
    keyboard.press(Key.Key_Return, CONTROL)
    assert enrolments.counts(session.store)["ready"] == 6
    assert enrolments.find_by_nik(session.store, "5371045412969905")[0].facts.name == "BERTHA KOLO"


def test_a_pasted_table_comes_in_too_and_plain_text_is_told_how(
    page: ImportPage, session: Session, settle: Settle, keyboard: Keyboard
) -> None:
    QGuiApplication.clipboard().setText("halo")
    page.choose_button.setFocus()
    keyboard.press(Key.Key_V, CONTROL)
    assert page.notice.accessibleName().startswith("Belum ada tabel")

    QGuiApplication.clipboard().setText("\n".join("\t".join(map(str, row)) for row in (HEADINGS, *GOOD)))
    keyboard.press(Key.Key_V, CONTROL)
    assert counts(page) == (3, 0, 0)
    keyboard.press(Key.Key_Return, CONTROL)
    assert enrolments.counts(session.store)["ready"] == 3


def test_a_dropped_file_is_read(page: ImportPage, settle: Settle, tmp_path: Path) -> None:
    path = written(tmp_path / "daftar.xlsx", HEADINGS, *GOOD)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(20, 20),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle()

    assert counts(page) == (3, 0, 0)


def test_columns_are_matched_by_keys_and_remembered_for_the_next_list(
    page: ImportPage, session: Session, settle: Settle, keyboard: Keyboard, tmp_path: Path
) -> None:
    headings = ("TPS", "Orang", "NIK", "L/P", "Tempat, Tgl Lahir", "Jabatan")
    opened(page, settle, written(tmp_path / "satu.xlsx", headings, *GOOD))
    assert counts(page) == (0, 0, 3)
    assert not page.columns._open.isHidden()

    combo = page.columns.combos[1]
    assert combo.accessibleName() == "Isi kolom Orang"
    combo.setFocus()
    place = combo.findData("name")
    keyboard.press(Key.Key_Down, times=place - combo.currentIndex())
    assert counts(page) == (3, 0, 0)
    keyboard.press(Key.Key_Return, CONTROL)
    assert memory.FILE in {file.name for file in session.folder.iterdir()}
    assert b"Orang" not in (session.folder / memory.FILE).read_bytes()

    opened(page, settle, written(tmp_path / "dua.xlsx", headings, officer(2, 9911, "KPPS 1", "ELIAS TUAN")))
    assert counts(page) == (1, 0, 0)
    assert page.columns._said.accessibleName().startswith("Seperti terakhir kali")


def test_what_the_list_does_not_say_is_chosen_once(page: ImportPage, settle: Settle, tmp_path: Path) -> None:
    rows = [row[1:5] for row in GOOD]
    opened(page, settle, written(tmp_path / "daftar.xlsx", HEADINGS[1:5], *rows))
    assert counts(page) == (0, 0, 3)

    page.columns.unfold(True)
    page.columns.post.setCurrentIndex(page.columns.post.findData("kpps-anggota"))
    page.columns.post.activated.emit(page.columns.post.currentIndex())
    page.columns.tps.setCurrentIndex(page.columns.tps.findData(4))
    page.columns.tps.activated.emit(page.columns.tps.currentIndex())
    settle()

    assert counts(page) == (3, 0, 0)
    assert {line.cells[0] for line in page.check.model.lines} == {"004"}


def test_the_same_list_again_is_known_and_adds_nobody(
    page: ImportPage, session: Session, settle: Settle, keyboard: Keyboard, tmp_path: Path
) -> None:
    path = written(tmp_path / "daftar.xlsx", HEADINGS, *GOOD)
    opened(page, settle, path)
    keyboard.press(Key.Key_Return, CONTROL)
    opened(page, settle, path)

    assert counts(page) == (0, 3, 0)
    assert not page.check.take_button.isEnabled()
    assert page.check.model.word(page.check.model.lines[0]) == "Sudah ada"


def test_an_import_is_taken_back_whole_and_the_list_stands_there_again(
    page: ImportPage, shell: Shell, session: Session, settle: Settle, keyboard: Keyboard, tmp_path: Path
) -> None:
    opened(page, settle, written(tmp_path / "daftar.xlsx", HEADINGS, *GOOD))
    keyboard.press(Key.Key_Return, CONTROL)
    assert QApplication.focusWidget() is page.done.answers[1]
    assert "3 menunggu kirim" in shell.strip.words

    page.done.answers[0].setFocus()
    keyboard.press(Key.Key_Space)
    assert page.done.accessibleName().startswith("Keluarkan lagi 3 data?")
    page.done.answers[0].setFocus()
    keyboard.press(Key.Key_Space)

    assert page.done.accessibleName().startswith("3 data dikeluarkan lagi")
    assert enrolments.counts(session.store)["ready"] == 0
    assert counts(page) == (3, 0, 0)
    assert taking_back.last(session.store) is None


def test_what_was_printed_since_stays_and_is_named(
    page: ImportPage, session: Session, settle: Settle, keyboard: Keyboard, tmp_path: Path
) -> None:
    opened(page, settle, written(tmp_path / "daftar.xlsx", HEADINGS, *GOOD))
    keyboard.press(Key.Key_Return, CONTROL)
    certificates.allocate(session.store, [enrolments.find_by_nik(session.store, "5371045412969902")[0].id])
    page.undo_button.click()
    page.done.answers[0].click()
    page.done.answers[0].click()
    settle()

    assert "RAMBU ANA (TPS 001, Kel. Oebobo): sertifikatnya sudah dicetak" in page.done.accessibleName()
    assert enrolments.counts(session.store)["ready"] == 1


def test_rows_that_stay_out_are_listed_with_reasons_that_run_nothing(
    page: ImportPage, settle: Settle, tmp_path: Path
) -> None:
    bad = officer(1, 9905, '=HYPERLINK("http://x")')
    opened(page, settle, written(tmp_path / "daftar.csv.xlsx", HEADINGS, *GOOD, bad))
    for name in ("sisa.xlsx", "sisa.csv"):
        page.work.report(tmp_path / name)
        settle()

    rows = python_calamine.CalamineWorkbook.from_path(tmp_path / "sisa.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][-1] == "Keterangan"
    assert rows[1][:3] == ["KPPS", 5.0, "F"]
    assert "sisa.csv" in page.notice.accessibleName()
    assert b";=" not in (tmp_path / "sisa.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "said"),
    [("nekamese-nik-rusak.xlsx", "Excel memotong NIK"), ("foto.xlsx", "bukan berkas tabel")],
)
def test_a_whole_file_is_refused_with_the_remedy(
    page: ImportPage, settle: Settle, data: Path, tmp_path: Path, name: str, said: str
) -> None:
    path = data / "workbooks" / name
    if not path.is_file():
        path = tmp_path / name
        path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    opened(page, settle, path)

    assert said in page.notice.accessibleName()
    assert page.check.isHidden()
    assert page.notice.isVisible()


def test_everything_has_a_name_and_room_for_a_finger(
    page: ImportPage, shell: Shell, settle: Settle, tmp_path: Path
) -> None:
    bad = officer(1, 9905, "Tukang parkir")
    opened(page, settle, written(tmp_path / "daftar.xlsx", HEADINGS, *GOOD, bad))
    page.columns.unfold(True)
    QApplication.processEvents()

    assert [widget for widget in focusable(shell) if not widget.accessibleName()] == []
    assert [widget for widget in focusable(shell) if min(widget.width(), widget.height()) < LEAST] == []
    for width in (1366, 1000, 640):
        shell.resize(width, 690)
        settle()
        assert shell.width() == width
        assert page.check.take_button.isVisible()


def test_a_list_of_thousands_never_holds_the_window_and_can_be_stopped(
    page: ImportPage, session: Session, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [
        (
            1 + n // 7 % 999,
            f"PETUGAS {'ABCDEFGHIJ'[n % 10]}",
            f"537104{41 + n % 28}{1 + n // 28 % 12:02}{60 + n // 336 % 40:02}99{1 + n // 13440:02}",
            "P",
            f"Kupang, {1 + n % 28}-{1 + n // 28 % 12}-19{60 + n // 336 % 40}",
            "Ketua KPPS" if n % 7 == 0 else f"Anggota KPPS {n % 7 + 1}",
        )
        for n in range(LONG)
    ]
    path = written(tmp_path / "panjang.xlsx", HEADINGS, *rows)
    longest: list[float] = []
    while not longest or (min(longest) >= GAP and len(longest) < TRIES):  # a busy machine only adds to it
        watch = Watchdog()
        page.open_file(path)
        qtbot.waitUntil(lambda: page.work.found is not None, timeout=60_000)
        page.check.filters[0].click()
        page.check.view.scrollToBottom()
        QApplication.processEvents()
        longest.append(watch.done())
    assert sum(counts(page)) == LONG
    assert min(longest) < GAP

    page.work.check()
    page.work.stop()
    settle()
    assert page.notice.accessibleName().startswith("Impor dihentikan")
    assert enrolments.counts(session.store)["ready"] == 0


def test_alt_5_leads_there(shell: Shell, keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_5, ALT)

    assert shell.front == "import"
