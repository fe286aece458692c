"""How long full data stay: data of the event with a source, and never a number of ours."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

import resources
from payung import event as events
from payung.errors import DataError
from payung.retention import NEVER, Retention, initials

END = date(2029, 2, 25)


def with_retention(value: object) -> bytes:
    return json.dumps(json.loads(resources.read("events", "latihan.json")) | {"retention": value}).encode()


def test_no_shipped_event_names_a_number_of_days() -> None:
    assert {events.load(code).retention for code in events.shipped()} == {NEVER}


def test_an_event_carries_its_rule_there_and_back() -> None:
    event = events.from_json(with_retention({"days": 30, "source": "Keputusan uji 1/2029"}))

    assert event.retention == Retention(30, "Keputusan uji 1/2029")
    assert events.from_json(events.dump(event)) == event
    assert b"retention" not in events.dump(replace(event, retention=NEVER))


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"days": 30, "source": " "}, "retention.source"),
        ({"days": 30}, "retention.source"),
        ({"days": -1, "source": "x"}, "retention.days"),
        ({"days": "30", "source": "x"}, "retention.days"),
        ({"days": 30, "source": "x", "hari": 1}, "retention.hari"),
        (None, "retention"),
    ],
)
def test_a_number_without_a_source_is_refused(value: object, path: str) -> None:
    with pytest.raises(DataError) as caught:
        events.from_json(with_retention(value))

    assert caught.value.facts["path"] == path


@pytest.mark.parametrize(
    ("days", "end", "on", "due"),
    [
        (30, END, date(2029, 3, 27), False),
        (30, END, date(2029, 3, 28), True),
        (0, END, END, False),
        (0, END, date(2029, 2, 26), True),
        (None, END, date(2099, 1, 1), False),
        (30, None, date(2099, 1, 1), False),
    ],
)
def test_data_go_after_the_last_of_the_days(days: int | None, end: date | None, on: date, *, due: bool) -> None:
    assert Retention(days, "uji").due(end, on) is due


@pytest.mark.parametrize(
    ("name", "short"), [("MARIA XYLO", "M. X."), ("solo", "S."), ("Ni Luh  Gde", "N. L. G."), ("", ""), ("’ana", "")]
)
def test_a_name_stays_as_its_initials(name: str, short: str) -> None:
    assert initials(name) == short
