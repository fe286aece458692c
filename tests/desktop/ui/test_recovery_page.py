"""A forgotten passphrase: asked of the office, answered, replaced; the keyboard is enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.store import vault
from desktop.store.errors import WrongPassphrase
from desktop.tasks import Tasks
from desktop.ui import recovering
from desktop.ui.messages import Messages
from desktop.ui.recovery_page import RecoveryPage
from desktop.ui.session import Session, enter
from desktop.ui.theme import Theme
from sync import recovery as wire
from tests.desktop.ui.conftest import SetUp
from tests.laptops import OPERATOR, PASSPHRASE

Settle = Callable[[], None]
FRESH = "delima kereta pantai rumput"


class Desk:
    """A stick, the office it is carried to, and who opened what."""

    def __init__(self, stick: Path, set_up: SetUp) -> None:
        stick.mkdir()
        self.stick, self._office = stick, set_up.office
        self.answer_file = stick / f"jawaban{wire.SUFFIX}"
        self.sessions: list[Session] = []

    def folder(self, _over: QWidget) -> Path:
        return self.stick

    def file(self, _over: QWidget) -> Path:
        return self.answer_file

    def answers(self) -> None:
        request = (self.stick / recovering.FILE_NAME).read_bytes()
        made = wire.answer(request, intake=self._office.intake, reply=self._office.reply, at=datetime.now(UTC))
        self.answer_file.write_bytes(made)

    def take(self, session: Session) -> None:
        self.sessions.append(session)
        session.close()


@pytest.fixture
def desk(tmp_path: Path, set_up: SetUp) -> Desk:
    return Desk(tmp_path / "stick", set_up)


@pytest.fixture
def worked(folder: Path, set_up: SetUp) -> Path:
    enter(folder, set_up.unlocked, "id").close()  # an opening puts the office's slot in its place
    return folder


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, tasks: Tasks, worked: Path, settle: Settle, desk: Desk) -> RecoveryPage:
    made = RecoveryPage(
        theme,
        tasks,
        worked,
        Messages("id"),
        operator=OPERATOR,
        choose_folder=desk.folder,
        choose_file=desk.file,
    )
    made.opened.connect(desk.take)
    qtbot.addWidget(made)
    made.resize(900, 900)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.prepare()
    settle()
    return made


def press(key: Qt.Key, settle: Settle) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    settle()


def write(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def test_the_keyboard_leads_from_the_request_to_the_open_laptop(
    page: RecoveryPage, desk: Desk, settle: Settle, worked: Path
) -> None:
    press(Qt.Key.Key_Return, settle)
    asked = recovering.standing(worked)
    assert asked is not None
    assert asked.code in page.asked.text()
    assert recovering.FILE_NAME in page.asked.text()

    desk.answers()
    press(Qt.Key.Key_Return, settle)
    assert page.answered.text() == "Jawaban ini cocok dengan laptop ini."
    write(FRESH)
    press(Qt.Key.Key_Return, settle)
    write(FRESH)
    press(Qt.Key.Key_Return, settle)

    assert [session.unlocked.operator for session in desk.sessions] == [OPERATOR]
    assert (page.fresh.text(), page.again.text()) == ("", "")
    with pytest.raises(WrongPassphrase):
        vault.unlock(worked, operator=OPERATOR, passphrase=PASSPHRASE)


def test_two_different_passphrases_or_a_weak_one_change_nothing(
    page: RecoveryPage, desk: Desk, settle: Settle, worked: Path
) -> None:
    press(Qt.Key.Key_Return, settle)
    desk.answers()
    press(Qt.Key.Key_Return, settle)
    page.fresh.setText("123456789012")
    page.submit()
    assert page._fresh_field.message == "Angka saja mudah ditebak. Pakai beberapa kata."

    page.fresh.setText(FRESH)
    page.again.setText(FRESH + "x")
    page.submit()
    settle()
    assert page._again_field.message == "Keduanya berbeda. Ketik kata sandi yang sama dua kali."
    assert desk.sessions == []
    assert vault.unlock(worked, operator=OPERATOR, passphrase=PASSPHRASE).operator == OPERATOR


def test_another_file_in_place_of_the_answer_is_told_and_the_page_stays(
    page: RecoveryPage, desk: Desk, settle: Settle
) -> None:
    press(Qt.Key.Key_Return, settle)
    desk.answer_file.write_bytes(b"bukan jawaban")
    press(Qt.Key.Key_Return, settle)

    assert page.notice.text().startswith("Ini bukan berkas pemulihan yang utuh.")
    assert page._third.isHidden()


def test_an_open_request_is_remembered_with_its_code(
    qtbot: QtBot, theme: Theme, tasks: Tasks, worked: Path, settle: Settle, desk: Desk
) -> None:
    asked = recovering.ask(worked, OPERATOR, desk.stick)
    page = RecoveryPage(theme, tasks, worked, Messages("id"))
    qtbot.addWidget(page)
    page.show()
    page.prepare()
    settle()

    assert page.name.text() == OPERATOR
    assert asked.code in page.asked.text()


def test_a_stick_that_cannot_be_written_is_told(page: RecoveryPage, desk: Desk, settle: Settle) -> None:
    desk.stick = desk.stick / "gone"
    press(Qt.Key.Key_Return, settle)

    assert page.notice.text().startswith("Permintaan belum tertulis di sana.")


def test_escape_leads_back(page: RecoveryPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_the_request_is_shown_as_a_code_that_the_office_can_answer(
    page: RecoveryPage, desk: Desk, settle: Settle, worked: Path, set_up: SetUp
) -> None:
    page.show_button.click()
    settle()
    image = page.picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(bytes(image.constBits())).cast("B", (image.height(), image.bytesPerLine()))
    (read,) = zxingcpp.read_barcodes(pixels)
    asked = recovering.standing(worked)
    assert asked is not None
    assert asked.code in page.asked.text()
    assert read.text == asked.text

    office = set_up.office
    made = wire.answer(read.text.encode(), intake=office.intake, reply=office.reply, at=datetime.now(UTC))
    desk.answer_file.write_bytes(wire.to_text(made).encode())
    page.read_button.click()
    settle()

    assert page.answered.text() == "Jawaban ini cocok dengan laptop ini."


@pytest.mark.parametrize("height", [360, 700])
def test_the_code_is_seen_whole(page: RecoveryPage, settle: Settle, height: int) -> None:
    page.resize(640, height)
    page.show_button.click()
    settle()
    QApplication.processEvents()
    top = page.picture.mapTo(page, page.picture.rect().topLeft()).y()

    assert page.picture.module >= 3
    assert top >= 0
    assert top + page.picture.height() <= height
