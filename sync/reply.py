"""What the office answers: a signed receipt, one verdict per revision, and a page of the feed.

On the wire verdicts stand by the row of the batch they answer, under one digest of all its revisions' hashes: a laptop
reads a reply against the batch it sent. A reply to a hundred accepted revisions is a hundred bytes longer than to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.batch import EPOCH_LENGTH
from sync.canonical import canonical, decode_canonical, trimmed
from sync.errors import NotAuthorised, Unreadable
from sync.feed import FEED, FeedItem
from sync.revision import HASH_LENGTH, RevisionKey
from sync.shape import BYTES, FLAG, IDENTIFIER, MOMENT, TEXT, WHOLE, WORDS, Entry, Shape, blob, nested, rows

_RECEIPT_CONTEXT: Final = b"payung receipt 1\x00"
_VERDICTS_KEY: Final = 4


class VerdictKind(IntEnum):
    """What became of a revision at the office."""

    ACCEPTED = 1
    ALREADY = 2
    WAITING = 3
    CONFLICT = 4
    DUPLICATE = 5
    REFUSED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field two versions disagree about: names of `Facts`, both values as text for a person to compare."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The office's answer for one revision.

    `code` names the reason of a refusal. `detail` fills its sentence (`field`, `place`, `tps`, `post`, ...); `fields`
    are the differences of a conflict; `head` (32 bytes) is what the office holds now when that is another version.
    """

    record: UUID
    revision_number: int
    hash: bytes
    kind: VerdictKind
    code: str = ""
    detail: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fields: tuple[FieldDifference, ...] = ()
    head: bytes | None = None

    @property
    def key(self) -> RevisionKey:
        """The revision this is about."""
        return RevisionKey(self.record, self.revision_number, self.hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The office has these revisions for good. `batch_hash` is that of `batch_hash()`, `count` the revisions in it."""

    device: UUID
    batch_hash: bytes
    sequence: int
    count: int
    at: datetime
    epoch: bytes

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))

    def encode(self) -> bytes:
        """The canonical bytes: what the server signs, keeps and gives again, the same every time."""
        return _RECEIPT.encode(self)

    @classmethod
    def decode(cls, data: bytes) -> Receipt:
        """The receipt those bytes are of; Unreadable, VersionTooOld."""
        return _RECEIPT.decode(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReceipt:
    """A receipt's bytes with the reply key's signature (64 bytes); stored and returned as they are."""

    data: bytes
    signature: bytes

    @property
    def receipt(self) -> Receipt:
        """What it says; not verified."""
        return Receipt.decode(self.data)


def sign_receipt(receipt: Receipt, reply_key: Ed25519PrivateKey) -> SignedReceipt:
    """The receipt under the server's reply key."""
    data = receipt.encode()
    return SignedReceipt(data=data, signature=reply_key.sign(_RECEIPT_CONTEXT + data))


def verify_receipt(signed: SignedReceipt, reply_keys: Sequence[bytes]) -> Receipt:
    """The receipt, when one of the raw public keys signed it; else NotAuthorised."""
    for key in reply_keys:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signed.signature, _RECEIPT_CONTEXT + signed.data)
        except (InvalidSignature, ValueError):
            continue
        return signed.receipt
    raise NotAuthorised("receipt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the office answers: receipt, one verdict per revision in the batch's order, and the next page of the feed.

    `cursor` is what the next batch acknowledges; `more` says that another page waits.
    """

    at: datetime
    epoch: bytes
    receipt: SignedReceipt
    verdicts: tuple[Verdict, ...] = ()
    feed: tuple[FeedItem, ...] = ()
    cursor: int = 0
    more: bool = False
    version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))

    def encode(self) -> bytes:
        """The canonical bytes: what is signed and sealed to the device."""
        rest = {_VERDICTS_KEY: _pack_verdicts(self.verdicts)} if self.verdicts else {}
        return canonical(_REPLY.to_map(self) | rest)

    @classmethod
    def decode(cls, body: bytes, of: Sequence[RevisionKey]) -> Reply:
        """The reply those bytes are of, to a batch of just these revisions; Unreadable, VersionTooOld."""
        found = decode_canonical(body)
        if not isinstance(found, dict):
            raise Unreadable("shape")
        columns = found.pop(_VERDICTS_KEY, None)
        reply = _REPLY.of_map(found)
        return replace(reply, verdicts=_unpack_verdicts(columns, of)) if columns is not None or of else reply


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remark:
    """What a verdict says beyond its kind, with the row it stands for."""

    row: int
    code: str
    detail: Mapping[str, str]
    fields: tuple[FieldDifference, ...]
    head: bytes | None


def _digest(keys: Sequence[RevisionKey]) -> bytes:
    return sha256(b"".join(key.hash for key in keys)).digest()


def _pack_verdicts(verdicts: Sequence[Verdict]) -> list[object]:
    remarks = [
        _Remark(row=row, code=verdict.code, detail=verdict.detail, fields=verdict.fields, head=verdict.head)
        for row, verdict in enumerate(verdicts)
        if verdict.code or verdict.detail or verdict.fields or verdict.head
    ]
    return [
        _digest([verdict.key for verdict in verdicts]),
        bytes(verdict.kind for verdict in verdicts),
        [_REMARK.to_map(remark) for remark in remarks],
    ]


def _unpack_verdicts(columns: object, of: Sequence[RevisionKey]) -> tuple[Verdict, ...]:
    match columns:
        case [bytes(digest), bytes(kinds), list(remarks)] if digest == _digest(of) and len(kinds) == len(of):
            read = [_REMARK.of_map(remark) for remark in remarks]
        case _:
            raise Unreadable("verdicts")
    said = {remark.row: remark for remark in read}
    silent = _Remark(row=0, code="", detail=MappingProxyType({}), fields=(), head=None)
    if list(said) != sorted(said) or len(said) != len(read) or not said.keys() <= set(range(len(of))):
        raise Unreadable("verdicts")
    if any(replace(remark, row=0) == silent for remark in read):
        raise Unreadable("verdicts")
    try:
        return tuple(
            _verdict(key, kind, said.get(row, silent)) for row, (key, kind) in enumerate(zip(of, kinds, strict=True))
        )
    except ValueError as error:
        raise Unreadable("verdicts") from error


def _verdict(key: RevisionKey, kind: int, said: _Remark) -> Verdict:
    return Verdict(
        record=key.record,
        revision_number=key.number,
        hash=key.hash,
        kind=VerdictKind(kind),
        code=said.code,
        detail=said.detail,
        fields=said.fields,
        head=said.head,
    )


_DIFFERENCE: Final = Shape(
    FieldDifference, (Entry(1, "field", TEXT), Entry(2, "ours", TEXT, ""), Entry(3, "theirs", TEXT, ""))
)
_REMARK: Final = Shape(
    _Remark,
    (
        Entry(1, "row", WHOLE),
        Entry(2, "code", TEXT, ""),
        Entry(3, "detail", WORDS, {}),
        Entry(4, "fields", rows(_DIFFERENCE), ()),
        Entry(5, "head", blob(HASH_LENGTH), None),
    ),
)
_RECEIPT: Final = Shape(
    Receipt,
    (
        Entry(1, "device", IDENTIFIER),
        Entry(2, "batch_hash", blob(HASH_LENGTH)),
        Entry(3, "sequence", WHOLE),
        Entry(4, "count", WHOLE),
        Entry(5, "at", MOMENT),
        Entry(6, "epoch", blob(EPOCH_LENGTH)),
    ),
    version=1,
)
_SIGNED_RECEIPT: Final = Shape(SignedReceipt, (Entry(1, "data", BYTES), Entry(2, "signature", blob(64))))
_REPLY: Final = Shape(
    Reply,
    (
        Entry(1, "at", MOMENT),
        Entry(2, "epoch", blob(EPOCH_LENGTH)),
        Entry(3, "receipt", nested(_SIGNED_RECEIPT)),
        Entry(5, "feed", FEED, ()),
        Entry(6, "cursor", WHOLE, 0),
        Entry(7, "more", FLAG, False),
    ),
    version=1,
)
