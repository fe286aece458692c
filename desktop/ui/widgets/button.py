"""Buttons: one look per kind, every one with a name for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QToolButton

from desktop.ui.theme import Theme, Weight

_FULL = ("primary", "soft", "ghost")
_ICON_TONES = {"primary": "on_brand", "soft": "brand", "link": "brand"}


def button(
    theme: Theme, text: str, kind: str = "ghost", *, icon: str = "", points: float = 10, name: str = ""
) -> QPushButton:
    """A push button of a kind: primary, soft, ghost, link, answer or fold."""
    made = QPushButton()
    outfit(made, theme, kind, icon=icon, points=points)
    write(made, text, name=name)
    return made


def outfit(made: QPushButton, theme: Theme, kind: str, *, icon: str = "", points: float = 10) -> None:
    """Give a push button the look of its kind."""
    made.setProperty("kind", kind)
    made.setFont(theme.font(points, Weight.DemiBold if kind == "primary" else Weight.Medium))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    made.setMinimumHeight(theme.px(30 if kind in _FULL else 24))  # its words are not cut where room is short
    if icon:
        size = theme.px(17)
        shown = theme.icon(icon, _ICON_TONES.get(kind, "ink2"), size)
        if kind == "primary":
            shown.addPixmap(theme.pixmap(icon, "ink2", size), QIcon.Mode.Disabled)  # white on grey is not seen
        made.setIcon(shown)
        made.setIconSize(QSize(size, size))


def write(made: QPushButton, text: str, *, name: str = "") -> None:
    """Change what a button says; the gap after an icon is text, since Qt has no setting for it."""
    shown = text.replace("&", "&&")
    made.setText(f"  {shown}" if shown and not made.icon().isNull() else shown)
    made.setAccessibleName(name or text)


def square(theme: Theme, icon: str, name: str) -> QToolButton:
    """A small button that shows only an icon; its name is spoken and in the tool tip."""
    made = QToolButton()
    made.setProperty("kind", "square")
    made.setIcon(theme.icon(icon, "ink2", theme.px(16)))
    made.setIconSize(QSize(theme.px(16), theme.px(16)))
    made.setFixedSize(theme.px(28), theme.px(28))
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
