"""What is typed is never lost: not by a pause, not by closing, not by locking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.store import drafts
from desktop.tasks import Tasks
from desktop.ui.session import Session, enter
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from desktop.ui.unit import SeatState
from sync.errors import Offline
from sync.exchange import Result
from tests.desktop.ui.conftest import SetUp
from tests.desktop.ui.keyboard import CONTROL, Key, Keyboard
from tests.laptops import PASSPHRASE, VILLAGE

Settle = Callable[[], None]


def test_a_pause_is_enough_to_keep_the_typing(shell: Shell, keyboard: Keyboard, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.enrolment.kept, timeout=2000):
        keyboard.type("537104 14")

    kept = drafts.load(session.store, VILLAGE, 1, "kpps-ketua", 1)
    assert kept is not None
    assert (kept.fields["nik"], kept.focus) == ("537104 14", "nik")
    assert shell.strip.words[3].startswith("Tersimpan ")


def test_moving_to_the_next_field_keeps_it_at_once(
    shell: Shell, keyboard: Keyboard, session: Session, settle: Settle
) -> None:
    keyboard.type("537104")
    keyboard.enter()
    settle()

    kept = drafts.load(session.store, VILLAGE, 1, "kpps-ketua", 1)
    assert kept is not None
    assert kept.focus == "name"


def test_the_roster_shows_who_is_being_typed(shell: Shell, keyboard: Keyboard, settle: Settle) -> None:
    shell.enrolment.form.go_to("name")
    keyboard.type("DOMINGGUS")
    keyboard.enter()
    settle()

    first = shell.enrolment.roster.model.seats()[0]
    assert (first.name, first.state) == ("DOMINGGUS", SeatState.DRAFT)


def test_a_saved_officer_leaves_no_draft_behind(shell: Shell, keyboard: Keyboard, session: Session) -> None:
    keyboard.type("5371041408969903")
    keyboard.enter()
    keyboard.type("DOMINGGUS FRANS MANU")
    keyboard.enter()
    keyboard.type("KUPANG")
    keyboard.press(Key.Key_Return, CONTROL)

    assert drafts.load(session.store, VILLAGE, 1, "kpps-ketua", 1) is None


def test_after_closing_the_same_station_seat_field_and_text_are_there(
    qtbot: QtBot, theme: Theme, folder: Path, set_up: SetUp, network: object, session: Session
) -> None:
    session.close()
    first = _worked(qtbot, theme, folder, set_up, _type_half)
    second = _worked(qtbot, theme, folder, set_up, lambda _shell, _keyboard, _settle: None)

    assert first == ("TPS 003", "Anggota 2 · KPPS", "name", "DOMI", 2, "537104 140896 9903")
    assert second == first


def _type_half(shell: Shell, keyboard: Keyboard, settle: Settle) -> None:
    page = shell.enrolment
    page.go_to_unit(next(unit for unit in page._units if unit.title == "TPS 003"))
    settle()
    page.roster.entered.emit(page.roster.model.seats()[1])
    settle()
    keyboard.type("5371041408969903")
    keyboard.enter()
    keyboard.type("DOMI")
    keyboard.press(Key.Key_Left, times=2)


def _worked(
    qtbot: QtBot, theme: Theme, folder: Path, set_up: SetUp, work: Callable[[Shell, Keyboard, Settle], None]
) -> tuple[object, ...]:
    """One opening of the laptop: start, work, look, close without saving."""
    tasks = Tasks()
    session = enter(folder, set_up.unlocked, "id")

    def settle() -> None:
        qtbot.waitUntil(lambda: not tasks.busy)

    shell = Shell(theme, tasks, session, _never)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    shell.start("enrolment")
    settle()
    work(shell, Keyboard(settle, shell), settle)
    page = shell.enrolment
    fields = page.form.fields
    focus = fields.name_of(QApplication.focusWidget())
    assert page.unit is not None
    found = (
        page.unit.title,
        page.form.post.accessibleName(),
        focus,
        fields.value("name"),
        fields.editor("name").cursorPosition(),
        fields.value("nik"),
    )
    shell.leave()
    tasks.close()
    session.close()
    shell.close()
    shell.deleteLater()
    return found


def _never() -> Result:
    raise Offline(reason="dns")


@pytest.fixture
def program(qtbot: QtBot, folder: Path, speech: None) -> Iterator[app.Program]:
    made = app.Program(folder, "id", settings.Settings())
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.open()
        made.window.activateWindow()
    yield made
    made.close()


def opened(program: app.Program, qtbot: QtBot) -> Shell:
    assert program.doors.unlock is not None
    program.doors.unlock.passphrase.setText(PASSPHRASE)
    program.doors.unlock.submit()
    qtbot.waitUntil(lambda: program.shell is not None, timeout=10_000)
    shell = program.shell
    assert shell is not None
    shell.go("enrolment")
    qtbot.waitUntil(lambda: shell.enrolment.desk.view is not None, timeout=10_000)
    return shell


def test_locking_keeps_the_typing_and_gives_it_back_after_unlocking(program: app.Program, qtbot: QtBot) -> None:
    shell = opened(program, qtbot)
    keyboard = Keyboard(QApplication.processEvents, program.window)
    shell.enrolment.form.go_to("name")
    keyboard.type("DOMINGGUS")

    program.lock()
    assert program.shell is None
    assert program.doors.unlock is not None

    again = opened(program, qtbot)
    assert again is not shell
    assert again.enrolment.form.fields.value("name") == "DOMINGGUS"


def test_closing_the_window_closes_the_store(program: app.Program, qtbot: QtBot, folder: Path, set_up: SetUp) -> None:
    opened(program, qtbot)
    program.window.close()

    enter(folder, set_up.unlocked, "id").close()
