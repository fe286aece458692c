"""The logbook of batches: one line a batch, in the order of the laptop's sequence, with the receipt it was given.

`enter` locks the laptop's row: two copies of one batch, or two batches of one laptop, are taken one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from sync.batch import Batch
from sync.canonical import canonical
from sync.errors import NotAuthorised

Connection = psycopg.Connection[Any]

_SCOPE = "SELECT set_config('payung.device_id', %s, true), set_config('payung.device_scope', %s, true)"
_LOCK = "SELECT state, sequence, feed_cursor FROM device WHERE id = %s FOR UPDATE"
_KNOWN = "SELECT sequence, hash, reply FROM batch WHERE device = %s AND sequence BETWEEN %s AND %s"
_EVENT = "SELECT body FROM event WHERE code = %s"
_OPERATORS = "SELECT id, public_key FROM operator WHERE device = %s"
_BACKLOG = "SELECT EXISTS (SELECT 1 FROM backlog WHERE record = ANY (%s))"
_NEWS = "SELECT EXISTS (SELECT 1 FROM feed WHERE device = %s AND (cursor IS NULL OR cursor > %s))"
_INSERT = """
INSERT INTO batch (device, sequence, hash, previous, count, device_at, received_at, receipt, reply, signatures)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
# a batch that came late by a slow road says nothing about the laptop that a later one did not say
_CONTACT = """
UPDATE device SET state = 'active', first_contact = coalesce(first_contact, %(now)s), last_contact = %(now)s,
  head = CASE WHEN sequence < %(sequence)s THEN %(hash)s ELSE head END, sequence = greatest(sequence, %(sequence)s),
  health = CASE WHEN sequence < %(sequence)s THEN %(health)s ELSE health END,
  skew_seconds = CASE WHEN sequence < %(sequence)s THEN %(skew)s ELSE skew_seconds END
WHERE id = %(device)s
"""
_OPERATOR = "INSERT INTO operator (device, id, public_key, first_seen) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
_LEDGER = """
INSERT INTO ledger (device, number, kind, copy, record, revision, operator, at, received_at)
SELECT %(device)s, number, kind, copy, record, revision, operator, at, %(now)s
FROM unnest(%(numbers)s::text[], %(kinds)s::text[], %(copies)s::integer[], %(records)s::uuid[],
  %(revisions)s::integer[], %(operators)s::uuid[], %(times)s::timestamptz[])
  AS came (number, kind, copy, record, revision, operator, at)
ON CONFLICT DO NOTHING
"""
_FORK = """
INSERT INTO incident (device, kind, sequence, hash, body, at) VALUES (%s, 'fork', %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What the office knows of the laptop when its batch is opened; `known_*` where that sequence came before."""

    state: str
    feed_cursor: int
    known_hash: bytes | None
    known_reply: bytes
    previous_hash: bytes | None
    event: bytes
    operators: Mapping[UUID, bytes]
    backlog: bool
    news: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written about a batch: its hash, the signed receipt, the locked reply."""

    digest: bytes
    receipt: bytes
    reply: bytes


def enter(connection: Connection, batch: Batch, villages: Sequence[str]) -> Page:
    """Set the laptop's scope for the transaction, lock its row, and read what is known; one round trip."""
    device, sequence = batch.device, batch.sequence
    records = list({revision.record for revision in batch.revisions})
    with connection.pipeline():
        connection.execute(_SCOPE, [str(device), ",".join(villages)])
        locked = connection.execute(_LOCK, [device])
        known = connection.execute(_KNOWN, [device, sequence - 1, sequence])
        event = connection.execute(_EVENT, [batch.event])
        operators = connection.execute(_OPERATORS, [device])
        backlog = connection.execute(_BACKLOG, [records])
        news = connection.execute(_NEWS, [device, batch.cursor])
    row, body = locked.fetchone(), event.fetchone()
    if row is None or body is None:
        raise NotAuthorised("signer")
    batches = {number: (bytes(digest), bytes(reply)) for number, digest, reply in known}
    mine, before = batches.get(sequence), batches.get(sequence - 1)
    return Page(
        state=row[0],
        feed_cursor=row[2],
        known_hash=mine[0] if mine else None,
        known_reply=mine[1] if mine else b"",
        previous_hash=before[0] if before else None,
        event=bytes(body[0]),
        operators={identifier: bytes(key) for identifier, key in operators},
        backlog=_true(backlog.fetchone()),
        news=_true(news.fetchone()),
    )


def close(connection: Connection, batch: Batch, entry: Entry, *, page: Page, now: datetime) -> None:
    """Write the batch's line, its ledger events and operators, and what the laptop said of itself."""
    signatures = [[one.operator.bytes, one.public_key, one.hashes_signature] for one in batch.signatures]
    with connection.pipeline():
        connection.execute(
            _INSERT,
            [
                batch.device,
                batch.sequence,
                entry.digest,
                batch.previous,
                len(batch.revisions),
                batch.at,
                now,
                entry.receipt,
                entry.reply,
                canonical(signatures),
            ],
        )
        connection.execute(_CONTACT, _contact(batch, entry, now))
        for one in batch.signatures:
            if one.operator not in page.operators:
                connection.execute(_OPERATOR, [batch.device, one.operator, one.public_key, now])
        if batch.ledger:
            connection.execute(_LEDGER, _ledger(batch, now))


def note_fork(connection: Connection, sealed: bytes, *, batch: Batch, digest: bytes, now: datetime) -> None:
    """Keep the other history of a copied laptop, sealed as it came, for the office to look at."""
    connection.execute(_FORK, [batch.device, batch.sequence, digest, sealed, now])


def _contact(batch: Batch, entry: Entry, now: datetime) -> dict[str, Any]:
    health = batch.health
    return {
        "device": batch.device,
        "sequence": batch.sequence,
        "hash": entry.digest,
        "now": now,
        "skew": max(-(2**31), min(2**31 - 1, round((batch.at - now).total_seconds()))),
        "health": Jsonb(
            {
                "app_version": health.app_version,
                "free_bytes": health.free_bytes,
                "counts": dict(health.counts),
                "oldest_unsent": health.oldest_unsent.isoformat() if health.oldest_unsent else None,
            }
        ),
    }


def _ledger(batch: Batch, now: datetime) -> dict[str, Any]:
    events = batch.ledger
    return {
        "device": batch.device,
        "now": now,
        "numbers": [event.number for event in events],
        "kinds": [event.kind.name.lower() for event in events],
        "copies": [event.copy for event in events],
        "records": [event.record for event in events],
        "revisions": [event.revision for event in events],
        "operators": [event.operator for event in events],
        "times": [event.at for event in events],
    }


def _true(row: Any) -> bool:  # noqa: ANN401 - a row of one boolean
    return row is not None and bool(row[0])
