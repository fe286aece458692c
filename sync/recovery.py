"""Back into a laptop whose passphrase is forgotten: a request to the office and its answer, as files or as text.

The laptop's master keys lie beside it sealed to the office's intake key. A request carries that slot and a fresh public
key; the office opens the slot, and seals the keys to the fresh one, signed. Nothing secret is spoken or typed: the code
of a request, read over the phone, only tells that both look at the same one.

    "PYRQ" request, "PYRA" signature 64 answer; as text "PYR1:" and base45. HPKE (RFC 9180), Ed25519 (RFC 8032).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Final, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sync import base45
from sync.canonical import trimmed
from sync.envelope import key_id
from sync.errors import SyncError, Unreadable
from sync.shape import BYTES, IDENTIFIER, MOMENT, TEXT, Entry, Shape, blob

SUFFIX: Final = ".payung-pemulihan"
CAP: Final = 16 * 1024  # bytes of a request or an answer
NAME_CAP: Final = 200  # characters of an operator's name
MOST_KEYS: Final = 64  # master keys one slot may hold: one for each operator ever removed, and one
KEY_BYTES: Final = 32
_REQUEST, _ANSWER, _TEXT = b"PYRQ", b"PYRA", "PYR1:"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"  # as Windows' editor puts before a pasted text
_SLOT_CONTEXT: Final = b"payung recovery slot 1\x00"
_ANSWER_CONTEXT: Final = b"payung recovery answer 1\x00"
_SIGNATURE_LENGTH: Final = 64
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_HPKE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

_T = TypeVar("_T")


class RecoveryError(SyncError):
    """A request or an answer that cannot be used; nothing was changed."""

    code: ClassVar[str] = "recovery"


class RecoveryUnreadable(RecoveryError):
    """The file is no request or answer, or not whole. Facts: `reason`."""

    code: ClassVar[str] = "recovery.unreadable"
    exit_code: ClassVar[int] = 2

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class OtherOffice(RecoveryError):
    """The laptop's slot is sealed to another office's key."""

    code: ClassVar[str] = "recovery.office"


class SlotForeign(RecoveryError):
    """The slot in a request is not that of the laptop and vault it names, or was altered."""

    code: ClassVar[str] = "recovery.slot"


class AnswerForeign(RecoveryError):
    """The answer is for another laptop or another request, or the office did not sign it."""

    code: ClassVar[str] = "recovery.answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the laptop asks: `sealed` is its slot, `office` names the key it is sealed to, `ephemeral` a fresh key."""

    vault: UUID
    device: UUID
    operator: str
    office: bytes
    sealed: bytes
    ephemeral: bytes
    at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))
        if len(self.operator) > NAME_CAP:
            raise ValueError("an operator's name is short")

    def encode(self) -> bytes:
        """The request's file."""
        return _REQUEST + _REQUESTS.encode(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the office answers: to which request (its SHA-256), the keys sealed to that request's fresh key."""

    vault: UUID
    device: UUID
    request: bytes
    sealed: bytes
    at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))


_REQUESTS: Final = Shape(
    Request,
    (
        Entry(1, "vault", IDENTIFIER),
        Entry(2, "device", IDENTIFIER),
        Entry(3, "operator", TEXT),
        Entry(4, "office", blob(8)),
        Entry(5, "sealed", BYTES),
        Entry(6, "ephemeral", blob(32)),
        Entry(7, "at", MOMENT),
    ),
    version=1,
)
_ANSWERS: Final = Shape(
    Answer,
    (
        Entry(1, "vault", IDENTIFIER),
        Entry(2, "device", IDENTIFIER),
        Entry(3, "request", blob(32)),
        Entry(4, "sealed", BYTES),
        Entry(5, "at", MOMENT),
    ),
    version=1,
)


def seal_slot(masters: Sequence[bytes], *, to: bytes, vault: UUID, device: UUID) -> bytes:
    """The laptop's slot: its master keys, oldest first, for whoever has the private key of `to` (raw X25519)."""
    if not 1 <= len(masters) <= MOST_KEYS or any(len(master) != KEY_BYTES for master in masters):
        raise ValueError("a slot holds master keys of 32 bytes")
    public = X25519PublicKey.from_public_bytes(to)
    return _HPKE.encrypt(b"".join(masters), public, info=_slot_bound_to(vault, device))


def read_request(data: bytes) -> Request:
    """The request in a file or text. Raises RecoveryUnreadable."""
    return _decoded(_REQUESTS, _content(data, _REQUEST))


def code(request: bytes) -> str:
    """Eight characters (40 bits) of the request's file, in two groups, to be compared aloud; not secret."""
    number = int.from_bytes(sha256(b"payung recovery code\x00" + request).digest()[:5], "big")
    text = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{text[:4]}-{text[4:]}"


def answer(request: bytes, *, intake: X25519PrivateKey, reply: Ed25519PrivateKey, at: datetime) -> bytes:
    """The office's answer to a request's file. Raises RecoveryUnreadable, OtherOffice, SlotForeign."""
    asked = read_request(request)
    if asked.office != key_id(intake.public_key().public_bytes_raw()):
        raise OtherOffice
    masters = _opened(asked.sealed, intake, _slot_bound_to(asked.vault, asked.device))
    if masters is None:
        raise SlotForeign
    plain = bytes_of(request)
    bound = _answer_bound_to(asked.vault, asked.device, sha256(plain).digest())
    try:
        public = X25519PublicKey.from_public_bytes(asked.ephemeral)
        sealed = _HPKE.encrypt(b"".join(masters), public, info=bound)
    except ValueError as error:
        raise RecoveryUnreadable("key") from error
    body = _ANSWERS.encode(
        Answer(vault=asked.vault, device=asked.device, request=sha256(plain).digest(), sealed=sealed, at=at)
    )
    return _ANSWER + reply.sign(_ANSWER_CONTEXT + body) + body


def open_answer(data: bytes, *, request: bytes, ephemeral: X25519PrivateKey, reply_public: bytes) -> tuple[bytes, ...]:
    """The master keys in the answer to exactly this request, oldest first. Raises RecoveryUnreadable, AnswerForeign."""
    content = _content(data, _ANSWER)
    signature, body = content[:_SIGNATURE_LENGTH], content[_SIGNATURE_LENGTH:]
    found = _decoded(_ANSWERS, body)
    asked = read_request(request)
    if (found.vault, found.device, found.request) != (asked.vault, asked.device, sha256(request).digest()):
        raise AnswerForeign
    try:
        Ed25519PublicKey.from_public_bytes(reply_public).verify(signature, _ANSWER_CONTEXT + body)
    except (InvalidSignature, ValueError) as error:
        raise AnswerForeign from error
    masters = _opened(found.sealed, ephemeral, _answer_bound_to(found.vault, found.device, found.request))
    if masters is None:
        raise AnswerForeign
    return masters


def to_text(data: bytes) -> str:
    """A request or an answer as text for a QR code."""
    return _TEXT + base45.encode(data)


def bytes_of(data: bytes) -> bytes:
    """The file's bytes, whether they came as a file or as the text of a QR code. Raises RecoveryUnreadable."""
    if len(data) > 2 * CAP:
        raise RecoveryUnreadable("size")
    text = data.removeprefix(_BYTE_ORDER_MARK).lstrip()
    if not text.startswith(_TEXT.encode()):
        return data
    try:
        return base45.decode(text.decode("ascii").rstrip("\r\n\t")[len(_TEXT) :])
    except (ValueError, OverflowError) as error:
        raise RecoveryUnreadable("text") from error


def _content(data: bytes, magic: bytes) -> bytes:
    plain = bytes_of(data)
    if not plain.startswith(magic) or len(plain) > CAP:
        raise RecoveryUnreadable("magic")
    return plain[len(magic) :]


def _decoded(shape: Shape[_T], content: bytes) -> _T:
    try:
        return shape.decode(content)
    except Unreadable as error:
        raise RecoveryUnreadable(error.reason) from error


def _opened(sealed: bytes, private: X25519PrivateKey, bound: bytes) -> tuple[bytes, ...] | None:
    try:
        plain = _HPKE.decrypt(sealed, private, info=bound)
    except (InvalidTag, ValueError):
        return None
    if not plain or len(plain) % KEY_BYTES or len(plain) > MOST_KEYS * KEY_BYTES:
        return None
    return tuple(plain[start : start + KEY_BYTES] for start in range(0, len(plain), KEY_BYTES))


def _slot_bound_to(vault: UUID, device: UUID) -> bytes:
    return _SLOT_CONTEXT + vault.bytes + device.bytes


def _answer_bound_to(vault: UUID, device: UUID, request: bytes) -> bytes:
    return _ANSWER_CONTEXT + vault.bytes + device.bytes + request
