"""courier: batches that come on a stick, taken in as those of the line are."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from payung import region as places
from sync import carrying
from sync.server import database, desk, devices, intake, keys
from sync.server.commands import console
from sync.server.errors import DatabaseUnreachable


def courier(ctx: typer.Context, *, folder: Annotated[Path, typer.Argument()]) -> int:
    """Take in every unanswered batch below the folder and lay the answers beside them."""
    said = console.of(ctx)
    with database.ready(said.config) as home:
        try:
            with home.connect_app() as connection:
                ready = desk.opened(connection, keys.Ring(said.config.keys))
                rounds = carrying.carry(folder, lambda sealed: intake.take(connection, sealed, desk=ready))
        except psycopg.OperationalError as trouble:
            raise DatabaseUnreachable(host="PostgreSQL") from trouble
        with home.owner_engine().begin() as owner:
            villages = {one.tag: one.villages for one in devices.every(owner)}
    title = places.load().title
    lines = [
        said.sentence(
            "server.said.courier_row",
            villages=", ".join(title(code) for code in villages.get(one.tag, ())) or "-",
            **asdict(one),
        )
        for one in rounds
    ]
    said.answer(
        {"laptops": [asdict(one) for one in rounds]},
        *(lines or [said.sentence("server.said.courier_none", folder=folder)]),
    )
    return int(any(one.refused or one.damaged for one in rounds))
