"""The code printed on a certificate: signed by the laptop, checked with nothing but the office root's public key.

    "PY1:" | base45 (RFC 9285) of COSE_Sign1 (RFC 9052), untagged:
    [protected {1: -8 EdDSA}, {33: device certificate}, payload, Ed25519 signature]

The payload is a deterministic map of CWT claims (RFC 8392): 4 expires, 6 issued, and -65537, a map of our own. No zlib:
it makes so small a code larger. The code carries the last four digits of the NIK, never the whole. The text is no
identity: only the certificate's number is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from payung import certificate as numbers
from sync import base45, trust
from sync.canonical import canonical, decode_canonical, milliseconds, moment_of
from sync.errors import CodeExpired, CodeForged, CodeRevoked, CodeUnknownIssuer, NotAuthorised, Unreadable
from sync.shape import DAY, INTEGER, TEXT, WHOLE, Entry, Shape, Wire
from sync.trust import Right

PREFIX: Final = "PY1:"
TEXT_CAP: Final = 2048
JKK: Final = 1
JKM: Final = 2
PROPOSED: Final = 1
REGISTERED: Final = 2

_ALGORITHM: Final = canonical({1: -8})
_CHAIN: Final = 33
_EXPIRES, _ISSUED, _OWN = 4, 6, -65537
_NAME_LENGTH: Final = 60
_NIK_TAIL: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a certificate says of itself.

    `nik4` are the last four digits, `place` is a dotted code, `programmes` adds up JKK 1 and JKM 2, `start` and `end`
    are the first and last day of service, `status` is 1 for proposed, 2 for registered. Times are UTC, whole seconds.
    """

    number: str
    name: str
    nik4: str
    place: str
    post: str
    programmes: int
    status: int
    issued: datetime
    expires: datetime
    tps: int | None = None
    seat: int | None = None
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        for name in ("issued", "expires"):
            object.__setattr__(self, name, moment_of(milliseconds(getattr(self, name)) // 1000 * 1000))
        if not numbers.check(self.number) or numbers.normalise(self.number) != self.number:
            raise ValueError("not a certificate number")
        if len(self.nik4) != _NIK_TAIL or not self.nik4.isascii() or not self.nik4.isdigit():
            raise ValueError("four digits of the NIK")


@dataclass(frozen=True, slots=True)
class Genuine:
    """A code that holds: what it says, and the right of the laptop that made it."""

    claims: Claims
    device: Right


@dataclass(frozen=True, slots=True)
class _Payload:
    """The claims as they stand in the code: the number without what device certificate and rule give again."""

    running: str
    name: str
    nik4: str
    place: str
    post: str
    programmes: int
    status: int
    tps: int | None
    seat: int | None
    start: date | None
    end: date | None


def encode(claims: Claims, *, sign: Ed25519PrivateKey, certificate: bytes) -> str:
    """The code's text. `certificate` is this laptop's own; names over 60 characters are cut.

    ValueError when the claims do not belong to the certificate (tag, place, time) or to the signing key.
    """
    device = trust.parse(certificate)
    problem = _mismatch(claims, device)
    if problem or sign.public_key().public_bytes_raw() != device.sign_key:
        raise ValueError(problem or "key")
    tag_end = len(f"{numbers.PREFIX}-{device.tag}-")
    own = _Payload(
        running=claims.number[tag_end:],
        name=claims.name[:_NAME_LENGTH],
        nik4=claims.nik4,
        place=claims.place,
        post=claims.post,
        programmes=claims.programmes,
        status=claims.status,
        tps=claims.tps,
        seat=claims.seat,
        start=claims.start,
        end=claims.end,
    )
    payload = canonical(
        {
            _EXPIRES: trust.SECONDS.write(claims.expires),
            _ISSUED: trust.SECONDS.write(claims.issued),
            _OWN: _OWN_SHAPE.to_map(own),
        }
    )
    signature = sign.sign(_signed(payload))
    return PREFIX + base45.encode(canonical([_ALGORITHM, {_CHAIN: trust.printed(certificate)}, payload, signature]))


def verify(
    text: str,
    root_public: bytes,
    at: datetime,
    *,
    revoked_numbers: Collection[str] = (),
    revoked_devices: Collection[int] = (),
) -> Genuine:
    """The claims of a genuine code. `revoked_devices` are serials of device certificates.

    Raises CodeForged, CodeUnknownIssuer, CodeExpired or CodeRevoked; the last two carry the claims, which are genuine.
    """
    certificate, payload, signature = _parts(text)
    device = _device(certificate, root_public)
    try:
        Ed25519PublicKey.from_public_bytes(device.sign_key).verify(signature, _signed(payload))
    except (InvalidSignature, ValueError) as error:
        raise CodeForged("signature") from error
    claims = _claims(payload, device)
    problem = _mismatch(claims, device)
    if problem:
        raise CodeForged(problem)
    if claims.number in revoked_numbers or device.serial in revoked_devices:
        raise CodeRevoked(claims)
    if at > claims.expires:
        raise CodeExpired(claims)
    return Genuine(claims, device)


def _parts(text: str) -> tuple[bytes, bytes, bytes]:
    if not text.startswith(PREFIX) or len(text) > TEXT_CAP:
        raise CodeForged("prefix")
    try:
        found = decode_canonical(base45.decode(text.removeprefix(PREFIX)))
    except (ValueError, Unreadable) as error:
        raise CodeForged("encoding") from error
    match found:
        case [algorithm, {33: bytes(certificate), **others}, bytes(payload), bytes(signature)] if (
            algorithm == _ALGORITHM and not others
        ):
            return certificate, payload, signature
        case _:
            raise CodeForged("shape")


def _device(certificate: bytes, root_public: bytes) -> Right:
    try:
        if trust.root_hint(certificate) != trust.hint_of(root_public):
            raise CodeUnknownIssuer
        return trust.verify_printed(certificate, root_public)
    except (Unreadable, NotAuthorised) as error:
        raise CodeForged("certificate") from error


def _claims(payload: bytes, device: Right) -> Claims:
    try:
        found = decode_canonical(payload)
        match found:
            case {4: expires, 6: issued, -65537: own, **others} if not others:
                said = _OWN_SHAPE.of_map(own)
                times = trust.SECONDS.read(issued), trust.SECONDS.read(expires)
            case _:
                raise CodeForged("claims")
        return Claims(
            number=f"{numbers.PREFIX}-{device.tag}-{said.running}",
            name=said.name,
            nik4=said.nik4,
            place=said.place,
            post=said.post,
            programmes=said.programmes,
            status=said.status,
            issued=times[0],
            expires=times[1],
            tps=said.tps,
            seat=said.seat,
            start=said.start,
            end=said.end,
        )
    except (Unreadable, ValueError) as error:
        raise CodeForged("claims") from error


def _mismatch(claims: Claims, device: Right) -> str:
    """What of the claims the device may not say; empty when all is well."""
    if not claims.number.startswith(f"{numbers.PREFIX}-{device.tag}-"):
        return "tag"
    if not device.covers(claims.place):
        return "place"
    if not device.not_before <= claims.issued <= device.not_after:
        return "time"
    return ""


def _signed(payload: bytes) -> bytes:
    """Sig_structure of RFC 9052 section 4.4."""
    return canonical(["Signature1", _ALGORITHM, b"", payload])


def _small(value: object) -> int:
    if type(value) is not int or value < 0:
        raise Unreadable("nik")
    return value


_PLACE: Final = Wire(trust.region_number, trust.region_of)
_OWN_SHAPE: Final = Shape(
    _Payload,
    (
        Entry(1, "running", TEXT),
        Entry(2, "name", TEXT),
        Entry(3, "nik4", Wire(int, lambda value: f"{_small(value):04}")),
        Entry(4, "place", _PLACE),
        Entry(5, "post", TEXT),
        Entry(6, "programmes", WHOLE),
        Entry(7, "status", WHOLE),
        Entry(8, "tps", INTEGER, None),
        Entry(9, "seat", INTEGER, None),
        Entry(10, "start", DAY, None),
        Entry(11, "end", DAY, None),
    ),
)
