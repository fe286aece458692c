"""`payung adopt`: a restored laptop goes on under the identity of a fresh kit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import adoption
from sync import kit as kits
from sync.kit import Kit


def run(
    ctx: typer.Context,
    kit: Annotated[Path, typer.Argument(metavar="KIT")],
    *,
    activation_code_file: Annotated[Path | None, typer.Option()] = None,
) -> int:
    """Take the kit's identity; what the office has not received is sent under it."""
    options = choice.of(ctx)
    fresh = opened(options, kit, activation_code_file)
    with unlocking.opened(options) as (store, _):
        adopted = adoption.adopt_kit(store, fresh)
    if options.json:
        answers.document(
            {
                "before": str(adopted.before),
                "device": str(adopted.device),
                "batches": adopted.batches,
                "waiting": adopted.waiting,
            }
        )
    else:
        answers.line(answers.sentence(options, "cli.adopt.done", waiting=adopted.waiting))
    return failures.DONE


def opened(options: Options, kit: Path, code_file: Path | None) -> Kit:
    """The kit in the file, its code from the other file or the terminal. Raises KitError."""
    sealed = failures.read(kit)
    code = unlocking.asked(options, "cli.code.ask") if code_file is None else unlocking.secret(code_file)
    return kits.open_kit(sealed, code)
