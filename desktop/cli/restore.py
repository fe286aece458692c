"""`payung restore`: a backup into an empty data folder, with a fresh kit where the work goes on from there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from desktop.cli import adopt, answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import restoring
from desktop.store.restoring import Restored
from payung import dates


def run(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    kit: Annotated[Path | None, typer.Option(metavar="KIT")] = None,
    activation_code_file: Annotated[Path | None, typer.Option()] = None,
    vault: Annotated[str | None, typer.Option(metavar="ID")] = None,
    aside: Annotated[bool, typer.Option("--aside")] = False,
) -> int:
    """Refuse whatever is wrong before anything is changed, then restore."""
    options = choice.of(ctx)
    if not file.is_file():
        raise failures.FileUnreadable(file=file)
    fresh = None if kit is None else adopt.opened(options, kit, activation_code_file)
    expected = _identifier(vault)
    passphrase = unlocking.passphrase(options)
    with progress.bar():
        done = restoring.restore(
            file,
            options.data,
            passphrase=passphrase,
            operator=options.operator,
            kit=fresh,
            expected=expected,
            aside=aside,
        )
    if options.json:
        answers.document(_document(options, done))
    else:
        _tell(options, done)
    return failures.DONE


def _identifier(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError as trouble:
        raise failures.WrongValue(name="--vault", command="payung restore") from trouble


def _document(options: Options, done: Restored) -> dict[str, object]:
    said, adopted = done.manifest, done.adopted
    return {
        "data": str(options.data),
        "vault": str(said.vault),
        "records": said.counts["record"],
        "as_of": said.made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "device": None if adopted is None else str(adopted.device),
        "waiting": said.counts["outbox"] if adopted is None else adopted.waiting,
        "aside": None if done.aside is None else str(done.aside),
    }


def _tell(options: Options, done: Restored) -> None:
    if done.aside is not None:
        answers.line(answers.sentence(options, "cli.restore.aside", folder=done.aside))
    at = done.manifest.made_at.astimezone()
    shown = f"{dates.short(at.date())} {dates.clock(at.time())}"
    records = done.manifest.counts["record"]
    answers.line(answers.sentence(options, "cli.restore.done", folder=options.data, records=records, at=shown))
    if done.adopted is None:
        answers.line(answers.sentence(options, "cli.restore.no_kit"))
    else:
        answers.line(answers.sentence(options, "cli.restore.kit", waiting=done.adopted.waiting))
