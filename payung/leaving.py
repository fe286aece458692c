"""Leaving a post before its term is over: why, and the last day. Whoever takes over begins the day after.

The vocabulary of replacement (PAW): mengundurkan diri, diberhentikan, meninggal, berhalangan tetap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from payung import dates
from payung.event import Event, Post
from payung.problem import Problem, Severity

SUCCESSION = "pengganti"  # the reason of a successor's first version
_DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why somebody's term ends; written so as the reason of a record's last version."""

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
