"""The parts of the home page that are cards: counters, the last work, what is to be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.home_actions import Action
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, outfit, write
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import Elided, Glyph, label


class Counter(QPushButton):
    """A number with its name and what is behind it; pressed, it leads there."""

    def __init__(self, theme: Theme, icon: str, ground: str, tone: str) -> None:
        super().__init__()
        outfit(self, theme, "card")
        sign = QFrame()
        sign.setProperty("notice", ground)
        sign.setLayout(row(Glyph(theme, icon, tone, 19), margins=(9, 9, 9, 9)))
        self._number = label(theme, "", 16, Weight.Bold, digits=True)
        self._name, self._detail = Elided(theme, 9.5, Weight.Medium), Elided(theme, 9, tone="ink2")
        words = column(self._number, self._name, self._detail, gap=0)
        layout = row(sign, words, gap=12, margins=(14, 8, 12, 8))
        layout.setStretch(1, 1)
        layout.setAlignment(sign, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        for part in (sign, self._number, self._name, self._detail):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(82))

    def say(self, number: int, name: str, detail: str) -> None:
        """Show the number and the words."""
        self._number.setText(f"{number:,}".replace(",", "."))
        self._name.say(name)
        self._detail.say(detail)
        self.setAccessibleName(" ".join((str(number), name)))
        self.setAccessibleDescription(detail)


class Resume(QFrame):
    """What was worked on last, and the button that goes on with it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = Elided(theme, 10.5, Weight.DemiBold)
        self._detail = Elided(theme, 9.5, tone="ink2")
        self.button = button(theme, "", "primary", icon="arrow-right")
        self.button.setAutoDefault(True)  # Enter presses what has the focus
        self.button.setToolTip("Ctrl+L")
        layout = row(
            Glyph(theme, "history", "brand", 19),
            column(self._title, self._detail, gap=1),
            self.button,
            gap=14,
            margins=(16, 10, 14, 10),
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFixedHeight(theme.px(60))

    def say(self, title: str, detail: str, deed: str) -> None:
        """Show what it is about, and on the button the deed."""
        self._title.say(title)
        self._detail.say(detail)
        write(self.button, deed)
        self.button.setAccessibleDescription(f"{title}. {detail}")


class ActionList(QFrame):
    """What needs the clerk. `wanted` carries the errand of the thing chosen."""

    wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._actions: tuple[Action, ...] = ()
        self._empty = label(theme, self.tr("Nothing is open. Well done."), 9.5, tone="ink2", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        head = label(theme, self.tr("Needs you"), 11, Weight.DemiBold)
        self.setLayout(column(head, self._empty, self._rows, None, gap=6, margins=(16, 13, 14, 12)))
        self.buttons: tuple[QPushButton, ...] = ()

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show these, the most severe first; the focus stays where it was in the list."""
        if tuple(actions) == self._actions:
            return
        focused = next((place for place, made in enumerate(self.buttons) if made.hasFocus()), None)
        self._clear()
        self._actions = tuple(actions)
        self._empty.setVisible(not actions)
        self.buttons = tuple(self._add(place, action) for place, action in enumerate(self._actions))
        if focused is not None and self.buttons:
            self.buttons[min(focused, len(self.buttons) - 1)].setFocus()

    @property
    def words(self) -> tuple[str, ...]:
        """The titles, from top to bottom."""
        return tuple(action.title for action in self._actions)

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, place: int, action: Action) -> QPushButton:
        theme = self._theme
        title = label(theme, action.title, 9.5, Weight.DemiBold, wrap=True)
        detail = label(theme, action.detail, 9, tone="ink2", wrap=True)
        made = button(theme, action.button, "ghost", points=9.5, name=f"{action.button}: {action.title}")
        made.setAutoDefault(True)
        made.setAccessibleDescription(action.detail)
        made.clicked.connect(lambda: self.wanted.emit(action.errand))
        glyph = Glyph(theme, action.icon, action.tone, 17)
        layout = row(glyph, column(title, detail, gap=0), made, gap=10, margins=(0, 7, 0, 7))
        layout.setStretch(1, 1)
        if place:
            self._rows.addWidget(self._ruler())
        self._rows.addWidget(holder(layout))
        return made

    def _ruler(self) -> QWidget:
        line = QFrame()
        line.setObjectName("ruler")
        line.setFixedHeight(1)
        return line
