"""What is listed at the left of the enrolment page: one polling station, or the village, kecamatan and kabupaten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from payung.event import Post
from payung.roster import Place

SeatKey: TypeAlias = tuple[str, int, int]


class SeatState(StrEnum):
    """How far a seat has come, as the roster shows it."""

    EMPTY = "empty"
    DRAFT = "draft"
    READY = "ready"
    SENT = "sent"
    ATTENTION = "attention"


FILLED = frozenset({SeatState.READY, SeatState.SENT, SeatState.ATTENTION})


@dataclass(frozen=True, slots=True)
class Unit:
    """A place with seats; `where` tells more about it, `filled` of `total` seats are taken."""

    place: Place
    title: str
    where: str
    filled: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether every seat is taken; a place whose number of seats is open is never called complete."""
        return 0 < self.total <= self.filled


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """One seat in the roster. `nik` is masked, `word` the code of the status, `sentence` what the office said.

    `tps` is the seat's own, also in a village's roster (Pantarlih). `beside` marks a record without a seat.
    """

    order: int
    post: Post
    seat: int | None
    tps: int | None
    label: str
    beside: bool = False
    state: SeatState = SeatState.EMPTY
    name: str = ""
    nik: str = ""
    record: UUID | None = None
    word: str = ""
    sentence: str = ""

    @property
    def key(self) -> SeatKey:
        """Which seat this is within its place."""
        return (self.draft_post, self.seat or 0, self.tps or 0)

    @property
    def draft_post(self) -> str:
        """Under which post a draft of this seat is kept: a record beside the seats must not share one."""
        return f"{self.post.code}#{self.record}" if self.beside else self.post.code


@dataclass(frozen=True, slots=True)
class Heading:
    """The row above the seats of one body."""

    title: str
    detail: str


def short_body(name: str) -> str:
    """The abbreviation a body is known by: "KPPS" of "Kelompok ... (KPPS)", else its name."""
    _, opened, rest = name.rpartition("(")
    return rest.rstrip(")") if opened else name
