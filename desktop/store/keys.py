"""The vault's cryptography: passphrase to key, key to keys, and boxes that name what they hold.

Argon2id (RFC 9106) makes a slot's key, HKDF-SHA256 (RFC 5869) the labelled keys, ChaCha20-Poly1305 (RFC 8439)
the boxes.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.errors import Damaged, WeakPassphrase

KEY_BYTES = 32
SHORTEST_PASSPHRASE = 8
_NONCE_BYTES = 12
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Kdf:
    """The Argon2id cost of one slot; `memory_kib` in KiB. Made only within the limits, so no header can weaken it."""

    salt: bytes
    memory_kib: int = 64 * _KIB
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        """Refuses a cost below what protects and above what a laptop can bear (Damaged)."""
        within = (
            64 * _KIB <= self.memory_kib <= _KIB * _KIB
            and 3 <= self.passes <= 10  # noqa: PLR2004
            and 1 <= self.lanes <= 16  # noqa: PLR2004
            and len(self.salt) == 16  # noqa: PLR2004
        )
        if not within:
            raise Damaged(part="vault")

    def key(self, passphrase: str) -> bytes:
        """The 32-byte key of the passphrase (NFC, UTF-8); takes about a quarter of a second."""
        words = unicodedata.normalize("NFC", passphrase).encode()
        return Argon2id(
            salt=self.salt, length=KEY_BYTES, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory_kib
        ).derive(words)


def check_passphrase(passphrase: str) -> None:
    """Refuses what a thief guesses in days: digits only, or under 8 characters (WeakPassphrase)."""
    if "".join(passphrase.split()).isdigit():
        raise WeakPassphrase(reason="digits")
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase(reason="short")


def derived(master: bytes, label: str) -> bytes:
    """The 32-byte key for one purpose from the vault's master key."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"payung vault " + label.encode()).derive(master)


def boxed(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    """`content` encrypted; it opens only together with the same `bound_to`."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, content, bound_to)


def unboxed(key: bytes, box: bytes, bound_to: bytes) -> bytes | None:
    """What `boxed` put in, None when the key, the box or what it is bound to is not the same."""
    try:
        return ChaCha20Poly1305(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        return None
