"""What scrolls in the officer form: fields, folds and notices from top to bottom, and Enter's way through them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.officer_fields import DECREE, EXTRA, LEAVING, MAIN, OfficerFields
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.error_summary import ErrorSummary
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.text import Glyph, label
from payung.problem import Severity


class OfficerBody(QScrollArea):
    """`walked_out`: Enter was pressed at the last field."""

    walked_out = Signal()

    def __init__(self, theme: Theme, fields: OfficerFields) -> None:
        super().__init__()
        self._theme, self.fields = theme, fields
        self.summary = ErrorSummary(theme)
        self.summary.wanted.connect(self.go_to)
        self.taken = Notice(theme, "err")
        self.again = Notice(theme, "info")  # the NIK is asked for a second time
        self.warning = Notice(theme, "warn")
        self._marked = ""  # the field an open question is about
        self.sent = Notice(theme, "ok")
        self.leaving = Notice(theme, "info")  # whom the officer in the form replaces
        self.bin = Notice(theme, "info")  # a draft that was thrown away, and the way back
        self._reading = label(theme, "", 9.5, Weight.Medium, wrap=True)
        self._reading_box = self._reading_frame()
        self.extra_fold = self._fold(self.tr("Data for BPJS"))
        self.decree_fold = self._fold(self.tr("Decree number and date"))
        self.flow = self._make_flow()
        self._place_warning("birthdate")
        body = holder(self.flow)
        body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWidgetResizable(True)
        self.setWidget(body)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

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
        going = [part[name] for name in LEAVING]
        for hidden in (self._extra, self._decree, part["reason"], *going):
            hidden.hide()
        above = (self.summary, self.bin, self.sent, self.leaving, *going, part["reason"], part["nik"])
        below = (born, sex, home, part["asn"], holder(folds), self._extra, self._decree)
        told = (self.again, self.taken, self._reading_box)
        return column(*above, *told, part["name"], *below, None, gap=11, margins=(18, 9, 18, 8))

    def _pair(self, left: str, right: str, shares: tuple[int, int]) -> QWidget:
        pair = row(self.fields.parts[left], self.fields.parts[right], gap=10)
        for place, share in enumerate(shares):
            pair.setStretch(place, share)
            pair.setAlignment(self.fields.parts[(left, right)[place]], Qt.AlignmentFlag.AlignTop)
        return holder(pair)

    def tab_order(self) -> list[QWidget]:
        """The focus order of what is in here."""
        focus = self.fields.focus_widget
        chain: list[QWidget] = [*self.bin.answers, *self.sent.answers, *self.leaving.answers]
        chain += [focus(name) for name in (*LEAVING, "reason", "nik")]
        chain += [*self.again.answers, *self.taken.answers]
        chain += [focus(name) for name in (*MAIN[1:], "village", "asn")]
        chain.append(self.extra_fold)
        chain += [focus(name) for name in EXTRA]
        chain.append(self.decree_fold)
        return [*chain, *(focus(name) for name in DECREE)]

    def show_reading(self, text: str) -> None:
        """What the NIK says, empty to hide it."""
        self._reading.setText(text)
        self._reading_box.setVisible(bool(text))

    @property
    def reading(self) -> str:
        """What is shown as read from the NIK."""
        return self._reading.text() if not self._reading_box.isHidden() else ""

    def show_warning(self, field: str, title: str, text: str, answers: tuple[str, ...]) -> None:
        """A question under the field it is about."""
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

    def _place_warning(self, field: str) -> None:
        anchor = self._rows.get(field, self._rows["nik"])
        self.flow.removeWidget(self.warning)
        self.flow.insertWidget(self.flow.indexOf(anchor) + 1, self.warning)

    def _unfold(self, _open: bool) -> None:
        self._extra.setVisible(self.extra_fold.isChecked())
        self._decree.setVisible(self.decree_fold.isChecked())
        for fold in (self.extra_fold, self.decree_fold):
            fold.setIcon(self._theme.icon("chevron-up" if fold.isChecked() else "chevron-down", "ink2", 17))

    def go_to(self, name: str) -> None:
        """Put the cursor in a field, unfolding what hides it."""
        if name in EXTRA:
            self.extra_fold.setChecked(True)
        if name in DECREE:
            self.decree_fold.setChecked(True)
        widget = self.fields.focus_widget(name)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(widget, 0, 40)

    def order(self) -> list[str]:
        """The fields Enter walks through now."""
        shown = [name for name in (*LEAVING, "reason") if not self.fields.parts[name].isHidden()]
        shown += MAIN
        if not self.fields.parts["asn"].isHidden():
            shown.append("asn")
        if self.extra_fold.isChecked():
            shown += EXTRA
        if self.decree_fold.isChecked():
            shown += DECREE
        return shown

    def walk(self, step: int) -> None:
        """Go to the next or the previous field."""
        order = self.order()
        name = self.fields.name_of(QApplication.focusWidget())
        if name == "village":
            name = "rt_rw"
        if name not in order:
            self.go_to(order[0])
            return
        place = order.index(name) + step
        if place >= len(order):
            self.walked_out.emit()
        elif place >= 0:
            self.go_to(order[place])
            widget = self.fields.focus_widget(order[place])
            if isinstance(widget, QLineEdit):
                widget.selectAll()
