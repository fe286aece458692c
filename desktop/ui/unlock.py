"""The first thing a clerk sees: who, and the passphrase. Nothing heavy is imported before it stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import Glyph, label
from payung import wording
from payung.errors import PayungError
from payung.problem import Severity

if TYPE_CHECKING:
    from desktop.ui.session import Session

CARD = 420
WRONG, TOO_SOON = "store.wrong_passphrase", "store.too_soon"
SHORT = 1  # seconds of waiting that the next try sits out by itself


class PassphraseEdit(QLineEdit):
    """Tells by what arrives whether Caps Lock is on; Qt has no other way that works on every system."""

    capitals = Signal(bool)

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
        super().keyPressEvent(event)


class UnlockPage(QWidget):
    """`opened` carries the `Session`. Wrong passphrases are told in place; the field keeps the focus."""

    opened = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, folder: Path, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._folder, self._messages = theme, tasks, folder, messages
        self._left = 0  # seconds the counted wrong tries still cost
        self._reason = WRONG
        self._people: Choice | None = None
        self._operator: str | None = None
        self.passphrase = PassphraseEdit()
        self._field = Field(theme, self.tr("&Passphrase"), self.passphrase)
        self._notice = label(theme, "", 9.5, Weight.Medium, tone="warn", wrap=True)
        self._notice.hide()
        self._who = label(theme, "", 10, tone="ink2")
        self._show = button(theme, self.tr("Show"), "link", icon="eye", points=9)
        self._show.setCheckable(True)
        self.open_button = button(theme, self.tr("Open"), "primary", icon="lock-open")
        self.open_button.setMinimumHeight(theme.px(40))
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
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
        self._inner = column(
            head,
            10,
            self._who,
            self._field,
            row(self._show, None),
            self._notice,
            self.open_button,
            gap=8,
            margins=(28, 26, 28, 28),
        )
        card.setLayout(self._inner)
        self.setLayout(column(None, row(None, card, None), None))

    def _connect(self) -> None:
        self.passphrase.returnPressed.connect(self.submit)
        self.passphrase.capitals.connect(self._capitals)
        self.open_button.clicked.connect(self.submit)
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
        operator = self._people.value if self._people else self._operator
        work = _opener(self._folder, operator, self.passphrase.text(), self._messages.lang)
        self._tasks.run(Lane.STORE, work, done=self._unlocked, failed=self._refused)

    def _asked(self, names: tuple[str, ...]) -> None:
        if len(names) == 1:
            self._operator = names[0]
            self._who.setText(names[0])
        elif names and self._people is None:
            self._who.hide()
            self._people = Choice(self._theme, self.tr("Who is working?"), tuple((name, name, "") for name in names))
            self._people.choose(names[0])
            self._inner.insertWidget(2, self._people)

    def _unlocked(self, session: Session) -> None:
        self.passphrase.clear()
        self._busy(False)
        self._say("")
        self.opened.emit(session)

    def _refused(self, trouble: PayungError) -> None:
        self._busy(False)
        if trouble.code not in {WRONG, TOO_SOON}:
            self._say(self._messages.of(trouble))
            return
        self._say(self.tr("The passphrase does not match. Check the Caps Lock key."))
        self._field.tell(Severity.WARNING)
        self._left = int(trouble.facts["seconds"])
        if self._left > SHORT:
            self._reason = trouble.code
            self._clock.start()
            self._countdown()
        self.passphrase.setAccessibleDescription(self._notice.text())

    def _countdown(self) -> None:
        if self._left == 0:
            self._clock.stop()
            self._busy(False)
            self._say(self.tr("You may try again now."))
            return
        self.open_button.setEnabled(False)
        self._say(wording.sentence(self._reason, {"seconds": str(self._left)}, lang=self._messages.lang))
        self._left -= 1

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


def _asker(folder: Path) -> Callable[[], tuple[str, ...]]:
    def ask() -> tuple[str, ...]:
        from desktop.ui import session  # noqa: PLC0415 - brings the database's libraries, after first paint

        return session.people(folder)

    return ask


def _opener(folder: Path, operator: str | None, passphrase: str, lang: str) -> Callable[[], Session]:
    def open_() -> Session:
        from desktop.ui import session  # noqa: PLC0415 - as above

        return session.open_session(folder, operator, passphrase, lang)

    return open_
