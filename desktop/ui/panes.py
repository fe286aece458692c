"""The enrolment page's three panes, two, or one: what gives way by width over text size."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.officer_form import NARROW, WIDTH, OfficerForm
from desktop.ui.roster_panel import FULL, RosterPanel
from desktop.ui.theme import Theme
from desktop.ui.tps_list import TpsList
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column, row

ONE_PANE = 780  # logical pixels of window width below which the form stands alone
LOW = 480  # of window height below which the form's foot gives way
_MOST = 16777215  # Qt's "no maximum"


class Panes(QWidget):
    """Units, roster, form. `swap_wanted`: of the one pane there is room for, the other is wanted."""

    swap_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._one = theme, False
        self.list = TpsList(theme)
        self.roster = RosterPanel(theme)
        self.form = OfficerForm(theme)
        self._swap = button(theme, "", "ghost", icon="users")
        self._swap.clicked.connect(self.swap_wanted)
        self._swap.hide()
        self._left = row(self.list, self.roster, gap=12, margins=(14, 14, 14, 14))
        self._left.setStretch(1, 1)
        self._across = row(self._left, self.form, gap=0)
        self._across.setStretch(0, 1)
        layout = column(row(self._swap), self._across, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._order()

    def _order(self) -> None:
        listed, roster = self.list, self.roster
        QWidget.setTabOrder(listed.everything, listed.unfinished)
        QWidget.setTabOrder(listed.unfinished, listed.view)
        QWidget.setTabOrder(listed.view, roster.combo)
        chain = [
            roster.combo,
            roster.more,
            roster.certificate_button,
            roster.reason.reason,
            roster.reason.do_button,
            roster.reason.keep_button,
            roster.held.answers[0],
            roster.acted.answers[0],
            *roster.made.answers,
            roster.view,
            roster.former.fold,
            self.form.bin.answers[0],
        ]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

    def name_swap(self, text: str) -> None:
        """What the button says that brings the other pane."""
        write(self._swap, text)

    def adapt(self, width: float, height: float) -> None:
        """Three panes, two, or one."""
        self._one = width < ONE_PANE
        grown = max(1.0, min(self._theme.factor * 0.9, 1.35))
        self.list.setVisible(width >= FULL)
        self.roster.adapt(width)
        margin = 0 if self._one else 14
        self._left.setContentsMargins(margin, margin, margin, margin)
        self.form.setMinimumWidth(0)
        self.form.setMaximumWidth(_MOST)
        if not self._one:
            self.form.setFixedWidth(round((WIDTH if width >= FULL else NARROW) * grown))
            self.form.show()
            self.roster.show()
        elif self.roster.isVisibleTo(self) and self.form.isVisibleTo(self):
            self.roster.hide()
        self._swap.setVisible(self._one)
        self._across.setStretch(0, 0 if self._one else 1)
        self._across.setStretch(1, 1 if self._one else 0)
        self.form.adapt(short=height < LOW)

    def show_form(self) -> None:
        """Where there is room for one, the form."""
        if self._one:
            self.roster.hide()
            self.form.show()

    def show_roster(self) -> None:
        """Where there is room for one, the roster."""
        if self._one:
            self.form.hide()
            self.roster.show()
