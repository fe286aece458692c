"""What becomes of each revision, decided from what the office holds. Order does not matter: what waits comes later.

A plain function over plain values: reading and writing the tables is `sync.server.storage`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from payung.facts import Facts
from payung.problem import Problem, Severity
from sync.reply import VerdictKind
from sync.revision import Kind, Revision

WITHDRAWN = "withdrawn"
_STATES = {Kind.SAVED: "active", Kind.WITHDRAWN: WITHDRAWN, Kind.ENDED: "ended"}
_WITHDRAWN_PARENT = Problem("", "record.withdrawn", Severity.ERROR)
_FOREIGN_RECORD = Problem("", "record.foreign", Severity.ERROR)


class Effect(IntEnum):
    """What a kept revision does to its enrolment."""

    BEGINS = 1  # the enrolment is new and this is its head
    HEADS = 2  # this is the new head
    PASSES = 3  # a later revision of the same batch is the head already
    CONFLICTS = 4  # kept beside the head, a person decides


class Head(NamedTuple):
    """The version an enrolment stands at."""

    hash: bytes
    state: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A revision that came, with its hash and body; `refusal` is what a rule has against it.

    `device` and `sequence` say by which batch it came, earlier ones when it waited for its parent.
    """

    revision: Revision
    hash: bytes
    body: bytes
    device: UUID
    sequence: int
    refusal: Problem | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the office holds of the records in question: hashes kept, heads, and revisions that wait."""

    kept: frozenset[tuple[UUID, bytes]] = frozenset()
    heads: Mapping[UUID, Head] = field(default_factory=dict)
    waiting: tuple[Arrival, ...] = ()
    hidden: frozenset[UUID] = frozenset()  # exist, but not for this device


NOTHING = Known()


class Outcome(NamedTuple):
    """The verdict on one arrival, the problem where it is refused, the office's head where that is another version."""

    kind: VerdictKind
    problem: Problem | None = None
    head: bytes | None = None


class Kept(NamedTuple):
    """A revision to keep, what it does, and the facts that stand after it; None where the batch did not bring them.

    `begins` is the first day of who took a seat over, where the batch says it.
    """

    arrival: Arrival
    effect: Effect
    facts: Facts | None
    begins: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer and what to write. `outcomes` stand in the order of the arrivals."""

    outcomes: tuple[Outcome, ...]
    kept: tuple[Kept, ...]
    waiting: tuple[Arrival, ...]
    refused: tuple[tuple[Arrival, Problem], ...]
    released: tuple[tuple[Arrival, Outcome], ...]


def decide(arrivals: Sequence[Arrival], known: Known) -> Decision:
    """Decide about every arrival, and about those that waited for one of them."""
    if known == NOTHING and _all_begin(arrivals):
        return _all_accepted(arrivals)
    desk = _Desk(known)
    outcomes: dict[int, Outcome] = {}
    for place in sorted(range(len(arrivals)), key=lambda place: arrivals[place].revision.number):
        outcomes[place] = desk.judge(arrivals[place])
        desk.release(arrivals[place].revision.record)
    return Decision(
        outcomes=tuple(outcomes[place] for place in range(len(arrivals))),
        kept=desk.kept(),
        waiting=tuple(desk.waiting),
        refused=tuple(desk.refused),
        released=tuple(desk.released),
    )


def _all_begin(arrivals: Sequence[Arrival]) -> bool:
    """Whether each arrival begins a record of its own and no rule is against it: the common batch, by far."""
    if any(one.refusal is not None or one.revision.parent is not None for one in arrivals):
        return False
    return len({one.revision.record.int for one in arrivals}) == len(arrivals)


def _all_accepted(arrivals: Sequence[Arrival]) -> Decision:
    return Decision(
        outcomes=(Outcome(VerdictKind.ACCEPTED),) * len(arrivals),
        kept=tuple(Kept(one, Effect.BEGINS, one.revision.facts, _begins(one.revision)) for one in arrivals),
        waiting=(),
        refused=(),
        released=(),
    )


def state_after(revision: Revision) -> str:
    """Name the state an enrolment is in when the revision is its head."""
    return _STATES[revision.kind]


def _begins(revision: Revision) -> date | None:
    return revision.day if revision.kind is Kind.SAVED else None


class _Desk:
    """The decision in the making: what is held, with what has been decided so far."""

    def __init__(self, known: Known) -> None:
        self._kept = set(known.kept)
        self._heads = dict(known.heads)
        self._hidden = known.hidden
        self._begun: set[UUID] = set()
        self._line: list[tuple[Arrival, bool]] = []
        self._last: dict[UUID, Arrival] = {}
        self._facts: dict[UUID, Facts] = {}
        self._begins: dict[UUID, date] = {}
        self._backlog: dict[UUID, list[Arrival]] = {}
        for one in known.waiting:
            self._backlog.setdefault(one.revision.record, []).append(one)
        self.waiting: list[Arrival] = []
        self.refused: list[tuple[Arrival, Problem]] = []
        self.released: list[tuple[Arrival, Outcome]] = []

    def judge(self, arrival: Arrival) -> Outcome:
        """Decide about one arrival."""
        key = (arrival.revision.record, arrival.hash)
        if key in self._kept:
            return Outcome(VerdictKind.ALREADY)
        if any(one.hash == arrival.hash for one in self._backlog.get(key[0], ())):
            return Outcome(VerdictKind.WAITING)
        problem = arrival.refusal or self._objection(arrival.revision)
        if problem is not None:
            self.refused.append((arrival, problem))
            return Outcome(VerdictKind.REFUSED, problem)
        if self._parent_is_missing(arrival.revision):
            self.waiting.append(arrival)
            self._backlog.setdefault(key[0], []).append(arrival)
            return Outcome(VerdictKind.WAITING)
        return self._keep(arrival)

    def release(self, record: UUID) -> None:
        """Decide anew about what waited, now that the record may have a new head."""
        held = self._backlog.get(record)
        while held:
            ripe = next((one for one in held if not self._parent_is_missing(one.revision)), None)
            if ripe is None:
                return
            held.remove(ripe)
            problem = self._objection(ripe.revision)
            outcome = Outcome(VerdictKind.REFUSED, problem) if problem else self._keep(ripe)
            if problem is not None:
                self.refused.append((ripe, problem))
            if ripe in self.waiting:  # came in this very batch, in whatever order
                self.waiting.remove(ripe)
            self.released.append((ripe, outcome))

    def kept(self) -> tuple[Kept, ...]:
        """List what is kept, with the last of each record's line as its head."""
        return tuple(
            Kept(
                arrival,
                self._effect(arrival, conflict=conflict),
                self._facts.get(arrival.revision.record),
                self._begins.get(arrival.revision.record),
            )
            for arrival, conflict in self._line
        )

    def _effect(self, arrival: Arrival, *, conflict: bool) -> Effect:
        record = arrival.revision.record
        if conflict:
            return Effect.CONFLICTS
        if self._last[record] is not arrival:
            return Effect.PASSES
        return Effect.BEGINS if record in self._begun else Effect.HEADS

    def _objection(self, revision: Revision) -> Problem | None:
        if revision.record in self._hidden:
            return _FOREIGN_RECORD
        head = self._heads.get(revision.record)
        if head is not None and revision.parent == head.hash and head.state == WITHDRAWN:
            return _WITHDRAWN_PARENT
        return None

    def _parent_is_missing(self, revision: Revision) -> bool:
        return revision.parent is not None and (revision.record, revision.parent) not in self._kept

    def _keep(self, arrival: Arrival) -> Outcome:
        revision = arrival.revision
        head = self._heads.get(revision.record)
        self._kept.add((revision.record, arrival.hash))
        follows = head is None or revision.parent == head.hash
        self._line.append((arrival, not follows))
        if not follows:
            return Outcome(VerdictKind.CONFLICT, head=head.hash if head else None)
        if head is None:
            self._begun.add(revision.record)
        self._heads[revision.record] = Head(arrival.hash, state_after(revision))
        self._last[revision.record] = arrival
        if revision.facts is not None:
            self._facts[revision.record] = revision.facts
        if (begins := _begins(revision)) is not None:
            self._begins[revision.record] = begins
        return Outcome(VerdictKind.ACCEPTED)
