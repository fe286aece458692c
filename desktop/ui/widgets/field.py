"""A form field: label above, hint at the right, the editor, and its message below."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label, retone
from payung.problem import Severity


class Field(QWidget):
    """`caption` may hold an ampersand for its key. The message is also the editor's spoken description."""

    def __init__(
        self, theme: Theme, caption: str, editor: QWidget, *, hint: str = "", counter: QLabel | None = None
    ) -> None:
        super().__init__()
        self.editor = editor
        self.caption = caption.replace("&", "")
        self._hint = hint
        self.severity: Severity | None = None
        name = label(theme, caption, 9.5, Weight.DemiBold)
        name.setBuddy(editor)
        self._message = label(theme, "", 9, Weight.Medium, tone="err", wrap=True)
        self._message.hide()
        top = row(name, None, gap=6)
        if hint:
            top.addWidget(label(theme, hint, 9, tone="ink3"))
        if counter is not None:
            top.addWidget(counter)
        self.setLayout(column(top, editor, self._message, gap=4))
        if isinstance(editor, QLineEdit):
            outfit(editor, theme)
        editor.setAccessibleName(self.caption)
        editor.setAccessibleDescription(hint)

    def tell(self, severity: Severity | None, message: str = "", *, spoken: str = "") -> None:
        """Mark the field; None clears it. `spoken` is what a screen reader hears, the message when left out."""
        retone(self.editor, "state", severity.value if severity else "")
        self.severity = severity
        self._message.setText(message)
        self._message.setVisible(bool(message))
        retone(self._message, "tone", "err" if severity is Severity.ERROR else "warn")
        self.editor.setAccessibleDescription(spoken or message or self._hint)

    @property
    def message(self) -> str:
        """What the field says of itself, empty when all is well."""
        return self._message.text() if not self._message.isHidden() else ""


def outfit(editor: QLineEdit, theme: Theme) -> None:
    """Give a line editor the field look, at a height the finger and the eye find."""
    editor.setProperty("role", "field")
    editor.setFixedHeight(theme.px(36))
    editor.setFont(theme.font(10.5))
    editor.setMinimumWidth(0)
    editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
