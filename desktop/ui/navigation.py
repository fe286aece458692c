"""The rail at the left: the pages that work, with their keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QSizePolicy

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import write
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import Elided, Glyph, label

WIDE, NARROW = 188, 66
MOST = 999  # that a badge has room for


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the rail; `foot` puts it at the foot."""

    name: str
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
        self.badges: dict[str, QLabel] = {}
        self._counts: dict[str, int] = {}
        self._wide = True
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
        self.badges[entry.name] = self._badge(made)
        return made

    def _badge(self, on: QPushButton) -> QLabel:
        made = label(self._theme, "", 8.5, Weight.DemiBold)
        made.setProperty("role", "badge")
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.hide()
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        on.setLayout(row(None, made, margins=(0, 0, 8, 0)))
        return made

    def show_count(self, name: str, count: int) -> None:
        """How many things wait on a page; nothing is shown for none."""
        if name in self.badges:
            self._counts[name] = count
            self.badges[name].setText(str(count) if count <= MOST else f"{MOST}+")
            self._name_all()

    def mark(self, number: int) -> None:
        """Show which page is in front."""
        self.buttons[number].setChecked(True)

    def adapt(self, *, wide: bool) -> None:
        """Icons and words, or icons alone."""
        self.setFixedWidth(round(WIDE * max(1.0, self._theme.factor * 0.9)) if wide else NARROW)
        self._brand.setVisible(wide)
        self._wide = wide
        self._name_all()

    def _name_all(self) -> None:
        for made, entry in zip(self.buttons, self._entries, strict=True):
            count = self._counts.get(entry.name, 0)
            name = self.tr("{page}, {count} waiting").format(page=entry.title, count=count) if count else entry.title
            write(made, entry.title if self._wide else "", name=name)
            self.badges[entry.name].setVisible(bool(count) and self._wide)
