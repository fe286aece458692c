"""`payung sync`: one exchange with the office."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from desktop import courier, settings
from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice

KEYS = (
    "sent", "accepted", "already", "waiting", "conflict", "duplicate", "refused", "pending", "bytes_sent",
    "bytes_received",
)  # fmt: skip


def run(ctx: typer.Context, *, server: Annotated[str | None, typer.Option(metavar="URL")] = None) -> int:
    """Send what waits and take what comes; without a network everything is kept and exit code 4 says so."""
    options = choice.of(ctx)
    with unlocking.opened(options) as (store, unlocked):
        address = server or settings.load(options.data).server or None
        with progress.bar() as shown:
            result = courier.exchange_once(
                store, unlocked, server=address, progress=lambda done: shown(done.sent, done.sent + done.pending)
            )
    numbers = dataclasses.asdict(result)
    if options.json:
        answers.document({key: numbers[key] for key in KEYS})
    else:
        attention = result.conflict + result.duplicate + result.refused
        answers.line(answers.sentence(options, "cli.sync.total", attention=attention, **numbers))
        if result.purged:
            answers.line(answers.sentence(options, "cli.sync.purged", purged=result.purged))
    return failures.DONE if result.conflict + result.duplicate + result.refused == 0 else failures.PARTLY
