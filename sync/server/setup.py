"""The first day of a central office: schema, roles, keys, epoch, first election event."""

from __future__ import annotations

import os
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert

from payung.event import Event
from sync.server import database, events, keys, tables
from sync.server.config import Config


@dataclass(frozen=True, slots=True)
class Made:
    """What `initialise` found or made."""

    database: str
    schema: str
    keys_made: bool
    event: str
    event_version: int


def initialise(config: Config, event: Event) -> Made:
    """Set the office up; run again it brings the schema up to date and adds the event, and touches nothing else."""
    home = database.open_database(config)
    database.ensure_roles(home)
    database.migrate(home)
    made = not keys.exist(config.keys)
    if made:
        keys.create(config.keys)
    keys.load(config.keys)
    engine = home.owner_engine()
    _first_rows(engine, event)
    return Made(
        database="postgresql" if config.url else str(config.cluster),
        schema=database.newest_revision(),
        keys_made=made,
        event=event.code,
        event_version=event.version,
    )


def _first_rows(engine: Engine, event: Event) -> None:
    with engine.begin() as connection:
        connection.execute(insert(tables.installation).values(one=1, epoch=os.urandom(16)).on_conflict_do_nothing())
        events.keep(connection, event)
