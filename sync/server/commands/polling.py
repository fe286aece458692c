"""tps import: the polling stations of an event."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from payung import region as places
from sync.server import events, stations
from sync.server.commands import console


def tps_import(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument()],
    event: Annotated[str | None, typer.Option("--event")] = None,
) -> None:
    """Read a list of polling stations; good rows come in, bad rows are reported by number. Exit 1 when some are bad."""
    said = console.of(ctx)
    found, bad = stations.read(file, places.load())
    with said.transaction() as connection:
        code = events.current(connection, event).code
        stations.keep(connection, code, found)
    refusals = [
        {
            "row": one.row,
            "column": one.column,
            "code": one.code,
            "message": said.sentence(one.code, found=one.found),
        }
        for one in bad
    ]
    document = {
        "event": code,
        "rows": len(found) + len(bad),
        "imported": len(found),
        "refused": len(bad),
        "refusals": refusals,
    }
    villages = len({station.village for station in found})
    lines = [said.sentence("server.said.stations", count=len(found), villages=villages, event=code)]
    lines += [said.sentence("server.said.bad_row", **row) for row in refusals]
    said.answer(document, *lines)
    if bad:
        raise typer.Exit(1)
