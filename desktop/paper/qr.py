"""The QR code as a one-bit mask: sharp at any resolution, a third of the size of the same code drawn as rectangles.

Renderers enlarge a mask without smoothing at print resolution (poppler and pdfium at 300 dpi: no grey edge, where
filled rectangles have one), and it packs to about a kilobyte.
"""

from __future__ import annotations

from typing import Any, Final

import zxingcpp

_MASK: Final = (
    3  # a fixed mask: signed codes look random, so trying all eight gains nothing and takes ten times as long
)
_DENSEST: Final = 97  # modules a side (version 20): 0.46 mm each at 45 mm, what phones read (safety notes, section 4)
_DENSEST_SHOWN: Final = 117  # version 25: three pixels a module fit a window of 400 pixels
_LEVELS: Final = ("Q", "M")
_BITS: Final = bytes.maketrans(b"\x00\xff", b"01")


def mask(text: str) -> str | None:
    """The PDF operators that paint the dark modules of the code into the unit square, without a quiet zone.

    Error correction Q, or M where Q would be too dense; None when even M is.
    """
    found = _symbol(text, _LEVELS, _DENSEST)
    return None if found is None else _inline_image(*found)


def modules(text: str) -> tuple[bytes, ...] | None:
    """The code for a screen, row by row, 0 a dark module and 255 a light one, without a quiet zone.

    Error correction M, or L where M would be too dense to be read off a small screen; None when even L is.
    """
    found = _symbol(text, ("M", "L"), _DENSEST_SHOWN)
    if found is None:
        return None
    pixels, side = found
    return tuple(pixels[start : start + side] for start in range(0, side * side, side))


def _symbol(text: str, levels: tuple[str, ...], densest: int) -> tuple[bytes, int] | None:
    """The pixels of the first level that is not denser, and how many modules a side has."""
    for level in levels:
        try:
            symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level, data_mask=_MASK)
        except ValueError:
            continue
        image: Any = symbol.to_image(scale=1, add_quiet_zones=False)
        side, _ = image.shape
        if side <= densest:
            return memoryview(image).tobytes(), side
    return None


def _inline_image(pixels: bytes, side: int) -> str:
    """An inline image mask (ISO 32000-1, 8.9.7) in which a bit of 0 is painted; rows are padded to whole bytes."""
    bits, padding = pixels.translate(_BITS), -side % 8
    width = (side + padding) // 4
    rows = (int(bits[start : start + side], 2) << padding for start in range(0, side * side, side))
    data = "".join([f"{row:0{width}x}" for row in rows])
    return f"BI /IM true /W {side} /H {side} /BPC 1 /F /AHx ID {data}> EI"
