"""Windows says it by messages to the window: WM_POWERBROADCAST and WM_WTSSESSION_CHANGE (winuser.h, wtsapi32.h)."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.away import Away

WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
PBT_APMSUSPEND: Final = 0x0004
WTS_CONSOLE_DISCONNECT: Final = 0x2  # another user came to the screen
WTS_REMOTE_DISCONNECT: Final = 0x4
WTS_SESSION_LOGOFF: Final = 0x6
WTS_SESSION_LOCK: Final = 0x7
_LEAVING: Final = {
    WM_POWERBROADCAST: {PBT_APMSUSPEND},
    WM_WTSSESSION_CHANGE: {WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK},
}
_KINDS: Final = {b"windows_generic_MSG", b"windows_dispatcher_MSG"}
_THIS_SESSION: Final = 0


class Messages(Away):
    """Hears the messages of the application's windows; Windows sends those of the session only to who asked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.filter = Filter(self)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self.filter)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(int(window.winId())), _THIS_SESSION)


class Filter(QAbstractNativeEventFilter):
    """Looks at every message and lets all pass."""

    def __init__(self, away: Away) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """The address of a MSG comes as `message`."""
        if QByteArray(kind).data() in _KINDS and int(message):
            said = wintypes.MSG.from_address(int(message))
            if leaves(said.message, said.wParam):
                self._away.left.emit()
        return False, 0


def leaves(message: int, what: int) -> bool:
    """Whether a message with that wParam says that nobody sits before this session now."""
    return what in _LEAVING.get(message, ())
