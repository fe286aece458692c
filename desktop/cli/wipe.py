"""`payung wipe`: everything of this laptop goes, after who was on it was written down for the office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

import typer

from desktop import logs
from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import wiping
from payung.errors import PayungError


class NotConfirmed(PayungError):
    """The word that confirms was another; facts: `word`, the one that is asked for."""

    code: ClassVar[str] = "cli.wipe.confirm"
    exit_code: ClassVar[int] = failures.WRONG_USE


def run(
    ctx: typer.Context,
    *,
    confirm: Annotated[str, typer.Option(metavar="WORD")],
    record: Annotated[Path, typer.Option(metavar="FILE")],
    unreceived: Annotated[bool, typer.Option("--unreceived")] = False,
) -> int:
    """Write the sealed record, read it back, then take keys and files away."""
    options = choice.of(ctx)
    people = lacking = 0
    if not wiping.begun(options.data):
        people, lacking = _written_down(options, confirm, record, unreceived=unreceived)
    for diary in logs.standing():
        logs.stop(diary)
    left = wiping.destroy(options.data)
    if options.json:
        answers.document({"record": str(record), "people": people, "unreceived": lacking, "left": list(left)})
    else:
        answers.line(answers.sentence(options, "cli.wipe.done", people=people, file=record, data=options.data))
        if left:
            answers.line(answers.sentence(options, "cli.wipe.left", names=", ".join(left)))
    return failures.DONE


def _written_down(options: Options, confirm: str, record: Path, *, unreceived: bool) -> tuple[int, int]:
    if not record.parent.is_dir() or record.is_dir() or record.resolve().is_relative_to(options.data.resolve()):
        raise failures.OutUnwritable(file=record)
    with unlocking.opened(options) as (store, _):
        if confirm.strip().upper() != store.laptop.tag:
            raise NotConfirmed(word=store.laptop.tag)
        roll = wiping.people(store)
        lacking = wiping.unreceived(roll)
        if lacking and not unreceived:
            raise wiping.Unreceived(count=lacking)
        wiping.write_down(store, roll, record)
    return len(roll.people) + len(roll.typed), lacking
