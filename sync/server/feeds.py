"""The feed of each laptop: what became known after its batch was answered. Ordered without gaps, read page by page.

A place in the order is given when an item is first handed out, under the laptop's lock: no item can slip in behind one
that was acknowledged already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from sync.batch import Batch
from sync.feed import FeedItem, FeedKind, LaterVerdict, NewServerKeys, decode_body, encode_body
from sync.reply import VerdictKind
from sync.server.logbook import Page
from sync.server.verdicts import Arrival, Outcome

Connection = psycopg.Connection[Any]

PAGE = 200
_ADD = "INSERT INTO feed (device, kind, body) VALUES (%s, %s, %s)"
_ANNOUNCE = """
INSERT INTO feed (device, kind, body) SELECT %(device)s, %(kind)s, %(body)s
WHERE NOT EXISTS (SELECT 1 FROM feed WHERE device = %(device)s AND kind = %(kind)s AND body = %(body)s)
"""
_NUMBER = """
WITH fresh AS (
  SELECT id, row_number() OVER (ORDER BY id) AS place FROM feed WHERE device = %(device)s AND cursor IS NULL),
numbered AS (
  UPDATE feed SET cursor = %(after)s + fresh.place FROM fresh WHERE feed.id = fresh.id RETURNING feed.cursor)
UPDATE device SET feed_cursor = greatest(feed_cursor, (SELECT max(cursor) FROM numbered)) WHERE id = %(device)s
"""
_PAGE = "SELECT cursor, kind, body FROM feed WHERE device = %s AND cursor > %s ORDER BY cursor LIMIT %s"


@dataclass(frozen=True, slots=True)
class News:
    """One page: its items, the cursor the next batch acknowledges, and whether another page waits."""

    items: tuple[FeedItem, ...]
    cursor: int
    more: bool


def tell(
    connection: Connection, released: Iterable[tuple[Arrival, Outcome]], twice: Mapping[UUID, Mapping[str, str]]
) -> None:
    """Tell the laptops what became of revisions that had waited for their parent."""
    for arrival, outcome in released:
        kind, code, detail = outcome.kind, "", dict[str, str]()
        if outcome.problem is not None:
            code, detail = outcome.problem.code, dict(outcome.problem.facts)
        elif kind is VerdictKind.ACCEPTED and arrival.revision.record in twice:
            kind, code, detail = VerdictKind.DUPLICATE, "nik.taken", dict(twice[arrival.revision.record])
        body = LaterVerdict(
            record=arrival.revision.record,
            revision_number=arrival.revision.number,
            hash=arrival.hash,
            kind=int(kind),
            code=code,
            detail=detail,
        )
        connection.execute(_ADD, [arrival.device, int(FeedKind.VERDICT), encode_body(FeedKind.VERDICT, body)])


def announce(connection: Connection, device: UUID, certificate: bytes) -> bool:
    """Tell a laptop once of the office's new keys; whether it had not been told of these."""
    kind = int(FeedKind.SERVER_KEYS)
    body = encode_body(kind, NewServerKeys(certificate=certificate))
    return connection.execute(_ANNOUNCE, {"device": device, "kind": kind, "body": body}).rowcount > 0


def page(connection: Connection, batch: Batch, known: Page, *, told: bool = False) -> News:
    """Read what the laptop has not acknowledged yet, oldest first; `told` where this batch brought news itself."""
    if not (known.news or told):
        return News((), max(batch.cursor, 0), more=False)
    connection.execute(_NUMBER, {"device": batch.device, "after": known.feed_cursor})
    rows = connection.execute(_PAGE, [batch.device, batch.cursor, PAGE + 1]).fetchall()
    items = tuple(
        FeedItem(cursor=cursor, kind=kind, body=decode_body(kind, bytes(body))) for cursor, kind, body in rows[:PAGE]
    )
    return News(items, items[-1].cursor if items else batch.cursor, more=len(rows) > PAGE)
