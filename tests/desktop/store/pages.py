"""What a SQLCipher file holds behind its encryption: every page in clear, also those no table points to any more."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE = 4096
RESERVE = 80  # at each page's end: 16 bytes of IV, 64 of HMAC
SALT = 16
WAL_HEADER, FRAME_HEADER = 32, 24


def of_database(path: Path, key: bytes) -> bytes:
    """Every page of the file, deciphered (https://www.zetetic.net/sqlcipher/design/)."""
    content = path.read_bytes()
    assert len(content) % PAGE == 0
    pages = [content[start : start + PAGE] for start in range(0, len(content), PAGE)]
    return b"".join(_clear(page, key, SALT if number == 0 else 0) for number, page in enumerate(pages))


def of_journal(path: Path, key: bytes) -> bytes:
    """Every page in the WAL, deciphered; nothing when it is empty or gone."""
    content = path.read_bytes() if path.exists() else b""
    frames = range(WAL_HEADER, len(content), FRAME_HEADER + PAGE)
    pages = [content[start + FRAME_HEADER : start + FRAME_HEADER + PAGE] for start in frames]
    # a page 1 in the journal begins with the salt too
    return b"".join(_clear(page, key, 0) + _clear(page, key, SALT) for page in pages)


def _clear(page: bytes, key: bytes, start: int) -> bytes:
    cipher = Cipher(AES256(key), CBC(page[-RESERVE : -RESERVE + 16])).decryptor()
    return cipher.update(page[start:-RESERVE]) + cipher.finalize()
