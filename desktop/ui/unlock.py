"""The first thing a clerk sees: who, and the passphrase. Nothing heavy is imported before it stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui.help_key import HelpKey
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.person_list import PersonList
from desktop.ui.widgets.text import Glyph, label
from payung.errors import PayungError
from payung.problem import Severity

if TYPE_CHECKING:
    from desktop.ui.session import Door, Session

CARD = 420
WRONG, TOO_SOON = "store.wrong_passphrase", "store.too_soon"
SHORT = 1  # seconds of waiting that the next try sits out by itself
TICK = 250  # milliseconds between two looks at the time left
MINUTE = 60
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PassphraseEdit(QLineEdit):
    """Tells by what arrives whether Caps Lock is on; Qt has no other way that works on every system.

    `stepped` says that an arrow key asks for the name above or below.
    """

    capitals = Signal(bool)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Watch the letters go by."""
        text = event.text()
        if len(text) == 1 and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(text.isupper() is not shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)
        elif event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        super().keyPressEvent(event)


class UnlockPage(QWidget):
    """`opened` carries the `Session`, `forgotten` whose passphrase is to be replaced ("" unknown).

    `broken` leads to what can be done for a store that does not open: who tried, with which passphrase. Wrong
    passphrases are told in place; the field keeps the focus.
    """

    opened = Signal(object)
    forgotten = Signal(str)
    broken = Signal(str, str)

    def __init__(self, theme: Theme, tasks: Tasks, folder: Path, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._folder, self._messages = theme, tasks, folder, messages
        self._until = QDeadlineTimer(0)  # what the counted wrong tries still cost
        self._why = ""
        self._operator: str | None = None
        self.people = PersonList(theme, self.tr("&Who is working?"))
        self.people.hide()
        self.passphrase = PassphraseEdit()
        self._field = Field(theme, self.tr("&Passphrase"), self.passphrase)
        self._notice = label(theme, "", 9.5, Weight.Medium, tone="warn", wrap=True)
        self._notice.hide()
        self._who = label(theme, "", 10, tone="ink2")
        self._show = button(theme, self.tr("Show"), "link", icon="eye", points=9)
        self._show.setCheckable(True)
        self.forgot = button(theme, self.tr("Forgot the passphrase?"), "link", icon="key-round", points=9)
        self.help = HelpKey(theme, self, messages.lang, "unlock")
        self.help_button = button(theme, self.tr("Help (F1)"), "link", icon="circle-help", points=9)
        self.rescue_button = button(theme, self.tr("See what can be done"), "soft", icon="shield-check")
        self.rescue_button.hide()
        self.open_button = button(theme, self.tr("Open"), "primary", icon="lock-open")
        self.open_button.setMinimumHeight(theme.px(40))
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._build()
        self._connect()

    def _build(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(self._theme.px(CARD))
        head = row(
            Glyph(self._theme, "umbrella", "brand", 34),
            column(
                label(self._theme, "Payung", 17, Weight.Bold),
                label(self._theme, self.tr("Enrolment of ad-hoc election officers"), 9.5, tone="ink2"),
                gap=0,
            ),
            None,
            gap=12,
        )
        inner = column(
            head,
            10,
            self._who,
            self.people,
            self._field,
            row(self._show, None),
            self._notice,
            self.rescue_button,
            self.open_button,
            row(None, self.forgot, self.help_button, None),
            gap=8,
            margins=(28, 26, 28, 20),
        )
        card.setLayout(inner)
        self.setLayout(column(None, row(None, card, None), None))

    def _connect(self) -> None:
        for made in (self._show, self.forgot, self.help_button, self.rescue_button, self.open_button):
            made.setAutoDefault(True)  # Enter presses what has the focus
        self.people.entered.connect(self.passphrase.setFocus)
        self.passphrase.stepped.connect(self.people.step)
        self.passphrase.returnPressed.connect(self.submit)
        self.passphrase.capitals.connect(self._capitals)
        self.open_button.clicked.connect(self.submit)
        self.forgot.clicked.connect(self._forgot)
        self.help_button.clicked.connect(self.help.show)
        self.rescue_button.clicked.connect(self._rescue)
        self._show.toggled.connect(self._reveal)
        self._clock.timeout.connect(self._countdown)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor where it is needed."""
        super().showEvent(event)
        self.passphrase.setFocus()

    def prepare(self) -> None:
        """Load the heavy parts and ask who may open this laptop; called once the page is painted."""
        self._tasks.run(Lane.STORE, _asker(self._folder), done=self._asked, failed=self._refused)

    def submit(self) -> None:
        """Try the passphrase; the derivation takes a second and runs off the window's thread."""
        if self._clock.isActive() or not self.open_button.isEnabled() or not self.passphrase.text():
            return
        self._busy(True)
        work = _opener(self._folder, self.operator, self.passphrase.text(), self._messages.lang)
        self._tasks.run(Lane.STORE, work, done=self._unlocked, failed=self._refused)

    @property
    def operator(self) -> str | None:
        """Who is about to open the laptop, None while that is not known."""
        return self.people.value if not self.people.isHidden() else self._operator

    def tell(self, text: str) -> None:
        """Say what the clerk must know before typing, such as trouble met while locking."""
        self._say(text)

    def _asked(self, door: Door) -> None:
        if len(door.names) == 1:
            self._operator = door.names[0]
            self._who.setText(door.names[0])
        elif door.names:
            self._who.hide()
            self.people.show_names(door.names, door.last)
            self.people.show()
        if door.wait > SHORT:
            self._wait(door.wait, self.tr("Several tries did not match."))

    def _unlocked(self, session: Session) -> None:
        self.passphrase.clear()
        self._busy(False)
        self._say("")
        self.opened.emit(session)

    def _refused(self, trouble: PayungError) -> None:
        self._busy(False)
        if trouble.code not in {WRONG, TOO_SOON}:
            self._say(self._messages.of(trouble))
            self.rescue_button.setVisible(_can_be_helped(self._folder, trouble))
            return
        wrong = self.tr("The passphrase does not match. Check the Caps Lock key.")
        self._say(wrong)
        self._field.tell(Severity.WARNING)
        seconds = int(trouble.facts.get("seconds", "0"))
        if seconds > SHORT:
            self._wait(seconds, wrong if trouble.code == WRONG else self.tr("Several tries did not match."))
        self.passphrase.setAccessibleDescription(self._notice.text())

    def _wait(self, seconds: int, why: str) -> None:
        self._until, self._why = QDeadlineTimer(seconds * 1000), why
        self._clock.start()
        self._countdown()

    def _countdown(self) -> None:
        left = -(-self._until.remainingTime() // 1000)
        if left <= 0:
            self._clock.stop()
            self._busy(False)
            self._say(self.tr("You may try again now."))
            return
        self.open_button.setEnabled(False)
        minutes, seconds = divmod(left, MINUTE)
        if minutes:
            when = self.tr("Try again in {minutes} minutes {seconds} seconds.").format(minutes=minutes, seconds=seconds)
        else:
            when = self.tr("Try again in {seconds} seconds.").format(seconds=seconds)
        self._say(f"{self._why} {when}")

    def forget(self) -> None:
        """Nobody sits here: what was typed goes."""
        self.passphrase.clear()

    def _rescue(self) -> None:
        self.broken.emit(self.operator or "", self.passphrase.text())

    def _forgot(self) -> None:
        self.forgotten.emit(self.operator or "")

    def _busy(self, busy: bool) -> None:
        self.open_button.setEnabled(not busy)
        self.passphrase.setReadOnly(busy)
        write(self.open_button, self.tr("Opening…") if busy else self.tr("Open"))
        if not busy:
            self.passphrase.setFocus()
            self.passphrase.selectAll()

    def _capitals(self, on: bool) -> None:
        if on:
            self._say(self.tr("Caps Lock is on."))
        elif self._notice.text() == self.tr("Caps Lock is on."):
            self._say("")

    def _reveal(self, shown: bool) -> None:
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        write(self._show, self.tr("Hide") if shown else self.tr("Show"))
        self.passphrase.setFocus()

    def _say(self, text: str) -> None:
        self._notice.setText(text)
        self._notice.setVisible(bool(text))
        if not text:
            self._field.tell(None)

    @property
    def notice(self) -> str:
        """What the page says at the moment, empty when nothing."""
        return self._notice.text() if not self._notice.isHidden() else ""


def _can_be_helped(folder: Path, trouble: PayungError) -> bool:
    from desktop.ui import rescuing  # noqa: PLC0415 - brings the database's libraries, loaded since the first try

    return rescuing.helps(folder, trouble)


def _asker(folder: Path) -> Callable[[], Door]:
    def ask() -> Door:
        from desktop.ui import session  # noqa: PLC0415 - brings the database's libraries, after first paint

        return session.door(folder)

    return ask


def _opener(folder: Path, operator: str | None, passphrase: str, lang: str) -> Callable[[], Session]:
    def open_() -> Session:
        from desktop.ui import session  # noqa: PLC0415 - as above

        return session.open_session(folder, operator, passphrase, lang)

    return open_
