"""Reading and writing what a batch brings, a set at a time: COPY into a staging table, then one statement a class.

Row-level security forbids COPY into the protected tables themselves, so the rows pass through a temporary table of the
connection that is empty after every commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakSet

import psycopg
from psycopg.rows import TupleRow

from payung.event import Event
from payung.facts import Facts
from payung.problem import Problem
from sync.revision import Kind, Revision
from sync.server.cabinet import Cabinet
from sync.server.verdicts import Arrival, Effect, Head, Kept, Known, state_after

Connection = psycopg.Connection[TupleRow]
KINDS = {Kind.SAVED: "saved", Kind.WITHDRAWN: "withdrawn", Kind.ENDED: "ended"}

_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming (
  record uuid, hash bytea, number integer, parent bytea, kind text, conflict boolean, at timestamptz, operator uuid,
  device uuid, sequence bigint, body bytea, received_at timestamptz, effect smallint, place text, tps integer,
  post text, seat integer, nik bytea, institution text, term_start date, term_end date, state text
) ON COMMIT DELETE ROWS
"""
_TYPES = (
    "uuid", "bytea", "int4", "bytea", "text", "bool", "timestamptz", "uuid", "uuid", "int8", "bytea", "timestamptz",
    "int2", "text", "int4", "text", "int4", "bytea", "text", "date", "date", "text",
)  # fmt: skip
_COPY = "COPY incoming FROM STDIN (FORMAT binary)"
_KEEP_NEW = """
WITH begun AS (
  INSERT INTO enrolment (id, event, place, tps, post, seat, institution, nik, term_start, term_end, number, head,
    device, state, received_at, changed_at)
  SELECT record, %s, place, tps, post, seat, institution, nik, term_start, term_end, number, hash,
    device, state, received_at, received_at
  FROM incoming WHERE effect = 1)
INSERT INTO revision (record, hash, number, parent, kind, conflict, at, operator, device, sequence, body, received_at)
SELECT record, hash, number, parent, kind, conflict, at, operator, device, sequence, body, received_at FROM incoming
"""
# a withdrawal or an end carries no facts: place, post and person stay what they were
_MOVE_HEADS = """
UPDATE enrolment SET number = incoming.number, head = incoming.hash, device = incoming.device,
  state = incoming.state, changed_at = incoming.received_at,
  place = coalesce(incoming.place, enrolment.place), post = coalesce(incoming.post, enrolment.post),
  tps = CASE WHEN incoming.place IS NULL THEN enrolment.tps ELSE incoming.tps END,
  seat = CASE WHEN incoming.place IS NULL THEN enrolment.seat ELSE incoming.seat END,
  institution = coalesce(incoming.institution, enrolment.institution),
  nik = CASE WHEN incoming.place IS NULL THEN enrolment.nik ELSE incoming.nik END,
  -- who took a seat over begins later than the post's term does, also after a correction
  term_start = CASE WHEN incoming.post = enrolment.post THEN greatest(incoming.term_start, enrolment.term_start)
    ELSE coalesce(incoming.term_start, enrolment.term_start) END,
  term_end = coalesce(incoming.term_end, enrolment.term_end)
FROM incoming WHERE incoming.effect = 2 AND enrolment.id = incoming.record
"""
_WAIT = """
INSERT INTO backlog (record, hash, device, sequence, villages, body, received_at)
SELECT record, hash, %(device)s, %(sequence)s, %(villages)s, body, %(now)s
FROM unnest(%(records)s::uuid[], %(hashes)s::bytea[], %(bodies)s::bytea[]) AS came (record, hash, body)
ON CONFLICT DO NOTHING
"""
_REFUSE = """
INSERT INTO quarantine (record, hash, device, sequence, code, body, received_at)
SELECT record, hash, %(device)s, %(sequence)s, code, body, %(now)s
FROM unnest(%(records)s::uuid[], %(hashes)s::bytea[], %(codes)s::text[], %(bodies)s::bytea[])
  AS came (record, hash, code, body)
ON CONFLICT DO NOTHING
"""
_HEADS = "SELECT id, head, state FROM enrolment WHERE id = ANY (%s) ORDER BY id FOR UPDATE"
_KEPT = "SELECT record, hash FROM revision WHERE record = ANY (%s)"
_WAITING = "SELECT record, hash, device, sequence, body FROM backlog WHERE record = ANY (%s) ORDER BY received_at"
_EXISTING = "SELECT payung_existing(%s)"
_DUPLICATES = "SELECT record, other_place, other_tps, other_post FROM payung_flag_duplicates(%s)"

_prepared: WeakSet[Connection] = WeakSet()


@dataclass(frozen=True, slots=True)
class Origin:
    """By which batch rows come in: laptop, sequence, its places, and the server's time."""

    device: UUID
    sequence: int
    villages: tuple[str, ...]
    now: datetime


def prepare(connection: Connection) -> None:
    """Make the connection's staging table, once in its life, outside of the batch's transaction."""
    if connection in _prepared:
        return
    with connection.transaction():
        connection.execute("SET LOCAL client_min_messages = warning")
        connection.execute(_STAGING)
    _prepared.add(connection)


def known(connection: Connection, cabinet: Cabinet, records: Sequence[UUID]) -> Known:
    """Read what the office holds of the records, and lock their heads until the transaction ends."""
    wanted = [list(records)]
    with connection.pipeline():
        heads = connection.execute(_HEADS, wanted)
        kept = connection.execute(_KEPT, wanted)
        waiting = connection.execute(_WAITING, wanted)
        existing = connection.execute(_EXISTING, wanted)
    standing = {record: Head(bytes(digest), state) for record, digest, state in heads}
    return Known(
        kept=frozenset((record, bytes(digest)) for record, digest in kept),
        heads=standing,
        waiting=tuple(_waiting(cabinet, row) for row in waiting),
        hidden=frozenset(row[0] for row in existing) - standing.keys(),
    )


def stage(
    connection: Connection,
    kept: Iterable[Kept],
    *,
    event: Event,
    cabinet: Cabinet,
    now: datetime,
) -> None:
    """COPY the kept revisions into the staging table."""
    posts = _posts(event)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for one in kept:
            copy.write_row(_row(one, posts, cabinet=cabinet, now=now))


def keep(
    connection: Connection, event: Event, effects: Collection[Effect], moved: Sequence[UUID]
) -> dict[UUID, dict[str, str]]:
    """Move what is staged where it belongs, and find who of the moved heads serves elsewhere at the same time.

    Answers by record with place, TPS and post of the other seat, and nothing of the other person. UniqueViolation when
    a record exists already.
    """
    with connection.pipeline():
        connection.execute(_KEEP_NEW, [event.code])
        if Effect.HEADS in effects:
            connection.execute(_MOVE_HEADS)
        found = connection.execute(_DUPLICATES, [list(moved)])
    return {
        record: {"place": place, "post": post} | ({} if tps is None else {"tps": str(tps)})
        for record, place, tps, post in found
    }


def hold_back(connection: Connection, waiting: Sequence[Arrival], *, cabinet: Cabinet, origin: Origin) -> None:
    """Put revisions whose parent is not there yet into the backlog."""
    if waiting:
        connection.execute(_WAIT, _columns(waiting, cabinet=cabinet, origin=origin))


def set_aside(
    connection: Connection, refused: Sequence[tuple[Arrival, Problem]], *, cabinet: Cabinet, origin: Origin
) -> None:
    """Put refused revisions into quarantine, whole, with the code of the reason."""
    if refused:
        columns = _columns([arrival for arrival, _ in refused], cabinet=cabinet, origin=origin)
        connection.execute(_REFUSE, {**columns, "codes": [problem.code for _, problem in refused]})


def forget_waiting(connection: Connection, released: Sequence[Arrival]) -> None:
    """Take released revisions out of the backlog."""
    for arrival in released:
        connection.execute(
            "DELETE FROM backlog WHERE record = %s AND hash = %s", [arrival.revision.record, arrival.hash]
        )


def _row(kept: Kept, posts: Mapping[str, tuple[Any, ...]], *, cabinet: Cabinet, now: datetime) -> tuple[Any, ...]:
    arrival, effect = kept.arrival, kept.effect
    revision = arrival.revision
    return (
        revision.record,
        arrival.hash,
        revision.number,
        revision.parent,
        KINDS[revision.kind],
        effect is Effect.CONFLICTS,
        revision.at,
        revision.operator,
        arrival.device,
        arrival.sequence,
        cabinet.lock(arrival.body, record=revision.record, revision=arrival.hash),
        now,
        int(effect),
        *_facts(kept.facts, posts, cabinet),
        *_term(kept, posts),
        state_after(revision),
    )


def _posts(event: Event) -> dict[str, tuple[Any, ...]]:
    """What an enrolment's row takes from its post, by the post's code."""
    return {
        post.code: (
            post.institution.value,
            post.term.start if post.term else None,
            post.term.end if post.term else None,
        )
        for post in event.posts
    }


def _facts(facts: Facts | None, posts: Mapping[str, tuple[Any, ...]], cabinet: Cabinet) -> tuple[Any, ...]:
    if facts is None or facts.post not in posts:
        return (None,) * 6
    institution = posts[facts.post][0]
    return (facts.place, facts.tps, facts.post, facts.seat, cabinet.nik_index(facts.nik), institution)


def _term(kept: Kept, posts: Mapping[str, tuple[Any, ...]]) -> tuple[Any, Any]:
    """First and last day of service: the post's term, cut where somebody takes over or is followed."""
    revision, facts = kept.arrival.revision, kept.facts
    start, end = posts[facts.post][1:] if facts is not None and facts.post in posts else (None, None)
    return kept.begins or start, (revision.day or end) if revision.kind is Kind.ENDED else end


def _columns(arrivals: Sequence[Arrival], *, cabinet: Cabinet, origin: Origin) -> dict[str, Any]:
    return {
        "records": [arrival.revision.record for arrival in arrivals],
        "hashes": [arrival.hash for arrival in arrivals],
        "bodies": [
            cabinet.lock(arrival.body, record=arrival.revision.record, revision=arrival.hash) for arrival in arrivals
        ],
        "device": origin.device,
        "sequence": origin.sequence,
        "villages": list(origin.villages),
        "now": origin.now,
    }


def _waiting(cabinet: Cabinet, row: TupleRow) -> Arrival:
    record, digest, device, sequence, body = row
    opened = cabinet.unlock(bytes(body), record=record, revision=bytes(digest))
    return Arrival(Revision.decode(opened), bytes(digest), opened, device, sequence)
