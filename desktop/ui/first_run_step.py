"""What every page of the first steps is: a title, a few words, and a way on that says what is still missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.layout import column
from desktop.ui.widgets.text import label, retone
from payung.errors import PayungError

Item = QWidget | QLayout | int | None


class Step(QFrame):
    """`done` carries what the page was for, `working` whether something runs, `ready` that only going on is left."""

    done = Signal(object)
    working = Signal(bool)
    ready = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, messages: Messages, title: str) -> None:
        super().__init__()
        self.setObjectName("body")
        self._theme, self._tasks, self._messages = theme, tasks, messages
        self.title = title
        self.notice = label(theme, "", 9.5, Weight.Medium, tone="warn", wrap=True)
        self.notice.hide()
        self._busy = False

    @property
    def word(self) -> str:
        """What the button that leads on says."""
        return self.tr("Continue")

    @property
    def is_busy(self) -> bool:
        """Whether something runs."""
        return self._busy

    def begin(self) -> None:
        """It comes to the front: put the cursor where work begins."""

    def advance(self) -> None:
        """The clerk wants to go on: `done`, or a word about what is missing."""

    def forget(self) -> None:
        """Nobody sits here: what is secret goes."""

    def adapt(self, width: int) -> None:
        """Give way: the pixels there are from side to side."""

    def _fill(self, *items: Item) -> None:
        head = label(self._theme, self.title, 14, Weight.Bold, wrap=True)
        self.setLayout(column(head, *items, self.notice, gap=10))

    def _text(self, text: str, tone: str = "ink2") -> QLabel:
        return label(self._theme, text, 9.5, tone=tone, wrap=True)

    def _button(self, text: str, kind: str = "soft", icon: str = "", points: float = 10) -> QPushButton:
        made = button(self._theme, text, kind, icon=icon, points=points)
        made.setAutoDefault(True)  # Enter presses what has the focus
        return made

    def run(
        self, work: Callable[[], object], done: Callable[..., None], told: Callable[..., None] | None = None
    ) -> None:
        """One thing at a time in the store's lane; its trouble is told on the page."""
        if self._busy:
            return
        self._busy = True
        self.say("")
        self.working.emit(True)
        self._after = done
        self._tasks.run(Lane.STORE, work, done=self._went, failed=told or self.told)

    def _went(self, value: object) -> None:
        self.rest()
        self._after(value)

    def rest(self) -> None:
        """Nothing runs any more."""
        self._busy = False
        self.working.emit(False)

    def told(self, trouble: PayungError) -> None:
        """Known trouble, said where it was met."""
        self.rest()
        self.say(self._messages.of(trouble))

    def say(self, text: str, tone: str = "warn") -> None:
        """A word under the page's parts; empty takes it away."""
        retone(self.notice, "tone", tone)
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
