"""The election events the office works with, as it published them to its laptops."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from payung import event as election
from payung.errors import DataError
from payung.event import Event
from sync.server import tables
from sync.server.errors import FileUnreadable, UnknownEvent


def named(text: str) -> Event:
    """Read an event from a file, or one that ships with Payung by its code; raises UnknownEvent or DataError."""
    file = Path(text)
    if file.suffix == ".json" or file.is_file():
        try:
            return election.from_json(file.read_bytes())
        except OSError as trouble:
            raise FileUnreadable(file=file.name, reason=trouble.strerror or "") from trouble
    try:
        return election.load(text)
    except DataError as trouble:
        if trouble.facts.get("path") == "code":
            raise UnknownEvent(event=text, known=", ".join(election.shipped())) from trouble
        raise


def keep(connection: Connection, event: Event) -> None:
    """Add the event, or replace it by a newer version of itself; an older one changes nothing."""
    statement = insert(tables.event).values(code=event.code, version=event.version, body=election.dump(event))
    known = {"version": statement.excluded.version, "body": statement.excluded.body}
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["code"], set_=known, where=tables.event.c.version < statement.excluded.version
        )
    )


def current(connection: Connection, code: str | None = None) -> Event:
    """Read the event with that code, or the one added last; raises UnknownEvent."""
    query = select(tables.event.c.body).order_by(tables.event.c.made_at.desc(), tables.event.c.code)
    if code is not None:
        query = query.where(tables.event.c.code == code)
    body = connection.execute(query.limit(1)).scalar()
    if body is None:
        raise UnknownEvent(event=code or "", known="")
    return parsed(bytes(body))


@lru_cache(maxsize=8)
def parsed(body: bytes) -> Event:
    """Parse an event's file, each version once."""
    return election.from_json(body)
