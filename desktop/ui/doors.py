"""The pages before the store is open: the first steps, the passphrase, the way back in, the rescue. One at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.settings import Settings
from desktop.store import blank
from desktop.tasks import Tasks
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme
from desktop.ui.unlock import UnlockPage
from desktop.ui.window import Window
from payung.errors import PayungError

if TYPE_CHECKING:
    from desktop.ui.first_run import FirstRun
    from desktop.ui.recovery_page import RecoveryPage
    from desktop.ui.rescue_page import RescuePage


@dataclass(frozen=True, slots=True)
class Fittings:
    """What a page is made with now; look and lanes change with every opening."""

    theme: Theme
    tasks: Tasks
    settings: Settings


class Doors(QObject):
    """`opened` carries the `Session`; `settled`: the laptop stands though its first steps go on."""

    opened = Signal(object)
    settled = Signal()
    practice_wanted = Signal()

    def __init__(self, window: Window, folder: Path, messages: Messages, fittings: Callable[[], Fittings]) -> None:
        super().__init__(window)
        self._window, self._folder, self._messages, self._fittings = window, folder, messages, fittings
        self.first_run: FirstRun | None = None
        self.unlock: UnlockPage | None = None
        self.recovery: RecoveryPage | None = None
        self.rescue: RescuePage | None = None

    def show(self) -> None:
        """The passphrase, or where nothing stands yet the first steps."""
        if blank.is_blank(self._folder) and not self._fittings().settings.backup_folder:
            self._show_first_run()
        else:
            self.show_unlock()

    def show_unlock(self) -> None:
        """Ask for the passphrase."""
        self.leave()
        now = self._fittings()
        self.unlock = UnlockPage(now.theme, now.tasks, self._folder, self._messages)
        self.unlock.opened.connect(self.opened)
        self.unlock.forgotten.connect(self._recover)
        self.unlock.broken.connect(self.show_rescue)
        self._window.put(self.unlock)
        self.unlock.passphrase.setFocus()

    def show_rescue(self, operator: str = "", passphrase: str = "") -> None:
        """Say what became of the store and what can be done."""
        from desktop.ui.rescue_page import RescuePage  # noqa: PLC0415 - loaded while the passphrase was tried

        self.leave()
        now = self._fittings()
        self.rescue = RescuePage(now.theme, now.tasks, self._folder, self._messages, operator=operator)
        self.rescue.opened.connect(self.opened)
        self.rescue.closed.connect(self._again)
        self.rescue.office_wanted.connect(self._recover)
        self._window.put(self.rescue)
        self.rescue.prepare(passphrase)

    def prepare(self) -> None:
        """The first picture stands: load what the passphrase page needs."""
        if self.unlock is not None:
            self.unlock.prepare()

    def tell(self, text: str) -> None:
        """Say something on the page that is shown."""
        for page in (self.unlock, self.first_run):
            if page is not None:
                page.tell(text)
                return

    def tell_trouble(self, trouble: PayungError) -> None:
        """Say what went wrong on the page that is shown."""
        self.tell(self._messages.of(trouble))

    def forget(self) -> None:
        """Nobody sits here: what was typed of a passphrase goes."""
        for page in (self.unlock, self.recovery, self.rescue, self.first_run):
            if page is not None:
                page.forget()

    def leave(self) -> None:
        """Another page takes the place of the one shown."""
        if self.first_run is not None:
            self.first_run.leave()
        self.first_run = None
        self.unlock = self.recovery = self.rescue = None

    def _show_first_run(self) -> None:
        from desktop.ui.first_run import FirstRun  # noqa: PLC0415 - shown once in a laptop's life

        self.leave()
        now = self._fittings()
        self.first_run = FirstRun(now.theme, now.tasks, self._folder, self._messages, now.settings)
        self.first_run.opened.connect(self.opened)
        self.first_run.settled.connect(self.settled)
        self.first_run.left.connect(self._again)
        self.first_run.practice_wanted.connect(self.practice_wanted)
        self.first_run.restore_wanted.connect(self.show_rescue)
        self._window.put(self.first_run)
        self.first_run.begin()

    def _recover(self, operator: str) -> None:
        from desktop.ui.recovery_page import RecoveryPage  # noqa: PLC0415 - loaded while the passphrase was tried

        self.leave()
        now = self._fittings()
        self.recovery = RecoveryPage(now.theme, now.tasks, self._folder, self._messages, operator=operator)
        self.recovery.opened.connect(self.opened)
        self.recovery.closed.connect(self._again)
        self._window.put(self.recovery)
        self.recovery.prepare()

    def _again(self) -> None:
        self.show()
        self.prepare()
