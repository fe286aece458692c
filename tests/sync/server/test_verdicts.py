"""The decision alone: every order of the same revisions ends in the same head."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from payung.facts import Facts
from payung.problem import Problem, Severity
from sync.reply import VerdictKind
from sync.revision import Kind, Revision
from sync.server.verdicts import Arrival, Effect, Head, Known, decide

RECORD, DEVICE = uuid.uuid4(), uuid.uuid4()
FACTS = Facts(place="53.71.04.1001", post="kpps-ketua", tps=1, seat=1)


def revision(number: int, parent: Revision | None = None, **changes: object) -> Revision:
    made = Revision(
        record=RECORD,
        number=number,
        parent=parent.hash() if parent else None,
        kind=Kind.SAVED,
        at=datetime(2026, 11, 22, tzinfo=UTC),
        operator=uuid.uuid5(uuid.NAMESPACE_URL, "operator"),
        facts=FACTS,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def arrival(made: Revision, problem: Problem | None = None) -> Arrival:
    return Arrival(made, made.hash(), made.body(), DEVICE, 1, problem)


FIRST = revision(1)
SECOND = revision(2, FIRST)
THIRD = revision(3, SECOND)


@pytest.mark.parametrize("order", list(itertools.permutations((FIRST, SECOND, THIRD))))
def test_one_batch_in_any_order_ends_at_the_newest(order: tuple[Revision, ...]) -> None:
    decision = decide([arrival(one) for one in order], Known())
    effects = {kept.arrival.hash: kept.effect for kept in decision.kept}
    assert {outcome.kind for outcome in decision.outcomes} == {VerdictKind.ACCEPTED}
    assert effects == {FIRST.hash(): Effect.PASSES, SECOND.hash(): Effect.PASSES, THIRD.hash(): Effect.BEGINS}


@pytest.mark.parametrize("order", list(itertools.permutations((FIRST, SECOND, THIRD))))
def test_batches_of_one_in_any_order_end_at_the_newest(order: tuple[Revision, ...]) -> None:
    kept: set[tuple[uuid.UUID, bytes]] = set()
    heads: dict[uuid.UUID, Head] = {}
    waiting: list[Arrival] = []
    for one in order:
        decision = decide([arrival(one)], Known(frozenset(kept), dict(heads), tuple(waiting)))
        waiting += decision.waiting
        waiting = [held for held in waiting if held not in [gone for gone, _ in decision.released]]
        for done in decision.kept:
            kept.add((RECORD, done.arrival.hash))
            if done.effect in (Effect.BEGINS, Effect.HEADS):
                heads[RECORD] = Head(done.arrival.hash, "active")
    assert heads[RECORD].hash == THIRD.hash()
    assert waiting == []


def test_a_second_child_of_one_parent_conflicts() -> None:
    other = revision(2, FIRST, reason="lain")
    known = Known(frozenset({(RECORD, FIRST.hash()), (RECORD, SECOND.hash())}), {RECORD: Head(SECOND.hash(), "active")})
    decision = decide([arrival(other)], known)
    assert [outcome.kind for outcome in decision.outcomes] == [VerdictKind.CONFLICT]
    assert decision.outcomes[0].head == SECOND.hash()
    assert [kept.effect for kept in decision.kept] == [Effect.CONFLICTS]


def test_two_beginnings_of_one_record_conflict() -> None:
    decision = decide([arrival(FIRST), arrival(revision(1, reason="lain"))], Known())
    assert [outcome.kind for outcome in decision.outcomes] == [VerdictKind.ACCEPTED, VerdictKind.CONFLICT]


def test_a_rule_refuses_one_and_its_child_waits() -> None:
    problem = Problem("nik", "nik.length", Severity.ERROR)
    decision = decide([arrival(FIRST, problem), arrival(SECOND)], Known())
    assert [outcome.kind for outcome in decision.outcomes] == [VerdictKind.REFUSED, VerdictKind.WAITING]
    assert decision.kept == ()


def test_what_was_kept_is_not_judged_again() -> None:
    problem = Problem("nik", "nik.length", Severity.ERROR)
    known = Known(frozenset({(RECORD, FIRST.hash())}), {RECORD: Head(FIRST.hash(), "active")})
    assert [one.kind for one in decide([arrival(FIRST, problem)], known).outcomes] == [VerdictKind.ALREADY]


def test_a_withdrawal_keeps_the_facts_it_ends() -> None:
    gone = revision(2, FIRST, kind=Kind.WITHDRAWN, facts=None)
    decision = decide([arrival(FIRST), arrival(gone)], Known())
    assert [(kept.effect, kept.facts) for kept in decision.kept] == [(Effect.PASSES, FACTS), (Effect.BEGINS, FACTS)]
