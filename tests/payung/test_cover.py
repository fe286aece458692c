from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import cover
from payung.cover import CoverState, OnRecord
from payung.event import Term

KPPS = Term(date(2024, 11, 7), date(2024, 12, 8))


def test_cover_comes_step_by_step() -> None:
    steps = ["draf", "tersimpan", "terkirim", "diusulkan", "terdaftar", "aktif", "nonaktif"]
    states = [CoverState(step) for step in steps]

    assert all(cover.may_follow(before, after) for before, after in pairwise(states))
    assert not cover.may_follow(CoverState.TERSIMPAN, CoverState.TERDAFTAR)
    assert not cover.may_follow(CoverState.TERKIRIM, CoverState.AKTIF)


@pytest.mark.parametrize("state", CoverState)
def test_what_has_ended_stays_ended_and_everything_can_end(state: CoverState) -> None:
    assert not cover.may_follow(CoverState.NONAKTIF, state)
    assert state is CoverState.NONAKTIF or cover.may_follow(state, CoverState.NONAKTIF)
    assert state not in cover.following(state)


@pytest.mark.parametrize("state", [CoverState.TERDAFTAR, CoverState.AKTIF])
@pytest.mark.parametrize(
    ("kpj", "paid", "printed"),
    [
        ("", False, CoverState.DIUSULKAN),
        ("12345678901", False, CoverState.DIUSULKAN),
        ("", True, CoverState.DIUSULKAN),
        ("12345678901", True, CoverState.TERDAFTAR),
    ],
)
def test_only_number_and_payment_together_are_printed_as_registered(
    state: CoverState, kpj: str, paid: bool, printed: CoverState
) -> None:
    assert cover.on_paper(OnRecord(state, kpj, paid)) is printed


def test_no_paper_ever_says_that_cover_is_in_force() -> None:
    every = (OnRecord(state, kpj, paid) for state in CoverState for kpj in ("", "1") for paid in (False, True))

    assert CoverState.AKTIF not in {cover.on_paper(record) for record in every}


def test_paid_periods_leave_gaps() -> None:
    november = Term(date(2024, 11, 1), date(2024, 11, 30))
    december = Term(date(2024, 12, 5), date(2024, 12, 31))

    assert cover.gaps(KPPS, ()) == (KPPS,)
    assert cover.gaps(KPPS, (november,)) == (Term(date(2024, 12, 1), date(2024, 12, 8)),)
    assert cover.gaps(KPPS, (december, november)) == (Term(date(2024, 12, 1), date(2024, 12, 4)),)
    assert cover.gaps(KPPS, (Term(date(2024, 1, 1), date(2024, 12, 31)),)) == ()


def test_an_overlap_is_the_days_in_common() -> None:
    assert cover.overlap(KPPS, Term(date(2024, 12, 1), date(2024, 12, 31))) == Term(
        date(2024, 12, 1), date(2024, 12, 8)
    )
    assert cover.overlap(KPPS, Term(date(2024, 12, 9), date(2024, 12, 31))) is None


@given(st.lists(st.tuples(st.dates(date(2024, 10, 1), date(2025, 1, 31)), st.integers(0, 40)), max_size=6))
def test_every_day_of_the_term_is_either_paid_or_in_a_gap(spans: list[tuple[date, int]]) -> None:
    periods = [Term(start, date.fromordinal(start.toordinal() + length)) for start, length in spans]
    missing = cover.gaps(KPPS, periods)

    for ordinal in range(KPPS.start.toordinal(), KPPS.end.toordinal() + 1):
        day = Term(date.fromordinal(ordinal), date.fromordinal(ordinal))
        assert any(day.overlaps(gap) for gap in missing) is not any(day.overlaps(period) for period in periods)
