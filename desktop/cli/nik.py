"""`payung nik`: what can be read from NIKs, one a line, without a vault. Numbers never come as arguments."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from desktop.cli import answers, failures
from desktop.cli import options as choice
from desktop.cli.options import Options
from payung import dates, nik, wording
from payung.region import load

ZONE_NOTE = "the laptop's own calendar day"


def run(ctx: typer.Context, *, on: Annotated[str | None, typer.Option(metavar="DATE")] = None) -> int:
    """Answer each line of standard input with a verdict, in order, as soon as it is read."""
    options = choice.of(ctx)
    day = _day(on)
    regions = load()
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        reading = nik.read(text, on=day, regions=regions)
        if options.json:
            answers.document(_answer(text, reading))
        else:
            _tell(options, reading)
    return failures.DONE


def _day(text: str | None) -> date:
    """The reference day: today on this laptop unless `--on` names another."""
    if text is None:
        return datetime.now(UTC).astimezone().date()
    day = dates.read(text)
    if day is None:
        raise failures.WrongValue(name="--on", command="payung nik")
    return day


def _answer(text: str, reading: nik.Reading) -> dict[str, object]:
    return {
        "nik": text,
        "verdict": reading.verdict.value,
        "codes": [problem.code for problem in reading.problems],
        "born": reading.born.isoformat() if reading.born else None,
        "sex": reading.sex.value if reading.sex else None,
    }


def _tell(options: Options, reading: nik.Reading) -> None:
    shown = nik.masked(reading.nik) if reading.nik else "-"
    answers.line(f"{shown}  {answers.sentence(options, f'nik.verdict.{reading.verdict.value}')}")
    for problem in reading.problems:
        answers.line(f"    {problem.code}: {wording.of(problem, lang=options.lang)}")
