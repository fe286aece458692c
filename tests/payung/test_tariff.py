from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import resources
from payung import tariff
from payung.errors import DataError
from payung.tariff import Period, Programme, Tariffs

DAY = date(2029, 1, 25)


@pytest.fixture(scope="module")
def tariffs() -> Tariffs:
    return tariff.load()


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.read("tariffs", "pu.json"))
    return found


def changed(change: Callable[[dict[str, Any]], object]) -> Tariffs:
    doc = document()
    change(doc)
    return tariff.from_json([json.dumps(doc)])


def test_a_wage_earner_of_the_least_risky_class_pays_24_and_30_in_ten_thousand(tariffs: Tariffs) -> None:
    scheme = tariffs.scheme("pu")
    rates = [tariffs.tariff(programme, scheme, on=DAY).per_10000 for programme in Programme]
    assert rates == [24, 30]


def test_the_five_risk_classes_have_the_rates_of_the_regulation(tariffs: Tariffs) -> None:
    rates = {
        row.risk_class: row.per_10000
        for row in tariffs.tariffs
        if row.programme is Programme.JKK and row.segment is tariff.Segment.PU
    }
    assert rates == dict(zip(tariff.RiskClass, (24, 54, 89, 127, 174), strict=True))


def test_the_self_employed_pay_one_percent_within_bounds_and_a_flat_sum(tariffs: Tariffs) -> None:
    scheme = tariffs.scheme("bpu")
    jkk, jkm = (tariffs.tariff(programme, scheme, on=DAY) for programme in Programme)
    assert (jkk.per_10000, jkk.minimum, jkk.maximum, jkm.flat) == (100, 10_000, 207_000, 6_800)


def test_no_bracket_is_made_up(tariffs: Tariffs) -> None:
    assert tariffs.brackets == ()


@pytest.mark.parametrize(
    ("honorarium", "jkk", "jkm"),
    [(2_500_000, 6_000, 7_500), (1_200_000, 2_880, 3_600), (1_150_000, 2_760, 3_450), (650_000, 1_560, 1_950)],
)
def test_the_rates_give_the_sums_that_offices_published(tariffs: Tariffs, honorarium: int, jkk: int, jkm: int) -> None:
    scheme = tariffs.scheme("pu")
    wage = tariffs.base_rule(scheme, "53.71.04.1001", on=DAY).wage(honorarium)
    assert wage == honorarium
    owed = [
        tariffs.rounding.whole(wage * (tariffs.tariff(programme, scheme, on=DAY).per_10000 or 0))
        for programme in Programme
    ]
    assert owed == [jkk, jkm]


def test_every_row_names_its_source_and_its_law(tariffs: Tariffs) -> None:
    assert all(row.source and row.legal_ref for row in tariffs.tariffs)
    assert all(scheme.source for scheme in tariffs.schemes)
    assert all(rule.source for rule in tariffs.base_rules)


def test_a_rate_is_picked_by_its_day() -> None:
    def halve_in_2029(doc: dict[str, Any]) -> None:
        first = doc["tariffs"][0]
        doc["tariffs"].append(first | {"from": "2029-01-01", "to": "2029-06-30", "per_10000": 12})
        doc["tariffs"].append(first | {"from": "2029-07-01"})
        first["to"] = "2028-12-31"

    loaded = changed(halve_in_2029)
    days = [date(2028, 12, 31), date(2029, 1, 1), date(2029, 6, 30), date(2029, 7, 1)]
    rates = [loaded.tariff(Programme.JKK, loaded.scheme("pu"), on=day).per_10000 for day in days]
    assert rates == [24, 12, 12, 24]


def test_a_day_without_a_rate_is_a_data_error() -> None:
    loaded = changed(lambda doc: [row.update({"to": "2028-12-31"}) for row in doc["tariffs"]])
    with pytest.raises(DataError) as caught:
        loaded.tariff(Programme.JKM, loaded.scheme("pu"), on=DAY)
    assert caught.value.facts["path"] == "tariffs.PU.JKM.2029-01-25"


def test_an_unknown_scheme_and_a_scheme_without_base_are_data_errors(tariffs: Tariffs) -> None:
    with pytest.raises(DataError):
        tariffs.scheme("jakon")
    with pytest.raises(DataError):
        tariffs.base_rule(tariffs.scheme("bpu"), "53.71", on=DAY)


def test_the_smallest_region_decides_about_the_base() -> None:
    def local(doc: dict[str, Any]) -> None:
        whole = doc["base_rules"][0]
        doc["base_rules"] += [
            whole | {"region": "36", "rule": "FIXED", "amount": 2_000_000},
            whole | {"region": "36.73", "rule": "FLOOR", "amount": 1_000_000},
        ]

    loaded = changed(local)
    scheme = loaded.scheme("pu")
    wages = {
        region: loaded.base_rule(scheme, region, on=DAY).wage(900_000) for region in ("36.73.01", "36.7", "36.03", "53")
    }
    assert wages == {"36.73.01": 1_000_000, "36.7": 2_000_000, "36.03": 2_000_000, "53": 900_000}


def test_an_unknown_honorarium_has_no_base_unless_the_base_is_fixed() -> None:
    loaded = changed(
        lambda doc: doc["base_rules"].append(
            doc["base_rules"][0] | {"region": "53", "rule": "FIXED", "amount": 2_000_000}
        )
    )
    scheme = loaded.scheme("pu")
    assert loaded.base_rule(scheme, "32", on=DAY).wage(None) is None
    assert loaded.base_rule(scheme, "53.71", on=DAY).wage(None) == 2_000_000


@pytest.mark.parametrize(
    ("rule", "unit", "sums"),
    [("half-up", 1, [2, 3, 3]), ("up", 1, [3, 3, 3]), ("down", 1, [2, 2, 3]), ("half-up", 100, [0, 0, 0])],
)
def test_the_file_says_how_to_round(rule: str, unit: int, sums: list[int]) -> None:
    loaded = changed(lambda doc: doc["rounding"].update(rule=rule, unit=unit))
    assert [loaded.rounding.whole(sum_) for sum_ in (24_999, 25_000, 30_000)] == sums


@pytest.mark.parametrize(
    ("change", "path", "what"),
    [
        (lambda doc: doc["tariffs"].append(doc["tariffs"][0]), "tariffs[6]", "double"),
        (lambda doc: doc["tariffs"][1].update(flat=5), "tariffs[1].flat", "value"),
        (lambda doc: doc["tariffs"][1].update(per_10000=None), "tariffs[1].flat", "value"),
        (lambda doc: doc["tariffs"][1].update(per_10000=0.24), "tariffs[1].per_10000", "type"),
        (lambda doc: doc["tariffs"][1].update({"from": "2029-02-01", "to": "2029-01-01"}), "tariffs[1].to", "range"),
        (lambda doc: doc["tariffs"][1].update(source=""), "tariffs[1].source", "missing"),
        (lambda doc: doc["tariffs"][1].update(rate=5), "tariffs[1].rate", "unknown"),
        (lambda doc: doc["base_rules"][0].update(amount=5), "base_rules[0].amount", "value"),
        (lambda doc: doc["base_rules"][0].update(rule="FLOOR"), "base_rules[0].amount", "value"),
        (lambda doc: doc["rounding"].update(unit=0), "rounding.unit", "range"),
        (lambda doc: doc.pop("rounding"), "rounding", "missing"),
    ],
)
def test_a_spoilt_tariff_file_is_refused_by_the_place_of_the_fault(
    change: Callable[[dict[str, Any]], object], path: str, what: str
) -> None:
    with pytest.raises(DataError) as caught:
        changed(change)
    assert caught.value.facts == {"path": path, "what": what}


def test_two_files_may_not_both_say_how_to_round() -> None:
    text = json.dumps(document() | {"tariffs": [], "base_rules": []})
    with pytest.raises(DataError) as caught:
        tariff.from_json([text, text])
    assert caught.value.facts == {"path": "rounding", "what": "double"}


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ((None, None), (None, None), True),
        ((None, 5), (5, None), True),
        ((None, 4), (5, None), False),
        ((1, 9), (3, 4), True),
        ((5, 6), (1, 4), False),
    ],
)
def test_periods_share_a_day_or_do_not(
    first: tuple[int | None, int | None], second: tuple[int | None, int | None], shared: bool
) -> None:
    one, other = (Period(*(date(2029, 1, day) if day else None for day in pair)) for pair in (first, second))
    assert one.overlaps(other) is shared
    assert other.overlaps(one) is shared
