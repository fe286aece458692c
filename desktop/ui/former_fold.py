"""Below the roster: who held a seat here and does not any more, folded up until somebody wants to know."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from desktop.ui.theme import Theme
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column
from desktop.ui.widgets.text import label


class FormerFold(QFrame):
    """Hidden where nobody has left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.fold = button(theme, "", "fold", icon="chevron-down", points=9.5)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.text = label(theme, "", 9, wrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.hide()
        self.setLayout(column(self.fold, self.text, gap=4, margins=(14, 6, 14, 4)))
        self.hide()

    def show_former(self, lines: tuple[str, ...]) -> None:
        """One line for each of them."""
        write(self.fold, self.tr("Served here before: {count}").format(count=len(lines)))
        self.text.setText("\n".join(lines))
        self.setVisible(bool(lines))

    def _unfold(self, opened: bool) -> None:
        self.text.setVisible(opened)
        self.fold.setIcon(self._theme.icon("chevron-up" if opened else "chevron-down", "ink2", 17))
