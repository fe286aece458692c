"""Sealed messages: signed by the sender, deflated, and readable by one recipient only.

In the clear stand magic, version, suite, kind and the recipient's key id, nothing else:

    "PYNG" | version 1 | suite 1 | kind 1 | key id 8 | HPKE(RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305)
    sealed: signer id 16 | Ed25519 signature 64 | deflated body

The signature covers a context string, the clear header, the signer id and the deflated body; the clear header also
enters the key schedule. Whatever is wrong with a message ends in `Unreadable`, `NotAuthorised` or `VersionTooOld`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from hashlib import sha256
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sync.canonical import canonical, decode_canonical, trimmed
from sync.compression import deflate, inflate
from sync.errors import (
    DeviceRevoked,
    NotAuthorised,
    Refused,
    SequenceForked,
    TooLarge,
    Unreadable,
    VersionTooOld,
)
from sync.shape import MOMENT, TEXT, Entry, Shape, blob

SEALED_CAP: Final = 256 * 1024
REPLY_CAP: Final = 2 * 1024 * 1024
INFLATED_CAP: Final = 8 * 1024 * 1024
KEY_ID_LENGTH: Final = 8
SIGNER_ID_LENGTH: Final = 16
MAGIC: Final = b"PYNG"

_VERSION: Final = 1
_SUITE: Final = 1
HEADER_LENGTH: Final = len(MAGIC) + 3 + KEY_ID_LENGTH
_SIGNATURE_LENGTH: Final = 64
_SEAL_OVERHEAD: Final = 32 + 16
_CONTEXT: Final = b"payung message 1\x00"
_REFUSAL_CONTEXT: Final = b"payung refusal 1\x00"
_HPKE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

__all__ = ["canonical", "decode_canonical"]


class MessageKind(IntEnum):
    """A laptop's batch, the office's reply or refusal of a whole batch (signed, not sealed), who was on a laptop."""

    BATCH = 1
    REPLY = 2
    REFUSAL = 3
    ROLL = 4


class Header(NamedTuple):
    """What stands in the clear: the kind, and the id of the key the message is sealed to (zeros for a refusal)."""

    kind: MessageKind
    key_id: bytes


class Opened(NamedTuple):
    """A verified message: its body, and the signer id (a device's UUID bytes, or `signer_id` of a reply key)."""

    body: bytes
    signer: bytes


def key_id(public_key: bytes) -> bytes:
    """The eight bytes that name a raw public key."""
    return sha256(b"payung key\x00" + public_key).digest()[:KEY_ID_LENGTH]


def signer_id(public_key: bytes) -> bytes:
    """The sixteen bytes that name the server's reply key as a signer; devices are named by their UUID."""
    return sha256(b"payung signer\x00" + public_key).digest()[:SIGNER_ID_LENGTH]


def sign_and_seal(
    body: bytes, *, kind: MessageKind, signer: Ed25519PrivateKey, signer_id: bytes, to: X25519PublicKey
) -> bytes:
    """The sealed message. ValueError when the body is over `INFLATED_CAP` or `signer_id` has not sixteen bytes."""
    if len(body) > INFLATED_CAP or len(signer_id) != SIGNER_ID_LENGTH:
        raise ValueError("a body is at most 8 MiB, a signer id has 16 bytes")
    header = _header(kind, key_id(to.public_bytes_raw()))
    packed = deflate(body)
    signature = signer.sign(_CONTEXT + header + signer_id + packed)
    return header + _HPKE.encrypt(signer_id + signature + packed, to, info=_CONTEXT + header)


def peek(sealed: bytes) -> Header:
    """The clear header; Unreadable when it is none of ours, VersionTooOld when it is newer than this program."""
    if len(sealed) < HEADER_LENGTH or not sealed.startswith(MAGIC):
        raise Unreadable("magic")
    version, suite, kind = sealed[len(MAGIC) : len(MAGIC) + 3]
    if version > _VERSION:
        raise VersionTooOld(found=version, known=_VERSION)
    if version != _VERSION or kind not in set(MessageKind) or suite != (0 if kind == MessageKind.REFUSAL else _SUITE):
        raise Unreadable("header")
    return Header(MessageKind(kind), sealed[HEADER_LENGTH - KEY_ID_LENGTH : HEADER_LENGTH])


def open_sealed(
    sealed: bytes,
    *,
    kind: MessageKind,
    keys: Mapping[bytes, X25519PrivateKey],
    verifier: Callable[[bytes], Ed25519PublicKey | None],
    cap: int = SEALED_CAP,
) -> Opened:
    """The verified message. `keys` are the recipient's private keys by `key_id`; `verifier` knows signers by their id.

    Raises TooLarge over the caps (sealed and inflated), NotAuthorised for an unknown signer or a false signature,
    Unreadable for everything else that is not right.
    """
    if len(sealed) > cap:
        raise TooLarge("sealed")
    header = peek(sealed)
    private = keys.get(header.key_id)
    if header.kind is not kind or private is None:
        raise Unreadable("recipient")
    content = _unsealed(sealed, private)
    signer, signature = content[:SIGNER_ID_LENGTH], content[SIGNER_ID_LENGTH : SIGNER_ID_LENGTH + _SIGNATURE_LENGTH]
    packed = content[SIGNER_ID_LENGTH + _SIGNATURE_LENGTH :]
    public = verifier(signer)
    if public is None:
        raise NotAuthorised("signer")
    _verify(public, signature, _CONTEXT + sealed[:HEADER_LENGTH] + signer + packed)
    return Opened(inflate(packed, cap=INFLATED_CAP), signer)


def _header(kind: MessageKind, recipient: bytes) -> bytes:
    return MAGIC + bytes([_VERSION, 0 if kind is MessageKind.REFUSAL else _SUITE, kind]) + recipient


def _unsealed(sealed: bytes, private: X25519PrivateKey) -> bytes:
    if len(sealed) < HEADER_LENGTH + _SEAL_OVERHEAD + SIGNER_ID_LENGTH + _SIGNATURE_LENGTH:
        raise Unreadable("cut")
    try:
        return _HPKE.decrypt(sealed[HEADER_LENGTH:], private, info=_CONTEXT + sealed[:HEADER_LENGTH])
    except (InvalidTag, ValueError) as error:
        raise Unreadable("seal") from error


def _verify(public: Ed25519PublicKey, signature: bytes, signed: bytes) -> None:
    try:
        public.verify(signature, signed)
    except InvalidSignature as error:
        raise NotAuthorised("signature") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the office took nothing of a batch.

    `reason` is one of: device (unknown), revoked, expired, signature, unreadable, version, too_large, fork, sequence,
    event, scope. `sealed_hash` is the SHA-256 of the sealed bytes that were refused.
    """

    reason: str
    sealed_hash: bytes
    at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))


_REFUSAL: Final = Shape(
    Refusal, (Entry(1, "reason", TEXT), Entry(2, "sealed_hash", blob(32)), Entry(3, "at", MOMENT)), version=1
)


def refuse(sealed: bytes, *, reason: str, at: datetime, reply_key: Ed25519PrivateKey) -> bytes:
    """The office's signed refusal of exactly these sealed bytes; not secret, so it needs no recipient."""
    body = _REFUSAL.encode(Refusal(reason=reason, sealed_hash=sha256(sealed).digest(), at=at))
    header = _header(MessageKind.REFUSAL, bytes(KEY_ID_LENGTH))
    return header + reply_key.sign(_REFUSAL_CONTEXT + header + body) + body


def read_refusal(answer: bytes, *, of: bytes, reply_keys: Mapping[bytes, Ed25519PublicKey]) -> Refused:
    """The refusal as the exception to raise. Unreadable when it answers other bytes, NotAuthorised when not signed."""
    header = peek(answer)
    if header.kind is not MessageKind.REFUSAL or len(answer) > SEALED_CAP:
        raise Unreadable("kind")
    signature = answer[HEADER_LENGTH : HEADER_LENGTH + _SIGNATURE_LENGTH]
    body = answer[HEADER_LENGTH + _SIGNATURE_LENGTH :]
    for public in reply_keys.values():
        try:
            public.verify(signature, _REFUSAL_CONTEXT + answer[:HEADER_LENGTH] + body)
        except InvalidSignature:
            continue
        break
    else:
        raise NotAuthorised("signature")
    refusal = _REFUSAL.decode(body)
    if refusal.sealed_hash != sha256(of).digest():
        raise Unreadable("refusal")
    return {"revoked": DeviceRevoked, "fork": SequenceForked}.get(refusal.reason, Refused)(reason=refusal.reason)
