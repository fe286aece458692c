"""The feed: what the office tells a laptop, in order, page by page, acknowledged by the next batch's cursor.

Every kind has its own frozen body. A kind or body of a later version is kept as `Unknown`, never dropped: the laptop
stores it and reads it when it has been updated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Final, TypeAlias
from uuid import UUID

from payung.facts import Facts
from sync.canonical import decode_canonical, trimmed
from sync.errors import Unreadable, VersionTooOld
from sync.revision import FACTS, HASH_LENGTH
from sync.shape import (
    BYTES,
    DAY,
    FLAG,
    IDENTIFIER,
    MOMENT,
    TEXT,
    TEXTS,
    WHOLE,
    WORDS,
    Entry,
    Shape,
    Wire,
    blob,
    enumerated,
    nested,
    rows,
)


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

_RECORD: Final = Entry(1, "record", IDENTIFIER)
_DATA_FILE: Final = Shape(DataFile, (Entry(1, "code", TEXT), Entry(2, "version", WHOLE), Entry(3, "content", BYTES)))
TPS_ENTRY: Final = Shape(
    TpsEntry,
    (
        Entry(1, "village", TEXT),
        Entry(2, "number", WHOLE),
        Entry(3, "special", FLAG, False),
        Entry(4, "address", TEXT, ""),
        Entry(5, "voters", WHOLE, None),
    ),
)
_SHAPES: Final[Mapping[int, Shape[Any]]] = {
    FeedKind.CORRECTION: Shape(
        Correction,
        (
            _RECORD,
            Entry(2, "revision", WHOLE),
            Entry(3, "fields", TEXTS, ()),
            Entry(4, "text", TEXT, ""),
            Entry(5, "by", TEXT, ""),
        ),
    ),
    FeedKind.DECISION: Shape(
        Decision,
        (
            _RECORD,
            Entry(2, "decision", TEXT),
            Entry(3, "number", WHOLE),
            Entry(4, "head", blob(HASH_LENGTH)),
            Entry(5, "facts", nested(FACTS), None),
            Entry(6, "text", TEXT, ""),
            Entry(7, "by", TEXT, ""),
        ),
    ),
    FeedKind.KPJ: Shape(Kpj, (_RECORD, Entry(2, "kpj", TEXT))),
    FeedKind.COVER_STATE: Shape(
        CoverNews,
        (
            _RECORD,
            Entry(2, "state", TEXT),
            Entry(3, "on", DAY),
            Entry(4, "codes", TEXTS, ()),
            Entry(5, "text", TEXT, ""),
        ),
    ),
    FeedKind.REVOCATION: Shape(
        Revocation,
        (
            Entry(1, "what", Wire(int, enumerated(Revoked))),
            Entry(2, "subject", TEXT),
            Entry(3, "at", MOMENT),
            Entry(4, "reason", TEXT, ""),
        ),
    ),
    FeedKind.EVENT: _DATA_FILE,
    FeedKind.TARIFF: _DATA_FILE,
    FeedKind.TPS: Shape(
        TpsList,
        (Entry(1, "village", TEXT), Entry(2, "version", WHOLE), Entry(3, "entries", rows(TPS_ENTRY), ())),
    ),
    FeedKind.MESSAGE: Shape(
        Message,
        (
            Entry(1, "at", MOMENT),
            Entry(2, "sender", TEXT, ""),
            Entry(3, "text", TEXT),
            Entry(4, "urgent", FLAG, False),
        ),
    ),
    FeedKind.DEVICE_CERTIFICATE: Shape(NewDeviceCertificate, (Entry(1, "certificate", BYTES),)),
    FeedKind.SERVER_KEYS: Shape(NewServerKeys, (Entry(1, "certificate", BYTES),)),
    FeedKind.VERDICT: Shape(
        LaterVerdict,
        (
            _RECORD,
            Entry(2, "revision_number", WHOLE),
            Entry(3, "hash", blob(HASH_LENGTH)),
            Entry(4, "kind", WHOLE),
            Entry(5, "code", TEXT, ""),
            Entry(6, "detail", WORDS, {}),
        ),
    ),
}


def encode_body(kind: int, body: Body) -> bytes:
    """The canonical bytes of a feed item's body: what the server keeps and a reply carries."""
    return body.content if isinstance(body, Unknown) else _SHAPES[kind].encode(body)


def decode_body(kind: int, content: bytes) -> Body:
    """The body those bytes are of; `Unknown` when kind or shape belong to a later version."""
    decode_canonical(content)
    try:
        body: Body = _SHAPES[kind].decode(content)
    except (KeyError, Unreadable, VersionTooOld):
        return Unknown(content=content)
    return body


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One piece of news; `cursor` is its place in the device's feed, `kind` a number of `FeedKind` or a later one."""

    cursor: int
    kind: int
    body: Body


def _write_item(item: FeedItem) -> object:
    return [item.cursor, item.kind, encode_body(item.kind, item.body)]


def _read_item(value: object) -> FeedItem:
    match value:
        case [cursor, kind, bytes(content)] if type(cursor) is int and type(kind) is int and cursor >= 0 and kind > 0:
            return FeedItem(cursor=cursor, kind=kind, body=decode_body(kind, content))
        case _:
            raise Unreadable("feed")


FEED: Final = Wire(
    lambda items: [_write_item(item) for item in items],
    lambda value: tuple(_read_item(part) for part in _list(value)),
)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise Unreadable("feed")
    return value
