"""F1 on a window: the help for what is in front. The help itself is loaded when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.help_panel import HelpPanel


class HelpKey(QObject):
    """Watches for F1 over a page of the window; `topic` names the text it shows."""

    def __init__(self, theme: Theme, over: QWidget, lang: str, topic: str) -> None:
        super().__init__(over)
        self._theme, self._over, self._lang = theme, over, lang
        self.topic = topic
        self.panel: HelpPanel | None = None
        key = QShortcut(QKeySequence("F1"), over, context=Qt.ShortcutContext.WindowShortcut)
        key.activated.connect(self.show)

    def show(self) -> None:
        """Show the help, or close it where it stands."""
        if self.panel is None:
            from desktop.ui.help_panel import HelpPanel  # noqa: PLC0415 - most sittings go without

            self.panel = HelpPanel(self._theme, self._over, self._lang)
        if self.panel.isVisible():
            self.panel.leave()
        else:
            self.panel.show_topic(self.topic)

    def turn_to(self, topic: str) -> None:
        """Another page comes to the front: what was read about the one before closes."""
        self.topic = topic
        if self.panel is not None:
            self.panel.hide()
