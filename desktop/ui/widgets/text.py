"""Labels, icons and key caps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.theme import Theme, Weight


def label(
    theme: Theme,
    text: str = "",
    points: float = 10,
    weight: Weight = Weight.Normal,
    *,
    tone: str = "ink",
    wrap: bool = False,
    digits: bool = False,
) -> QLabel:
    """A label in one of the theme's tones."""
    made = QLabel(text)
    dress(made, theme, points, weight, tone=tone, digits=digits)
    made.setWordWrap(wrap)
    return made


def dress(
    made: QLabel,
    theme: Theme,
    points: float = 10,
    weight: Weight = Weight.Normal,
    *,
    tone: str = "ink",
    digits: bool = False,
) -> None:
    """Give a label its font and tone."""
    made.setFont(theme.font(points, weight, digits=digits))
    made.setProperty("tone", tone)


def key_cap(theme: Theme, keys: str) -> QLabel:
    """The name of a key, drawn as one."""
    made = label(theme, keys, 8, Weight.Medium, tone="ink3")
    made.setProperty("role", "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def retone(widget: QWidget, name: str, value: str) -> None:
    """Change a property the style sheet looks at; Qt does not notice by itself."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Glyph(QWidget):
    """An icon that can change, drawn at the pixel ratio of the screen it is on. Not focusable, says nothing aloud."""

    def __init__(self, theme: Theme, icon: str, tone: str = "ink2", size: int = 16) -> None:
        super().__init__()
        self._theme, self._icon, self._tone, self._size = theme, icon, tone, round(size * theme.factor**0.8)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, tone: str) -> None:
        """Another icon, or another tone."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, self._theme.pixmap(self._icon, self._tone, self._size, ratio))
        painter.end()


class Elided(QLabel):
    """A one-line label that gives way: what does not fit ends in an ellipsis, the whole text is in the tool tip.

    It takes the width it is given; with `hug` at most the width of its text.
    """

    def __init__(
        self, theme: Theme, points: float, weight: Weight = Weight.Normal, *, tone: str = "ink", hug: bool = False
    ) -> None:
        super().__init__()
        dress(self, theme, points, weight, tone=tone)
        self._full = ""
        wide = QSizePolicy.Policy.Maximum if hug else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show the text, shortened as needed."""
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(30, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(0, self.width()))
        self.setText(short)
        self.setToolTip("" if short == self._full else self._full)
