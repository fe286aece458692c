"""A line editor that offers endings: at most twelve, found by prefix in a sorted list, never chosen unasked."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from desktop.ui.theme import Theme

LIMIT = 12
SHORTEST = 2  # letters typed before something is offered; two-letter places exist


class CompletingEdit(QLineEdit):
    """Down picks from the list and Enter takes it; Enter alone keeps what was typed (SOLO stays SOLO, not Solok).

    `entered` carries the modifiers of an Enter typed into the open list, which the form would not see otherwise.
    """

    entered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._keys: tuple[str, ...] = ()
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._popup = completer.popup() or QListView()
        self._popup.setFont(theme.font(10))
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)

    def offer_from(self, names: tuple[str, ...]) -> None:
        """The names to complete from."""
        ordered = sorted({name.upper(): name for name in names}.items())
        self._keys = tuple(key for key, _ in ordered)
        self._names = tuple(name for _, name in ordered)

    @property
    def offering(self) -> bool:
        """Whether the list is open."""
        return self._popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes the list, keeping the name walked to, and then means what it means everywhere in the form."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.offering:
            self._popup.hide()
            self.entered.emit(event.modifiers())
            return
        super().keyPressEvent(event)

    def _offer(self, text: str) -> None:
        typed = text.strip().upper()
        first = bisect_left(self._keys, typed)
        near = zip(self._keys[first:], self._names[first : first + LIMIT], strict=False)
        found = [name for key, name in near if len(typed) >= SHORTEST and key.startswith(typed)]
        self._model.setStringList([name.upper() for name in found] if text.isupper() else found)
        if not found:
            self._popup.hide()
