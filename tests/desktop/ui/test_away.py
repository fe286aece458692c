"""Whoever leaves the laptop locks it: by sleep, by the screen's lock, by minutes without a key."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.store import drafts
from desktop.store.errors import DiskFull
from desktop.ui import away_windows
from desktop.ui.away import Away
from desktop.ui.away_linux import LOGIN, LOGIN_PATH, SAVERS, Buses
from desktop.ui.away_windows import Filter
from desktop.ui.need import Rest
from desktop.ui.session import Session, enter
from tests.desktop.ui.conftest import SetUp
from tests.desktop.ui.keyboard import Keyboard
from tests.desktop.ui.test_drafts import opened
from tests.laptops import PASSPHRASE, VILLAGE

MINUTE = 60_000
daemon = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon on this machine")


class Heard(QObject):
    def __init__(self, away: Away) -> None:
        super().__init__()
        self.times = 0
        away.left.connect(self.hear)

    def hear(self) -> None:
        self.times += 1


class Logind(QDBusVirtualObject):
    """Gives out a delay lock as logind does: an open file, and sleep waits until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[object]] = []
        self._read = -1

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        if message.member() != "Inhibit":
            return False
        self.asked.append(message.arguments())
        self.close()
        self._read, write = os.pipe()
        os.set_blocking(self._read, False)
        handed = QDBusUnixFileDescriptor(write)
        os.close(write)
        return connection.send(message.createReply([handed]))

    @property
    def held(self) -> bool:
        try:
            return os.read(self._read, 1) != b""
        except BlockingIOError:
            return True

    def close(self) -> None:
        if self._read >= 0:
            os.close(self._read)
            self._read = -1


@pytest.fixture
def bus(qapp: QApplication) -> Iterator[tuple[QDBusConnection, QDBusConnection]]:
    """A message bus of our own with two ends: the system's and the window's."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address=1", "--nofork"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        try:
            assert running.stdout is not None
            address = running.stdout.readline().strip()
            yield QDBusConnection.connectToBus(address, "system's"), QDBusConnection.connectToBus(address, "window's")
        finally:
            QDBusConnection.disconnectFromBus("system's")
            QDBusConnection.disconnectFromBus("window's")
            running.terminate()


def signal(path: str, interface: str, name: str, *values: object) -> QDBusMessage:
    made = QDBusMessage.createSignal(path, interface, name)
    made.setArguments(list(values))
    return made


@daemon
def test_linux_tells_of_sleep_and_waits_until_the_laptop_is_locked(
    qtbot: QtBot, qapp: QApplication, bus: tuple[QDBusConnection, QDBusConnection]
) -> None:
    system, own = bus
    logind = Logind()
    assert system.registerService(LOGIN)
    assert system.registerVirtualObject(LOGIN_PATH, logind, QDBusConnection.VirtualObjectRegisterOption.SingleNode)
    buses = Buses(qapp, system=own, session=own)
    qtbot.waitUntil(lambda: buses.holds)
    assert [asked[0] for asked in logind.asked] == ["sleep"]
    assert [asked[-1] for asked in logind.asked] == ["delay"]
    assert logind.held

    with qtbot.waitSignal(buses.left):
        system.send(signal(LOGIN_PATH, f"{LOGIN}.Manager", "PrepareForSleep", True))
    qtbot.waitUntil(lambda: not logind.held)

    system.send(signal(LOGIN_PATH, f"{LOGIN}.Manager", "PrepareForSleep", False))
    qtbot.waitUntil(lambda: buses.holds)
    assert logind.held
    buses.asleep(True)
    logind.close()


@daemon
def test_linux_tells_of_the_sessions_lock_and_of_the_screen_saver(
    qtbot: QtBot, qapp: QApplication, bus: tuple[QDBusConnection, QDBusConnection]
) -> None:
    system, own = bus
    for name in (LOGIN, *SAVERS):
        assert system.registerService(name)
    buses = Buses(qapp, system=own, session=own)
    heard = Heard(buses)

    system.send(signal("/ScreenSaver", SAVERS[0], "ActiveChanged", False))
    system.send(signal(f"{LOGIN_PATH}/session/_31", f"{LOGIN}.Session", "Lock"))
    qtbot.waitUntil(lambda: heard.times == 1)
    for saver in SAVERS:
        system.send(signal("/ScreenSaver", saver, "ActiveChanged", True))
    qtbot.waitUntil(lambda: heard.times == 3)


@pytest.mark.parametrize(
    ("message", "what", "leaves"),
    [
        (away_windows.WM_WTSSESSION_CHANGE, away_windows.WTS_SESSION_LOCK, True),
        (away_windows.WM_WTSSESSION_CHANGE, away_windows.WTS_CONSOLE_DISCONNECT, True),
        (away_windows.WM_WTSSESSION_CHANGE, 0x8, False),  # WTS_SESSION_UNLOCK
        (away_windows.WM_POWERBROADCAST, away_windows.PBT_APMSUSPEND, True),
        (away_windows.WM_POWERBROADCAST, 0x7, False),  # PBT_APMRESUMESUSPEND
        (0x0100, away_windows.WTS_SESSION_LOCK, False),  # WM_KEYDOWN
    ],
)
def test_windows_tells_by_its_messages(qapp: QApplication, message: int, what: int, leaves: bool) -> None:
    away = Away()
    heard = Heard(away)
    said = wintypes.MSG(message=message, wParam=what)

    passed = Filter(away).nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(said))
    assert passed == (False, 0)
    assert heard.times == int(leaves)
    Filter(away).nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(said))
    assert heard.times == int(leaves)


@pytest.fixture
def program(qtbot: QtBot, folder: Path, speech: None) -> Iterator[app.Program]:
    made = app.Program(folder, "id", settings.Settings())
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.open()
        made.window.activateWindow()
    yield made
    made.close()


def test_locking_keeps_the_last_key_closes_the_store_and_lets_go_of_keys_and_records(
    program: app.Program, qtbot: QtBot, folder: Path, set_up: SetUp
) -> None:
    shell = opened(program, qtbot)
    qtbot.waitUntil(lambda: program.away is not None)
    shell.enrolment.form.go_to("name")
    Keyboard(QApplication.processEvents, program.window).type("DOMI")
    assert program.away is not None
    del shell

    program.away.left.emit()
    assert program.doors.unlock is not None
    qtbot.waitUntil(lambda: not any(isinstance(one, Session) for one in gc.get_objects()), timeout=5000)
    session = enter(folder, set_up.unlocked, "id")
    kept = drafts.load(session.store, VILLAGE, 1, "kpps-ketua", 1)
    session.close()
    assert kept is not None
    assert (kept.fields["name"], kept.focus, kept.fields["_cursor"]) == ("DOMI", "name", "4")


def test_the_idle_minutes_lock(qtbot: QtBot, folder: Path, speech: None) -> None:
    program = app.Program(folder, "id", settings.Settings(lock_minutes=1))
    qtbot.addWidget(program.window)
    program.window._rest.setInterval(1500)
    program.open()
    opened(program, qtbot)

    qtbot.waitUntil(lambda: program.shell is None, timeout=10_000)
    assert program.doors.unlock is not None
    program.close()


def test_a_dialog_left_open_is_closed_by_the_lock(program: app.Program, qtbot: QtBot) -> None:
    opened(program, qtbot)
    dialog = QDialog(program.window)
    dialog.open()
    program.lock()

    assert not dialog.isVisible()
    assert program.shell is None


def test_what_could_not_be_kept_is_told_at_the_lock(
    program: app.Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = opened(program, qtbot)
    shell.enrolment.form.go_to("name")
    Keyboard(QApplication.processEvents, program.window).type("DOMI")
    monkeypatch.setattr(drafts, "keep", full)
    program.lock()

    assert program.doors.unlock is not None
    assert program.doors.unlock.notice.startswith("Disk penuh")


def full(*_arguments: object) -> None:
    """As the disk answers when nothing is left of it."""
    raise DiskFull


def test_a_passphrase_half_typed_goes_when_the_screen_is_locked(program: app.Program) -> None:
    assert program.doors.unlock is not None
    program.doors.unlock.passphrase.setText(PASSPHRASE[:5])
    program.lock()

    assert program.doors.unlock.passphrase.text() == ""


def test_a_page_shortens_the_minutes_and_gives_them_back(program: app.Program) -> None:
    program._need(Rest(1.0))
    assert program.window._rest.interval() == MINUTE

    program._need(Rest())
    assert program.window._rest.interval() == 10 * MINUTE
