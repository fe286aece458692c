"""One saved version of one enrolment as it travels, and its hash, which operators sign and later versions name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from payung.facts import Facts
from payung.person import Blood, Sex
from sync.canonical import canonical, decode_canonical, trimmed
from sync.errors import Unreadable
from sync.shape import (
    DAY,
    FLAG,
    IDENTIFIER,
    INTEGER,
    MOMENT,
    TEXT,
    TEXTS,
    WHOLE,
    Entry,
    Shape,
    Wire,
    blob,
    enumerated,
    member,
    nested,
)

HASH_LENGTH: Final = 32
SEXES: Final = {Sex.L: 1, Sex.P: 2}
BLOODS: Final = {Blood.A: 1, Blood.B: 2, Blood.AB: 3, Blood.O: 4}

FACTS: Final = Shape(
    Facts,
    (
        Entry(1, "place", TEXT, ""),
        Entry(2, "post", TEXT, ""),
        Entry(3, "tps", INTEGER, None),
        Entry(4, "seat", INTEGER, None),
        Entry(5, "nik", TEXT, ""),
        Entry(6, "name", TEXT, ""),
        Entry(7, "birthplace", TEXT, ""),
        Entry(8, "birthdate", DAY, None),
        Entry(9, "sex", member(SEXES), None),
        Entry(10, "phone", TEXT, ""),
        Entry(11, "rt", INTEGER, None),
        Entry(12, "rw", INTEGER, None),
        Entry(13, "address", TEXT, ""),
        Entry(14, "mother", TEXT, ""),
        Entry(15, "decree_number", TEXT, ""),
        Entry(16, "decree_date", DAY, None),
        Entry(17, "married", FLAG, None),
        Entry(18, "blood", member(BLOODS), None),
        Entry(19, "postcode", TEXT, ""),
        Entry(20, "email", TEXT, ""),
        Entry(21, "has_kpj", FLAG, None),
        Entry(22, "kpj", TEXT, ""),
        Entry(23, "asn", FLAG, None),
        Entry(24, "confirmed", TEXTS, ()),
    ),
)


class Kind(IntEnum):
    """What a revision says: new facts, a withdrawal with its reason, or an end of term with the successor."""

    SAVED = 1
    WITHDRAWN = 2
    ENDED = 3


class RevisionKey(NamedTuple):
    """What a verdict is about: the record, the number of its revision, and the revision's hash (32 bytes)."""

    record: UUID
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One version of one enrolment. `at` is the device's time, UTC, kept to the millisecond.

    `parent` is the hash of the version it replaces (32 bytes), None for the first. `facts` are the facts as they stand
    after it. `day` is the last day of an ended term, or the first day of whoever takes a seat over. `extra` holds, as a
    canonical map, entries that a later version of this shape added: they are kept, hashed and handed on, and who would
    have to understand them refuses this one revision.
    """

    record: UUID
    number: int
    parent: bytes | None
    kind: Kind
    at: datetime
    operator: UUID
    facts: Facts | None
    reason: str = ""
    successor: UUID | None = None
    day: date | None = None
    event_version: int = 1
    open_warnings: tuple[str, ...] = ()
    extra: bytes = b""
    _body: bytes = field(default=b"", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))
        if self.number < 1 or (self.parent is not None and len(self.parent) != HASH_LENGTH):
            raise ValueError("revisions are numbered from 1 and name their parent by 32 bytes")

    def body(self) -> bytes:
        """The canonical bytes of this revision: what is hashed, stored and, packed, sent."""
        if not self._body:
            object.__setattr__(self, "_body", _REVISION.encode(self))
        return self._body

    def hash(self) -> bytes:
        """SHA-256 of `body()`, 32 bytes."""
        return sha256(self.body()).digest()

    def key(self) -> RevisionKey:
        """What a verdict names this revision by."""
        return RevisionKey(self.record, self.number, self.hash())

    @classmethod
    def decode(cls, body: bytes) -> Revision:
        """The revision `body()` was called on; Unreadable for anything else, later additions outside `extra` too."""
        revision = _REVISION.decode(body)
        if revision.body() != body:
            raise Unreadable("canonical")
        return revision


def _read_extra(value: object) -> bytes:
    if not isinstance(value, dict) or not value:
        raise Unreadable("extra")
    return canonical(value)


_REVISION: Final = Shape(
    Revision,
    (
        Entry(1, "record", IDENTIFIER),
        Entry(2, "number", WHOLE),
        Entry(3, "parent", blob(HASH_LENGTH), None),
        Entry(4, "kind", Wire(int, enumerated(Kind))),
        Entry(5, "at", MOMENT),
        Entry(6, "operator", IDENTIFIER),
        Entry(7, "facts", nested(FACTS), None),
        Entry(8, "reason", TEXT, ""),
        Entry(9, "successor", IDENTIFIER, None),
        Entry(10, "event_version", WHOLE),
        Entry(11, "open_warnings", TEXTS, ()),
        Entry(12, "extra", Wire(decode_canonical, _read_extra), b""),
        Entry(13, "day", DAY, None),
    ),
    version=1,
)
