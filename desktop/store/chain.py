"""How audit entries hang together: each head is a hash over the head before it and the entry, and is what is signed.

An entry's head needs of the entries before it only their digests: one person's entries can be shown and proven without
anybody else's. Entries of the first schema, which name no device, were chained by an HMAC of the vault instead.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

START: Final = bytes(32)
_CONTEXT: Final = b"payung audit 2\0"
_OLD_CONTEXT: Final = b"payung audit 1\0"


@dataclass(frozen=True, slots=True)
class Link:
    """What an entry says: `at` in milliseconds since 1970 UTC; `device` and `program` are None in the first schema."""

    number: int
    at: int
    operator: UUID
    action: str
    subject: bytes
    detail: bytes
    device: UUID | None
    program: str | None

    @property
    def old(self) -> bool:
        """Whether it was made by the first schema."""
        return self.device is None or self.program is None


def digest(link: Link) -> bytes:
    """The hash of everything the entry says, 32 bytes."""
    device = b"" if link.device is None else link.device.bytes
    parts = (link.action.encode(), link.subject, link.detail, device, (link.program or "").encode())
    return sha256(_CONTEXT + _fixed(link) + _framed(parts)).digest()


def head(before: bytes, digests: Iterable[bytes]) -> bytes:
    """The head after the entries with these digests, upon the head before them."""
    for one in digests:
        before = sha256(_CONTEXT + before + one).digest()
    return before


def old_head(key: bytes, before: bytes, link: Link) -> bytes:
    """The head of an entry of the first schema."""
    parts = (link.action.encode(), link.subject, link.detail)
    return hmac.digest(key, before + _fixed(link) + _framed(parts), "sha256")


def sign(key: Ed25519PrivateKey, vault: UUID, of: bytes) -> bytes:
    """The operator's signature over a head of this vault's audit, 64 bytes."""
    return key.sign(_CONTEXT + vault.bytes + of)


def holds(key: bytes | None, signature: bytes, vault: UUID, of: bytes, *, old: bool = False) -> bool:
    """Whether the raw public key signed that head."""
    if key is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(
            signature, (_OLD_CONTEXT if old else _CONTEXT) + vault.bytes + of
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _fixed(link: Link) -> bytes:
    return struct.pack(">qq16s", link.number, link.at, link.operator.bytes)


def _framed(parts: Iterable[bytes]) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)
