"""A choice of few: buttons side by side in a named group, moved with the arrow keys, picked by letter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QPushButton

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import outfit, write
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label, retone
from payung.problem import Severity

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class _Option(QPushButton):
    """Leaves the arrow keys to the choice: Qt's own wander off to whatever button lies in that direction."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Choice(QGroupBox):
    """Options are (value, caption, key), `across` of them in a row; `chosen` fires on the person's choice alone."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, caption: str, options: tuple[tuple[str, str, str], ...], *, across: int = 0
    ) -> None:
        super().__init__()
        self.caption = caption.replace("&", "")
        self._keys = {key.upper(): value for value, _, key in options if key}
        self._values = tuple(value for value, _, _ in options)
        self.severity: Severity | None = None
        self._group = QButtonGroup(self)
        self.buttons: tuple[QPushButton, ...] = tuple(
            self._option(theme, place, text) for place, (_, text, _) in enumerate(options)
        )
        name = label(theme, caption, 9.5, Weight.DemiBold)
        name.setBuddy(self.buttons[0])
        self._message = label(theme, "", 9, Weight.Medium, tone="err", wrap=True)
        self._message.hide()
        rows = [
            self.buttons[at : at + (across or len(options))] for at in range(0, len(options), across or len(options))
        ]
        self.setLayout(column(row(name, None), *(row(*some, gap=5) for some in rows), self._message, gap=4))
        self.setFocusProxy(self.buttons[0])
        self.setAccessibleName(self.caption)
        self._group.idClicked.connect(self._clicked)

    def _option(self, theme: Theme, place: int, text: str) -> QPushButton:
        made = _Option()
        outfit(made, theme, "segment", points=9)
        write(made, text, name=f"{self.caption}: {text}")
        made.setCheckable(True)
        made.setFixedHeight(theme.px(36))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
        self._group.addButton(made, place)
        return made

    @property
    def value(self) -> str:
        """The chosen value, empty when nothing is chosen."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else ""

    def choose(self, value: str) -> None:
        """Set from the program; the empty string unchooses."""
        self._group.setExclusive(False)
        for place, made in enumerate(self.buttons):
            made.setChecked(self._values[place] == value)
        self._group.setExclusive(True)
        self._retab(self._values.index(value) if value in self._values else 0)

    def tell(self, severity: Severity | None, message: str = "", *, spoken: str = "") -> None:
        """Mark the choice; None clears it."""
        self.severity = severity
        self._message.setText(message)
        self._message.setVisible(bool(message))
        retone(self._message, "tone", "err" if severity is Severity.ERROR else "warn")
        for made in self.buttons:
            made.setAccessibleDescription(spoken or message)

    @property
    def message(self) -> str:
        """What the choice says of itself, empty when all is well."""
        return self._message.text() if not self._message.isHidden() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the choice, letters pick it; everything else goes on to the form."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
        value = self._keys.get(event.text().upper()) if event.text() else None
        if plain and value is not None:
            self._pick(self._values.index(value))
        elif plain and event.key() in _STEPS:
            now = self._group.checkedId()
            self._pick((now + _STEPS[Qt.Key(event.key())]) % len(self._values) if now >= 0 else 0)
        else:
            event.ignore()

    def _pick(self, place: int) -> None:
        self.buttons[place].setChecked(True)
        self._retab(place)
        self.buttons[place].setFocus()
        self.chosen.emit(self._values[place])

    def _clicked(self, place: int) -> None:
        self._retab(place)
        self.chosen.emit(self._values[place])

    def _retab(self, place: int) -> None:
        for other, made in enumerate(self.buttons):
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == place else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.buttons[place])
