"""The middle of the page of certificates: the pages of the PDF, one at a time, drawn from the file that prints."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import square
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.pill import Pill
from desktop.ui.widgets.text import Elided, label

MARGIN = 12
PAUSE = 120  # milliseconds a resized view waits before it is drawn sharply again
POINTS = 72
FINER = 2  # dots drawn for each one shown: small print stays legible when they are drawn together
_A4 = (595.0, 842.0)


class PageView(QWidget):
    """One page on the desk; `resized` when it must be drawn at another size."""

    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._size = _A4
        self.wide = False  # as wide as the view instead of whole
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_page(self, image: QImage, size: tuple[float, float]) -> None:
        """Show a page of so many points."""
        self._image, self._size = image, size
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """No page."""
        self._image = None
        self.update()

    def scale(self) -> float:
        """Logical pixels a point."""
        width, height = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        if self.wide:
            return max(0.1, width / self._size[0])
        return max(0.1, min(width / self._size[0], height / self._size[1]))

    def height_wanted(self, width: int) -> int:
        """How high it must be to show the page as wide as the view."""
        return round((width - 2 * MARGIN) / self._size[0] * self._size[1]) + 2 * MARGIN

    def sizeHint(self) -> QSize:
        """An A4 page in small."""
        return QSize(300, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page with its shadow."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("mute_bg"))
        if self._image is None:
            return
        scale = self.scale()
        width, height = round(self._size[0] * scale), round(self._size[1] * scale)
        page = QRect((self.width() - width) // 2, max(MARGIN, (self.height() - height) // 2), width, height)
        painter.fillRect(page.adjusted(-1, -1, 2, 2), self._theme.colour("line"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, self._image)


class Preview(QFrame):
    """Shows a PDF; `turned` tells that another page is in front."""

    turned = Signal(int)

    def __init__(self, theme: Theme, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme, self._tasks = theme, tasks
        self._content: bytes | None = None
        self._asked = 0
        self.page, self.pages = 0, 0
        self._title = label(theme, self.tr("Preview"), 11, Weight.DemiBold)
        self.pill = Pill(theme, "warn", "clock")
        self._where = label(theme, "", 9.5, tone="ink2", digits=True)
        self.said = Elided(theme, 9, tone="ink2")
        self.before = square(theme, "chevron-left", self.tr("Previous sheet (PgUp)"))
        self.after = square(theme, "chevron-right", self.tr("Next sheet (PgDn)"))
        self.larger = square(theme, "maximize", self.tr("Larger or whole sheet"))
        self.larger.setCheckable(True)
        self.view = PageView(theme)
        self.area = QScrollArea()
        self.area.setWidget(self.view)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._draw)
        self._lay()
        self.before.clicked.connect(partial(self.turn, -1))
        self.after.clicked.connect(partial(self.turn, 1))
        self.larger.toggled.connect(self._enlarge)
        self.view.resized.connect(self._pause.start)
        self._show_where()

    def _lay(self) -> None:
        head = row(self._title, self.pill, None, self._where, self.before, self.after, self.larger, gap=8)
        body = column(column(head, self.said, gap=4, margins=(16, 10, 12, 8)), self.area, gap=0, margins=(1, 0, 1, 1))
        body.setStretch(1, 1)
        self.setLayout(body)

    def show_pdf(self, content: bytes | None, pages: int, *, page: int | None = None) -> None:
        """Show a PDF from the page it was at, or `page`; None shows an empty desk."""
        self._content = content
        self.pages = pages if content else 0
        self.page = max(0, min(self.page if page is None else page, self.pages - 1))
        self._show_where()
        if content is None:
            self.view.clear()
        else:
            self._draw()

    def turn(self, step: int, _checked: object = None) -> None:
        """A page on, or back."""
        wanted = max(0, min(self.page + step, self.pages - 1))
        if wanted != self.page:
            self.page = wanted
            self._show_where()
            self._draw()
            self.turned.emit(self.page)

    def _show_where(self) -> None:
        text = self.tr("Sheet {number} of {count}").format(number=self.page + 1, count=self.pages)
        self._where.setText(text if self.pages else "")
        self.before.setEnabled(self.page > 0)
        self.after.setEnabled(self.page + 1 < self.pages)

    def _enlarge(self, wide: bool) -> None:
        self.view.wide = wide
        self.view.setMinimumHeight(self.view.height_wanted(self.area.viewport().width()) if wide else 0)
        self._pause.start()

    def _draw(self) -> None:
        if self._content is None or self.width() < MARGIN * 4:
            return
        self._asked += 1
        dpi = self.view.scale() * POINTS * self.devicePixelRatioF() * FINER
        work = partial(_rendered, self._content, self.page, min(dpi, 300.0), self._asked)
        self._tasks.run(Lane.PAPER, work, done=self._drawn)

    def _drawn(self, made: tuple[int, QImage, tuple[float, float]]) -> None:
        asked, image, size = made
        if asked == self._asked and self._content is not None:
            self.view.show_page(image, size)


def _rendered(content: bytes, page: int, dpi: float, asked: int) -> tuple[int, QImage, tuple[float, float]]:
    from desktop.paper import raster  # noqa: PLC0415 - pdfium is slow to load

    pages = raster.Pages(content)
    try:
        found = min(page, len(pages) - 1)
        pixels = pages.draw(found, dpi=dpi)
        image = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_Grayscale8).copy()
        return asked, image, pages.sizes[found]
    finally:
        pages.close()
