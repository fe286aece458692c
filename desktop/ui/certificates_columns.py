"""Where the three parts of the page of certificates stand: beside each other, or below, as the window has room."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.theme import Theme

WIDE, ROOMY = 1010, 700  # logical pixels of window width: three columns, two columns
_LOW, _TALL = 300, 440  # logical pixels the preview has at least, beside the others and below them
_SPOTS = {  # row, column and span of the list, the choices and the preview, and how the columns share the width
    3: (((0, 0, 1), (0, 2, 1), (0, 1, 1)), (25, 52, 27)),
    2: (((0, 0, 1), (0, 1, 1), (1, 0, 2)), (1, 1, 0)),
    1: (((0, 0, 1), (2, 0, 1), (1, 0, 1)), (1, 0, 0)),
}


class Columns(QGridLayout):
    """Three columns, two with the preview below, or all below each other; `count_now` says which."""

    def __init__(self, theme: Theme, officers: QWidget, preview: QWidget, choices: QWidget) -> None:
        super().__init__()
        self._theme, self._preview = theme, preview
        self._parts = (officers, choices, preview)
        self.setSpacing(12)
        self.setContentsMargins(0, 0, 0, 0)
        self.count_now = 0
        self._arrange(3)

    def adapt(self, width: float) -> None:
        """Give way to the window's width."""
        self._arrange(3 if width >= WIDE else 2 if width >= ROOMY else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self.count_now:
            return
        self.count_now = columns
        spots, shares = _SPOTS[columns]
        for part in self._parts:
            self.removeWidget(part)
        for part, (row, place, span) in zip(self._parts, spots, strict=True):
            self.addWidget(part, row, place, 1, span)
        for place, share in enumerate(shares):
            self.setColumnStretch(place, share)
        self._preview.setMinimumHeight(self._theme.px(_LOW if columns == max(_SPOTS) else _TALL))
