"""The command line itself: its help, its languages, its exit codes, its speed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.cli import program
from desktop.cli.options import Options
from payung import wording
from tests.conftest import ROOT

NIK = "5371046701009901"


def closed(_options: Options) -> int:
    raise AssertionError("no command here opens a window")


def run(*arguments: str) -> int:
    return program.main(arguments, window=closed)


def python(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, input=given, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_command_and_option_is_explained_in_both_languages(lang: str) -> None:
    wanted = {"help", "help.help", *(f"help.{name}.short" for name in program.COMMANDS)}
    wanted |= {f"help.{param.name}" for param in program.build(closed).params if param.name != "help"}
    for name in program.COMMANDS:
        wanted.add(f"help.{name}")
        wanted |= {f"help.{name}.{param.name}" for param in program.command(name).params if param.name != "help"}

    assert wanted - wording.catalogue(lang).keys() == set()


def test_no_help_sentence_is_left_over_from_a_command_that_is_gone() -> None:
    known = {"help", "help.help", "help.title"}
    known |= {f"help.{param.name}" for param in program.build(closed).params}
    for name in program.COMMANDS:
        known |= {f"help.{name}", f"help.{name}.short"}
        known |= {f"help.{name}.{param.name}" for param in program.command(name).params}
    found = {code for code in wording.catalogue() if code.startswith("help") and not code.startswith("help.title")}

    assert found - known == set()


@pytest.mark.parametrize("name", ["", *program.COMMANDS])
def test_help_is_shown_on_every_level(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*filter(None, [name]), "--help") == 0

    shown = capsys.readouterr().out
    assert shown.startswith("Pakai: payung")
    assert "…" not in shown


def test_help_speaks_english_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    run("nik", "--help", "--lang", "en")

    assert "Usage: payung nik" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["tidur"], ["--tidur"], ["nik", "--tidur"], ["enrol"], ["setup"], ["roster", "--tps", "empat"], ["nik", "--on"],
     ["nik", "--on", "kemarin"], ["--lang", "xx", "nik"]],
)  # fmt: skip
def test_wrong_use_is_told_in_one_sentence(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert re.fullmatch(r"[^\n]+ --help\n", shown.err)


def test_trouble_is_one_json_document_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nik", "--tidur", "--json") == 2

    answer = json.loads(capsys.readouterr().out)
    assert answer["error"]["code"] == "cli.usage.option"


@pytest.mark.usefixtures("caplog")
def test_a_bug_ends_in_a_report_without_the_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = f"YOSEPHINA {NIK}"

    def broken(_options: Options) -> int:
        raise ValueError(typed)

    assert program.main(["--data", str(tmp_path), "--json"], window=broken) == 70

    answer = json.loads(capsys.readouterr().out)
    report = Path(answer["error"]["report"]).read_text(encoding="utf-8")
    assert "ValueError" in report
    assert "YOSEPHINA" not in report
    assert NIK not in report


def test_without_a_command_the_window_opens(tmp_path: Path) -> None:
    seen: list[Options] = []

    def window(options: Options) -> int:
        seen.append(options)
        return 3

    assert program.main(["--data", str(tmp_path), "--lang", "en"], window=window) == 3
    assert seen == [Options(data=tmp_path, lang="en")]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version", "--json") == 0

    assert json.loads(capsys.readouterr().out)["version"]


def test_neither_help_nor_nik_waits_for_the_store_or_for_qt() -> None:
    heavy = "{'PySide6', 'sqlalchemy', 'sqlcipher3', 'cryptography', 'reportlab', 'python_calamine', 'rich', 'urllib3'}"
    for arguments in (["--help"], ["nik"]):
        done = python(
            "-c",
            "import sys; from desktop.cli import program;"
            f"program.main({arguments!r}, window=lambda _: 0); print(sorted({heavy} & set(sys.modules)))",
        )
        assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr


@pytest.mark.slow
def test_help_and_nik_answer_quickly_beside_bare_python() -> None:
    def best(*arguments: str) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            assert python(*arguments).returncode == 0
            times.append(time.perf_counter() - began)
        return min(times)

    bare = best("-c", "import json, argparse, typing")

    assert best("-m", "desktop", "--help") < 12 * bare
    assert best("-m", "desktop", "nik") < 20 * bare
