"""Leaving a post before its term is over: why, and the last day. Whoever takes over begins the day after.

The vocabulary of replacement (PAW): mengundurkan diri, diberhentikan, meninggal, berhalangan tetap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from payung import dates
from payung.event import Event, Post
from payung.problem import Problem, Severity

_DAY = timedelta(days=1)
_TEXT = re.compile(r"(?P<cause>[a-z ]+); hari terakhir (?P<day>\d{4}-\d\d-\d\d)")


class Cause(StrEnum):
    """Why somebody's term ends."""

    RESIGNED = "mundur"
    DISMISSED = "diberhentikan"
    DIED = "meninggal"
    UNABLE = "berhalangan tetap"


@dataclass(frozen=True, slots=True)
class Leaving:
    """`last_day` is the last day of service; the successor's first is the one after, so the two never overlap."""

    cause: Cause
    last_day: date

    @property
    def successor_begins(self) -> date:
        """The first day of whoever takes over."""
        return self.last_day + _DAY

    def text(self) -> str:
        """How it is written as the reason of a record's last version: "meninggal; hari terakhir 2029-02-03"."""
        return f"{self.cause.value}; hari terakhir {self.last_day.isoformat()}"

    def succession(self) -> str:
        """How it is written as the reason of the successor's first version."""
        return f"pengganti; mulai {self.successor_begins.isoformat()}"


def read(text: str) -> Leaving | None:
    """What `Leaving.text` wrote; None for any other reason."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    try:
        return Leaving(Cause(found["cause"]), date.fromisoformat(found["day"]))
    except ValueError:
        return None


def problems(leaving: Leaving, post: Post, event: Event) -> Iterator[Problem]:
    """What is wrong with the last day: outside the post's term, or a successor who would begin on voting day."""
    term = post.term
    begins = leaving.successor_begins
    if term is not None and begins < term.start:
        known = {"start": dates.long(term.start), "day": dates.short(term.start - _DAY)}
        yield Problem("last_day", "last_day.before_term", Severity.ERROR, known)
    elif term is not None and begins > term.end:
        known = {"end": dates.long(term.end), "day": dates.short(term.end - _DAY)}
        yield Problem("last_day", "last_day.after_term", Severity.ERROR, known)
    elif begins == event.voting_day:
        yield Problem("last_day", "last_day.voting_day", Severity.ERROR, {"day": dates.long(begins)})
