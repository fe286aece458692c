"""The rail at the left: the pages that work, with their keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import write
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import Elided, Glyph, label

WIDE, NARROW = 188, 66


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the rail; `foot` puts it at the foot."""

    title: str
    icon: str
    keys: str
    foot: bool = False


class Navigation(QFrame):
    """`chosen` carries the place of the page in the rail."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, entries: tuple[Entry, ...], place: str) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAccessibleName(self.tr("Pages"))
        self._theme, self._entries = theme, entries
        home = Elided(theme, 9, tone="nav_dim")
        home.say(place)
        home.setFixedWidth(theme.px(118))
        self._brand = holder(column(label(theme, "Payung", 13, Weight.Bold, tone="nav_ink"), home, gap=0))
        self._group = QButtonGroup(self)
        self.buttons = tuple(self._button(number, entry) for number, entry in enumerate(entries))
        self.buttons[0].setChecked(True)
        self._group.idClicked.connect(self.chosen)
        head = row(Glyph(theme, "umbrella", "accent", 24), self._brand, None, gap=10, margins=(10, 2, 0, 0))
        pairs = tuple(zip(self.buttons, entries, strict=True))
        top = [made for made, entry in pairs if not entry.foot]
        foot = [made for made, entry in pairs if entry.foot]
        self.setLayout(column(head, 14, *top, None, *foot, gap=4, margins=(10, 14, 10, 12)))

    def _button(self, number: int, entry: Entry) -> QPushButton:
        made = QPushButton()
        size = self._theme.px(19)
        made.setIcon(self._theme.icon(entry.icon, "nav_ink", size))
        made.setIconSize(QSize(size, size))
        made.setFont(self._theme.font(10.5, Weight.Medium))
        made.setCheckable(True)
        made.setToolTip(f"{entry.title} ({entry.keys})")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        self._group.addButton(made, number)
        return made

    def mark(self, number: int) -> None:
        """Show which page is in front."""
        self.buttons[number].setChecked(True)

    def adapt(self, *, wide: bool) -> None:
        """Icons and words, or icons alone."""
        self.setFixedWidth(round(WIDE * max(1.0, self._theme.factor * 0.9)) if wide else NARROW)
        self._brand.setVisible(wide)
        for made, entry in zip(self.buttons, self._entries, strict=True):
            write(made, entry.title if wide else "", name=entry.title)
