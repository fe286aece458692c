"""Queue numbers: one after the other on one day, a letter for each laptop, nobody twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from desktop.store import queue

DAY = date(2029, 1, 20)


def test_numbers_follow_each_other_and_survive_a_restart(tmp_path: Path) -> None:
    given = [queue.serve(tmp_path, DAY, UUID(int=number), "A").number for number in range(12)]

    assert given[0] == "A-001"
    assert given[-1] == "A-012"
    assert queue.today(tmp_path, DAY).number("A") == "A-013"


def test_who_was_served_today_keeps_the_number(tmp_path: Path) -> None:
    first = queue.serve(tmp_path, DAY, UUID(int=1), "A")
    queue.serve(tmp_path, DAY, UUID(int=2), "A")

    assert queue.serve(tmp_path, DAY, UUID(int=1), "A") == first


def test_a_new_day_and_another_letter_begin_at_one(tmp_path: Path) -> None:
    queue.serve(tmp_path, DAY, UUID(int=1), "A")

    assert queue.serve(tmp_path, DAY, UUID(int=2), "B").number == "B-001"
    assert queue.serve(tmp_path, date(2029, 1, 21), UUID(int=1), "A").number == "A-001"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"on": "2029-01-20"}', b'{"on": "2029-01-20", "served": [1]}'])
def test_a_damaged_file_does_not_stop_the_queue(tmp_path: Path, content: bytes) -> None:
    (tmp_path / queue.FILE).write_bytes(content)

    assert queue.serve(tmp_path, DAY, UUID(int=1), "A").number == "A-001"


@pytest.mark.parametrize(("tag", "letter"), [("7K3M", "K"), ("B001", "B"), ("9999", "U")])
def test_the_tag_gives_a_letter(tag: str, letter: str) -> None:
    assert queue.letter(tag) == letter
