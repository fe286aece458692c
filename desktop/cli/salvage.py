"""`payung salvage`: what a damaged data file still holds, into a new folder. The damaged file is only read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import adopt, answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import salvage
from desktop.store.salvage import Salvaged


def run(
    ctx: typer.Context,
    *,
    out: Annotated[Path, typer.Option(metavar="FOLDER")],
    kit: Annotated[Path | None, typer.Option(metavar="KIT")] = None,
    activation_code_file: Annotated[Path | None, typer.Option()] = None,
) -> int:
    """Read page by page, write the new store, and name what is lost; partly done where something is."""
    options = choice.of(ctx)
    fresh = None if kit is None else adopt.opened(options, kit, activation_code_file)
    unlocked = unlocking.who(options)
    with progress.bar():
        done = salvage.salvage(options.data, unlocked, out, kit=fresh)
    if options.json:
        answers.document(_document(done))
    else:
        _tell(options, done)
    return failures.PARTLY if done.lost or done.set_back else failures.DONE


def _document(done: Salvaged) -> dict[str, object]:
    return {
        "data": str(done.folder),
        "saved": len(done.saved),
        "lost": [str(record) for record in done.lost],
        "set_back": [str(record) for record in done.set_back],
        "pages": done.pages,
        "damaged_pages": done.damaged,
        "audit_entries": done.audit_entries,
        "needs_kit": done.needs_kit,
    }


def _tell(options: Options, done: Salvaged) -> None:
    told = {"saved": len(done.saved), "lost": len(done.lost), "set_back": len(done.set_back), "folder": done.folder}
    answers.line(answers.sentence(options, "cli.salvage.done", **told))
    for code, records in (("cli.salvage.lost", done.lost), ("cli.salvage.set_back", done.set_back)):
        for record in records:
            answers.line("  " + answers.sentence(options, code, id=record))
    if done.needs_kit:
        answers.line(answers.sentence(options, "room.kit"))
