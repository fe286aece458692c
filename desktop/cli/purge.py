"""`payung purge`: full data of persons whose term is over and whom the office has go from this laptop."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.store import enrolments, purge


def run(ctx: typer.Context, *, dry_run: Annotated[bool, typer.Option("--dry-run")] = False) -> int:
    """Count whose data are to go, and unless it is a rehearsal take them off."""
    options = choice.of(ctx)
    with unlocking.opened(options) as (store, _), progress.bar():
        today, days = enrolments.today(store), store.event.retention.days
        made = purge.plan(store, today) if dry_run else purge.run(store, today)
    if options.json:
        answers.document({"purged": len(made.due), "dry_run": dry_run, "days": days, "kept": dict(made.kept)})
        return failures.DONE
    code = "cli.purge.never" if days is None else "cli.purge.dry" if dry_run else "cli.purge.done"
    answers.line(answers.sentence(options, code, purged=len(made.due), days=days, **made.kept))
    return failures.DONE
