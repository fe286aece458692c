"""Global options work wherever they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import options


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["nik", "--json"], ["--json", "nik"]),
        (["--json", "nik"], ["--json", "nik"]),
        (["enrol", "-", "--data", "laptop", "--json"], ["--data", "laptop", "--json", "enrol", "-"]),
        (["roster", "--tps", "4", "--lang=en"], ["--lang=en", "roster", "--tps", "4"]),
        (["enrol", "--", "--json"], ["enrol", "--", "--json"]),
        (["sync", "--data"], ["sync", "--data"]),
        ([], []),
    ],
)
def test_global_options_move_to_the_front(written: list[str], read: list[str]) -> None:
    assert options.hoisted(written) == read


def test_an_option_can_be_asked_before_anything_is_parsed() -> None:
    assert options.asked(["nik", "--lang", "en"], "--lang") == "en"
    assert options.asked(["nik", "--lang=en"], "--lang") == "en"
    assert options.asked(["nik"], "--lang") is None
    assert options.asked(["nik", "--lang"], "--lang") is None


def test_the_default_folder_is_the_users_own(own_home: Path) -> None:
    assert own_home in options.default_folder().parents
