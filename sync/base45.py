"""Base45, RFC 9285: bytes as characters that a QR code holds in its alphanumeric mode."""

from __future__ import annotations

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES: Final = {char: value for value, char in enumerate(_ALPHABET)}
_BASE: Final = 45


def encode(data: bytes) -> str:
    """Three characters for two bytes, two for a last single one."""
    out: list[str] = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, rest = divmod(value, _BASE)
            out.append(_ALPHABET[rest])
    return "".join(out)


def decode(text: str) -> bytes:
    """The bytes `encode` was given; ValueError for any other text."""
    out = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1 or not set(group) <= _VALUES.keys():
            raise ValueError("not base45")
        value = sum(_VALUES[char] * _BASE**place for place, char in enumerate(group))
        out += value.to_bytes(len(group) - 1, "big") if value < 256 ** (len(group) - 1) else _refuse()
    return bytes(out)


def _refuse() -> bytes:
    raise ValueError("not base45")
