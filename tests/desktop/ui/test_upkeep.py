"""The window sees to backups and checks by itself, tells what it finds, and furnishes itself anew when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.store import archive, backup, enrolments, operators, room, seen, vault
from desktop.store.archive import Backup
from desktop.store.checking import Finding
from desktop.store.database import Store
from desktop.store.errors import NoRoom
from desktop.store.vault import DATABASE_NAME, Role
from desktop.tasks import Tasks
from desktop.ui import copying
from desktop.ui.findings import Findings, plain
from desktop.ui.messages import Messages
from desktop.ui.need import Alone, Choose, Rescue
from desktop.ui.page import Errand
from desktop.ui.session import Session, enter
from desktop.ui.shell import Shell
from desktop.ui.theme import Mode, Theme
from desktop.ui.upkeep import Told, Upkeep
from payung.errors import PayungError
from tests.desktop.store.officers import officer, officers
from tests.desktop.ui.conftest import SetUp
from tests.desktop.ui.keyboard import Keyboard
from tests.laptops import OPERATOR, PASSPHRASE

Settle = Callable[[], None]
COLLEAGUE, WORDS = "Adriana Bria", "bambu kolam pelita senja"


class Heard:
    """What the window was told."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self.findings: list[Told] = []

    def trouble(self, trouble: PayungError) -> None:
        self.troubles.append(trouble.code)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def upkeep(qapp: QApplication, tasks: Tasks, session: Session, heard: Heard) -> Upkeep:
    made = Upkeep(tasks, session)
    made.troubled.connect(heard.trouble)
    made.found.connect(heard.findings.append)
    return made


def backups(folder: Path) -> list[Path]:
    return sorted((folder / archive.FOLDER_NAME).glob(f"*{archive.SUFFIX}"))


def full(_folder: Path) -> int:
    return 100


def test_the_first_sitting_makes_a_backup_and_an_idle_one_none(
    upkeep: Upkeep, tasks: Tasks, session: Session, settle: Settle, heard: Heard
) -> None:
    upkeep.start(0)
    settle()
    assert len(backups(session.folder)) == 1
    again = Upkeep(tasks, session)
    again.start(0)
    settle()

    assert len(backups(session.folder)) == 1
    assert heard.troubles == []


def test_what_the_last_sitting_still_owes_is_made_up_for(upkeep: Upkeep, session: Session, settle: Settle) -> None:
    backup.make_here(session.store)
    enrolments.save(session.store, officer())
    upkeep.start(0)
    settle()

    newest = archive.newest(session.folder / archive.FOLDER_NAME)
    assert newest is not None
    assert newest.manifest.counts["record"] == 1


def test_enough_saves_make_a_backup_here_and_on_the_stick(
    upkeep: Upkeep, session: Session, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.change(session.folder, backup_folder=str(stick))
    levels = room.limits()
    monkeypatch.setitem(levels, "backup", levels["backup"] | {"saves": 3})
    backup.make_here(session.store)
    for facts in officers(2):
        enrolments.save(session.store, facts)
        upkeep.saved()
    settle()
    assert len(list(stick.iterdir())) == 0
    upkeep.saved()
    settle()

    assert len(list(stick.iterdir())) == 1


def test_a_full_disk_is_told_once_and_again_only_after_a_backup_was_made(
    upkeep: Upkeep, session: Session, settle: Settle, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = room.limits()
    monkeypatch.setitem(levels, "backup", levels["backup"] | {"saves": 1})
    with monkeypatch.context() as patched:
        patched.setattr(room, "free", full)
        for facts in officers(3):
            enrolments.save(session.store, facts)
            upkeep.saved()
            settle()
    assert heard.troubles == ["backup.here.full"]
    upkeep.saved()
    settle()
    assert len(backups(session.folder)) == 1
    monkeypatch.setattr(room, "free", full)
    enrolments.save(session.store, officer())
    upkeep.saved()
    settle()

    assert heard.troubles == ["backup.here.full"] * 2


def test_a_full_stick_is_told_while_the_backup_here_stands(
    upkeep: Upkeep, session: Session, settle: Settle, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.change(session.folder, backup_folder=str(tmp_path))

    def refused(_made: Backup, _stick: Path, *, tag: str) -> None:
        raise NoRoom(free="1,0 MiB", needed=tag)

    monkeypatch.setattr(backup, "carry", refused)
    upkeep.start(0)
    settle()

    assert heard.troubles == ["backup.stick.full"]
    assert len(backups(session.folder)) == 1


def test_what_a_person_should_see_to_is_told_at_once(
    session: Session, tasks: Tasks, settle: Settle, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = room.limits()
    monkeypatch.setitem(levels, "pending", {"warn": 1, "block": 100})
    enrolments.save(session.store, officer())
    upkeep = Upkeep(tasks, session)
    upkeep.found.connect(heard.findings.append)
    upkeep.start(0)
    settle()

    assert Finding("room.pending.warn", "1") in heard.findings[0].findings
    assert not heard.findings[0].damage


def test_a_journal_that_vanished_is_told_once(
    folder: Path, set_up: SetUp, tasks: Tasks, settle: Settle, heard: Heard
) -> None:
    enter(folder, set_up.unlocked, "id").close()
    known = seen.read(folder)
    assert known is not None
    seen.write(folder, replace(known, in_use=True))
    for _ in range(2):
        session = enter(folder, set_up.unlocked, "id")
        upkeep = Upkeep(tasks, session)
        upkeep.found.connect(heard.findings.append)
        upkeep.start(0)
        settle()
        session.close()

    journals = [one for told in heard.findings for one in told.findings if one.code == "check.journal"]
    assert len(journals) == 1


def test_damage_is_found_by_the_check_of_the_day(
    folder: Path, set_up: SetUp, tasks: Tasks, settle: Settle, heard: Heard
) -> None:
    session = enter(folder, set_up.unlocked, "id")
    enrolments.save_many(session.store, list(officers(40)))
    session.close()
    path = folder / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[-4096 + 100 : -4096 + 600] = bytes(500)
    path.write_bytes(content)
    session = enter(folder, set_up.unlocked, "id")
    upkeep = Upkeep(tasks, session)
    upkeep.found.connect(heard.findings.append)
    upkeep.start(0)
    settle()
    session.close()

    assert [told.damage for told in heard.findings] == [True]
    assert "check.page" in {one.code for one in heard.findings[0].findings}


def test_the_check_is_made_once_a_day(upkeep: Upkeep, session: Session, settle: Settle) -> None:
    upkeep.start(0)
    settle()

    assert settings.load(session.folder).checked_on == datetime.now(UTC).astimezone().date().isoformat()


def test_findings_are_told_in_words_and_lead_to_the_next_step(qtbot: QtBot, theme: Theme) -> None:
    notice = Findings(theme, Messages("id"))
    qtbot.addWidget(notice)
    notice.tell(Told((Finding("room.kit"),)))
    assert "Minta berkas penyiapan baru" in notice.accessibleName()
    with qtbot.waitSignal(notice.wanted) as wanted:
        notice.answers[1].click()
    assert wanted.args == [Errand("settings", field="device")]
    assert notice.isHidden()

    notice.tell(Told((Finding("check.page", "HMAC 7"), Finding("check.page", "HMAC 8")), damage=True))
    assert "2 halaman berkas data rusak." in notice.accessibleName()
    notice.tell(Told((Finding("room.kit"),)))
    assert "2 halaman berkas data rusak." in notice.accessibleName()
    with qtbot.waitSignal(notice.needed) as needed:
        notice.answers[1].click()

    assert needed.args == [Rescue()]


def test_each_kind_of_finding_is_told_once() -> None:
    found = (
        Finding("check.page", "1"),
        Finding("check.unreadable"),
        Finding("check.revision", "a"),
        Finding("check.revision", "b"),
        Finding("check.page", "2"),
    )

    assert plain(found) == (Finding("check.database_page", "2"), Finding("check.revision", "a"))


@pytest.fixture
def program(qtbot: QtBot, folder: Path, speech: None) -> Iterator[app.Program]:
    made = app.Program(folder, "id", settings.Settings())
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.open()
        made.window.activateWindow()
    yield made
    made.close()


def opened(program: app.Program, qtbot: QtBot, passphrase: str = PASSPHRASE) -> Shell:
    assert program.doors.unlock is not None
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=10_000)
    program.doors.unlock.passphrase.setText(passphrase)
    program.doors.unlock.submit()
    qtbot.waitUntil(lambda: program.shell is not None, timeout=10_000)
    shell = program.shell
    assert shell is not None
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)
    return shell


def test_locking_makes_a_backup_with_the_last_key_in_it(
    program: app.Program, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.change(folder, backup_folder=str(stick))
    shell = opened(program, qtbot)
    before = len(backups(folder))
    session = program._session
    assert session is not None
    enrolments.save(session.store, officer())
    program.lock()
    assert program.shell is None
    assert shell is not None
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=10_000)

    newest = archive.newest(folder / archive.FOLDER_NAME)
    assert newest is not None
    assert newest.manifest.counts["record"] == 1
    assert len(backups(folder)) >= before
    assert (stick / newest.path.name).exists()


def test_a_backup_that_fails_does_not_keep_the_window_from_locking(
    program: app.Program, qtbot: QtBot, folder: Path, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(program, qtbot)
    session = program._session
    assert session is not None
    enrolments.save(session.store, officer())
    monkeypatch.setattr(room, "free", full)
    program.lock()
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=10_000)

    assert program.doors.unlock is not None
    assert program.doors.unlock.notice.startswith("Cadangan di laptop belum dibuat karena ruang disk tidak cukup.")
    enter(folder, set_up.unlocked, "id").close()


def test_closing_makes_a_backup(program: app.Program, qtbot: QtBot, folder: Path, set_up: SetUp) -> None:
    opened(program, qtbot)
    session = program._session
    assert session is not None
    enrolments.save(session.store, officer())
    program.window.close()

    newest = archive.newest(folder / archive.FOLDER_NAME)
    assert newest is not None
    assert newest.manifest.counts["record"] == 1
    enter(folder, set_up.unlocked, "id").close()


def test_another_text_size_holds_at_once_and_the_typing_stays(program: app.Program, qtbot: QtBot, folder: Path) -> None:
    shell = opened(program, qtbot)
    shell.go("enrolment")
    qtbot.waitUntil(lambda: shell.enrolment.desk.view is not None, timeout=10_000)
    shell.enrolment.form.go_to("name")
    Keyboard(QApplication.processEvents, program.window).type("DOMI")
    shell.needed.emit(Choose(settings.change(folder, text_size=150, theme=settings.Theme.DARK, lock_minutes=2)))
    fresh = program.shell
    assert fresh is not None
    assert fresh is not shell
    assert (program._theme.factor, program._theme.mode) == (1.5, Mode.DARK)
    assert program.window._rest.interval() == 120_000
    qtbot.waitUntil(lambda: fresh.enrolment.desk.view is not None, timeout=10_000)

    qtbot.waitUntil(lambda: fresh.enrolment.form.fields.value("name") == "DOMI", timeout=10_000)


class System:
    """The desktop's own colours; the offscreen platform has none to change."""

    def __init__(self) -> None:
        self.scheme = Qt.ColorScheme.Light

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme


def test_as_the_laptop_follows_the_laptop(
    program: app.Program, qtbot: QtBot, qapp: QApplication, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, hints = System(), qapp.styleHints()
    monkeypatch.setattr(qapp, "styleHints", lambda: system)
    shell = opened(program, qtbot)
    shell.needed.emit(Choose(settings.change(folder, theme=settings.Theme.SYSTEM)))
    assert worn(program) is Mode.LIGHT
    for scheme, mode in ((Qt.ColorScheme.Dark, Mode.DARK), (Qt.ColorScheme.Light, Mode.LIGHT)):
        system.scheme = scheme
        hints.colorSchemeChanged.emit(scheme)
        assert worn(program) is mode
    program.lock()
    system.scheme = Qt.ColorScheme.Dark
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert worn(program) is Mode.DARK
    assert program.doors.unlock is not None


def worn(program: app.Program) -> Mode:
    return program._theme.mode


def test_removing_somebody_locks_with_a_sentence_and_the_others_come_in(
    program: app.Program, qtbot: QtBot, folder: Path
) -> None:
    shell = opened(program, qtbot)
    session = program._session
    assert session is not None
    operators.add(session.store, name=COLLEAGUE, role=Role.OPERATOR, passphrase=WORDS)
    shell.needed.emit(Alone(partial(without, COLLEAGUE), "Adriana Bria tidak dapat lagi membuka laptop ini."))
    assert program.shell is None
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)
    assert program.doors.unlock is not None
    assert program.doors.unlock.notice == "Adriana Bria tidak dapat lagi membuka laptop ini."

    assert [one.name for one in vault.operators(folder)] == [OPERATOR]
    assert opened(program, qtbot) is not shell


def test_work_that_wants_the_store_alone_and_fails_is_told_at_the_lock(program: app.Program, qtbot: QtBot) -> None:
    shell = opened(program, qtbot)
    shell.needed.emit(Alone(partial(without, OPERATOR), "tidak dikatakan"))
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)

    assert program.doors.unlock is not None
    assert program.doors.unlock.notice.startswith("Anda belum dapat menghapus diri sendiri.")
    opened(program, qtbot)


def test_the_way_to_the_rescue_page_locks_first_and_leads_back(program: app.Program, qtbot: QtBot) -> None:
    shell = opened(program, qtbot)
    shell.needed.emit(Rescue())
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)
    assert (program.shell, program.doors.unlock) == (None, None)
    assert program.doors.rescue is not None
    assert program.doors.rescue.parts.restore_button.isEnabled()
    program.doors.rescue.closed.emit()

    opened(program, qtbot)


def without(name: str, store: Store) -> Store:
    return operators.remove(store, name)


def test_a_stick_of_another_laptop_offers_nothing(session: Session, tmp_path: Path) -> None:
    assert copying.newest_on_stick(session.store, tmp_path) is None
    made = backup.make_here(session.store)
    backup.carry(made, tmp_path, tag=session.store.laptop.tag)

    assert copying.newest_on_stick(session.store, tmp_path) is not None
