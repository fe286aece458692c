"""Who may speak for whom: the office root, and the certificates it signs for laptops and for the server's own keys.

A certificate is a canonical array: four bytes naming the root, the body, the root's Ed25519 signature over a context
string and the two, and for a laptop the sixteen bytes of its identifier with its seal key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from payung.bodies import Institution
from sync.canonical import canonical, decode_canonical, milliseconds, moment_of
from sync.envelope import key_id
from sync.errors import Expired, NotAuthorised, Unreadable
from sync.shape import TEXT, WHOLE, Entry, Shape, Wire, blob, member

_DEVICE_CONTEXT: Final = b"payung device certificate 1\x00"
_SERVER_CONTEXT: Final = b"payung server keys 1\x00"
_LINK_CONTEXT: Final = b"payung device link 1\x00"
_ROOT_HINT_LENGTH: Final = 4
_PRINTED_PARTS: Final = 3
_IDENTITY_LENGTH: Final = 16 + 32
_LINK_LENGTH: Final = 16
_REGION: Final = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_SEGMENT_ENDS: Final = {2: (2,), 4: (2, 4), 6: (2, 4, 6), 10: (2, 4, 6, 10)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A laptop's right to sign for the named places of one event, on one side, for a time.

    `villages` are dotted codes, of villages or of a whole kecamatan or kabupaten. `tag` are the four characters of its
    certificate numbers. `sign_key` is a raw Ed25519 public key. Times are UTC, whole seconds.
    """

    tag: str
    villages: tuple[str, ...]
    institution: Institution
    event: str
    sign_key: bytes
    not_before: datetime
    not_after: datetime
    serial: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "not_before", _whole_seconds(self.not_before))
        object.__setattr__(self, "not_after", _whole_seconds(self.not_after))
        if not self.villages or not all(_REGION.fullmatch(village) for village in self.villages):
            raise ValueError("a device certificate names at least one region by its dotted code")

    def covers(self, place: str) -> bool:
        """Whether the device may write for the place with that dotted code."""
        return covers(self.villages, place)

    def check_time(self, at: datetime) -> None:
        """Expired unless `at` lies within the certificate's time."""
        _check_time(self.not_before, self.not_after, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCertificate(Right):
    """The right with the laptop it is of: its identifier, and the raw X25519 key that replies are sealed to."""

    device: UUID
    seal_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked(Right):
    """What the root signs: the right, and half a hash over device and seal key, which printed codes leave out."""

    link: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerKeys:
    """The server's keys of a time: raw public keys to seal batches to (X25519) and to verify replies by (Ed25519)."""

    intake_public: bytes
    reply_public: bytes
    not_before: datetime
    not_after: datetime
    serial: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "not_before", _whole_seconds(self.not_before))
        object.__setattr__(self, "not_after", _whole_seconds(self.not_after))


@dataclass(frozen=True, slots=True)
class OfficeRoot:
    """The office's root key. It signs certificates and nothing else, and is best kept off the server."""

    private: Ed25519PrivateKey

    @classmethod
    def generate(cls) -> OfficeRoot:
        """A new root."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> OfficeRoot:
        """The root whose 32 private bytes these are."""
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    def private_bytes(self) -> bytes:
        """The 32 bytes to keep secret."""
        return self.private.private_bytes_raw()

    @property
    def public(self) -> bytes:
        """The raw public key, 32 bytes, that kits carry."""
        return self.private.public_key().public_bytes_raw()


def issue(root: OfficeRoot, certificate: DeviceCertificate) -> bytes:
    """The certificate's bytes under the root."""
    identity = certificate.device.bytes + certificate.seal_key
    content = {name: getattr(certificate, name) for name in _RIGHT_NAMES}
    body = _LINKED.encode(_Linked(**content, link=_link(identity)))
    return _signed(root, _DEVICE_CONTEXT, body, identity)


def verify(certificate: bytes, root_public: bytes, at: datetime | None) -> DeviceCertificate:
    """The certificate those bytes are of, signed by that root and, unless `at` is None, in its time.

    Raises Unreadable when damaged, NotAuthorised for another root or a false signature, Expired out of its time.
    """
    found = _identified(_verified(certificate, root_public, _DEVICE_CONTEXT), _parts(certificate)[3:])
    if at is not None:
        found.check_time(at)
    return found


def parse(certificate: bytes) -> DeviceCertificate:
    """What a certificate says, not verified; Unreadable when damaged. For the laptop's own only."""
    _hint, body, _signature, *identity = _parts(certificate)
    return _identified(body, identity)


def printed(certificate: bytes) -> bytes:
    """The certificate without device and seal key, which a printed code has no room and no use for."""
    return canonical(_parts(certificate)[:3])


def verify_printed(certificate: bytes, root_public: bytes) -> Right:
    """The right in a printed code; raises as `verify` does, the time is the caller's to check."""
    if len(_parts(certificate)) != _PRINTED_PARTS:
        raise Unreadable("certificate")
    found = _LINKED.decode(_verified(certificate, root_public, _DEVICE_CONTEXT))
    return Right(**{name: getattr(found, name) for name in _RIGHT_NAMES})


def issue_server_keys(root: OfficeRoot, keys: ServerKeys) -> bytes:
    """The server keys' bytes under the root."""
    return _signed(root, _SERVER_CONTEXT, _SERVER.encode(keys))


def verify_server_keys(certificate: bytes, root_public: bytes, at: datetime | None) -> ServerKeys:
    """The server keys those bytes are of; raises as `verify` does."""
    found = _SERVER.decode(_verified(certificate, root_public, _SERVER_CONTEXT))
    if at is not None:
        _check_time(found.not_before, found.not_after, at)
    return found


def root_hint(certificate: bytes) -> bytes:
    """The four bytes by which a certificate says which root signed it; not verified, Unreadable when damaged."""
    return _parts(certificate)[0]


def hint_of(root_public: bytes) -> bytes:
    """The four bytes certificates name this root by."""
    return key_id(root_public)[:_ROOT_HINT_LENGTH]


def covers(villages: Iterable[str], place: str) -> bool:
    """Whether `place` is one of the regions, lies below one, or is one that a region lies in (posts of that level)."""
    inside = f"{place}."
    return bool(_REGION.fullmatch(place)) and any(
        village == place or place.startswith(f"{village}.") or village.startswith(inside) for village in villages
    )


def _signed(root: OfficeRoot, context: bytes, body: bytes, *more: bytes) -> bytes:
    hint = hint_of(root.public)
    return canonical([hint, body, root.private.sign(context + hint + body), *more])


def _parts(certificate: bytes) -> list[bytes]:
    """Hint, body, signature, and perhaps the identity a device's body is linked to."""
    found = decode_canonical(certificate)
    if not isinstance(found, list) or len(found) not in {_PRINTED_PARTS, _PRINTED_PARTS + 1}:
        raise Unreadable("certificate")
    if not all(isinstance(part, bytes) for part in found) or len(found[0]) != _ROOT_HINT_LENGTH:
        raise Unreadable("certificate")
    return found


def _verified(certificate: bytes, root_public: bytes, context: bytes) -> bytes:
    hint, body, signature, *_identity = _parts(certificate)
    if hint != hint_of(root_public):
        raise NotAuthorised("root")
    try:
        Ed25519PublicKey.from_public_bytes(root_public).verify(signature, context + hint + body)
    except (InvalidSignature, ValueError) as error:
        raise NotAuthorised("certificate") from error
    return body


def _identified(body: bytes, identity: list[bytes]) -> DeviceCertificate:
    found = _LINKED.decode(body)
    if len(identity) != 1 or len(identity[0]) != _IDENTITY_LENGTH or _link(identity[0]) != found.link:
        raise Unreadable("identity")
    content = {name: getattr(found, name) for name in _RIGHT_NAMES}
    return DeviceCertificate(**content, device=UUID(bytes=identity[0][:16]), seal_key=identity[0][16:])


def _link(identity: bytes) -> bytes:
    return sha256(_LINK_CONTEXT + identity).digest()[:_LINK_LENGTH]


def _check_time(not_before: datetime, not_after: datetime, at: datetime) -> None:
    if not not_before <= at <= not_after:
        raise Expired(not_before=not_before.isoformat(), not_after=not_after.isoformat())


def _whole_seconds(moment: datetime) -> datetime:
    return moment_of(milliseconds(moment) // 1000 * 1000)


def region_number(region: str) -> int:
    """A dotted code as one number: its digits behind a 1, so that no leading zero is lost."""
    return int("1" + region.replace(".", ""))


def region_of(value: object) -> str:
    """The dotted code that `region_number` was given; Unreadable for any other number."""
    digits = str(value)[1:]
    ends = _SEGMENT_ENDS.get(len(digits))
    if type(value) is not int or ends is None or not str(value).startswith("1"):
        raise Unreadable("region")
    return ".".join(digits[start:end] for start, end in zip((0, *ends), ends, strict=False))


def _write_regions(regions: tuple[str, ...]) -> list[int]:
    return [region_number(region) for region in regions]


def _read_regions(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unreadable("region")
    return tuple(region_of(code) for code in value)


def _write_seconds(moment: datetime) -> int:
    return milliseconds(moment) // 1000


def _read_seconds(value: object) -> datetime:
    if type(value) is not int:
        raise Unreadable("time")
    return moment_of(value * 1000)


SECONDS: Final = Wire(_write_seconds, _read_seconds)
_LINKED: Final = Shape(
    _Linked,
    (
        Entry(1, "tag", TEXT),
        Entry(2, "villages", Wire(_write_regions, _read_regions)),
        Entry(3, "institution", member({Institution.KPU: 1, Institution.BAWASLU: 2})),
        Entry(4, "event", TEXT),
        Entry(5, "sign_key", blob(32)),
        Entry(6, "not_before", SECONDS),
        Entry(7, "not_after", SECONDS),
        Entry(8, "serial", WHOLE),
        Entry(9, "link", blob(_LINK_LENGTH)),
    ),
    version=1,
)
_RIGHT_NAMES: Final = tuple(entry.name for entry in _LINKED.entries[:-1])
_SERVER: Final = Shape(
    ServerKeys,
    (
        Entry(1, "intake_public", blob(32)),
        Entry(2, "reply_public", blob(32)),
        Entry(3, "not_before", SECONDS),
        Entry(4, "not_after", SECONDS),
        Entry(5, "serial", WHOLE),
    ),
    version=1,
)
