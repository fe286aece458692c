"""The band that says all the time that this is practice, with the two ways on: empty it, or end it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.layout import row
from desktop.ui.widgets.text import Glyph, label


class PracticeBand(QFrame):
    """`empty_wanted`: begin the practice anew; `end_wanted`: leave it. Neither asks: the data are samples."""

    empty_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("practice")
        self.setMinimumHeight(theme.px(44))
        self.words = label(
            theme, self.tr("PRACTICE — sample data, nothing is sent"), 10, Weight.Bold, tone="warn", wrap=True
        )
        self.setAccessibleName(self.words.text())
        self.empty_button = button(theme, self.tr("Empty"), "answer", icon="trash-2", points=9.5)
        self.empty_button.setToolTip(self.tr("Take away everything that was practised and begin anew"))
        self.end_button = button(theme, self.tr("End practice"), "answer", icon="log-out", points=9.5)
        self.end_button.setToolTip(self.tr("Leave the practice; what was practised is taken away"))
        layout = row(
            Glyph(theme, "triangle-alert", "warn", 18),
            self.words,
            self.empty_button,
            self.end_button,
            gap=10,
            margins=(20, 4, 14, 4),
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for made, wanted in ((self.empty_button, self.empty_wanted), (self.end_button, self.end_wanted)):
            made.setAutoDefault(True)
            made.clicked.connect(wanted)
