"""The window's program, told as a story. The only place where all parts know each other.

It opens locked, loads the heavy parts while the passphrase is typed, works, locks or closes, and keeps every key typed.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import crash, i18n, settings
from desktop.settings import Settings
from desktop.tasks import Tasks
from desktop.ui import style, theme
from desktop.ui.messages import Messages
from desktop.ui.theme import Mode, Theme
from desktop.ui.unlock import UnlockPage
from desktop.ui.window import Window
from payung.errors import PayungError

if TYPE_CHECKING:
    from desktop.ui.away import Away
    from desktop.ui.recovery_page import RecoveryPage
    from desktop.ui.session import Session
    from desktop.ui.shell import Shell

_MOST_DIALOGS = 8


def run(data_folder: Path, lang: str) -> int:
    """Open the window on the laptop's folder, return when it is closed. `lang` is "id" or "en"."""
    application = application_of(sys.argv[:1])
    chosen = settings.load(data_folder)
    translator = i18n.install(lang)
    program = Program(data_folder, lang, chosen)
    sys.excepthook = program.crashed
    program.open()
    code = application.exec()
    program.close()
    i18n.uninstall(translator)
    return code


def application_of(arguments: list[str]) -> QApplication:
    """The Qt application, with the look that is the same on every system."""
    standing = QApplication.instance()
    application = standing if isinstance(standing, QApplication) else QApplication(arguments)
    application.setApplicationName("Payung")
    application.setStyle("Fusion")
    theme.load_fonts()
    return application


def dress(application: QApplication, chosen: Settings) -> Theme:
    """Give the application its colours, font and style sheet."""
    dark = chosen.theme is settings.Theme.DARK
    look = Theme(Mode.DARK if dark else Mode.LIGHT, chosen.text_size / 100)
    application.setPalette(look.palette())
    application.setFont(look.font())
    application.setStyleSheet(style.sheet(look))
    return look


class Program(QObject):
    """From locked to open and back; one window, one pair of lanes per opening."""

    def __init__(self, folder: Path, lang: str, chosen: Settings) -> None:
        super().__init__()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._folder, self._messages, self._settings = folder, Messages(lang), chosen
        self._theme = dress(application, chosen)
        self.tasks = Tasks(self)
        self.window = Window(idle_minutes=chosen.lock_minutes)
        self.unlock: UnlockPage | None = None
        self.recovery: RecoveryPage | None = None
        self.away: Away | None = None
        self.shell: Shell | None = None
        self._session: Session | None = None
        self._front = ""  # the page that was shown when the window was locked
        self.window.painted.connect(self._prepare)
        self.window.idle.connect(self.lock)
        self.window.closing.connect(self.close)

    def open(self) -> None:
        """Show the locked window."""
        self._show_unlock()
        self.window.show()

    def _show_unlock(self) -> None:
        self.unlock, self.recovery = UnlockPage(self._theme, self.tasks, self._folder, self._messages), None
        self.unlock.opened.connect(self._opened)
        self.unlock.forgotten.connect(self._recover)
        self.window.put(self.unlock)
        self.unlock.passphrase.setFocus()

    def _recover(self, operator: str) -> None:
        from desktop.ui.recovery_page import RecoveryPage  # noqa: PLC0415 - loaded while the passphrase was tried

        self.unlock = None
        self.recovery = RecoveryPage(self._theme, self.tasks, self._folder, self._messages, operator=operator)
        self.recovery.opened.connect(self._opened)
        self.recovery.closed.connect(self._unlock_again)
        self.window.put(self.recovery)
        self.recovery.prepare()

    def _unlock_again(self) -> None:
        self._show_unlock()
        self._prepare()

    def _prepare(self) -> None:
        if self.unlock is not None:
            self.unlock.prepare()
        if self.away is None:
            from desktop.ui import away  # noqa: PLC0415 - after first paint

            self.away = away.watch(self.window)
            self.away.left.connect(self.lock)

    def _opened(self, session: Session) -> None:
        from desktop.ui.shell import Shell  # noqa: PLC0415 - loaded while the passphrase was typed

        self._session = session
        self.shell = Shell(self._theme, self.tasks, session)
        self.shell.lock_wanted.connect(self.lock)
        self.shell.destroyed.connect(_forget)
        self.unlock = self.recovery = None
        self.window.put(self.shell)
        self.window.watch_idleness(watch=True)
        self.shell.start(self._front)

    def lock(self) -> None:
        """Keep the typing, close the store, let go of keys and records, ask for the passphrase."""
        _close_dialogs()
        if self.shell is None:
            self._empty()
            return
        troubles = self._leave()
        self.tasks.deleteLater()
        self.tasks = Tasks(self)
        self._show_unlock()
        self._prepare()
        if troubles and self.unlock is not None:
            self.unlock.tell(self._messages.of(troubles[0]))

    def _empty(self) -> None:
        """Nobody sits here: what was typed of a passphrase goes."""
        if self.unlock is not None:
            self.unlock.passphrase.clear()
        if self.recovery is not None:
            self.recovery.forget()

    def close(self) -> None:
        """The same at the end of the day; may be called twice."""
        self._leave()

    def _leave(self) -> tuple[PayungError, ...]:
        self.window.watch_idleness(watch=False)
        if self.shell is not None:
            self._front = self.shell.front
            self.shell.leave()
            self.shell = None
        troubles = self.tasks.close()
        if self._session is not None:
            self._session.close()
            self._session = None
        return troubles

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A bug: its report is written without persons, the clerk is told that the data are safe."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        path = crash.write(error.with_traceback(trace), folder=self._folder, doing="window")
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Payung")
        box.setText(self.tr("Something in Payung went wrong. Your data are safe on this laptop."))
        box.setInformativeText(
            self.tr("Close Payung and open it again. Report for the office: {path}").format(path=path)
        )
        box.open()


def _close_dialogs() -> None:
    """A question left open shows what is behind it, and waits for a page that goes away."""
    for _ in range(_MOST_DIALOGS):
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is None:
            return
        dialog.close()


def _forget() -> None:
    """Pages and their answers refer to each other: only the collector lets go of the keys and rows among them."""
    QTimer.singleShot(0, gc.collect)  # once the page's own children are gone as well
