"""Rows and columns written the way they are seen: widgets, layouts, numbers for gaps, None for the stretch."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Item: TypeAlias = QWidget | QLayout | int | None
Margins: TypeAlias = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


def row(*items: Item, gap: int = 8, margins: Margins = NONE) -> QHBoxLayout:
    """Items side by side."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def column(*items: Item, gap: int = 8, margins: Margins = NONE) -> QVBoxLayout:
    """Items below each other."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def holder(layout: QLayout) -> QWidget:
    """A see-through widget around a layout, for parts that are shown and hidden together."""
    widget = QWidget()
    widget.setObjectName("body")
    widget.setLayout(layout)
    return widget


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margins: Margins) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
