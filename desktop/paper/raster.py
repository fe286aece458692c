"""The pages of a PDF as grey pixels, for the window's preview and for the printer: both show the very same file."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import pypdfium2

_ONE_AT_A_TIME = Lock()  # pdfium must not be called from two threads at once


@dataclass(frozen=True, slots=True)
class Pixels:
    """A page of 8-bit grey, row by row, `stride` bytes a row."""

    width: int
    height: int
    stride: int
    data: bytes


class Pages:
    """An open PDF; `close` it. Sizes are in points."""

    def __init__(self, content: bytes) -> None:
        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(content)
            self.sizes: tuple[tuple[float, float], ...] = tuple(page.get_size() for page in self._document)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def draw(self, page: int, *, dpi: float) -> Pixels:
        """One page, counted from 0, at so many dots an inch."""
        with _ONE_AT_A_TIME:
            opened = self._document[page]
            bitmap = opened.render(scale=dpi / 72, grayscale=True, optimize_mode="print" if dpi >= 200 else None)  # noqa: PLR2004
            made = Pixels(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            opened.close()
        return made

    def close(self) -> None:
        """Let go of the file."""
        with _ONE_AT_A_TIME:
            self._document.close()
