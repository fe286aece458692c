"""init: the first day of a central office."""

from __future__ import annotations

from typing import Annotated

import typer

from sync.server import events, setup
from sync.server.commands import console


def init(ctx: typer.Context, *, event: Annotated[str, typer.Option("--event")]) -> None:
    """Make schema, roles, keys and the first event; say what was made."""
    said = console.of(ctx)
    made = setup.initialise(said.config, events.named(event))
    document = {
        "data": str(said.config.data),
        "database": made.database,
        "schema": made.schema,
        "keys": "made" if made.keys_made else "kept",
        "event": made.event,
        "event_version": made.event_version,
    }
    keys = said.sentence(
        "server.said.keys_made" if made.keys_made else "server.said.keys_kept", folder=said.config.keys
    )
    said.answer(
        document,
        said.sentence("server.said.schema", database=made.database, schema=made.schema),
        keys,
        said.sentence("server.said.event", event=made.event, version=made.event_version),
    )
