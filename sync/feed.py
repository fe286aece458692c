"""The feed: what the office tells a laptop, in order, page by page, acknowledged by the next batch's cursor.

A kind or body of a later version is kept as `Unknown`, never dropped: the laptop stores it and reads it when it has
been updated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sync.canonical import decode_canonical
from sync.errors import Unreadable, VersionTooOld
from sync.news import (
    Body,
    Correction,
    CoverNews,
    DataFile,
    Decision,
    FeedKind,
    Kpj,
    LaterVerdict,
    Message,
    NewDeviceCertificate,
    NewServerKeys,
    Revocation,
    Revoked,
    TpsEntry,
    TpsList,
    Unknown,
)
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

__all__ = [
    "TPS_ENTRY",
    "Body",
    "Correction",
    "CoverNews",
    "DataFile",
    "Decision",
    "FeedItem",
    "FeedKind",
    "Kpj",
    "LaterVerdict",
    "Message",
    "NewDeviceCertificate",
    "NewServerKeys",
    "Revocation",
    "Revoked",
    "TpsEntry",
    "TpsList",
    "Unknown",
    "decode_body",
    "encode_body",
]

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
