"""What every section of the settings is, and how a choice is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QLayout, QPushButton, QWidget

from desktop import settings
from desktop.settings import Settings
from desktop.tasks import Lane, Tasks
from desktop.ui.need import Choose
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.layout import column
from desktop.ui.widgets.text import label, retone
from payung.errors import PayungError

Item = QWidget | QLayout | int | None
Chooser = Callable[[QWidget], Path | None]


class NotKept(PayungError):
    """The settings' file could not be written."""

    code: ClassVar[str] = "settings.not_kept"
    exit_code: ClassVar[int] = 6


class Section(QWidget):
    """One section: `needed` is what the whole window must do (desktop/ui/need.py)."""

    needed = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, session: Session, heading: str) -> None:
        super().__init__()
        self.setObjectName("body")
        self._theme, self._tasks, self._session = theme, tasks, session
        self._messages = session.messages
        self.heading = heading
        self.notice = label(theme, "", 9.5, Weight.Medium, tone="ok", wrap=True)
        self.notice.hide()
        self._busy = False

    def shown(self) -> None:
        """It comes to the front: read what it shows."""

    def forget(self) -> None:
        """The window locks: what is secret goes."""

    def _fill(self, *items: Item) -> None:
        head = label(self._theme, self.heading, 14, Weight.Bold, wrap=True)
        self.setLayout(column(head, *items, self.notice, None, gap=10, margins=(24, 20, 24, 20)))

    def _text(self, text: str, tone: str = "ink2") -> QLabel:
        return label(self._theme, text, 9.5, tone=tone, wrap=True)

    def _title(self, text: str) -> QLabel:
        return label(self._theme, text, 11, Weight.DemiBold, wrap=True)

    def _button(self, text: str, kind: str = "soft", icon: str = "") -> QPushButton:
        made = button(self._theme, text, kind, icon=icon)
        made.setAutoDefault(True)  # Enter presses what has the focus
        return made

    def _run(self, work: Callable[[], object], done: Callable[..., None], lane: Lane = Lane.STORE) -> None:
        """One thing at a time; its trouble is told in the section."""
        if not self._busy:
            self._busy = True
            self.say("")
            self._tasks.run(lane, work, done=done, failed=self.told)

    def _keep(self, **choices: object) -> None:
        """Keep choices; the window learns of them when they are kept."""
        self._run(partial(_kept, self._session.folder, choices), self._chosen)

    def _chosen(self, chosen: Settings) -> None:
        self._free()
        self.needed.emit(Choose(chosen))

    def _free(self) -> None:
        self._busy = False

    def told(self, trouble: PayungError) -> None:
        """Known trouble, said where it was met."""
        self._free()
        self.say(self._messages.of(trouble), "warn")

    def say(self, text: str, tone: str = "ok") -> None:
        """What came of it; empty takes it away."""
        retone(self.notice, "tone", tone)
        self.notice.setText(text)
        self.notice.setVisible(bool(text))


def a_folder(title: str) -> Chooser:
    """The system's own choice of a folder, under that title."""

    def choose(over: QWidget) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(over, title)
        return Path(chosen) if chosen else None

    return choose


def _kept(folder: Path, choices: dict[str, object]) -> Settings:
    try:
        return settings.change(folder, **choices)
    except OSError as trouble:
        raise NotKept from trouble
