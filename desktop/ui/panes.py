"""The enrolment page's three panes, two, or one: what gives way by width over text size."""

from __future__ import annotations

import itertools

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import parts
from desktop.ui.officer_form import NARROW, WIDTH, OfficerForm
from desktop.ui.queue_pane import QueuePane
from desktop.ui.roster_panel import FULL, RosterPanel
from desktop.ui.theme import Theme
from desktop.ui.tps_list import TpsList
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column, row

ONE_PANE = 780  # logical pixels of window width below which the form stands alone
ROOMY = 620  # of window height below which the queue shows only what comes next
LOW = 480  # of window height below which the form's foot gives way
_MOST = 16777215  # Qt's "no maximum"


class Panes(QWidget):
    """Units, roster, form. `swap_wanted`: of the one pane there is room for, the other is wanted.

    While the queue is served it stands where list and roster were; `queue_wanted`: its button was pressed.
    """

    swap_wanted = Signal()
    queue_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._one = theme, False
        self.list = TpsList(theme)
        self.roster = RosterPanel(theme)
        self.form = OfficerForm(theme)
        self.queue = QueuePane(theme)
        parts.mark(self.list, self.roster, self.queue, self.form)
        self.queue.hide()
        self._queueing = False
        self._size = (0.0, 0.0)
        self.queue_button = button(theme, self.tr("Queue mode"), "link", icon="users", points=9.5)
        self.queue_button.setToolTip("Ctrl+Q")
        self.queue_button.clicked.connect(self.queue_wanted)
        self.roster.queue.clicked.connect(self.queue_wanted)
        self._swap = button(theme, "", "ghost", icon="users")
        self._swap.clicked.connect(self.swap_wanted)
        self._swap.hide()
        self.list.add_foot(self.queue_button)
        self._left = row(self.list, self.roster, self.queue, gap=12, margins=(14, 14, 14, 14))
        self._left.setStretch(1, 1)
        self._left.setStretch(2, 1)
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
            self.queue_button,
            roster.combo,
            roster.queue,
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
            self.form.back,
        ]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)
        self.queue.chain(roster.former.fold, self.form.bin.answers[0])

    def name_swap(self, text: str) -> None:
        """What the button says that brings the other pane."""
        write(self._swap, text)

    def adapt(self, width: float, height: float) -> None:
        """Three panes, two, or one."""
        self._size = (width, height)
        self._one = width < ONE_PANE
        grown = max(1.0, min(self._theme.factor * 0.9, 1.35))
        self.list.setVisible(width >= FULL and not self._queueing)
        self.roster.adapt(width)
        margin = 0 if self._one else 14
        self._left.setContentsMargins(margin, margin, margin, margin)
        self.form.setMinimumWidth(0)
        self.form.setMaximumWidth(_MOST)
        if not self._one:
            self.form.setFixedWidth(round((WIDTH if width >= FULL else NARROW) * grown))
            self.form.show()
            self._side.show()
        elif self._side.isVisibleTo(self) and self.form.isVisibleTo(self):
            self._side.hide()
        self._other.hide()
        self._swap.setVisible(self._one)
        self._across.setStretch(0, 0 if self._one else 1)
        self._across.setStretch(1, 1 if self._one else 0)
        self.form.adapt(short=height < LOW)
        self.queue.adapt(short=height < ROOMY)

    def show_form(self) -> None:
        """Where there is room for one, the form."""
        if self._one:
            self._side.hide()
            self.form.show()

    def show_roster(self) -> None:
        """Where there is room for one, the roster."""
        if self._one:
            self.form.hide()
            self._side.show()

    def show_queue(self, *, on: bool) -> None:
        """The queue in place of list and roster, or these again."""
        self._queueing = on
        self.adapt(*self._size)
        if self._one:
            self.show_roster()

    @property
    def _side(self) -> QWidget:
        """What stands beside the form."""
        return self.queue if self._queueing else self.roster

    @property
    def _other(self) -> QWidget:
        return self.roster if self._queueing else self.queue
