"""The window around the page: what gives way when it narrows, and a strip that never lies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store import enrolments
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.strip import Network as Word
from desktop.ui.strip import Strip, Traffic
from desktop.ui.theme import Theme
from desktop.ui.unit import SeatState
from tests.desktop.store.officers import officer
from tests.desktop.ui.conftest import Network
from tests.desktop.ui.keyboard import CONTROL, Key, Keyboard

Settle = Callable[[], None]
WITA = timezone(timedelta(hours=8))
NOW = datetime(2029, 1, 20, 10, 31, 7, tzinfo=WITA)


def shown(shell: Shell) -> dict[str, bool]:
    page = shell.enrolment
    return {
        "rail words": page.isVisible() and shell.navigation.width() > 66,
        "list": page.list.isVisible(),
        "combo": page.roster.combo.isVisible(),
        "roster": page.roster.isVisible(),
        "form": page.form.isVisible(),
        "last sent": shell.strip._wide.isVisible(),
    }


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1366, {"rail words", "list", "roster", "form", "last sent"}),
        (1179, {"combo", "roster", "form", "last sent"}),
        (999, {"combo", "roster", "form"}),
        (779, {"form"}),
        (640, {"form"}),
    ],
)
def test_the_window_gives_way_step_by_step(shell: Shell, settle: Settle, width: int, expected: set[str]) -> None:
    shell.resize(width, 520)
    settle()

    assert shell.width() == width
    assert {name for name, visible in shown(shell).items() if visible} == expected


def test_in_the_narrowest_window_roster_and_form_change_places(
    shell: Shell, keyboard: Keyboard, settle: Settle
) -> None:
    page = shell.enrolment
    shell.resize(700, 500)
    settle()
    keyboard.press(Key.Key_Escape)
    assert (page.roster.isVisible(), page.form.isVisible()) == (True, False)

    keyboard.enter()
    assert (page.roster.isVisible(), page.form.isVisible()) == (False, True)


def test_without_a_network_the_strip_says_so_and_work_goes_on(
    shell: Shell, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    enrolments.save(session.store, officer())
    shell.sending.soon()
    settle()

    qtbot.waitUntil(lambda: shell.strip.words[0] == "Tidak ada internet")
    assert shell.strip.words[1:3] == ("1 menunggu kirim", "Belum pernah terkirim")


def test_f9_sends_and_the_roster_shows_the_receipt(
    shell: Shell, session: Session, network: Network, qtbot: QtBot, settle: Settle
) -> None:
    enrolments.save(session.store, officer(tps=1))
    network.up = True
    QTest.keyClick(shell, Qt.Key.Key_F9)
    settle()

    qtbot.waitUntil(lambda: shell.strip.words[0] == "Tersambung")
    qtbot.waitUntil(lambda: shell.strip.words[1] == "Tidak ada yang menunggu kirim")
    assert shell.strip.words[2].startswith("Terkirim terakhir hari ini ")
    settle()
    states = [line.state for line in shell.enrolment.roster.model.seats()]
    assert states.count(SeatState.SENT) == 1


def test_a_sent_record_is_read_only_until_it_is_to_be_corrected(
    shell: Shell, session: Session, network: Network, keyboard: Keyboard, qtbot: QtBot, settle: Settle
) -> None:
    enrolments.save(session.store, officer(tps=1, post="kpps-ketua"))
    network.up = True
    shell.sending.now()
    settle()
    qtbot.waitUntil(lambda: shell.strip.words[0] == "Tersambung")
    settle()
    page = shell.enrolment
    page.roster.entered.emit(page.roster.model.seats()[0])
    settle()
    assert not page.form.fields.editor("name").isEnabled()
    assert not page.form.save_button.isEnabled()

    page.form.sent.answers[0].click()
    page.form.go_to("name")
    keyboard.press(Key.Key_A, CONTROL)
    keyboard.type("NAMA YANG BENAR")
    keyboard.press(Key.Key_Return, CONTROL)
    assert dict(page.form.fields.messages()) == {"reason": "Isi alasan perubahan data ini."}

    page.form.go_to("reason")
    keyboard.type("Salah ketik nama")
    keyboard.press(Key.Key_Return, CONTROL)
    (record,) = enrolments.find_by_nik(session.store, officer().nik)
    assert (record.facts.name, record.revision) == ("NAMA YANG BENAR", 2)


def test_a_saved_officer_is_sent_by_itself(
    shell: Shell, network: Network, keyboard: Keyboard, qtbot: QtBot, settle: Settle
) -> None:
    network.up = True
    shell.sending.now()
    settle()
    before = network.tries
    keyboard.type("5371041408969903")
    shell.enrolment.form.go_to("name")
    keyboard.type("DOMINGGUS FRANS MANU")
    keyboard.enter()
    keyboard.type("KUPANG")
    keyboard.press(Key.Key_Return, CONTROL)
    assert shell.strip.words[1] == "1 menunggu kirim"

    qtbot.waitUntil(lambda: network.tries > before, timeout=15_000)
    qtbot.waitUntil(lambda: shell.strip.words[1] == "Tidak ada yang menunggu kirim")


def test_no_word_about_the_network_flickers(qtbot: QtBot, theme: Theme) -> None:
    strip = Strip(theme)
    qtbot.addWidget(strip)
    strip.show_traffic(Traffic(Word.ONLINE))
    for word in (Word.SENDING, Word.OFFLINE, Word.SENDING, Word.OFFLINE):
        strip.show_traffic(Traffic(word))
    assert strip.words[0] == "Tersambung"

    qtbot.waitUntil(lambda: strip.words[0] == "Tidak ada internet", timeout=2000)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, "Belum pernah terkirim"),
        (NOW - timedelta(minutes=9), "Terkirim terakhir hari ini 10.22"),
        (NOW - timedelta(hours=17, minutes=49), "Terkirim terakhir kemarin 16.42"),
        (NOW - timedelta(days=3), "Terkirim terakhir 17-01-2029 10.31"),
    ],
)
def test_the_last_receipt_is_told_as_people_say_it(qtbot: QtBot, theme: Theme, at: datetime | None, said: str) -> None:
    strip = Strip(theme)
    qtbot.addWidget(strip)
    strip.show_last_sent(at, NOW)

    assert strip.words[2] == said


def test_ctrl_k_asks_to_lock(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.lock_wanted):
        QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)


def test_ten_seats_of_a_station_are_filled_one_after_the_other(
    shell: Shell, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    page = shell.enrolment
    for number in range(10):
        assert page.form.fields.name_of(QApplication.focusWidget()) == "nik"
        keyboard.type(f"537104{number + 1:02}0190{9901 + number}")
        keyboard.enter()
        keyboard.type(f"PETUGAS {'ABCDEFGHIJ'[number]}A")
        keyboard.enter()
        keyboard.type("KUPANG")
        if number == 9:
            assert page.form.save_button.text().strip() == "Simpan && cetak sertifikat"
        keyboard.press(Key.Key_Return, CONTROL)
    settle()

    assert page.unit is not None
    assert (page.unit.filled, page.unit.total) == (10, 10)
    rows = enrolments.roster(session.store, page.unit.place.code, 1)
    assert [row.state.value for row in rows] == ["ready"] * 10
    assert page.certificates.last is not None
    assert page.certificates.last.certificates == 10
