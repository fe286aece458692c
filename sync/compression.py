"""Deflate with a shipped dictionary of names, places and wordings; inflate with a cap.

RFC 1951 without header or checksum: the seal around it already tells whether a byte was changed. The dictionary
(resources/wire/records-1.dict) is part of the format: another one gets another suite number in `sync.envelope`.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import Final

import resources
from sync.errors import TooLarge, Unreadable

_WINDOW: Final = -15
_LEVEL: Final = 9
_SMALL: Final = 64 * 1024  # up to here several block lengths are tried: packed numbers and text want their own tables
_MEMORY_LEVELS: Final = (9, 4, 3, 2)


@cache
def _dictionary() -> bytes:
    return resources.read("wire", "records-1.dict")


def deflate(data: bytes) -> bytes:
    """The data, as short as a few tries make it; the same data gives the same bytes with the same zlib."""
    levels = _MEMORY_LEVELS if len(data) <= _SMALL else _MEMORY_LEVELS[:1]
    return min((_deflated(data, level) for level in levels), key=len)


def _deflated(data: bytes, memory_level: int) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, memory_level, zlib.Z_DEFAULT_STRATEGY, _dictionary())
    return packer.compress(data) + packer.flush()


def inflate(data: bytes, *, cap: int) -> bytes:
    """The data `deflate` was given; TooLarge when it is over `cap` bytes, Unreadable when it is cut or trailed."""
    unpacker = zlib.decompressobj(_WINDOW, _dictionary())
    try:
        found = unpacker.decompress(data, cap + 1)
    except zlib.error as error:
        raise Unreadable("deflate") from error
    if len(found) > cap:
        raise TooLarge("inflated")
    if not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail:
        raise Unreadable("deflate")
    return found
