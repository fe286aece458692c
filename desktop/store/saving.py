"""What saving gives back, and how judged facts become the next version of a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.store.judging import Judged
from desktop.store.revisions import Head, Version
from payung import clock
from payung.enrolment import State
from payung.problem import Problem
from sync.revision import Kind, Revision

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Saved:
    """What is durable now. `revision` counts the versions meant for the office; 0 while it has only been a draft.

    `seat` is the one given when none was named. `changed` is False when the same facts stood there already.
    """

    id: UUID
    state: State
    problems: tuple[Problem, ...]
    revision: int
    seat: int | None
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """A row of an import that was not kept, and why; `known` is the record that says the same officer serves there."""

    problems: tuple[Problem, ...]
    known: UUID | None = None


def today(store: Store) -> date:
    """The day now where the laptop's villages lie."""
    return clock.day(store.moment(), store.laptop.villages[0])


def version(
    store: Store, head: Head, judged: Judged, at: datetime, reason: str, *, first_day: date | None = None
) -> Version:
    """The next version of the record, for the office when the facts are ready; `first_day` of who takes a seat over."""
    revision = Revision(
        record=head.record,
        number=head.number + 1,
        parent=head.parent,
        kind=Kind.SAVED,
        at=at,
        operator=store.unlocked.operator_id,
        facts=judged.facts,
        reason=reason,
        day=first_day,
        event_version=store.event.version,
        open_warnings=judged.open_warnings,
    )
    return Version(head, revision, judged.facts, judged.state, judged.problems, judged.state is State.READY)


def saved(version: Version) -> Saved:
    """What is told about a version that was kept."""
    number = version.revision.number if version.for_office else version.head.number
    return Saved(version.head.record, version.state, version.problems, number, version.facts.seat)
