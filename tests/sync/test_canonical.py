from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import canonical, decode_canonical, milliseconds, moment_of, trimmed
from sync.errors import Unreadable

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.binary(max_size=20) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-(2**63), 2**63 - 1) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_every_plain_value_comes_back(value: object) -> None:
    assert decode_canonical(canonical(value)) == value


@given(st.binary(max_size=60))
def test_whatever_is_read_is_its_own_only_encoding(data: bytes) -> None:
    try:
        value = decode_canonical(data)
    except Unreadable:
        return
    assert canonical(value) == data


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("1801", "one in two bytes"),
        ("5f4101ff", "an indefinite string"),
        ("9f01ff", "an indefinite array"),
        ("a201010102", "a key twice"),
        ("a202000100", "keys out of order"),
        ("f93c00", "a float"),
        ("c11a514b67b0", "a tag"),
        ("c249010000000000000000", "a big number"),
        ("a1f500", "a key that is no number and no text"),
        ("a1820102f6", "an array as a key"),
        ("0101", "something behind the value"),
        ("8201", "a cut array"),
        ("9bffffffffffffffff", "an array as long as the world"),
        ("62c328", "text that is no UTF-8"),
        ("f7", "undefined"),
        ("81" * 40 + "01", "forty arrays in one another"),
        ("", "nothing"),
    ],
)
def test_other_encodings_are_refused(data: str, what: str) -> None:
    with pytest.raises(Unreadable):
        decode_canonical(bytes.fromhex(data))
    assert what


@pytest.mark.parametrize("value", [1.5, {1.5: 1}, {(1, 2): 1}, {1, 2}, 2**63, datetime.now(UTC), cbor2.CBORTag(1, 1)])
def test_what_does_not_travel_is_not_encoded(value: object) -> None:
    with pytest.raises(ValueError, match="travel"):
        canonical(value)


def test_times_travel_in_milliseconds_and_utc() -> None:
    wita = timezone(timedelta(hours=8))
    moment = datetime(2029, 1, 21, 16, 30, 15, 250_999, tzinfo=wita)
    assert moment_of(milliseconds(moment)) == datetime(2029, 1, 21, 8, 30, 15, 250_000, tzinfo=UTC) == trimmed(moment)


@pytest.mark.parametrize("moment", [datetime(2029, 1, 1), datetime(1969, 12, 31, tzinfo=UTC)])  # noqa: DTZ001
def test_a_time_without_its_zone_or_before_1970_is_refused(moment: datetime) -> None:
    with pytest.raises(ValueError, match="time on the wire"):
        milliseconds(moment)


@pytest.mark.parametrize("value", [-1, 2**62])
def test_a_number_that_is_no_time_is_unreadable(value: int) -> None:
    with pytest.raises(Unreadable):
        moment_of(value)
