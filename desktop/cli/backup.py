"""`payung backup`: one encrypted file of everything this laptop holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.store import backup, room


def run(ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> int:
    """Copy, read back, and only then let it count."""
    options = choice.of(ctx)
    if not file.parent.is_dir():
        raise failures.OutUnwritable(file=file)
    with unlocking.opened(options) as (store, _), progress.bar():
        made = backup.make(store, file)
    said = made.manifest
    size = file.stat().st_size
    if options.json:
        answers.document(
            {
                "file": str(file),
                "bytes": size,
                "vault": str(said.vault),
                "records": said.counts["record"],
                "audit_entries": said.audit_entries,
                "made_at": said.made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            }
        )
    else:
        told = {"file": file, "records": said.counts["record"], "size": room.shown(size)}
        answers.line(answers.sentence(options, "cli.backup.done", **told))
    return failures.DONE
