"""Practice apart from live data: marked all the time, never sent, gone when it is left."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app, printing, settings
from desktop.store import enrolments
from desktop.store.errors import Locked
from desktop.ui import documents, practice
from desktop.ui.need import EndPractice
from desktop.ui.page import Errand
from desktop.ui.session import PRACTICE_FOLDER
from desktop.ui.settings_page import SettingsPage
from desktop.ui.shell import Shell
from payung.enrolment import State
from payung.facts import Facts
from payung.person import Sex
from tests.desktop.ui.test_first_run import WAIT, words
from tests.laptops import PASSPHRASE

TYPED = "SERAFINA LATIHAN"
LOOKED_AT = ("lock", "attempts.json")


def person() -> Facts:
    return Facts(
        place=practice.VILLAGE,
        tps=1,
        post="kpps-ketua",
        seat=1,
        nik="5371044107959917",
        name=TYPED,
        birthplace="Kupang",
        birthdate=date(1995, 7, 1),
        sex=Sex.P,
    )


def contents(folder: Path) -> dict[str, str]:
    """Every file of the laptop's own folder by its hash, but for the practice in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and PRACTICE_FOLDER not in path.parts and path.name not in LOOKED_AT
    }


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = []

    def refuse(_self: socket.socket, address: object) -> None:
        if not isinstance(address, (str, bytes)):
            found.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return found


@pytest.fixture
def program(qtbot: QtBot, folder: Path, speech: None) -> Iterator[app.Program]:
    made = app.Program(folder, "id", settings.Settings())
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window), qtbot.waitSignal(made.window.painted, timeout=WAIT):
        made.open()
        made.window.activateWindow()
    yield made
    made.close()


def practising(program: app.Program, qtbot: QtBot) -> Shell:
    program._practise()
    qtbot.waitUntil(lambda: program.shell is not None, timeout=WAIT)
    assert program.shell is not None
    return program.shell


def at_rest(program: app.Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=WAIT)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=WAIT)


def test_practice_touches_neither_the_laptops_own_folder_nor_the_network(
    program: app.Program, qtbot: QtBot, folder: Path, tries: list[object]
) -> None:
    before = contents(folder)
    shell = practising(program, qtbot)
    session = program._session
    assert session is not None
    assert session.folder == folder / PRACTICE_FOLDER
    assert not shell.band.isHidden()
    assert shell.band.words.text() == "LATIHAN — data contoh, tidak dikirim"
    assert shell.strip.words[0] == "Latihan: tidak ada yang dikirim"

    kept = enrolments.save(session.store, person(), accept_warnings=True)
    assert kept.state is State.READY
    shell._records_changed()
    shell.sending.now()
    QTest.keyClick(shell, Qt.Key.Key_F9)
    at_rest(program, qtbot)
    assert not shell.sending._timer.isActive()
    assert tries == []

    path = documents.folder_of(session) / "sertifikat.pdf"
    path.parent.mkdir()
    printing.issue(session.store, (kept.id,), path)
    assert "CONTOH" in words(path)

    program.lock()
    at_rest(program, qtbot)
    assert program.shell is None
    assert program.doors.unlock is not None
    assert not (folder / PRACTICE_FOLDER).exists()
    assert contents(folder) == before
    assert tries == []


def test_one_button_empties_it_and_one_leaves_it(program: app.Program, qtbot: QtBot, folder: Path) -> None:
    shell = practising(program, qtbot)
    session = program._session
    assert session is not None
    enrolments.save(session.store, person(), accept_warnings=True)
    shell.band.empty_button.click()
    qtbot.waitUntil(lambda: program.shell not in {None, shell}, timeout=WAIT)
    again = program._session
    assert again is not None
    assert again.unlocked.vault_id != session.unlocked.vault_id
    assert enrolments.counts(again.store)[State.READY] == 0
    at_rest(program, qtbot)

    assert program.shell is not None
    program.shell.band.end_button.click()
    at_rest(program, qtbot)
    assert program.doors.unlock is not None
    assert not (folder / PRACTICE_FOLDER).exists()


def test_the_settings_lead_into_it_and_the_passphrase_leads_back(program: app.Program, qtbot: QtBot) -> None:
    assert program.doors.unlock is not None
    program.doors.unlock.passphrase.setText(PASSPHRASE)
    program.doors.unlock.submit()
    qtbot.waitUntil(lambda: program.shell is not None, timeout=WAIT)
    live = program.shell
    assert live is not None
    live.run(Errand("settings", field="practice"))
    page = live.page("settings")
    assert isinstance(page, SettingsPage)
    page.sections["practice"].begin_button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: program.shell not in {None, live}, timeout=WAIT)
    session = program._session
    assert session is not None
    assert session.practice

    program._need(EndPractice())
    assert program.doors.unlock is not None
    assert program._session is None


def test_pages_that_send_or_choose_for_the_laptop_are_not_practised(program: app.Program, qtbot: QtBot) -> None:
    shell = practising(program, qtbot)
    names = {kind.name for kind in shell._kinds}

    assert "enrolment" in names
    assert names.isdisjoint({"sync", "settings"})
    shell.run(Errand("settings"))
    assert shell.front != "settings"


def test_what_a_power_cut_left_is_taken_away_by_the_next_practice(tmp_path: Path) -> None:
    first = practice.begin(tmp_path, settings.Settings(), "id")
    with pytest.raises(Locked):
        practice.begin(tmp_path, settings.Settings(), "id")
    first.store.close()
    second = practice.begin(tmp_path, settings.Settings(server="https://x.invalid", backup_folder="/s"), "id")
    assert second.unlocked.vault_id != first.unlocked.vault_id
    assert second.store.laptop.server_url == ""
    assert (second.settings.server, second.settings.backup_folder) == ("", "")
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_the_first_steps_lead_into_it_without_a_kit(qtbot: QtBot, tmp_path: Path, speech: None) -> None:
    made = app.Program(tmp_path / "leer", "id", settings.Settings())
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.window.painted, timeout=WAIT):
        made.open()
    assert made.doors.first_run is not None
    made.doors.first_run.kit.try_button.click()
    qtbot.waitUntil(lambda: made.shell is not None, timeout=WAIT)
    assert made.shell is not None
    made.shell.band.end_button.click()
    at_rest(made, qtbot)
    assert made.doors.first_run is not None
    made.close()
