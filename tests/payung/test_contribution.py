import json
from datetime import date

import pytest

import resources
from payung import contribution, event, tariff
from payung.event import Term
from payung.problem import Severity
from payung.tariff import Tariffs

ON = date(2024, 11, 1)
SHIPPED = tariff.load()


def _based(rule: str, amount: int | None) -> Tariffs:
    """The shipped tariffs with another wage base."""
    document = json.loads(resources.read("tariffs", "pu.json"))
    document["base_rules"][0] |= {"rule": rule, "amount": amount}
    return tariff.from_json([json.dumps(document), resources.read("tariffs", "bpu.json")])


@pytest.mark.parametrize(
    ("base", "monthly"),
    [
        (2_500_000, 13_500), (2_200_000, 11_880), (1_850_000, 9_990), (1_300_000, 7_020), (1_500_000, 8_100),
        (1_150_000, 6_210), (1_050_000, 5_670), (1_000_000, 5_400), (900_000, 4_860), (850_000, 4_590),
        (650_000, 3_510), (1_200_000, 6_480), (1_100_000, 5_940), (1_900_000, 10_260), (750_000, 4_050),
    ],
)  # fmt: skip
def test_the_published_figures_come_out_to_the_rupiah(base: int, monthly: int) -> None:
    owed = contribution.owed(base, months=1, tariffs=SHIPPED, scheme="pu", on=ON)

    assert owed.monthly == monthly
    assert owed.jkk * 30 == owed.jkm * 24


def test_both_programmes_are_rounded_apart() -> None:
    owed = contribution.owed(2_111_111, months=1, tariffs=SHIPPED, scheme="pu", on=ON)

    assert (owed.jkk, owed.jkm, owed.monthly) == (5_067, 6_333, 11_400)


def test_months_are_what_is_paid_for() -> None:
    owed = contribution.owed(1_000_000, months=4, tariffs=SHIPPED, scheme="pu", on=ON)

    assert (owed.monthly, owed.total) == (5_400, 21_600)


def test_the_self_employed_pay_a_share_with_bounds_and_a_flat_sum() -> None:
    least = contribution.owed(500_000, months=1, tariffs=SHIPPED, scheme="bpu", on=ON)
    most = contribution.owed(99_000_000, months=1, tariffs=SHIPPED, scheme="bpu", on=ON)

    assert (least.jkk, least.jkm, least.monthly) == (10_000, 6_800, 16_800)
    assert most.jkk == 207_000


def test_the_base_is_the_honorarium_a_floor_or_one_sum_for_all() -> None:
    linmas = event.load("pilkada-2024").post("linmas")
    ppk = event.load("pilkada-2024").post("ppk-ketua")
    assert linmas is not None
    assert ppk is not None
    floor, fixed = _based("FLOOR", 1_000_000), _based("FIXED", 2_111_111)

    def base(post: event.Post, tariffs: Tariffs) -> int | None:
        return contribution.wage_base(post, tariffs=tariffs, scheme="pu", region="36.73", on=ON)

    assert [base(linmas, tariffs) for tariffs in (SHIPPED, floor, fixed)] == [650_000, 1_000_000, 2_111_111]
    assert [base(ppk, tariffs) for tariffs in (SHIPPED, floor, fixed)] == [2_500_000, 2_500_000, 2_111_111]


def test_a_post_without_a_known_honorarium_has_no_base() -> None:
    post = event.load("pilkada-2024").post("sekretariat-panwascam")
    assert post is not None

    assert contribution.wage_base(post, tariffs=SHIPPED, scheme="pu", region="53.71", on=ON) is None


def test_one_paid_month_does_not_cover_a_term_that_runs_on() -> None:
    term = Term(date(2024, 11, 7), date(2024, 12, 8))

    (problem,) = contribution.problems(term, first=date(2024, 11, 7), months=1)

    assert (problem.code, problem.severity) == ("contribution.gap", Severity.WARNING)
    assert dict(problem.facts) == {"months": "1", "start": "01-12-2024", "end": "08-12-2024"}
    assert contribution.months_of(term) == 2
    assert contribution.problems(term, first=date(2024, 11, 7), months=2) == ()
    assert contribution.problems(None, first=date(2024, 11, 7), months=0) == ()


def test_paid_months_are_calendar_months_across_the_year() -> None:
    assert contribution.paid_period(date(2024, 11, 7), 3) == Term(date(2024, 11, 1), date(2025, 1, 31))
    assert contribution.paid_period(date(2024, 12, 31), 1) == Term(date(2024, 12, 1), date(2024, 12, 31))
    assert contribution.paid_period(date(2024, 12, 31), 0) is None


def test_negative_money_and_months_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="not negative"):
        contribution.owed(-1, months=1, tariffs=SHIPPED, scheme="pu", on=ON)
