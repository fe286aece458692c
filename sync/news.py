"""News of the office, one frozen body a kind: what a laptop's feed can hold (`sync.feed` says how it travels)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import TypeAlias
from uuid import UUID

from payung.facts import Facts
from sync.canonical import trimmed


class FeedKind(IntEnum):
    """What a feed item is about."""

    CORRECTION = 1
    DECISION = 2
    KPJ = 3
    COVER_STATE = 4
    REVOCATION = 5
    EVENT = 6
    TARIFF = 7
    TPS = 8
    MESSAGE = 9
    DEVICE_CERTIFICATE = 10
    SERVER_KEYS = 11
    VERDICT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The office asks for a correction of the named fields of one record, in its own words."""

    record: UUID
    revision: int
    fields: tuple[str, ...]
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The office decided about a record (a conflict, a duplicate): `decision` is a word, `facts` what now stands.

    `number` and `head` (32 bytes) name the version that is the head from now on, the parent of the next.
    """

    record: UUID
    decision: str
    number: int
    head: bytes
    facts: Facts | None
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpj:
    """BPJS gave the person of this record the membership number `kpj`."""

    record: UUID
    kpj: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNews:
    """The cover of a record entered a state of `payung.cover` on that day; `codes` are the reasons given."""

    record: UUID
    state: str
    on: date
    codes: tuple[str, ...]
    text: str


class Revoked(IntEnum):
    """What a revocation takes back."""

    DEVICE = 1
    OPERATOR = 2
    CERTIFICATE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """Something is no longer to be trusted since `at`.

    `subject` is the serial of a device certificate in digits, an operator's identifier, or a certificate's number.
    """

    what: Revoked
    subject: str
    at: datetime
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A new version of an election event or a tariff: the file's bytes as resources/ would hold them."""

    code: str
    version: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TpsEntry:
    """One polling station: its village's code, number, whether it is a special location, address, voters if known."""

    village: str
    number: int
    special: bool
    address: str
    voters: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TpsList:
    """The polling stations of one village as they are now; what is not in it is closed."""

    village: str
    version: int
    entries: tuple[TpsEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Words of the office for the operators; `urgent` ones want to be seen at once."""

    at: datetime
    sender: str
    text: str
    urgent: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeviceCertificate:
    """This laptop's next certificate, signed by the office root (`sync.trust`)."""

    certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewServerKeys:
    """The server's next keys, signed by the office root (`sync.trust`)."""

    certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterVerdict:
    """What became of a revision after its first verdict; `kind` is a number of `sync.messages.VerdictKind`."""

    record: UUID
    revision_number: int
    hash: bytes
    kind: int
    code: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A body of a later version, as it came: canonical CBOR."""

    content: bytes


Body: TypeAlias = (
    Correction
    | Decision
    | Kpj
    | CoverNews
    | Revocation
    | DataFile
    | TpsList
    | Message
    | NewDeviceCertificate
    | NewServerKeys
    | LaterVerdict
    | Unknown
)
