"""An election event as versioned data: its posts, quotas, terms, honoraria and age rules, each with its source.

Files: resources/events/<code>.json, shape: resources/events/schema.json.
Nothing numeric about an election stands in code.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from dataclasses import field as defaulted
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import resources
from payung import retention
from payung.bodies import Institution, Level
from payung.document import Fields, bad
from payung.errors import DataError
from payung.retention import NEVER, Retention


class Kind(StrEnum):
    """What is being elected; `PRACTICE` is for learning and never leaves the laptop's practice office."""

    PEMILU = "pemilu"
    PEMILIHAN = "pemilihan"
    PRACTICE = "latihan"


class AgeSeverity(StrEnum):
    """Whether an officer below the least age is refused, or taken with a person's answer."""

    ERROR = "error"
    WARNING = "warning"


class Confidence(StrEnum):
    """How sure a value is: official or two sources, one source, weak or computed; made up for practice."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day of service, both included."""

    start: date
    end: date

    def overlaps(self, other: Term) -> bool:
        """Whether the two have at least one day in common."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Alternative:
    """A value that another source gives: a number, a term, or None."""

    value: int | Term | None
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one of a post's values (`field`) comes from, and what else has been said."""

    field: str
    source: str
    confidence: Confidence
    note: str = ""
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """One post of one body. Seats are numbered within the body at its place: KPPS ketua 1, anggota 2 to 7.

    `seats` is None where the event leaves the number open; `honorarium` is whole rupiah a month, None where unknown.
    Ages are full years on voting day: below `age_min` weighs as `age_min_severity` says, below `age_floor` is an error.
    """

    code: str
    name: str
    seat_name: str  # with {n}: "Anggota {n}"
    body: str  # code of the body: "kpps"
    body_name: str
    institution: Institution
    level: Level
    first_seat: int
    seats: int | None
    seats_per_tps: int | None  # village posts counted by TPS (Pantarlih)
    honorarium: int | None
    term: Term | None
    age_min: int | None
    age_min_severity: str
    age_max: int | None
    appointed_by: str
    asn_possible: bool
    enabled: bool
    source: str
    second_seat_above_voters: int | None = None  # a TPS with more voters gets one seat more (Pantarlih)
    age_floor: int | None = None
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An election, as the central office published it; records keep the version they were made with."""

    code: str
    name: str
    kind: Kind
    version: int
    voting_day: date
    posts: tuple[Post, ...]
    source: str = ""
    note: str = ""
    retention: Retention = NEVER
    _by_code: dict[str, Post] = defaulted(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {post.code: post for post in reversed(self.posts)})

    def post(self, code: str) -> Post | None:
        """Find the post with that code; None when the event has none."""
        return self._by_code.get(code)


_EVIDENT = (
    "seats",
    "seats_per_tps",
    "second_seat_above_voters",
    "honorarium",
    "term",
    "age_min",
    "age_floor",
    "age_max",
)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def load(code: str) -> Event:
    """Read the event that ships as resources/events/`code`.json; DataError when there is none."""
    if not _CODE.fullmatch(code):
        raise DataError(path="code", what="value")
    try:
        return from_json(resources.read("events", f"{code}.json"))
    except FileNotFoundError as error:
        raise DataError(path="code", what="missing") from error


def shipped() -> tuple[str, ...]:
    """List the codes of the events that ship with Payung."""
    return tuple(sorted(file.stem for file in resources.path("events").glob("*.json") if file.stem != "schema"))


def from_json(text: bytes | str) -> Event:
    """Read an event file; whatever is not as it must be is a DataError naming its JSON path and what is wrong."""
    top = Fields.parse(text)
    top.text("$schema", "")
    event = Event(
        code=_code(top, "code"),
        name=top.filled("name"),
        kind=top.choice("kind", Kind),
        version=top.count("version"),
        voting_day=top.day("voting_day"),
        posts=tuple(_post(fields) for fields in top.each("posts")),
        source=top.filled("source"),
        note=top.text("note", ""),
        retention=retention.taken(top.fields("retention")) if "retention" in top.keys() else NEVER,  # noqa: SIM118
    )
    top.done()
    _whole(event)
    return event


def dump(event: Event) -> bytes:
    """Write the event as a file of the shape that `from_json` reads; equal events give equal bytes."""
    posts = [_post_document(post) for post in event.posts]
    document = {
        "$schema": "./schema.json",
        "code": event.code,
        "name": event.name,
        "kind": event.kind.value,
        "version": event.version,
        "voting_day": event.voting_day.isoformat(),
        "source": event.source,
        "note": event.note,
        "posts": posts,
    } | ({} if event.retention == NEVER else {"retention": retention.document(event.retention)})
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _code(given: Fields, key: str) -> str:
    text = given.text(key)
    if not _CODE.fullmatch(text):
        raise bad(given.at(key), "value")
    return text


def _term(given: Fields) -> Term:
    term = Term(given.day("start"), given.day("end"))
    given.done()
    if term.end < term.start:
        raise bad(given.at("end"), "range")
    return term


def _post(given: Fields) -> Post:
    term = given.fields_or_none("term")
    post = Post(
        code=_code(given, "code"),
        name=given.filled("name"),
        seat_name=given.filled("seat_name"),
        body=_code(given, "body"),
        body_name=given.filled("body_name"),
        institution=given.choice("institution", Institution),
        level=given.choice("level", Level),
        first_seat=given.count("first_seat"),
        seats=given.count_or_none("seats"),
        seats_per_tps=given.count_or_none("seats_per_tps"),
        second_seat_above_voters=given.count_or_none("second_seat_above_voters"),
        honorarium=given.count_or_none("honorarium"),
        term=_term(term) if term else None,
        age_min=given.count_or_none("age_min"),
        age_min_severity=given.choice("age_min_severity", AgeSeverity).value,
        age_floor=given.count_or_none("age_floor"),
        age_max=given.count_or_none("age_max"),
        appointed_by=given.text("appointed_by"),
        asn_possible=given.flag("asn_possible"),
        enabled=given.flag("enabled"),
        source=given.text("source"),
        note=given.text("note", ""),
        evidence=_evidence(given.fields("evidence")),
    )
    given.done()
    _proven(post, given)
    return post


def _evidence(given: Fields) -> tuple[Evidence, ...]:
    found = []
    for key in given.keys():  # noqa: SIM118 - Fields is no mapping
        if key not in _EVIDENT:
            raise bad(given.at(key), "unknown")
        row = given.fields(key)
        found.append(
            Evidence(
                field=key,
                source=row.text("source"),
                confidence=row.choice("confidence", Confidence),
                note=row.text("note", ""),
                alternatives=tuple(_alternative(other, key) for other in row.each("alternatives", optional=True)),
            )
        )
        row.done()
    return tuple(found)


def _alternative(given: Fields, field: str) -> Alternative:
    value = _term(given.fields("value")) if field == "term" else given.count_or_none("value")
    alternative = Alternative(value, given.filled("source"))
    given.done()
    return alternative


def _proven(post: Post, given: Fields) -> None:
    """Hold that every number of a post names its source: a figure without one is an invented figure."""
    sourced = {row.field for row in post.evidence if row.source.strip()}
    for field in _EVIDENT:
        if getattr(post, field) is not None and field not in sourced:
            raise bad(given.at(f"evidence.{field}.source"), "missing")


def _whole(event: Event) -> None:
    """Hold that codes are not given twice, and that the seats of a body follow each other at one kind of place."""
    seen: set[str] = set()
    bodies: dict[str, tuple[int | None, Post]] = {}
    for index, post in enumerate(event.posts):
        path = f"posts[{index}]"
        if post.code in seen:
            raise bad(f"{path}.code", "double")
        seen.add(post.code)
        free, before = bodies.get(post.body, (1, post))
        if post.first_seat != free:
            raise bad(f"{path}.first_seat", "range")
        if (post.level, post.institution, post.body_name) != (before.level, before.institution, before.body_name):
            raise bad(f"{path}.body", "value")
        bodies[post.body] = (None if post.seats is None else post.first_seat + post.seats, post)


def _post_document(post: Post) -> dict[str, Any]:
    plain = {field.name: getattr(post, field.name) for field in fields(post)}
    plain["term"] = _term_document(post.term) if post.term else None
    plain["evidence"] = {row.field: _evidence_document(row) for row in post.evidence}
    return plain


def _evidence_document(row: Evidence) -> dict[str, Any]:
    document: dict[str, Any] = {"source": row.source, "confidence": row.confidence.value}
    if row.alternatives:
        document["alternatives"] = [
            {
                "value": _term_document(other.value) if isinstance(other.value, Term) else other.value,
                "source": other.source,
            }
            for other in row.alternatives
        ]
    return document | ({"note": row.note} if row.note else {})


def _term_document(term: Term) -> dict[str, str]:
    return {"start": term.start.isoformat(), "end": term.end.isoformat()}
