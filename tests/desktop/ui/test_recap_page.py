"""The page Rekap: counted from the store, printed with Ctrl+P, exported, and each row leads to its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.store import certificates, enrolments
from desktop.ui import documents as places
from desktop.ui.recap_page import RecapPage
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from tests.desktop.store.officers import officers
from tests.desktop.ui.keyboard import CONTROL

Settle = Callable[[], None]


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "documents" / "Payung"
    monkeypatch.setattr(places, "folder", lambda: folder)
    return folder


@pytest.fixture
def page(shell: Shell, session: Session, settle: Settle) -> RecapPage:
    saved = [enrolments.save(session.store, facts).id for facts in officers(9)]
    certificates.allocate(session.store, saved[:2])
    QTest.keyClick(shell, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    settle()
    made = shell.page("recap")
    assert isinstance(made, RecapPage)
    return made


def cells(page: RecapPage, row: int) -> list[str]:
    model = page.model
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_alt_6_counts_every_station_and_the_sum(shell: Shell, page: RecapPage) -> None:
    assert shell.front == "recap"
    assert cells(page, 0) == ["TPS 001", "7/7", "0/2", "0/1", "7/10", "0", "2"]
    assert cells(page, 1) == ["TPS 002", "2/7", "0/2", "0/1", "2/10", "0", "0"]
    assert cells(page, page.model.rowCount() - 1) == ["Jumlah", "9/70", "0/20", "0/10", "9/100", "0", "2"]


def test_a_count_is_read_aloud_with_its_column(page: RecapPage) -> None:
    spoken = page.model.index(0, 6).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "Tercetak 2"


def test_the_places_above_have_their_own_part(page: RecapPage) -> None:
    page.parts[1].click()

    names = {cells(page, row)[0] for row in range(page.model.rowCount())}
    assert {"Kel. Oebobo", "Kec. Oebobo", "Kota Kupang", "Jumlah"} == names


def test_ctrl_p_makes_the_pdf_in_the_documents_folder(
    shell: Shell, page: RecapPage, documents: Path, settle: Settle
) -> None:
    QTest.keyClick(shell, Qt.Key.Key_P, CONTROL)
    settle()

    (made,) = documents.iterdir()
    assert made.read_bytes().startswith(b"%PDF")
    assert made.name.startswith("rekap-53.71.04.1001-")
    assert page.made.accessibleName().endswith(str(made))


def test_the_spreadsheet_gets_the_name_the_clerk_chose(
    page: RecapPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "rekap minggu ini"), ""))
    page.export_button.click()
    settle()

    assert (tmp_path / "rekap minggu ini.xlsx").read_bytes().startswith(b"PK")


def test_a_folder_that_cannot_be_written_is_told_in_words(
    shell: Shell, page: RecapPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    chosen = tmp_path / "berkas" / "rekap.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    page.export_button.click()
    settle()

    assert "Rekap belum dapat disimpan" in shell.trouble.accessibleName()


def test_enter_on_a_row_opens_its_station(shell: Shell, page: RecapPage, settle: Settle) -> None:
    page.table.selectRow(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()

    assert shell.front == "enrolment"
    assert shell.enrolment.unit is not None
    assert shell.enrolment.unit.place.tps == 2
