"""The bar above the page: where one is, the search, who is working, and the lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.ui.search_field import SearchField
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, square
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, label

SPACIOUS = 880  # logical pixels of window width from which the search is a field, not a button
ROOMY = 760  # logical pixels of window width from which the crumbs and the name are shown


class TopBar(QFrame):
    """`lock_wanted` is the clerk leaving the laptop, `help_wanted` the clerk in need of a word."""

    lock_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, theme: Theme, *, crumbs: str, person: str, search: SearchField) -> None:
        super().__init__()
        self.setObjectName("top")
        self._theme = theme
        self._title = label(theme, "", 13, Weight.Bold)
        self._crumbs = Elided(theme, 9.5, tone="ink2")
        self._crumbs.say(crumbs)
        self._person = Pill(theme, "mute", "user")
        self._person.say(person, "mute", "user")
        self.lock_button = button(theme, self.tr("Lock"), "ghost", icon="lock")
        self.lock_button.setToolTip("Ctrl+K")
        self.lock_button.clicked.connect(self.lock_wanted)
        self.help_button = square(theme, "circle-help", self.tr("Help for this page (F1)"))
        self.help_button.clicked.connect(self.help_wanted)
        self.search = search
        search.folding.connect(self._make_room)
        self._words = holder(column(self._title, self._crumbs, gap=0))
        layout = row(
            self._words, search, self._person, self.help_button, self.lock_button, gap=10, margins=(20, 6, 14, 6)
        )
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def name_page(self, title: str) -> None:
        """Say which page is shown."""
        self._title.setText(title)

    def adapt(self, width: float) -> None:
        """Give way in a narrow window."""
        roomy = width >= ROOMY
        self._crumbs.setVisible(roomy)
        self._person.setVisible(roomy)
        self.search.fold(folds=width < SPACIOUS)
        self.setFixedHeight(self._theme.px(58 if roomy else 46))

    def _make_room(self, opened: bool) -> None:
        """In a narrow window the search takes the place of the words while it is used."""
        self._words.setVisible(not (opened and self.width() < self._theme.px(SPACIOUS)))
