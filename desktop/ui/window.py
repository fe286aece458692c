"""The one window: locked or open. Locking closes the store; what was typed waits in it as a draft."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Window(QMainWindow):
    """`painted` once, when it first stands on the screen; `idle` after minutes without a key; `closing` at the end."""

    painted = Signal()
    idle = Signal()
    closing = Signal()

    def __init__(self, *, idle_minutes: float) -> None:
        super().__init__()
        self.setWindowTitle("Payung")
        self.setMinimumSize(640, 360)
        self.resize(1366, 728)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._shown = self._watched = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(round(idle_minutes * 60_000))
        self._rest.timeout.connect(self.idle)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._watch)

    def put(self, page: QWidget) -> None:
        """Show a page in place of the one before, which is let go."""
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def rest_after(self, minutes: float) -> None:
        """From now on so many minutes without input are being idle."""
        self._rest.setInterval(round(minutes * 60_000))

    def watch_idleness(self, *, watch: bool) -> None:
        """Count the minutes without input, or stop counting."""
        if watch:
            self._rest.start()
        else:
            self._rest.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the window from now on."""
        super().showEvent(event)
        handle = self.windowHandle()
        if not self._watched:
            self._watched = True
            handle.installEventFilter(self)

    def _watch(self, other: QWindow | None) -> None:
        """A dialog is a window of its own, and typing there is work too."""
        if other is not None:
            other.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell once that the first picture is there; input anywhere begins the idle minutes anew."""
        if event.type() == QEvent.Type.Expose and watched is self.windowHandle() and not self._shown:
            self._shown = True
            QTimer.singleShot(0, self.painted.emit)  # painting is done while the exposure is handled
        if event.type() in _INPUT and self._rest.isActive():
            self._rest.start()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing never asks: everything is kept."""
        self.closing.emit()
        super().closeEvent(event)
