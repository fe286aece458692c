"""Searching from anywhere: Ctrl+F, a few keys, arrow keys, Enter. Esc goes back to where one was."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QToolButton, QWidget

from desktop.store.searching import Index
from desktop.tasks import Lane, Tasks
from desktop.ui import search_reading
from desktop.ui.page import Errand
from desktop.ui.search_list import HitList
from desktop.ui.search_reading import Hit
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.button import square
from desktop.ui.widgets.layout import row
from desktop.ui.widgets.text import key_cap

FIELD = 270  # logical pixels
LIST = 380
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


class _Editor(QLineEdit):
    """Tells of the keys that are not its own, and of the focus that goes."""

    stepped = Signal(int)
    entered = Signal()
    escaped = Signal()
    gone = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self.gone.emit()


class SearchField(QWidget):
    """The field of the top bar with its list. `wanted` carries the errand of what was chosen.

    Folded it is a button; `folding` tells that it opens (True) or folds again (False).
    """

    wanted = Signal(object)
    folding = Signal(bool)

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("body")
        self._theme, self._tasks, self._session = theme, tasks, session
        self._index = Index(session.store)
        self._before: QWidget | None = None
        self._list: HitList | None = None
        self._asked = self._answered = ""
        self._busy = self._folds = self._open = self._entering = False
        self.button: QToolButton = square(theme, "search", self.tr("Search a name or NIK (Ctrl+F)"))
        self.button.clicked.connect(self.open)
        self.editor = self._field()
        self.setLayout(row(self.editor, self.button, gap=0))
        self._show()

    def _field(self) -> _Editor:
        made = _Editor()
        made.setProperty("role", "field")
        made.setFont(self._theme.font(10))
        made.setFixedHeight(self._theme.px(34))
        made.setPlaceholderText(self.tr("Search a name or NIK…"))
        made.setAccessibleName(self.tr("Search a name, NIK, polling station or certificate number"))
        made.addAction(self._theme.icon("search", "ink2", self._theme.px(16)), QLineEdit.ActionPosition.LeadingPosition)
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 8, 0)
        self._cap = key_cap(self._theme, "Ctrl+F")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addStretch(1)
        inside.addWidget(self._cap)
        made.textEdited.connect(self._typed)
        made.stepped.connect(self._step)
        made.entered.connect(self._enter)
        made.escaped.connect(self.close_list)
        made.gone.connect(self._left)
        return made

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What the list shows; nothing while it is closed."""
        return self._list.hits if self._list is not None and self._list.isVisible() else ()

    @property
    def settled(self) -> bool:
        """Whether what is typed was answered."""
        return not self._busy and self._asked == self._answered

    def open(self) -> None:
        """The field takes the focus, unfolded where it was folded; what stands in it is marked."""
        now = QApplication.focusWidget()
        if now is not self.editor and now is not self.button:
            self._before = now
        self._open = True
        self._show()
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.selectAll()
        self._tasks.run(Lane.STORE, self._index.prepare)
        if self.editor.text():
            self._typed(self.editor.text())

    def fold(self, *, folds: bool) -> None:
        """Whether a narrow window has room for the button alone."""
        self._folds = folds
        self._show()

    def close_list(self) -> None:
        """Esc: what was typed goes, and the focus goes back to where it was."""
        before, self._before = self._before, None
        self.editor.clear()
        self._left()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.editor.clearFocus()

    def _show(self) -> None:
        folded = self._folds and not self._open
        if folded != self.editor.isHidden():
            self.folding.emit(not folded)
        self.editor.setVisible(not folded)
        self.button.setVisible(folded)
        self.editor.setMinimumWidth(self._theme.px(150 if self._folds else FIELD))
        if not self._folds:
            self.editor.setFixedWidth(self._theme.px(FIELD))
        else:
            self.editor.setMaximumWidth(16_777_215)

    def _typed(self, text: str) -> None:
        self._cap.setVisible(not text)
        self._asked, self._entering = text, False
        if not text.strip():
            self._answered = text
            self._hide_list()
        elif not self._busy:
            self._ask()

    def _ask(self) -> None:
        self._busy = True
        work = partial(search_reading.find, self._session, self._index, self._asked)
        self._tasks.run(Lane.STORE, partial(_with, self._asked, work), done=self._found, failed=self._not_found)

    def _found(self, answer: tuple[str, tuple[Hit, ...]]) -> None:
        self._busy = False
        self._answered, hits = answer
        if not self._asked.strip():
            return
        if self.editor.hasFocus():
            self._show_list(hits)
        if self._asked != self._answered:
            self._ask()
        elif self._entering:
            self._enter()

    def _not_found(self, trouble: object) -> None:
        self._busy, self._answered = False, self._asked
        self._tasks.troubled.emit(trouble)

    def _show_list(self, hits: tuple[Hit, ...]) -> None:
        window = self.window()
        if self._list is None:
            self._list = HitList(self._theme, window)
            self._list.chosen.connect(self._choose)
            window.installEventFilter(self)
        corner = self.editor.mapTo(window, QPoint(0, 0))
        wide = min(window.width() - 16, max(self.editor.width(), self._theme.px(LIST)))
        left = max(8, min(corner.x() + self.editor.width() - wide, window.width() - wide - 8))
        at = QRect(left, corner.y(), wide, self.editor.height())
        self._list.show_hits(hits, at=at, room=window.height() - at.bottom() - 16)
        self._speak()

    def eventFilter(self, _window: object, event: QEvent) -> bool:
        """A list under a field that moved would stand beside it."""
        if event.type() == QEvent.Type.Resize:
            self._hide_list()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the words opens the field too."""
        self.open()
        event.accept()

    def _speak(self) -> None:
        hit = self._list.current if self._list is not None else None
        self.editor.setAccessibleDescription(hit.spoken if hit is not None else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self.editor, QAccessible.Event.DescriptionChanged))

    def _step(self, by: int) -> None:
        if self._list is not None and self.hits:
            self._list.step(by)
            self._speak()

    def _enter(self) -> None:
        """Go to the hit that is marked; an Enter faster than the answer waits for it."""
        self._entering = not self.settled
        hit = self._list.current if self._list is not None and self.settled else None
        if hit is not None:
            self._choose(hit)

    def _choose(self, hit: Hit) -> None:
        errand: Errand = hit.errand
        self.editor.clear()
        self._before = None
        self._left()
        self.editor.clearFocus()
        self.wanted.emit(errand)

    def _left(self) -> None:
        self._hide_list()
        self._asked = self._answered = self.editor.text()
        self._cap.setVisible(not self.editor.text())
        if self._open:
            self._open = False
            self._show()

    def _hide_list(self) -> None:
        if self._list is not None:
            self._list.hide()
        self.editor.setAccessibleDescription("")


def _with(asked: str, work: partial[tuple[Hit, ...]]) -> tuple[str, tuple[Hit, ...]]:
    """The answer together with its question."""
    return asked, work()
