"""`payung nik` says of every line what can be read from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def nik(*arguments: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", "nik", *arguments], cwd=ROOT, input=given, capture_output=True, check=False
    )


def test_each_line_gets_its_answer_in_order() -> None:
    done = nik("--json", "--on", "2024-11-27", given=b"3201015508959991\n\n32010155089599\nO201015508959991\n")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert answers[0] == {"nik": "3201015508959991", "verdict": "ok", "codes": [], "born": "1995-08-15", "sex": "P"}
    assert [answer["verdict"] for answer in answers[1:]] == ["error", "error", "error"]
    assert [answer["codes"] for answer in answers[1:]] == [["nik.missing"], ["nik.length"], ["nik.characters"]]


def test_bytes_that_are_no_text_are_answered_too() -> None:
    done = nik("--json", given=b"\xff\xfe\x00\n3201015508959991\n")

    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert verdicts == ["error", "ok"]


def test_the_answer_for_people_shows_no_whole_nik() -> None:
    done = nik("--on", "27-11-2024", given=b"3201015508959991\n")

    assert b"9991" in done.stdout
    assert b"3201015508959991" not in done.stdout


def test_no_argument_can_carry_a_nik() -> None:
    assert nik("3201015508959991", given=b"").returncode == 2


def test_it_works_without_a_laptop_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = nik("--data", str(tmp_path / "laptop"), given=b"3201015508959991\n")

    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
