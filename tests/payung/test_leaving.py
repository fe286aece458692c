"""Leaving before the term is over: when the next one begins, and which last days cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from payung import event, leaving
from payung.leaving import Cause, Leaving

EVENT = event.load("latihan")
KPPS = EVENT.post("kpps-anggota")


def test_whoever_takes_over_begins_the_day_after_the_last() -> None:
    assert Leaving(Cause.RESIGNED, date(2029, 2, 28)).successor_begins == date(2029, 3, 1)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2029, 1, 23), ["last_day.before_term"]),
        (date(2029, 1, 24), []),
        (date(2029, 2, 3), []),
        (date(2029, 2, 13), ["last_day.voting_day"]),
        (date(2029, 2, 24), []),
        (date(2029, 2, 25), ["last_day.after_term"]),
    ],
)
def test_the_successor_begins_within_the_term_and_not_on_voting_day(last: date, expected: list[str]) -> None:
    assert KPPS is not None

    found = [problem.code for problem in leaving.problems(Leaving(Cause.RESIGNED, last), KPPS, EVENT)]

    assert found == expected
