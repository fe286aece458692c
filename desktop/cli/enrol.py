"""`payung enrol`: officers from JSON, each durable before its answer is printed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from desktop.cli import answers, failures, progress, record, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import enrolments
from desktop.store.database import Store
from payung.enrolment import State
from payung.problem import Problem, Severity

REFUSED = "refused"


class Unreadable:
    """A line that is no JSON."""


def run(ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE")]) -> int:
    """Enrol every record of FILE; partly done when one of them is not ready afterwards."""
    options = choice.of(ctx)
    states: Counter[str] = Counter()
    with unlocking.opened(options) as (store, _), _stream(file) as stream:
        for found in progress.watched(documents(stream)):
            states[_enrolled(options, store, found)] += 1
    if not options.json:
        total = {state: states[state] for state in (State.READY.value, State.DRAFT.value, REFUSED)}
        answers.aside(answers.sentence(options, "cli.enrol.total", **total))
    return failures.DONE if set(states) <= {State.READY.value} else failures.PARTLY


def documents(stream: BinaryIO) -> Iterator[object]:
    """The records of a stream: one object, an array, or one object a line, each line given out as soon as it is read.

    What is no JSON comes out as an object that no record can be made of.
    """
    first = next((line for line in stream if line.strip(_BLANK)), b"")
    if not first:
        return
    whole = _parsed(first)
    if isinstance(whole, Unreadable):
        rest = stream.read()
        whole = _parsed(first + rest)
        lines = iter((first + rest).splitlines()) if isinstance(whole, Unreadable) else iter(())
    else:
        lines = iter(stream)
    if isinstance(whole, list):
        yield from whole
    elif not isinstance(whole, Unreadable):
        yield whole
    yield from (_parsed(line) for line in lines if line.strip())


_BLANK = b" \t\r\n\xef\xbb\xbf"


def _parsed(text: bytes) -> object:
    try:
        return json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Unreadable()


@contextmanager
def _stream(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - only the opening may be told as a wrong file
    except OSError as trouble:
        raise failures.FileUnreadable(file=file) from trouble
    with opened:
        yield opened


def _enrolled(options: Options, store: Store, found: object) -> str:
    """Save one record and answer; returns its state."""
    if isinstance(found, Unreadable):
        return _answered(options, None, REFUSED, (Problem("record", "record.json", Severity.ERROR),))
    taken = record.take(found, event=store.event, villages=store.laptop.villages)
    if taken.facts is None:
        return _answered(options, None, REFUSED, taken.problems)
    saved = enrolments.save(store, taken.facts)
    unread = {problem.field for problem in taken.problems}
    found_too = (problem for problem in saved.problems if problem.field not in unread)
    return _answered(options, str(saved.id), saved.state.value, (*taken.problems, *found_too))


def _answered(options: Options, record_id: str | None, state: str, problems: tuple[Problem, ...]) -> str:
    if options.json:
        answers.document({"id": record_id, "state": state, "problems": answers.problems(options, problems)})
        return state
    answers.line(f"{record_id or '-'}  {answers.sentence(options, f'cli.enrol.{state}')}")
    for problem in answers.problems(options, problems):
        answers.line(f"    {problem['field']} {problem['code']}: {problem['message']}")
    return state
