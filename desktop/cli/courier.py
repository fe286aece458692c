"""`payung courier`: the exchange through a stick: write batches, read answers, carry those of other laptops."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop import settings, stick
from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.cli.sync import KEYS
from desktop.stick import Taken, Written
from payung import wording
from sync.carrying import Round


class Deed(StrEnum):
    """What is done."""

    WRITE = "write"
    READ = "read"
    CARRY = "carry"


def run(
    ctx: typer.Context,
    *,
    action: Annotated[Deed, typer.Argument()],
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    server: Annotated[str | None, typer.Option(metavar="URL")] = None,
) -> int:
    """Write what waits, read what was answered, or take other laptops' batches to the office over this one's line."""
    options = choice.of(ctx)
    with unlocking.opened(options) as (store, unlocked), progress.bar() as shown:
        if action is Deed.WRITE:
            return _written(options, stick.write(store, unlocked, folder, progress=shown))
        if action is Deed.READ:
            return _taken(options, stick.read(store, unlocked, folder, progress=shown))
        address = server or settings.load(options.data).server or None
        return _carried(options, stick.carry(store, folder, server=address))


def _written(options: Options, done: Written) -> int:
    if options.json:
        numbers = {"batches": done.batches, "records": done.records, "bytes": done.size, "left": done.left}
        answers.document({"folder": str(done.folder), **numbers})
        return failures.DONE
    facts = {"batches": done.batches, "records": done.records, "folder": done.folder}
    answers.line(answers.sentence(options, "stick.written", **facts))
    if done.left:
        answers.line(answers.sentence(options, "stick.left", left=done.left))
    return failures.DONE


def _taken(options: Options, done: Taken) -> int:
    numbers = dataclasses.asdict(done.result)
    attention = done.result.conflict + done.result.duplicate + done.result.refused
    if options.json:
        answers.document(
            {
                "settled": done.result.batches,
                "without_answer": done.waiting,
                "damaged": done.damaged,
                "strange": done.strange,
                "others": list(done.others),
                "refusal": done.refusal.code if done.refusal else None,
                **{key: numbers[key] for key in KEYS},
            }
        )
    else:
        for code, facts in stick.told(done):
            answers.line(answers.sentence(options, code, **facts))
        if done.refusal is not None:
            answers.aside(wording.of(done.refusal, lang=options.lang))
    return failures.PARTLY if attention or done.damaged or done.refusal else failures.DONE


def _carried(options: Options, rounds: tuple[Round, ...]) -> int:
    if options.json:
        answers.document({"laptops": [dataclasses.asdict(one) for one in rounds]})
    elif not rounds:
        answers.line(answers.sentence(options, "stick.carried.none"))
    else:
        for one in rounds:
            answers.line(answers.sentence(options, "stick.carried", **dataclasses.asdict(one)))
    return failures.PARTLY if any(one.refused or one.damaged for one in rounds) else failures.DONE
