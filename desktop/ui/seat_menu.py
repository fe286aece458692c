"""What can be done with a seat, for those who use a mouse: the same acts as by key, each with its key beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.theme import Theme
from desktop.ui.unit import FILLED, SeatLine, SeatState

EDIT, EMPTY, TAKE, PUT, REPLACE = "edit", "empty", "take", "put", "replace"
KEYS = {EDIT: "F2", EMPTY: "Del", TAKE: "Ctrl+X", PUT: "Ctrl+V", REPLACE: "Ctrl+G"}


class SeatMenu(QMenu):
    """`chosen` carries the name of an act."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(theme.font(10))
        self.setAccessibleName(self.tr("What to do with this seat"))
        words = {
            EDIT: (self.tr("Fill in or correct"), "pencil"),
            TAKE: (self.tr("Move elsewhere"), "arrow-right"),
            PUT: (self.tr("Put the officer here"), "check"),
            REPLACE: (self.tr("Replace the officer (PAW)"), "users"),
            EMPTY: (self.tr("Empty the seat"), "trash-2"),
        }
        self.acts: dict[str, QAction] = {}
        for name, (text, icon) in words.items():
            act = self.addAction(theme.icon(icon, "ink2", theme.px(16)), f"{text}\t{KEYS[name]}")
            act.triggered.connect(partial(self.chosen.emit, name))
            self.acts[name] = act

    def open(self, line: SeatLine, at: QPoint, *, holding: bool) -> None:
        """Show what can be done with this seat; `holding`: an officer waits to be put down."""
        some = line.state is not SeatState.EMPTY
        self.acts[TAKE].setEnabled(some)
        self.acts[EMPTY].setEnabled(some)
        self.acts[PUT].setEnabled(holding)
        self.acts[REPLACE].setEnabled(line.state in FILLED)
        self.popup(at)
