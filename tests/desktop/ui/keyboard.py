"""A clerk's hands: types on whatever has the focus and counts every key that goes down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Keyboard:
    """`strokes` counts keys; a held Ctrl, Shift or Alt is a key of its own."""

    def __init__(self, settle: Callable[[], None], window: QWidget) -> None:
        self.strokes = 0
        self._settle = settle
        self._window = window

    @staticmethod
    def focus() -> QWidget:
        """What has the focus now: the open list of a field first."""
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        """Type letters and figures."""
        for character in text:
            self.strokes += 1
            QTest.keyClicks(self.focus(), character)
            if QApplication.activePopupWidget() is not None:
                QApplication.processEvents()  # the offscreen platform activates a list late, see press

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, *, times: int = 1) -> None:
        """Press a key, with others held, and let the answers come."""
        for _ in range(times):
            self.strokes += 1 + sum(bool(held & one) for one in (CONTROL, SHIFT, ALT))
            QTest.keyClick(self.focus(), key, held)
            self._settle()
            if QApplication.activePopupWidget() is None and QApplication.activeWindow() is not self._window:
                # the offscreen platform activates a field's list like a window and forgets whose turn it is then
                self._window.activateWindow()
                QApplication.processEvents()

    def enter(self) -> None:
        """Go on to the next field."""
        self.press(Key.Key_Return)
