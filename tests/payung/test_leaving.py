"""Leaving before the term is over: how it is written, and which last days cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from payung import event, leaving
from payung.leaving import Cause, Leaving

EVENT = event.load("latihan")
KPPS = EVENT.post("kpps-anggota")


@pytest.mark.parametrize("cause", list(Cause))
def test_what_is_written_as_the_reason_is_read_again(cause: Cause) -> None:
    going = Leaving(cause, date(2029, 2, 3))

    assert leaving.read(going.text()) == going
    assert going.succession() == "pengganti; mulai 2029-02-04"


@pytest.mark.parametrize(
    "text", ["", "salah ketik", "mundur; hari terakhir 2029-02-30", "pindah; hari terakhir 2029-02-03"]
)
def test_another_reason_is_no_leaving(text: str) -> None:
    assert leaving.read(text) is None


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
