"""How everything looks: colours of resources/palette.json, the Inter font with even, slashed digits, icons, sizes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

import resources

FAMILY = "Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
Weight = QFont.Weight

_ROLES = (
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "surface2"),
    (QPalette.ColorRole.Text, "ink"),
    (QPalette.ColorRole.WindowText, "ink"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "ink"),
    (QPalette.ColorRole.ToolTipBase, "ink"),
    (QPalette.ColorRole.ToolTipText, "surface"),
    (QPalette.ColorRole.Highlight, "brand"),
    (QPalette.ColorRole.HighlightedText, "on_brand"),
    (QPalette.ColorRole.PlaceholderText, "ink3"),
    (QPalette.ColorRole.Accent, "brand"),
    (QPalette.ColorRole.Link, "brand"),
)


class Mode(StrEnum):
    """Light is the default: cheap panels and paper beside the screen; dark by the clerk's choice."""

    LIGHT = "light"
    DARK = "dark"


@lru_cache(maxsize=1)
def _palette() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(resources.read("palette.json"))
    return loaded


@dataclass(frozen=True)
class Theme:
    """The look a window is made with. `factor` enlarges text and what holds it, 1.0 to 1.5."""

    mode: Mode = Mode.LIGHT
    factor: float = 1.0
    tokens: dict[str, str] = field(init=False, compare=False, hash=False)
    _pixmaps: dict[tuple[str, str, int, float], QPixmap] = field(
        init=False, compare=False, hash=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "tokens", _palette()[self.mode.value])
        object.__setattr__(self, "factor", min(1.5, max(1.0, self.factor)))

    def colour(self, token: str) -> QColor:
        """The colour of a token such as `ink2` or `warn_bg`."""
        return QColor(self.tokens[token])

    def px(self, pixels: float) -> int:
        """A height or width that must grow with its text, in logical pixels."""
        return round(pixels * self.factor)

    def font(self, points: float = 10, weight: Weight = Weight.Normal, *, digits: bool = False) -> QFont:
        """Inter at `points` before enlargement; `digits` gives all figures one width and the zero a slash."""
        font = QFont(FAMILY)
        font.setPointSizeF(points * self.factor)
        font.setWeight(weight)
        if digits:
            font.setFeature(QFont.Tag("tnum"), 1)
            font.setFeature(QFont.Tag("zero"), 1)
        return font

    def pixmap(self, icon: str, token: str, size: int = 18, ratio: float | None = None) -> QPixmap:
        """An icon of resources/icons drawn from its SVG in a token's colour, sharp at the screen's pixel ratio."""
        app = QApplication.instance()
        scale = ratio or (app.devicePixelRatio() if isinstance(app, QApplication) else 1.0)
        key = (icon, token, size, scale)
        if key not in self._pixmaps:
            source = resources.read("icons", f"{icon}.svg").decode().replace("currentColor", self.tokens[token])
            pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            QSvgRenderer(QByteArray(source.encode())).render(painter)
            painter.end()
            pixmap.setDevicePixelRatio(scale)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def icon(self, name: str, token: str, size: int = 18) -> QIcon:
        """The same for buttons."""
        return QIcon(self.pixmap(name, token, size))

    def palette(self) -> QPalette:
        """The Qt palette, for whatever the style sheet does not reach."""
        palette = QPalette()
        for role, token in _ROLES:
            palette.setColor(role, self.colour(token))
        disabled = QPalette.ColorGroup.Disabled
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(disabled, role, self.colour("ink3"))
        return palette


def load_fonts() -> None:
    """Make the shipped fonts known to Qt; needs a QApplication, harmless when called again."""
    if FAMILY in QFontDatabase.families():
        return
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(str(resources.path("fonts", f"Inter-{weight}.ttf")))
