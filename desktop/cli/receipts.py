"""`payung receipts`: what the office received on a day, by its own clock; a laptop whose clock was wrong lists all."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

import typer

from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.store import enrolments, receipts
from payung import clock, dates


def run(ctx: typer.Context, *, on: Annotated[str | None, typer.Option(metavar="DATE")] = None) -> int:
    """List the receipts of one day, today when none is named."""
    options = choice.of(ctx)
    day = dates.read(on) if on else None
    if on and day is None:
        raise failures.WrongValue(name="--on", command="payung receipts")
    with unlocking.opened(options, look=True) as (store, _):
        day = day or enrolments.today(store)
        found = receipts.on(store, day)
        region = store.laptop.villages[0]
    if options.json:
        rows = [
            {
                "id": str(one.record),
                "revision": one.revision,
                "at": one.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            }
            for one in found
        ]
        answers.document({"on": day.isoformat(), "received": rows})
        return failures.DONE
    answers.line(answers.sentence(options, "cli.receipts.total", count=len(found), on=dates.long(day)))
    for one in found:
        answers.line(f"  {one.record} {one.revision}  {clock.moment(one.at, region)}")
    return failures.DONE
