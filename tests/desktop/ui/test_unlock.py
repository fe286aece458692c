"""The first window: wrong passphrases told in place, a laptop already open, and nothing heavy before first paint."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import settings
from desktop.store import attempts, operators
from desktop.store.vault import Role
from desktop.tasks import Tasks
from desktop.ui.messages import Messages
from desktop.ui.session import Door, Session, enter, open_session
from desktop.ui.theme import Theme
from desktop.ui.unlock import UnlockPage
from tests.conftest import ROOT
from tests.desktop.ui.conftest import SetUp
from tests.laptops import OPERATOR, PASSPHRASE

Settle = Callable[[], None]
COLLEAGUES = "bambu kolam pelita senja"
HEAVY = ("sqlalchemy", "sqlcipher3", "reportlab", "cryptography", "python_calamine", "zxingcpp", "urllib3", "cbor2")


class Opened:
    def __init__(self) -> None:
        self.sessions: list[Session] = []

    def take(self, session: Session) -> None:
        self.sessions.append(session)
        session.close()


@pytest.fixture
def opened() -> Opened:
    return Opened()


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, tasks: Tasks, folder: Path, settle: Settle, opened: Opened
) -> Iterator[UnlockPage]:
    made = UnlockPage(theme, tasks, folder, Messages("id"))
    qtbot.addWidget(made)
    made.opened.connect(opened.take)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.prepare()
    settle()
    yield made
    settle()


def submit(page: UnlockPage, text: str, settle: Settle) -> None:
    page.passphrase.clear()
    QTest.keyClicks(page.passphrase, text)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    settle()


def test_the_right_passphrase_opens_the_laptop(page: UnlockPage, settle: Settle, opened: Opened) -> None:
    submit(page, PASSPHRASE, settle)

    (session,) = opened.sessions
    assert session.unlocked.operator == OPERATOR
    assert page.passphrase.text() == ""


def test_a_wrong_passphrase_is_told_in_place_with_focus_kept_and_text_selected(
    page: UnlockPage, settle: Settle, opened: Opened
) -> None:
    submit(page, "bukan kata sandi ini", settle)

    assert page.notice == "Kata sandi belum cocok. Periksa tombol Caps Lock."
    assert QApplication.focusWidget() is page.passphrase
    assert page.passphrase.selectedText() == page.passphrase.text() != ""
    assert opened.sessions == []


def test_after_wrong_ones_the_page_waits_and_counts_down(
    page: UnlockPage, settle: Settle, opened: Opened, qtbot: QtBot
) -> None:
    for _ in range(2):
        submit(page, "bukan kata sandi ini", settle)

    assert page.notice == "Kata sandi belum cocok. Periksa tombol Caps Lock. Coba lagi dalam 2 detik."
    assert not page.open_button.isEnabled()
    submit(page, PASSPHRASE, settle)
    assert opened.sessions == []

    qtbot.waitUntil(page.open_button.isEnabled)
    assert page.notice == "Anda boleh mencoba lagi sekarang."
    submit(page, PASSPHRASE, settle)
    assert len(opened.sessions) == 1


def test_a_laptop_that_is_open_elsewhere_says_so(
    page: UnlockPage, settle: Settle, opened: Opened, folder: Path, set_up: SetUp
) -> None:
    other = enter(folder, set_up.unlocked, "id")
    submit(page, PASSPHRASE, settle)
    other.close()

    assert "Payung sudah terbuka di laptop ini" in page.notice
    assert opened.sessions == []


def test_capital_letters_without_shift_are_noticed(page: UnlockPage) -> None:
    QApplication.sendEvent(
        page.passphrase, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    )

    assert page.notice == "Tombol Caps Lock sedang menyala."


def test_the_passphrase_can_be_shown(page: UnlockPage) -> None:
    page._show.click()
    assert page.passphrase.echoMode() is page.passphrase.EchoMode.Normal
    page._show.click()
    assert page.passphrase.echoMode() is page.passphrase.EchoMode.Password


def test_a_laptop_that_is_not_set_up_says_what_to_do(
    qtbot: QtBot, theme: Theme, tasks: Tasks, tmp_path: Path, settle: Settle
) -> None:
    page = UnlockPage(theme, tasks, tmp_path, Messages("id"))
    qtbot.addWidget(page)
    page.show()
    page.prepare()
    settle()

    assert "penyiapan" in page.notice


def test_of_several_operators_the_last_one_is_chosen_and_the_arrow_keys_choose_another(
    qtbot: QtBot, theme: Theme, tasks: Tasks, folder: Path, settle: Settle, opened: Opened, set_up: SetUp
) -> None:
    first = enter(folder, set_up.unlocked, "id")
    operators.add(first.store, name="Yuliana Tefa", role=Role.OPERATOR, passphrase=COLLEAGUES)
    first.close()
    open_session(folder, "Yuliana Tefa", COLLEAGUES, "id").close()
    page = UnlockPage(theme, tasks, folder, Messages("id"))
    qtbot.addWidget(page)
    page.opened.connect(opened.take)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.prepare()
    settle()
    assert page.operator == "Yuliana Tefa"
    assert "Yuliana" not in (folder / settings.FILE).read_text(encoding="utf-8")

    QTest.keyClick(page.passphrase, Qt.Key.Key_Up)
    assert page.operator == OPERATOR
    submit(page, PASSPHRASE, settle)
    assert [session.unlocked.operator for session in opened.sessions] == [OPERATOR]


def test_enter_on_a_name_leads_to_the_passphrase(qtbot: QtBot, theme: Theme, tasks: Tasks, folder: Path) -> None:
    page = UnlockPage(theme, tasks, folder, Messages("id"))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page._asked(Door(("Yuliana", "Marthen Ndolu")))
    page.people.view.setFocus()
    QTest.keyClick(page.people.view, Qt.Key.Key_Down)
    QTest.keyClick(page.people.view, Qt.Key.Key_Return)

    assert page.operator == "Marthen Ndolu"
    assert QApplication.focusWidget() is page.passphrase


def test_the_wait_goes_on_after_a_restart(
    qtbot: QtBot, theme: Theme, tasks: Tasks, folder: Path, settle: Settle, opened: Opened
) -> None:
    for _ in range(4):
        attempts.wrong(folder)
    page = UnlockPage(theme, tasks, folder, Messages("id"))
    qtbot.addWidget(page)
    page.opened.connect(opened.take)
    page.show()
    page.prepare()
    settle()

    assert page.notice.startswith("Beberapa kali kata sandi belum cocok. Coba lagi dalam ")
    assert not page.open_button.isEnabled()
    submit(page, PASSPHRASE, settle)
    assert opened.sessions == []


def test_the_first_window_stands_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from desktop import app, i18n, settings\n"
        "application = app.application_of([])\n"
        "translator = i18n.install('id')\n"
        f"program = app.Program(Path({str(tmp_path)!r}), 'id', settings.Settings())\n"
        "program.window.painted.disconnect()\n"
        "program.open()\n"
        "application.processEvents()\n"
        "assert program.window.isVisible()\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
        "program.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
