"""The form at the right: one officer, keyboard first. It shows and tells; what is right or wrong others decide."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLineEdit, QWidget

from desktop.ui.officer_body import OfficerBody
from desktop.ui.officer_fields import LEAVING, OfficerFields
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, square, write
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, Glyph, key_cap, label

WIDTH, NARROW = 384, 344
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ANSWERS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1}


class OfficerForm(QFrame):
    """It tells what the clerk did: submitted, skipped, left, stepped to another officer, answered, wants to mend."""

    submitted = Signal()
    skipped = Signal()
    left = Signal()
    stepped = Signal(int)
    answered = Signal(int)
    mending_wanted = Signal()
    replacing_wanted = Signal()
    discard_wanted = Signal()
    focus_moved = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Officer"))
        self._theme = theme
        self.fields = OfficerFields(theme)
        self.body = OfficerBody(theme, self.fields)
        body = self.body
        self.summary, self.bin, self.sent, self.leaving = body.summary, body.bin, body.sent, body.leaving
        self.taken, self.again, self.warning = body.taken, body.again, body.warning
        self.extra_fold, self.decree_fold = body.extra_fold, body.decree_fold
        self.post = Pill(theme, "brand", "user")
        self._place = label(theme, "", 9.5, Weight.Medium, tone="ink2")
        self.back = square(theme, "chevron-left", self.tr("Previous officer"))
        self.forth = square(theme, "chevron-right", self.tr("Next officer"))
        self.save_button = button(theme, self.tr("Save"), "primary", icon="check")
        self.save_button.setMinimumHeight(theme.px(40))
        self._kept = Elided(theme, 9, tone="ink2")
        self._kept_glyph = Glyph(theme, "save", "ok", 14)
        self._kept_glyph.hide()
        self.discard_button = button(theme, self.tr("Discard draft"), "link", icon="trash-2", points=9)
        self.discard_button.setToolTip("Ctrl+D")
        self.discard_button.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        head = row(self.post, None, self._place, self.back, self.forth, gap=6, margins=(18, 14, 18, 0))
        layout = column(head, self.body, self._foot(), gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        chain = [self.back, self.forth, *self.body.tab_order(), self.save_button, self.discard_button]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.submitted)
        self.discard_button.clicked.connect(self.discard_wanted)
        self.back.clicked.connect(self._step_back)
        self.forth.clicked.connect(self._step_forth)
        self.warning.answered.connect(self.answered)
        self.sent.answered.connect(self._sent_answered)
        self.body.walked_out.connect(self._to_save)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+D"), self, context=inside).activated.connect(self.discard_wanted)
        QShortcut(QKeySequence("Alt+Z"), self, context=inside).activated.connect(self._take_back)
        for part in self.fields.parts.values():
            if isinstance(part, Field):
                part.editor.installEventFilter(self)
        for name in ("birthplace", "village"):
            self.fields.completing(name).entered.connect(self._entered)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    def _foot(self) -> QFrame:
        self._foot_line = holder(
            row(self._kept_glyph, self._kept, self.discard_button, key_cap(self._theme, "Ctrl+Enter"), gap=6)
        )
        foot = QFrame()
        foot.setObjectName("foot")
        foot.setLayout(column(self.save_button, self._foot_line, gap=7, margins=(18, 11, 18, 11)))
        return foot

    def show_place(self, post: str, place: str, *, first: bool, last: bool) -> None:
        """Say whose form this is ("Anggota 6 · KPPS", "6 dari 10")."""
        self.post.say(post, "brand", "user")
        self._place.setText(place)
        self.back.setEnabled(not first)
        self.forth.setEnabled(not last)

    def name_save(self, text: str) -> None:
        """What the button does next."""
        write(self.save_button, text)

    def show_reading(self, text: str) -> None:
        """What the NIK says, empty to hide it."""
        self.body.show_reading(text)

    @property
    def reading(self) -> str:
        """What is shown as read from the NIK."""
        return self.body.reading

    def show_warning(self, field: str, title: str, text: str, answers: tuple[str, ...]) -> None:
        """A question under the field it is about, answered with Alt+1 or Alt+2."""
        self.body.show_warning(field, title, text, answers)

    def hide_warning(self) -> None:
        """The question is settled."""
        self.body.hide_warning()

    def show_kept(self, text: str) -> None:
        """When the typing was last kept."""
        self._kept.say(text)
        self._kept_glyph.setVisible(bool(text))

    def show_decree_fold(self, text: str) -> None:
        """Name the decree on its fold, so that it need not be opened to be seen."""
        write(self.decree_fold, text)

    def set_mending(self, *, mending: bool) -> None:
        """A sent record is being corrected: its reason is asked for."""
        self.fields.parts["reason"].setVisible(mending)

    def set_replacing(self, *, replacing: bool) -> None:
        """Somebody takes over the seat: why and when the one before leaves is asked for."""
        for name in LEAVING:
            self.fields.parts[name].setVisible(replacing)

    def go_to(self, name: str) -> None:
        """Put the cursor in a field, unfolding what hides it."""
        self.body.go_to(name)

    def has_focus(self) -> bool:
        """Whether the clerk is in the form."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QWidget) and self.isAncestorOf(focus)

    def put_cursor(self, name: str, place: int) -> None:
        """Put the cursor where it stood in a text field."""
        widget = self.fields.focus_widget(name)
        if isinstance(widget, QLineEdit):
            widget.deselect()
            widget.setCursorPosition(place)

    def adapt(self, *, short: bool) -> None:
        """In a low window the foot gives way first."""
        self._foot_line.setVisible(not short)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Shift+Enter, Ctrl+Enter, Ctrl+Shift+Enter, Esc, Alt+1, Alt+2, Alt+Left, Alt+Right."""
        keys, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if keys in _ENTER:
            self._entered(held)
        elif keys == Qt.Key.Key_Escape:
            self.left.emit()
        elif self._answers(event):
            self._answer(event)
        elif held == _ALT and keys in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(-1 if keys == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While a question stands, Alt+1 and Alt+2 are its answers and not the pages of the rail."""
        if event.type() == QEvent.Type.ShortcutOverride and self._answers(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A line editor would take Alt+1 for a figure."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._answers(event):
            self._answer(event)
            return True
        return super().eventFilter(watched, event)

    def _answers(self, event: QEvent) -> bool:
        answer = isinstance(event, QKeyEvent) and event.modifiers() == _ALT and event.key() in _ANSWERS
        return answer and not (self.warning.isHidden() and self.taken.isHidden())

    def _answer(self, event: QKeyEvent) -> None:
        """A NIK that somebody has already is settled before any doubt about it."""
        asking = self.warning if self.taken.isHidden() else self.taken
        asking.answered.emit(_ANSWERS[Qt.Key(event.key())])

    def _entered(self, held: Qt.KeyboardModifier) -> None:
        if held == _CONTROL:
            self.submitted.emit()
        elif held == _CONTROL | _SHIFT:
            self.skipped.emit()
        elif held == _SHIFT:
            self.body.walk(-1)
        elif not held:
            focus = QApplication.focusWidget()
            if isinstance(focus, QAbstractButton) and not self.fields.name_of(focus):
                focus.click()
            else:
                self.body.walk(1)

    def _to_save(self) -> None:
        self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_back(self) -> None:
        if not self.bin.isHidden():
            self.bin.answered.emit(0)

    def _sent_answered(self, place: int) -> None:
        (self.replacing_wanted if place else self.mending_wanted).emit()

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_forth(self) -> None:
        self.stepped.emit(1)

    def _focus_changed(self, _old: QObject | None, now: QObject | None) -> None:
        if isinstance(now, QWidget) and self.isAncestorOf(now):
            self.body.ensureWidgetVisible(now, 0, 40)
            self.focus_moved.emit(self.fields.name_of(now))
