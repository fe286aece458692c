"""The form at the right: one officer, keyboard first. It shows and tells; what is right or wrong others decide."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.officer_fields import DECREE, EXTRA, MAIN, OfficerFields
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, square, write
from desktop.ui.widgets.error_summary import ErrorSummary
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, Glyph, key_cap, label
from payung.problem import Severity

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
    discard_wanted = Signal()
    focus_moved = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Officer"))
        self._theme = theme
        self.fields = OfficerFields(theme)
        self.summary = ErrorSummary(theme)
        self.summary.wanted.connect(self.go_to)
        self.taken = Notice(theme, "err")
        self.warning = Notice(theme, "warn")
        self.warning.answered.connect(self.answered)
        self._marked = ""  # the field an open question is about
        self.sent = Notice(theme, "ok")
        self.sent.answered.connect(self._mend)
        self.bin = Notice(theme, "info")  # a draft that was thrown away, and the way back
        self.post = Pill(theme, "brand", "user")
        self._place = label(theme, "", 9.5, Weight.Medium, tone="ink2")
        self.back = square(theme, "chevron-left", self.tr("Previous officer"))
        self.forth = square(theme, "chevron-right", self.tr("Next officer"))
        self.back.clicked.connect(self._step_back)
        self.forth.clicked.connect(self._step_forth)
        self._reading = label(theme, "", 9.5, Weight.Medium, wrap=True)
        self._reading_box = self._reading_frame()
        self.extra_fold = self._fold(self.tr("Data for BPJS"))
        self.decree_fold = self._fold(self.tr("Decree number and date"))
        self.save_button = button(theme, self.tr("Save"), "primary", icon="check")
        self.save_button.setMinimumHeight(theme.px(40))
        self.save_button.clicked.connect(self.submitted)
        self._kept = Elided(theme, 9, tone="ink2")
        self._kept_glyph = Glyph(theme, "save", "ok", 14)
        self._kept_glyph.hide()
        self.discard_button = button(theme, self.tr("Discard draft"), "link", icon="trash-2", points=9)
        self.discard_button.setToolTip("Ctrl+D")
        self.discard_button.clicked.connect(self.discard_wanted)
        self.discard_button.hide()
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+D"), self, context=inside).activated.connect(self.discard_wanted)
        QShortcut(QKeySequence("Alt+Z"), self, context=inside).activated.connect(self._take_back)
        self._scroll = QScrollArea()
        self._build()
        for part in self.fields.parts.values():
            if isinstance(part, Field):
                part.editor.installEventFilter(self)
        for name in ("birthplace", "village"):
            self.fields.completing(name).entered.connect(self._entered)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    def _reading_frame(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("notice", "brand")
        layout = row(Glyph(self._theme, "sparkles", "brand", 16), self._reading, gap=8, margins=(10, 7, 10, 7))
        layout.setStretch(1, 1)
        frame.setLayout(layout)
        frame.hide()
        return frame

    def _fold(self, text: str) -> QPushButton:
        made = button(self._theme, text, "fold", icon="chevron-down", points=9.5)
        made.setCheckable(True)
        made.toggled.connect(self._unfold)
        return made

    def _build(self) -> None:
        head = row(self.post, None, self._place, self.back, self.forth, gap=6, margins=(18, 14, 18, 0))
        self.flow: QVBoxLayout = self._make_flow()
        self._place_warning("birthdate")
        body = holder(self.flow)
        body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(body)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = column(head, self._scroll, self._foot(), gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._set_tab_order()

    def _make_flow(self) -> QVBoxLayout:
        """Every part from top to bottom, what is not needed yet hidden."""
        part = self.fields.parts
        born = self._pair("birthplace", "birthdate", (1, 1))
        sex = self._pair("sex", "phone", (1, 1))
        home = self._pair("rt_rw", "village", (2, 3))
        self._rows = {"nik": part["nik"], "name": part["name"], "birthdate": born, "sex": sex, "rt_rw": home}
        self._extra = holder(column(*(part[name] for name in EXTRA), gap=11))
        self._decree = self._pair("decree_number", "decree_date", (3, 2))
        folds = row(self.extra_fold, self.decree_fold, gap=6)
        folds.setStretch(1, 1)
        for hidden in (self._extra, self._decree, part["reason"]):
            hidden.hide()
        above = (
            self.summary,
            self.bin,
            self.sent,
            part["reason"],
            part["nik"],
            self.taken,
            self._reading_box,
            part["name"],
        )
        below = (born, sex, home, part["asn"], holder(folds), self._extra, self._decree)
        return column(*above, *below, None, gap=11, margins=(18, 9, 18, 8))

    def _pair(self, left: str, right: str, shares: tuple[int, int]) -> QWidget:
        pair = row(self.fields.parts[left], self.fields.parts[right], gap=10)
        for place, share in enumerate(shares):
            pair.setStretch(place, share)
            pair.setAlignment(self.fields.parts[(left, right)[place]], Qt.AlignmentFlag.AlignTop)
        return holder(pair)

    def _foot(self) -> QFrame:
        self._foot_line = holder(
            row(self._kept_glyph, self._kept, self.discard_button, key_cap(self._theme, "Ctrl+Enter"), gap=6)
        )
        foot = QFrame()
        foot.setObjectName("foot")
        foot.setLayout(column(self.save_button, self._foot_line, gap=7, margins=(18, 11, 18, 11)))
        return foot

    def _set_tab_order(self) -> None:
        chain: list[QWidget] = [*self.bin.answers, self.fields.focus_widget("reason")]
        chain += [self.fields.focus_widget(name) for name in (*MAIN, "village", "asn")]
        chain.append(self.extra_fold)
        chain += [self.fields.focus_widget(name) for name in EXTRA]
        chain.append(self.decree_fold)
        chain += [self.fields.focus_widget(name) for name in DECREE]
        chain += [self.save_button, self.discard_button, self.back, self.forth]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

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
        self._reading.setText(text)
        self._reading_box.setVisible(bool(text))

    @property
    def reading(self) -> str:
        """What is shown as read from the NIK."""
        return self._reading.text() if not self._reading_box.isHidden() else ""

    def show_warning(self, field: str, title: str, text: str, answers: tuple[str, ...]) -> None:
        """A question under the field it is about, answered with Alt+1 or Alt+2."""
        self._place_warning(field)
        self.warning.say(title, text, answers, ("Alt+1", "Alt+2"))
        self._unmark()
        part = self.fields.parts[field]
        if part.severity is None:
            part.tell(Severity.WARNING, spoken=f"{title}. {text}")
            self._marked = field

    def hide_warning(self) -> None:
        """The question is settled."""
        self.warning.hide()
        self._unmark()

    def _unmark(self) -> None:
        if self._marked and self.fields.parts[self._marked].severity is Severity.WARNING:
            self.fields.tell(self._marked, None)
        self._marked = ""

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

    def go_to(self, name: str) -> None:
        """Put the cursor in a field, unfolding what hides it."""
        if name in EXTRA:
            self.extra_fold.setChecked(True)
        if name in DECREE:
            self.decree_fold.setChecked(True)
        widget = self.fields.focus_widget(name)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(widget, 0, 40)

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

    def order(self) -> list[str]:
        """The fields Enter walks through now."""
        shown = [name for name in ("reason",) if not self.fields.parts[name].isHidden()]
        shown += MAIN
        if not self.fields.parts["asn"].isHidden():
            shown.append("asn")
        if self.extra_fold.isChecked():
            shown += EXTRA
        if self.decree_fold.isChecked():
            shown += DECREE
        return shown

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
            self.answered.emit(_ANSWERS[Qt.Key(keys)])
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
            self.answered.emit(_ANSWERS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _answers(self, event: QEvent) -> bool:
        answer = isinstance(event, QKeyEvent) and event.modifiers() == _ALT and event.key() in _ANSWERS
        return answer and not self.warning.isHidden()

    def _entered(self, held: Qt.KeyboardModifier) -> None:
        if held == _CONTROL:
            self.submitted.emit()
        elif held == _CONTROL | _SHIFT:
            self.skipped.emit()
        elif held == _SHIFT:
            self._walk(-1)
        elif not held:
            focus = QApplication.focusWidget()
            if isinstance(focus, QAbstractButton) and not self.fields.name_of(focus):
                focus.click()
            else:
                self._walk(1)

    def _walk(self, step: int) -> None:
        order = self.order()
        name = self.fields.name_of(QApplication.focusWidget())
        if name == "village":
            name = "rt_rw"
        if name not in order:
            self.go_to(order[0])
            return
        place = order.index(name) + step
        if place >= len(order):
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= 0:
            self.go_to(order[place])
            widget = self.fields.focus_widget(order[place])
            if isinstance(widget, QLineEdit):
                widget.selectAll()

    def _place_warning(self, field: str) -> None:
        anchor = self._rows.get(field, self._rows["nik"])
        self.flow.removeWidget(self.warning)
        self.flow.insertWidget(self.flow.indexOf(anchor) + 1, self.warning)

    def _unfold(self, _open: bool) -> None:
        self._extra.setVisible(self.extra_fold.isChecked())
        self._decree.setVisible(self.decree_fold.isChecked())
        for fold in (self.extra_fold, self.decree_fold):
            fold.setIcon(self._theme.icon("chevron-up" if fold.isChecked() else "chevron-down", "ink2", 17))

    def _take_back(self) -> None:
        if not self.bin.isHidden():
            self.bin.answered.emit(0)

    def _mend(self, _place: int) -> None:
        self.mending_wanted.emit()

    def _step_back(self) -> None:
        self.stepped.emit(-1)

    def _step_forth(self) -> None:
        self.stepped.emit(1)

    def _focus_changed(self, _old: QObject | None, now: QObject | None) -> None:
        if isinstance(now, QWidget) and self.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, 40)
            self.focus_moved.emit(self.fields.name_of(now))
