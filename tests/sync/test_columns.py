from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import columns
from sync.errors import Unreadable

WHOLE = st.integers(-(2**62), 2**62)


@given(st.lists(WHOLE, max_size=30))
def test_whole_numbers_come_back_from_groups_and_steps(values: list[int]) -> None:
    assert columns.unpack_whole(columns.pack_whole(values), len(values)) == values
    assert columns.unpack_steps(columns.pack_steps(values), len(values)) == values


@given(st.lists(WHOLE | st.none(), max_size=30))
def test_missing_numbers_come_back_missing(values: list[int | None]) -> None:
    assert columns.unpack_optional(columns.pack_optional(values), len(values)) == values


@given(st.lists(st.integers(0, 2**40 - 1), max_size=30))
def test_planes_come_back(values: list[int]) -> None:
    assert columns.unpack_planes(columns.pack_planes(values, 5), len(values), 5) == values


@given(st.lists(st.text(max_size=8), min_size=1, max_size=20))
def test_texts_come_back_with_line_ends_and_without(texts: list[str]) -> None:
    assert columns.unpack_texts(columns.pack_texts(texts), len(texts)) == texts


@given(st.lists(st.sampled_from(["a", "b", "", "c"]), min_size=1, max_size=30))
def test_repeated_values_come_back(values: list[str]) -> None:
    assert columns.unpack_repeated(columns.pack_repeated(values), len(values), str) == values


def test_more_kinds_than_a_byte_can_count_come_back() -> None:
    values = list(range(700))
    assert columns.unpack_repeated(columns.pack_repeated(values), 700, int) == values


@given(st.lists(st.uuids(), max_size=20))
def test_identifiers_come_back(identifiers: list[UUID]) -> None:
    assert columns.unpack_identifiers(columns.pack_identifiers(identifiers), len(identifiers)) == identifiers


@pytest.mark.parametrize("data", [b"\x80", b"\xff" * 11 + b"\x01", b"\x01\x01", "text", None])
def test_a_column_of_numbers_that_is_none_is_unreadable(data: object) -> None:
    with pytest.raises(Unreadable):
        columns.unpack_whole(data, 1)


@pytest.mark.parametrize("data", [[], ["a", 1], ["a", "b", b"\x02"], ["a", "b", b""], [1], b"", None])
def test_a_column_of_repeated_texts_that_is_none_is_unreadable(data: object) -> None:
    with pytest.raises(Unreadable):
        columns.unpack_repeated(data, 1, str)


@pytest.mark.parametrize("data", [[b"", b""], [b"\x00", b"\x00" * 9], [b"\x03", bytes(10)], b"", [1, 2]])
def test_a_column_of_identifiers_that_is_none_is_unreadable(data: object) -> None:
    with pytest.raises(Unreadable):
        columns.unpack_identifiers(data, 1)
