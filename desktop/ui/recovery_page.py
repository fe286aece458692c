"""A forgotten passphrase: a request to the office, its answer, a new passphrase. By keyboard, without a network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QLineEdit, QScrollArea, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui import recovering
from desktop.ui.help_key import HelpKey
from desktop.ui.messages import Messages
from desktop.ui.recovering import Asked
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.code_picture import CodePicture
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import label
from payung import passphrase as passphrases
from payung.errors import PayungError
from payung.problem import Severity

CARD = 520
Chooser = Callable[[QWidget], Path | None]


class RecoveryPage(QWidget):
    """`opened` carries the `Session` when the new passphrase holds; `closed` leads back to the unlock page."""

    opened = Signal(object)
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        folder: Path,
        messages: Messages,
        *,
        operator: str = "",
        choose_folder: Chooser | None = None,
        choose_file: Chooser | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._folder, self._messages = theme, tasks, folder, messages
        self.help = HelpKey(theme, self, messages.lang, "recovery")
        self._choose_folder, self._choose_file = choose_folder or self._a_folder, choose_file or self._a_file
        self._answer: bytes | None = None
        self._busy = False
        self.name = QLineEdit(operator)
        self.name.setReadOnly(bool(operator))
        self._name_field = Field(theme, self.tr("Your name on this laptop"), self.name)
        self.ask_button = button(theme, self.tr("Write the request to a stick…"), "soft", icon="usb")
        self.show_button = button(theme, self.tr("Show it as a QR code"), "soft", icon="qr-code")
        self.picture = CodePicture(self.tr("The request as a QR code, to be scanned by the office"))
        self.asked = self._line()
        self.read_button = button(theme, self.tr("Read the office's answer…"), "soft", icon="file-check")
        self.answered = self._line()
        self.fresh = self._secret()
        self._fresh_field = Field(theme, self.tr("New passphrase"), self.fresh, hint=self.tr("several words"))
        self.again = self._secret()
        self._again_field = Field(theme, self.tr("The same once more"), self.again)
        self.suggest_button = button(theme, self.tr("Suggest words"), "link", icon="sparkles", points=9)
        self.suggested = self._line("ink")
        self.use_button = button(theme, self.tr("Use the new passphrase"), "primary", icon="lock-open")
        self.back_button = button(theme, self.tr("Back"), "ghost", icon="arrow-left")
        self.notice = self._line("warn")
        self._third = holder(
            column(
                self._heading(self.tr("3. Choose a new passphrase")),
                self._fresh_field,
                row(self.suggest_button, None),
                self.suggested,
                self._again_field,
                self.use_button,
                gap=8,
            )
        )
        self._third.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        why = self.tr(
            "The office that set this laptop up can let you in again. Nothing on the laptop is lost, and no network is "
            "needed."
        )
        carry = self.tr("Carry the file to the office with the recovery card, or send it. It holds nothing secret.")
        inner = column(
            label(self._theme, self.tr("Forgot the passphrase?"), 15, Weight.Bold),
            label(self._theme, why, 9.5, tone="ink2", wrap=True),
            self._heading(self.tr("1. Ask the office")),
            self._name_field,
            label(self._theme, carry, 9.5, wrap=True),
            self.ask_button,
            self.show_button,
            self.asked,
            row(None, self.picture, None),
            self._heading(self.tr("2. Read its answer")),
            self.read_button,
            self.answered,
            self._third,
            self.notice,
            row(self.back_button, None),
            gap=9,
            margins=(28, 22, 28, 22),
        )
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(self._theme.px(CARD))
        card.setLayout(inner)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder(column(None, row(None, card, None), None, margins=(8, 8, 8, 8))))
        self._scroll = scroll
        self.setLayout(column(scroll))

    def _connect(self) -> None:
        for made in (
            self.ask_button,
            self.show_button,
            self.read_button,
            self.suggest_button,
            self.use_button,
            self.back_button,
        ):
            made.setAutoDefault(True)  # Enter presses what has the focus
        self.ask_button.clicked.connect(self._ask)
        self.show_button.clicked.connect(self._show_code)
        self.read_button.clicked.connect(self._read)
        self.suggest_button.clicked.connect(self._suggest)
        self.use_button.clicked.connect(self.submit)
        self.back_button.clicked.connect(self.closed)
        self.name.returnPressed.connect(self.ask_button.setFocus)
        self.fresh.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.submit)

    def _heading(self, text: str) -> QLabel:
        return label(self._theme, text, 10.5, Weight.DemiBold)

    def _line(self, tone: str = "ok") -> QLabel:
        made = label(self._theme, "", 9.5, Weight.Medium, tone=tone, wrap=True)
        made.hide()
        return made

    def _secret(self) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where something is to be done."""
        super().showEvent(event)
        (self.ask_button if self.name.text() else self.name).setFocus()

    def prepare(self) -> None:
        """Look whether a request waits for its answer."""
        self._tasks.run(Lane.STORE, partial(recovering.standing, self._folder), done=self._waiting, failed=self._told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _waiting(self, asked: Asked | None) -> None:
        if asked is None or (self.name.text() and asked.operator.casefold() != self.name.text().casefold()):
            return
        self.name.setText(asked.operator)
        text = self.tr("A request of {name} waits for its answer. Its code: {code}")
        self._say(self.asked, text.format(name=asked.operator, code=asked.code))
        self.read_button.setFocus()

    def _ask(self) -> None:
        name = self._named()
        into = self._choose_folder(self) if name else None
        if into is not None:
            self._run(partial(recovering.ask, self._folder, name, into), self._written)

    def _named(self) -> str:
        """Who asks, empty when the field is; then it says so."""
        name = " ".join(self.name.text().split())
        if name:
            self._name_field.tell(None)
        else:
            self._name_field.tell(Severity.ERROR, self.tr("Type your name as it stands at unlocking."))
            self.name.setFocus()
        return name

    def _show_code(self) -> None:
        name = self._named()
        if name:
            self._run(partial(recovering.picture, self._folder, name), self._drawn)

    def _drawn(self, asked: Asked) -> None:
        self._free()
        if self.picture.show_text(asked.text, self._scroll.viewport().height() - 24):
            text = self.tr(
                "The office scans this picture, or its photo. Its code: {code}. The office sees the same code."
            )
            self._say(self.asked, text.format(code=asked.code))
            QTimer.singleShot(0, self._bring_picture)  # once it has its place
        else:
            self._say(self.asked, self.tr("The request is too long for a picture. Write it to a stick."))

    def _written(self, asked: Asked) -> None:
        self._free()
        text = self.tr("The request lies at {path}. Its code: {code}. The office sees the same code.")
        self._say(self.asked, text.format(path=asked.path, code=asked.code))
        self.read_button.setFocus()

    def _bring_picture(self) -> None:
        self._scroll.ensureWidgetVisible(self.picture, 0, 8)

    def _read(self) -> None:
        path = self._choose_file(self)
        if path is not None:
            self._run(partial(recovering.read, self._folder, path), self._understood)

    def _understood(self, answer: bytes) -> None:
        self._free()
        self._answer = answer
        self._say(self.answered, self.tr("The answer fits this laptop."))
        self._third.show()
        self.fresh.setFocus()
        self._scroll.ensureWidgetVisible(self.use_button)

    def _suggest(self) -> None:
        self._say(self.suggested, recovering.suggestion())
        self.fresh.setFocus()

    def submit(self) -> None:
        """Put the answer to use: the derivation and the vault's new file are made off the window's thread."""
        if self._answer is None or self._busy or not self._agreed():
            return
        work = partial(recovering.come_back, self._folder, self._answer, self.fresh.text(), self._messages.lang)
        self._run(work, self._back_in)

    def _agreed(self) -> bool:
        self._fresh_field.tell(None)
        self._again_field.tell(None)
        for problem in passphrases.problems(self.fresh.text(), names=(self.name.text(),)):
            if problem.severity is Severity.ERROR:
                self._fresh_field.tell(Severity.ERROR, self._messages.of(problem))
                self.fresh.setFocus()
                return False
        if self.fresh.text() != self.again.text():
            self._again_field.tell(Severity.ERROR, self.tr("The two differ. Type the same passphrase twice."))
            self.again.setFocus()
            self.again.selectAll()
            return False
        return True

    def _back_in(self, session: Session) -> None:
        self._free()
        self.forget()
        self.opened.emit(session)

    def forget(self) -> None:
        """Empty what is secret here."""
        self._answer = None
        for editor in (self.fresh, self.again):
            editor.clear()
        self.suggested.clear()
        self.suggested.hide()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        if not self._busy:
            self._busy = True
            self.notice.hide()
            self._tasks.run(Lane.STORE, work, done=done, failed=self._told)

    def _told(self, trouble: PayungError) -> None:
        self._free()
        self._say(self.notice, self._messages.of(trouble))

    def _free(self) -> None:
        self._busy = False

    def _say(self, line: QLabel, text: str) -> None:
        line.setText(text)
        line.show()

    def _a_folder(self, over: QWidget) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(over, self.tr("Where to write the request"))
        return Path(chosen) if chosen else None

    def _a_file(self, over: QWidget) -> Path | None:
        kinds = self.tr("Recovery files (*{suffix})").format(suffix=recovering.SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(over, self.tr("The office's answer"), "", kinds)
        return Path(chosen) if chosen else None
