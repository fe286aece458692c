"""The window's program, told as a story. The only place where all parts know each other.

It opens locked, loads the heavy parts while the passphrase is typed, works, locks or closes, and keeps every key typed.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import crash, i18n, settings
from desktop.settings import Settings
from desktop.tasks import Lane, Tasks
from desktop.ui import style, theme
from desktop.ui.doors import Doors, Fittings
from desktop.ui.messages import Messages
from desktop.ui.theme import Mode, Theme
from desktop.ui.window import Window
from payung.errors import PayungError

if TYPE_CHECKING:
    from desktop.store.database import Store
    from desktop.ui.away import Away
    from desktop.ui.copying import Load
    from desktop.ui.need import Alone, Choose, EndPractice, Practise, Rescue, Rest
    from desktop.ui.session import Session
    from desktop.ui.shell import Shell
    from desktop.ui.upkeep import Upkeep

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
    look = Theme(mode_of(application, chosen), chosen.text_size / 100)
    application.setPalette(look.palette())
    application.setFont(look.font())
    application.setStyleSheet(style.sheet(look))
    return look


def mode_of(application: QApplication, chosen: Settings) -> Mode:
    """Light or dark as chosen, or as the system is now."""
    if chosen.theme is settings.Theme.SYSTEM:
        return Mode.DARK if application.styleHints().colorScheme() is Qt.ColorScheme.Dark else Mode.LIGHT
    return Mode.DARK if chosen.theme is settings.Theme.DARK else Mode.LIGHT


class Program(QObject):
    """From locked to open and back; one window, one pair of lanes per opening."""

    def __init__(self, folder: Path, lang: str, chosen: Settings) -> None:
        super().__init__()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        self._folder, self._messages, self._settings = folder, Messages(lang), chosen
        self._theme = dress(application, chosen)
        self.tasks = Tasks(self)
        self.window = Window(idle_minutes=chosen.lock_minutes)
        self.doors = Doors(self.window, folder, self._messages, self._fittings)
        self.away: Away | None = None
        self.shell: Shell | None = None
        self._session: Session | None = None
        self._said = ""  # what is to be told once the store was left alone
        self._front = ""  # the page that was shown when the window was locked
        self.doors.opened.connect(self._opened)
        self.doors.settled.connect(partial(self.window.watch_idleness, watch=True))
        self.doors.practice_wanted.connect(self._practise)
        self.window.painted.connect(self._prepare)
        self.window.idle.connect(self.lock)
        self.window.closing.connect(self.close)
        application.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def open(self) -> None:
        """Show the locked window, or where nothing stands yet the first steps."""
        self.doors.show()
        self.window.show()

    def _fittings(self) -> Fittings:
        return Fittings(self._theme, self.tasks, self._settings)

    def _prepare(self) -> None:
        self.doors.prepare()
        if self.away is None:
            from desktop.ui import away  # noqa: PLC0415 - after first paint

            self.away = away.watch(self.window)
            self.away.left.connect(self._left_alone)

    def _opened(self, session: Session) -> None:
        if self.shell is not None:  # two doors were tried at once
            session.close()
            return
        self.doors.leave()
        upkeep = self._furnish(session)
        if not session.practice:
            upkeep.start()
        self.window.watch_idleness(watch=not session.practice)  # nobody's data are on the screen

    def _furnish(self, session: Session) -> Upkeep:
        from desktop.ui.shell import Shell  # noqa: PLC0415 - loaded while the passphrase was typed
        from desktop.ui.upkeep import Upkeep  # noqa: PLC0415 - as above

        self._session = session
        self.shell = Shell(self._theme, self.tasks, session)
        self.shell.lock_wanted.connect(self.lock)
        self.shell.needed.connect(self._need)
        self.shell.destroyed.connect(_forget)
        upkeep = Upkeep(self.tasks, session, self.shell)
        self.shell.records_changed.connect(upkeep.saved)
        upkeep.troubled.connect(self.shell.tell)
        upkeep.found.connect(self.shell.findings.tell)
        self.window.put(self.shell)
        self.shell.start("" if session.practice else self._front)
        return upkeep

    def lock(self) -> None:
        """Keep the typing and a backup, close the store, let go of keys and records, ask for the passphrase."""
        self._lock(backup=True)

    def _left_alone(self) -> None:
        """The machine falls asleep: no time for a backup, the next sitting makes it."""
        self._lock(backup=False)

    def _lock(self, *, backup: bool) -> None:
        _close_dialogs()
        if self.shell is None:
            self.doors.forget()
            return
        troubles, session = self._leave()
        if session is not None and backup and not session.practice:
            from desktop.ui import copying  # noqa: PLC0415 - loaded long ago

            self.tasks.run(Lane.STORE, partial(copying.end, session), done=self._ended, failed=self.doors.tell_trouble)
        elif session is not None:
            session.close()
        self.doors.show()
        self._prepare()
        if troubles:
            self.doors.tell_trouble(troubles[0])

    def _ended(self, load: Load | None) -> None:
        """The store is closed; what is left of the backup is to carry it to the stick."""
        if load is not None:
            from desktop.ui import copying  # noqa: PLC0415 - loaded long ago

            self.tasks.run(Lane.COPY, partial(copying.carry, load), failed=self.doors.tell_trouble)

    def close(self) -> None:
        """The same at the end of the day; may be called twice. The backup is waited for a few seconds."""
        self.window.hide()
        _, session = self._leave()
        self.doors.leave()
        if session is not None and session.practice:
            session.close()
        elif session is not None:
            from desktop.ui import copying  # noqa: PLC0415 - loaded long ago

            self.tasks.run(Lane.COPY, partial(copying.end_and_carry, session))
        self.tasks.close()

    def _leave(self) -> tuple[tuple[PayungError, ...], Session | None]:
        """What is typed is kept and both lanes are at rest; the session is the caller's to close."""
        self.window.watch_idleness(watch=False)
        if self.shell is not None:
            if self._session is not None and not self._session.practice:
                self._front = self.shell.front
            self.shell.leave()
            self.shell = None
        troubles = self.tasks.close()
        self.tasks.deleteLater()
        self.tasks = Tasks(self)
        session, self._session = self._session, None
        return troubles, session

    def _practise(self) -> None:
        """The laptop's own data are left first, or the practice before this one is ended."""
        from desktop.ui import practice  # noqa: PLC0415 - loaded when somebody practises

        self._lock(backup=True)
        work = partial(practice.begin, self._folder, self._settings, self._messages.lang)
        self.tasks.run(Lane.STORE, work, done=self._opened, failed=self.doors.tell_trouble)
        self.doors.tell(self.tr("Preparing the practice…"))

    def _need(self, need: Choose | Alone | Rescue | Rest | Practise | EndPractice) -> None:
        from desktop.ui.need import Alone, Choose, EndPractice, Practise, Rest  # noqa: PLC0415 - loaded with the page that asks

        if isinstance(need, Choose):
            if self._session is None or not self._session.practice:  # a practice chooses nothing for the laptop
                self._choose(need.settings)
        elif isinstance(need, Rest):
            self.window.rest_after(need.minutes or self._settings.lock_minutes)
        elif isinstance(need, Alone):
            self._leave_alone(need)
        elif isinstance(need, Practise):
            self._practise()
        elif isinstance(need, EndPractice):
            self.lock()
        else:
            self.lock()
            self.doors.show_rescue()

    def _choose(self, chosen: Settings) -> None:
        """Other choices hold: the window is furnished anew where they show, with all that is typed in its place."""
        self.window.rest_after(chosen.lock_minutes)
        self._settings = chosen
        if self._session is None or self.shell is None:
            return
        self._session = replace(self._session, settings=chosen)
        if self._looks_different():
            self._theme = dress(self._application, chosen)
            self._front = self.shell.front
            self.shell.leave()
            self._furnish(self._session)

    def _looks_different(self) -> bool:
        wanted = (mode_of(self._application, self._settings), self._settings.text_size / 100)
        return wanted != (self._theme.mode, self._theme.factor)

    def _scheme_changed(self) -> None:
        """The system went dark or light, and the window follows it if that was chosen."""
        if not self._looks_different():
            return
        if self.shell is not None:
            self._choose(self._settings)
        elif self.doors.unlock is not None:
            self._theme = dress(self._application, self._settings)
            self.doors.show_unlock()
            self._prepare()

    def _leave_alone(self, need: Alone) -> None:
        """Nobody else uses the store while it gets another key or identity; afterwards it is opened anew."""
        _, session = self._leave()
        if session is None:
            return
        self._said = need.said
        self.tasks.run(
            Lane.STORE, partial(_alone, session, need.work), done=self._was_alone, failed=self.doors.tell_trouble
        )
        self.doors.show_unlock()
        self._prepare()

    def _was_alone(self, _nothing: object) -> None:
        self.doors.tell(self._said)

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


def _alone(session: Session, work: Callable[[Store], Store]) -> None:
    try:
        work(session.store).close()
    finally:
        session.close()


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
