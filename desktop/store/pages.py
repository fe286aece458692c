"""The pages of an encrypted database file, each opened for itself, for a file that no longer opens as a whole.

SQLCipher 4: AES-256-CBC, HMAC-SHA512 over ciphertext, IV and page number, 4096-byte pages with 80 reserved; the salt
stands in the first 16 bytes of the file. The WAL's committed pages count before the file's.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SIZE: Final = 4096
USABLE: Final = SIZE - 80
_IV: Final = 16
_MAC: Final = 64
_SALT: Final = 16
_PLAIN_START: Final = b"SQLite format 3\0"
_WAL_HEADER: Final = struct.Struct(">IIIIIIII")
_FRAME: Final = struct.Struct(">IIIIII")
_WAL_MAGIC: Final = (0x377F0682, 0x377F0683)


class Pages:
    """Every page of the file by its number from 1. `damaged` are those whose bytes are not what was written.

    Where the salt itself is gone nothing can be verified: then pages are taken as they decrypt (`verified` is False),
    and what stands in them must prove itself.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        content = path.read_bytes()
        self._key = key
        self._found = dict(_in_file(content))
        wal = path.with_name(path.name + "-wal")
        self._newer = dict(_committed(wal.read_bytes())) if wal.exists() else {}
        salt = bytes(byte ^ 0x3A for byte in content[:_SALT])
        self._mac_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)
        self.numbers = sorted({*self._found, *self._newer})
        sound = [number for number in self.numbers if self._sealed(number) is not None]
        self.verified = bool(sound)
        self.damaged = tuple(sorted(set(self.numbers) - set(sound))) if sound else ()

    def page(self, number: int) -> bytes | None:
        """The page's content, 4016 bytes, with the header where page 1 has it; None when it is damaged or missing."""
        sealed = self._sealed(number) if self.verified else self._newer.get(number) or self._found.get(number)
        if sealed is None:
            return None
        body = sealed[_SALT:] if number == 1 else sealed
        iv = body[-_IV - _MAC : -_MAC]
        opened = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
        plain = opened.update(body[: -_IV - _MAC]) + opened.finalize()
        return _PLAIN_START + plain if number == 1 else plain

    def _sealed(self, number: int) -> bytes | None:
        """The newest sealed page of that number that is what was written."""
        for page in (self._newer.get(number), self._found.get(number)):
            if page is not None and self._genuine(number, page):
                return page
        return None

    def _genuine(self, number: int, page: bytes) -> bool:
        body = page[_SALT:] if number == 1 else page
        tag = hmac.digest(self._mac_key, body[:-_MAC] + struct.pack("<I", number), "sha512")
        return hmac.compare_digest(tag, body[-_MAC:])


def _in_file(content: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(content) - SIZE + 1, SIZE):
        yield start // SIZE + 1, content[start : start + SIZE]


def _committed(wal: bytes) -> Iterator[tuple[int, bytes]]:
    """The pages of whole transactions in the WAL, older ones first; a page says itself whether it is sound."""
    if len(wal) < _WAL_HEADER.size:
        return
    magic, _, size, _, *salts, _, _ = _WAL_HEADER.unpack_from(wal)
    if magic not in _WAL_MAGIC or size != SIZE:
        return
    pending: list[tuple[int, bytes]] = []
    step = _FRAME.size + SIZE
    for start in range(_WAL_HEADER.size, len(wal) - step + 1, step):
        number, committed, *marks, _, _ = _FRAME.unpack_from(wal, start)
        if marks != salts:
            return
        pending.append((number, wal[start + _FRAME.size : start + step]))
        if committed:
            yield from pending
            pending.clear()
