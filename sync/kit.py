"""The provisioning kit: everything a laptop needs to start without a network, under an activation code.

    "PYKIT" | version 1 | memory KiB 4 | passes 1 | lanes 1 | salt 16 | nonce 12 | ChaCha20-Poly1305(deflated body)

The code goes through Argon2id (RFC 9106); the clear header is authenticated. Kit and code travel apart.
"""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from sync.canonical import trimmed
from sync.compression import deflate, inflate
from sync.errors import KitCodeWrong, KitTooNew, KitUnreadable, Unreadable, VersionTooOld
from sync.feed import TPS_ENTRY, TpsEntry
from sync.shape import ADDITIVE, BYTES, MOMENT, TEXT, Entry, Shape, blob, rows

KIT_CAP: Final = 4 * 1024 * 1024
_INFLATED_CAP: Final = 32 * 1024 * 1024
_MAGIC: Final = b"PYKIT"
_VERSION: Final = 1
_HEADER: Final = struct.Struct(">5sBIBB16s12s")
_MEMORY_KIB: Final = 64 * 1024
_PASSES: Final = 3
_LANES: Final = 4
_MEMORY_LIMITS: Final = range(64 * 1024, 256 * 1024 + 1)
_PASS_LIMITS: Final = range(3, 11)
_LANE_LIMITS: Final = range(1, 9)

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 16
_GROUP: Final = 4
_ALIKE: Final = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\n": None, "\r": None, "\t": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the office hands to one laptop. Keys are raw 32 bytes; `event_json` is the election event as a file's bytes.

    `server_url` is where batches go. `device_certificate` is signed by the office root (`sync.trust`), and so is
    `server_certificate`, by which the root vouches for the reply key.
    """

    server_url: str
    office_name: str
    office_contact: str
    root_public: bytes
    intake_public: bytes
    reply_public: bytes
    device_certificate: bytes
    sign_private: bytes
    seal_private: bytes
    event_json: bytes
    tps: tuple[TpsEntry, ...]
    made_at: datetime
    tariff_json: bytes = b""
    server_certificate: bytes = b""

    def __post_init__(self) -> None:
        object.__setattr__(self, "made_at", trimmed(self.made_at))

    def __repr__(self) -> str:
        return f"Kit(office_name={self.office_name!r}, made_at={self.made_at})"


_KIT: Final = Shape(
    Kit,
    (
        Entry(1, "server_url", TEXT),
        Entry(2, "office_name", TEXT),
        Entry(3, "office_contact", TEXT, ""),
        Entry(4, "root_public", blob(32)),
        Entry(5, "intake_public", blob(32)),
        Entry(6, "reply_public", blob(32)),
        Entry(7, "device_certificate", BYTES),
        Entry(8, "sign_private", blob(32)),
        Entry(9, "seal_private", blob(32)),
        Entry(10, "event_json", BYTES),
        Entry(11, "tps", rows(TPS_ENTRY), ()),
        Entry(12, "made_at", MOMENT),
        Entry(13, "tariff_json", BYTES, b""),
        Entry(ADDITIVE, "server_certificate", BYTES, b""),
    ),
    version=1,
)


def new_activation_code() -> str:
    """Sixteen random characters (80 bits) in groups of four, without I, L, O, U: to be read aloud and typed."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(code[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def seal_kit(kit: Kit, activation_code: str) -> bytes:
    """The kit's file. ValueError when the code has not the shape of one or the kit is over `KIT_CAP`."""
    code = _plain(activation_code)
    if code is None:
        raise ValueError("an activation code has sixteen characters")
    header = _HEADER.pack(
        _MAGIC, _VERSION, _MEMORY_KIB, _PASSES, _LANES, secrets.token_bytes(16), secrets.token_bytes(12)
    )
    sealed = header + ChaCha20Poly1305(_key(code, header)).encrypt(header[-12:], deflate(_KIT.encode(kit)), header)
    if len(sealed) > KIT_CAP:
        raise ValueError("the kit is too large")
    return sealed


def check(data: bytes) -> None:
    """What can be known of a kit's file without its code. Raises KitUnreadable, KitTooNew."""
    _check_header(data)


def open_kit(data: bytes, activation_code: str) -> Kit:
    """The kit in the file. Raises KitUnreadable, KitTooNew, and KitCodeWrong when the code does not open it."""
    _check_header(data)
    code = _plain(activation_code)
    if code is None:
        raise KitCodeWrong
    header = data[: _HEADER.size]
    try:
        content = ChaCha20Poly1305(_key(code, header)).decrypt(header[-12:], data[_HEADER.size :], header)
    except InvalidTag as error:
        raise KitCodeWrong from error
    try:
        return _KIT.decode(inflate(content, cap=_INFLATED_CAP))
    except VersionTooOld as error:
        raise KitTooNew(**error.facts) from error
    except Unreadable as error:
        raise KitUnreadable(error.reason) from error


def _check_header(data: bytes) -> None:
    """Everything that can be known before the costly derivation, so that no file can make it costlier."""
    if not data.startswith(_MAGIC) or len(data) > KIT_CAP:
        raise KitUnreadable("magic")
    if len(data) < _HEADER.size + 16:
        raise KitUnreadable("cut")
    _magic, version, memory, passes, lanes, _salt, _nonce = _HEADER.unpack_from(data)
    if version > _VERSION:
        raise KitTooNew(found=version, known=_VERSION)
    if version != _VERSION or memory not in _MEMORY_LIMITS or passes not in _PASS_LIMITS or lanes not in _LANE_LIMITS:
        raise KitUnreadable("header")


def _key(code: str, header: bytes) -> bytes:
    _magic, _version, memory, passes, lanes, salt, _nonce = _HEADER.unpack(header)
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(code.encode())


def _plain(code: str) -> str | None:
    """The sixteen characters of a code as typed: any case, any spacing, the look-alikes I L O read as 1 1 0."""
    plain = code.upper().translate(_ALIKE)
    return plain if len(plain) == _CODE_LENGTH and set(plain) <= set(_ALPHABET) else None
