"""How the office keeps what it may not keep in clear: bodies under AES-256-GCM, a NIK as an HMAC to search by.

The keys are derived from the key folder and never stand in the database: its files and backups alone tell nothing.
"""

from __future__ import annotations

import hmac
import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.server.keys import Keys

_NONCE = 12
_NIK_INDEX = 16  # bytes of the HMAC that are kept; enough that two NIKs never meet


class Cabinet:
    """Locks and unlocks bodies; every locked body is bound to what it is and cannot be moved to another row."""

    __slots__ = ("_aead", "_nik_key")

    def __init__(self, keys: Keys) -> None:
        self._aead = AESGCM(keys.derived("bodies"))
        self._nik_key = keys.derived("nik")

    def lock(self, body: bytes, *, record: UUID, revision: bytes) -> bytes:
        """Lock the body of one revision: nonce, then ciphertext with its tag, 28 bytes longer than the body."""
        return self.lock_as(body, record.bytes + revision)

    def unlock(self, locked: bytes, *, record: UUID, revision: bytes) -> bytes:
        """Open what `lock` made for the same revision; InvalidTag for anything else."""
        return self.unlock_as(locked, record.bytes + revision)

    def lock_as(self, body: bytes, label: bytes) -> bytes:
        """Lock bytes under a label that must be known to open them."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, body, label)

    def unlock_as(self, locked: bytes, label: bytes) -> bytes:
        """Open what `lock_as` made under the same label; InvalidTag for anything else."""
        return self._aead.decrypt(locked[:_NONCE], locked[_NONCE:], label)

    def nik_index(self, nik: str) -> bytes | None:
        """Turn a NIK into the 16 bytes it is searched by; None when there is no NIK."""
        return hmac.digest(self._nik_key, nik.encode(), "sha256")[:_NIK_INDEX] if nik else None
