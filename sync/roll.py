"""Who was on a laptop, sealed to the office: written before the laptop is wiped, for the notices a breach asks for.

Only the office's intake key opens it; on a stick it tells nobody anything. What the office had not received travels in
it whole, so that it can be entered there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from sync.canonical import trimmed
from sync.envelope import INFLATED_CAP, MessageKind, open_sealed, sign_and_seal
from sync.errors import Unreadable
from sync.shape import BYTES, IDENTIFIER, INTEGER, MOMENT, TEXT, WORDS, Entry, Shape, Wire, enumerated, rows


class Custody(IntEnum):
    """How far a person's record had come: with the office, not yet, only a draft, or reduced after the term."""

    RECEIVED = 1
    UNRECEIVED = 2
    DRAFT = 3
    REDUCED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person on the laptop. `nik_end` are the last four digits; `bodies` are revisions the office has not got."""

    record: UUID
    place: str
    tps: int | None
    post: str
    name: str
    nik_end: str
    custody: Custody
    bodies: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed for one seat and never saved, by the form's own field names."""

    place: str
    tps: int | None
    post: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Everybody on the laptop `device` at `at` (device time, UTC); `operator` wrote it down."""

    device: UUID
    at: datetime
    operator: UUID
    people: tuple[Listed, ...] = ()
    typed: tuple[Typed, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))

    def encode(self) -> bytes:
        """The canonical bytes."""
        return _ROLL.encode(self)

    @classmethod
    def decode(cls, data: bytes) -> Roll:
        """The roll those bytes are of; Unreadable, VersionTooOld."""
        return _ROLL.decode(data)


def seal(roll: Roll, *, signer: Ed25519PrivateKey, to: X25519PublicKey) -> bytes:
    """The roll so that only the office reads it, signed by the laptop. ValueError when it is over 8 MiB."""
    return sign_and_seal(roll.encode(), kind=MessageKind.ROLL, signer=signer, signer_id=roll.device.bytes, to=to)


def unseal(
    sealed: bytes,
    *,
    keys: Mapping[bytes, X25519PrivateKey],
    verifier: Callable[[bytes], Ed25519PublicKey | None],
) -> Roll:
    """The roll, verified; raises as `sync.envelope.open_sealed` does, and Unreadable for another laptop's name."""
    opened = open_sealed(sealed, kind=MessageKind.ROLL, keys=keys, verifier=verifier, cap=INFLATED_CAP)
    roll = Roll.decode(opened.body)
    if roll.device.bytes != opened.signer:
        raise Unreadable("device")
    return roll


def _blobs(value: object) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise Unreadable("type")
    return tuple(BYTES.read(part) for part in value)


_LISTED: Final = Shape(
    Listed,
    (
        Entry(1, "record", IDENTIFIER),
        Entry(2, "place", TEXT, ""),
        Entry(3, "tps", INTEGER, None),
        Entry(4, "post", TEXT, ""),
        Entry(5, "name", TEXT, ""),
        Entry(6, "nik_end", TEXT, ""),
        Entry(7, "custody", Wire(int, enumerated(Custody))),
        Entry(8, "bodies", Wire(list, _blobs), ()),
    ),
)
_TYPED: Final = Shape(
    Typed,
    (
        Entry(1, "place", TEXT, ""),
        Entry(2, "tps", INTEGER, None),
        Entry(3, "post", TEXT, ""),
        Entry(4, "fields", WORDS, {}),
    ),
)
_ROLL: Final = Shape(
    Roll,
    (
        Entry(1, "device", IDENTIFIER),
        Entry(2, "at", MOMENT),
        Entry(3, "operator", IDENTIFIER),
        Entry(4, "people", rows(_LISTED), ()),
        Entry(5, "typed", rows(_TYPED), ()),
    ),
    version=1,
)
