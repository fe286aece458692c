"""The certificate button: a PDF in the documents folder, told where it lies, opened or copied on request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.store import enrolments
from desktop.ui import documents as places
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from tests.desktop.store.officers import officer
from tests.desktop.ui.keyboard import CONTROL

Settle = Callable[[], None]


class Viewer(QObject):
    """Stands where the system's PDF viewer would."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "documents" / "Payung"
    monkeypatch.setattr(places, "folder", lambda: folder)
    return folder


@pytest.fixture
def made(shell: Shell, session: Session, documents: Path, settle: Settle) -> Path:
    enrolments.save(session.store, officer(tps=1, post="kpps-ketua"))
    shell.enrolment.refresh()
    settle()
    QTest.keyClick(shell, Qt.Key.Key_P, CONTROL)
    settle()
    return documents / "sertifikat-53.71.04.1001-tps-001.pdf"


def test_ctrl_p_writes_the_pdf_and_says_where_it_lies(shell: Shell, made: Path) -> None:
    assert made.read_bytes().startswith(b"%PDF")
    assert shell.enrolment.roster.made.accessibleName().endswith(str(made))
    assert "1 sertifikat" in shell.enrolment.roster.made.accessibleName()


def test_the_pdf_can_be_opened(shell: Shell, made: Path) -> None:
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")  # type: ignore[arg-type]
    shell.enrolment.roster.made.answers[0].click()
    QDesktopServices.unsetUrlHandler("file")

    assert viewer.opened == [str(made)]


def test_a_copy_can_be_put_elsewhere(
    shell: Shell, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    stick = tmp_path / "stick.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(stick), ""))
    shell.enrolment.roster.made.answers[1].click()
    settle()

    assert stick.read_bytes() == made.read_bytes()


def test_a_second_pdf_does_not_overwrite_the_first(shell: Shell, made: Path, settle: Settle) -> None:
    first = made.read_bytes()
    shell.enrolment.make_certificates()
    settle()

    assert made.read_bytes() == first
    assert made.with_stem(f"{made.stem}-2").exists()


def test_a_folder_that_cannot_be_written_is_told_in_words(
    shell: Shell, session: Session, documents: Path, settle: Settle
) -> None:
    documents.parent.write_text("a file where the folder should be", encoding="utf-8")
    enrolments.save(session.store, officer(tps=1))
    shell.enrolment.refresh()
    settle()
    shell.enrolment.make_certificates()
    settle()

    assert shell.trouble.accessibleName().startswith("Sertifikat belum dapat ditulis di ")
