"""An election event as versioned data: its posts, quotas, terms, honoraria and age rules, each with its source.

Files: resources/events/<code>.json, shape: resources/events/schema.json. Nothing numeric about an election stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from payung.bodies import Institution, Level


class Kind(StrEnum):
    """What is being elected; `PRACTICE` is for learning and never leaves the laptop's practice office."""

    PEMILU = "pemilu"
    PEMILIHAN = "pemilihan"
    PRACTICE = "latihan"


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day of service, both included."""

    start: date
    end: date

    def overlaps(self, other: Term) -> bool:
        """Whether the two have at least one day in common."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Post:
    """One post of one body. Seats are numbered within the body at its place: KPPS ketua 1, anggota 2 to 7.

    `seats` is None where the event leaves the number open; `honorarium` is whole rupiah a month, None where unknown.
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


@dataclass(frozen=True, slots=True)
class Event:
    """An election, as the central office published it; records keep the version they were made with."""

    code: str
    name: str
    kind: Kind
    version: int
    voting_day: date
    posts: tuple[Post, ...]

    def post(self, code: str) -> Post | None:
        """The post with that code, None when the event has none."""
        return next((post for post in self.posts if post.code == code), None)
