"""Linux says it over D-Bus: logind before sleep and at a session's lock, the desktop's screen saver when it covers.

A delay lock of logind (inhibit) gives the moment that locking needs before the machine sleeps.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
)

from desktop.ui.away import Away

LOGIN: Final = "org.freedesktop.login1"
LOGIN_PATH: Final = "/org/freedesktop/login1"
SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_ANY: Final = ""  # of a path: sessions and savers are found at different ones


class Buses(Away):
    """Where there is no bus nothing is heard; a saver that starts later is heard all the same."""

    def __init__(
        self, parent: QObject, *, system: QDBusConnection | None = None, session: QDBusConnection | None = None
    ) -> None:
        super().__init__(parent)
        self._system = system if system is not None else QDBusConnection.systemBus()
        self._hold: QDBusMessage | None = None  # its open file makes sleep wait
        if self._system.isConnected():
            self._listen(self._system, LOGIN, f"{LOGIN}.Manager", "PrepareForSleep", "asleep(bool)")
            self._listen(self._system, LOGIN, f"{LOGIN}.Session", "Lock", "locked()")
            self._ask_for_time()
        own = session if session is not None else QDBusConnection.sessionBus()
        if own.isConnected():
            for saver in SAVERS:
                self._listen(own, saver, saver, "ActiveChanged", "covered(bool)")

    def _listen(self, bus: QDBusConnection, service: str, interface: str, name: str, slot: str) -> None:
        bus.connect(service, _ANY, interface, name, self, SLOT(slot))  # type: ignore[call-overload]  # bytes it refuses

    @property
    def holds(self) -> bool:
        """Whether sleep waits for us."""
        return self._hold is not None

    @Slot(bool)
    def asleep(self, begins: bool) -> None:
        """Logind: sleep begins, or is over."""
        if begins:
            self.left.emit()
            self._hold = None  # closes it: the machine may sleep now
        else:
            self._ask_for_time()

    @Slot()
    def locked(self) -> None:
        """Logind: a session of this machine was locked."""
        self.left.emit()

    @Slot(bool)
    def covered(self, active: bool) -> None:
        """The screen saver covers the screen, or no longer."""
        if active:
            self.left.emit()

    def _ask_for_time(self) -> None:
        call = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, f"{LOGIN}.Manager", "Inhibit")
        call.setArguments(["sleep", "Payung", self.tr("Payung keeps what was typed and locks."), "delay"])
        call.setAutoStartService(False)
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(call), self)
        watcher.finished.connect(self._given)

    def _given(self, watcher: QDBusPendingCallWatcher) -> None:
        reply = watcher.reply()
        if reply.type() is QDBusMessage.MessageType.ReplyMessage:
            self._hold = reply
        watcher.deleteLater()
