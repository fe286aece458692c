"""F6: from one part of the screen to the next, each where the work in it was left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_NAME = "part"


def mark(*areas: QWidget) -> None:
    """Make these areas of a page parts that F6 goes to; a page without any is one part."""
    for area in areas:
        area.setProperty(_NAME, True)


def go_on(before: QWidget, page: QWidget, after: QWidget) -> None:
    """Bring the focus to the part after the one it is in: `before`, the page's parts, `after`, and round again."""
    marked = [area for area in page.findChildren(QWidget) if area.property(_NAME) and area.isVisible()]
    areas = [area for area in (before, *(marked or [page]), after) if _stop(area) is not None]
    focus = QApplication.focusWidget()
    here = next(
        (
            place
            for place, area in enumerate(areas)
            if focus is not None and (area is focus or area.isAncestorOf(focus))
        ),
        -1,
    )
    for step in range(1, len(areas) + 1):
        stop = _stop(areas[(here + step) % len(areas)])
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _stop(area: QWidget) -> QWidget | None:
    """Where the focus was in the area, else its first stop; None where nothing takes it."""
    last: QWidget | None = area.focusWidget()  # None where the focus never was, whatever Qt's types say
    stops = ([last] if last is not None else []) + [area, *area.findChildren(QWidget)]
    return next((widget for widget in stops if _takes(widget)), None)


def _takes(widget: QWidget) -> bool:
    stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(stops) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
