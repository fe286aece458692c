"""The first steps on a laptop where nothing stands yet: kit, operator, recovery card, one practice entry. Offline.

Nothing counts until the card is kept: then the laptop stands whole, and whatever breaks off before leaves none.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from desktop.settings import Settings
from desktop.tasks import Tasks
from desktop.ui.first_run_card import CardStep
from desktop.ui.first_run_kit import KitStep
from desktop.ui.first_run_operator import OperatorStep
from desktop.ui.first_run_practice import PracticeStep
from desktop.ui.first_run_step import Step
from desktop.ui.help_key import HelpKey
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import Glyph, label, retone

if TYPE_CHECKING:
    from desktop.ui.first_run_doing import Offer, Staged
    from desktop.ui.session import Session

CARD = 640
EDGE = 48  # between the window's edge and what stands on the card
KIT, OPERATOR, RECOVERY, PRACTICE = range(4)


class FirstRun(QWidget):
    """`opened` carries the `Session` on the live data; `settled` tells that the laptop stands.

    `practice_wanted` and `restore_wanted` lead elsewhere, `left` away from a laptop that stands and that nobody minds.
    """

    opened = Signal(object)
    settled = Signal()
    left = Signal()
    practice_wanted = Signal()
    restore_wanted = Signal(str, str)

    def __init__(self, theme: Theme, tasks: Tasks, folder: Path, messages: Messages, chosen: Settings) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._folder, self._messages = theme, tasks, folder, messages
        self._offer: Offer | None = None
        self._staged: Staged | None = None
        self._made_of: tuple[object, ...] = ()
        self.stands = False
        self.kit = KitStep(theme, tasks, messages)
        self.operator = OperatorStep(theme, tasks, messages)
        self.card = CardStep(theme, tasks, messages, folder)
        self.practice = PracticeStep(theme, tasks, messages, folder, chosen)
        self.steps: tuple[Step, ...] = (self.kit, self.operator, self.card, self.practice)
        self.place = KIT
        self._marks: tuple[QLabel, ...] = tuple(label(theme, "", 9, Weight.Medium, tone="ink3") for _ in self.steps)
        self.back_button = button(theme, self.tr("Back"), "ghost", icon="arrow-left")
        self.next_button = button(theme, self.tr("Continue"), "primary", icon="arrow-right")
        self.help = HelpKey(theme, self, messages.lang, "first_run")
        self.help_button = button(theme, self.tr("Help (F1)"), "link", icon="circle-help", points=9)
        self._scroll = QScrollArea()
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self._theme
        self.help_button.setAutoDefault(True)
        for made in (self.back_button, self.next_button):
            made.setAutoDefault(True)  # Enter presses what has the focus
            made.setMinimumHeight(theme.px(40))
        self.back_button.setToolTip("Alt+←")
        head = row(
            Glyph(theme, "umbrella", "brand", 30),
            column(
                label(theme, "Payung", 15, Weight.Bold),
                label(theme, self.tr("First steps on this laptop"), 9.5, tone="ink2"),
                gap=0,
            ),
            None,
            self.help_button,
            gap=12,
        )
        foot = row(self.back_button, None, self.next_button)
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(theme.px(CARD))
        card.setLayout(
            column(head, row(*self._marks, None, gap=14), *self.steps, foot, gap=14, margins=(28, 22, 28, 20))
        )
        across = row(None, card, None)
        across.setStretch(1, 100)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(self.focusPolicy())
        self._scroll.setWidget(holder(column(None, across, None, margins=(8, 8, 8, 8))))
        self.setLayout(column(self._scroll))

    def _connect(self) -> None:
        self._scroll.verticalScrollBar().rangeChanged.connect(self._reveal)
        self.help_button.clicked.connect(self.help.show)
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self._on)
        for step in self.steps:
            step.ready.connect(self._ready)
            step.working.connect(self._working)
        self.kit.done.connect(self._kit_opened)
        self.kit.practice_wanted.connect(self._practise)
        self.kit.restore_wanted.connect(self._restore)
        self.operator.done.connect(self._stage)
        self.card.done.connect(self._settle)
        self.practice.done.connect(self._enter)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.back)
        QShortcut(QKeySequence("Alt+Right"), self).activated.connect(self._on)

    def begin(self) -> None:
        """Show the first page."""
        self._go(KIT)

    def back(self) -> None:
        """The page before; once the laptop stands, no further than its card."""
        if self.back_button.isEnabled():
            self._go(self.place - 1)

    def tell(self, text: str) -> None:
        """Say what went wrong elsewhere."""
        self._working(False)
        self.steps[self.place].say(text)

    def forget(self) -> None:
        """Nobody sits here: a laptop that stands is left locked, before that it begins anew."""
        for step in self.steps:
            step.forget()
        if self.stands:
            self.left.emit()
        elif not any(step.is_busy for step in self.steps):
            self._drop()
            self._go(KIT)

    def leave(self) -> None:
        """Another page comes: what was not settled goes, and the practice."""
        self.practice.end()
        if not self.stands:
            self._drop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window leaves out the names of the pages that are not in front."""
        super().resizeEvent(event)
        self._mark()
        for step in self.steps:
            step.adapt(self.width() - self._theme.px(2 * EDGE))

    def _go(self, place: int) -> None:
        self.place = place
        for number, step in enumerate(self.steps):
            step.setVisible(number == place)
        self._mark()
        write(self.next_button, self.steps[place].word)
        self.back_button.setVisible(place > KIT)
        self.back_button.setEnabled(place > KIT and not (self.stands and place == RECOVERY))
        self.steps[place].begin()
        self._scroll.verticalScrollBar().setValue(0)

    def _mark(self) -> None:
        names = (self.tr("Kit"), self.tr("Operator"), self.tr("Recovery card"), self.tr("Practice"))
        roomy = self.width() / self._theme.factor >= CARD
        for number, (mark, name) in enumerate(zip(self._marks, names, strict=True)):
            front = number == self.place
            mark.setText(f"{number + 1}. {name}" if roomy or front else f"{number + 1}")
            mark.setAccessibleName(self.tr("Page {number} of 4: {name}").format(number=number + 1, name=name))
            retone(mark, "tone", "brand" if front else "ink2" if number < self.place else "ink3")

    def _on(self) -> None:
        if self.next_button.isEnabled():
            self.steps[self.place].advance()

    def _ready(self) -> None:
        write(self.next_button, self.steps[self.place].word)
        self.next_button.setFocus()
        self._reveal()

    def _reveal(self, *_range: int) -> None:
        """The way on is seen when it has the focus, also once what was shown above it has its height."""
        if self.next_button.hasFocus():
            self._scroll.ensureWidgetVisible(self.next_button)

    def _working(self, working: bool) -> None:
        self.next_button.setEnabled(not working)
        self.back_button.setEnabled(not working and not (self.stands and self.place == RECOVERY))
        write(self.next_button, self.tr("A moment…") if working else self.steps[self.place].word)

    def _kit_opened(self, offer: Offer) -> None:
        self._offer = offer
        self._go(OPERATOR)

    def _stage(self, chosen: tuple[str, str]) -> None:
        if self._offer is None:
            self._go(KIT)
        elif self._staged is not None and self._made_of == (self._offer, *chosen):
            self._go(RECOVERY)
        else:
            self._made_of = (self._offer, *chosen)
            self.operator.run(_stager(self._folder, self._offer, *chosen), self._was_staged)

    def _was_staged(self, staged: Staged) -> None:
        self._staged = staged
        self.card.show_laptop(staged)
        self._go(RECOVERY)

    def _settle(self, _nothing: object) -> None:
        if self._staged is None or self.stands:
            self._go(PRACTICE if self.stands else KIT)
        else:
            self.card.run(_settler(self._folder, self._staged), self._was_settled)

    def _was_settled(self, _nothing: object) -> None:
        self.stands = True
        self._made_of = ()
        self.kit.forget()
        self.operator.forget()
        self.settled.emit()
        self._go(PRACTICE)

    def _enter(self, _nothing: object) -> None:
        if self._staged is not None:
            self.practice.run(_enterer(self._folder, self._staged, self._messages.lang), self.opened.emit)

    def _practise(self) -> None:
        self._working(True)
        self.practice_wanted.emit()

    def _restore(self) -> None:
        self.restore_wanted.emit("", "")

    def _drop(self) -> None:
        staged, self._staged, self._made_of = self._staged, None, ()
        if staged is not None:
            from desktop.ui import first_run_doing  # noqa: PLC0415 - loaded since it was staged

            first_run_doing.abandon(self._folder)


def _stager(folder: Path, offer: Offer, operator: str, passphrase: str) -> Callable[[], Staged]:
    def stage() -> Staged:
        from desktop.ui import first_run_doing  # noqa: PLC0415 - brings the database's libraries, after first paint

        return first_run_doing.stage(folder, offer.kit, operator, passphrase)

    return stage


def _settler(folder: Path, staged: Staged) -> Callable[[], None]:
    def settle() -> None:
        from desktop.ui import first_run_doing  # noqa: PLC0415 - as above

        first_run_doing.settle(folder, staged)

    return settle


def _enterer(folder: Path, staged: Staged, lang: str) -> Callable[[], Session]:
    def enter() -> Session:
        from desktop.ui import first_run_doing  # noqa: PLC0415 - as above

        return first_run_doing.enter(folder, staged, lang)

    return enter
