"""Who of a few: names below each other, chosen with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import column
from desktop.ui.widgets.text import label

MOST_ROWS = 5  # before it scrolls
ROW = 30


class _Names(QListWidget):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class PersonList(QWidget):
    """`entered`: the choice is made, by Enter or a click. A letter jumps to the name it begins."""

    entered = Signal()

    def __init__(self, theme: Theme, caption: str) -> None:
        super().__init__()
        self._theme = theme
        self.view = _Names()
        self.view.setAccessibleName(caption.replace("&", ""))
        self.view.setFont(theme.font(10.5))
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name = label(theme, caption, 9.5, Weight.DemiBold)
        name.setBuddy(self.view)
        self.setLayout(column(name, self.view, gap=4))
        self.view.entered.connect(self.entered)
        self.view.itemClicked.connect(self._clicked)

    def show_names(self, names: tuple[str, ...], chosen: str) -> None:
        """Show these, one of them chosen: the first when `chosen` is not among them."""
        self.view.clear()
        self.view.addItems(list(names))
        high = self._theme.px(ROW)
        for place in range(len(names)):
            self.view.item(place).setSizeHint(QSize(0, high))
        self.view.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self.view.setFixedHeight(high * min(len(names), MOST_ROWS) + 2 * self.view.frameWidth())

    @property
    def value(self) -> str:
        """The name chosen."""
        place = self.view.currentRow()
        return self.view.item(place).text() if place >= 0 else ""

    def step(self, by: int) -> None:
        """Choose the name above or below."""
        self.view.setCurrentRow(min(max(self.view.currentRow() + by, 0), self.view.count() - 1))

    def _clicked(self, _item: object) -> None:
        self.entered.emit()
