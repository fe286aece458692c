"""Taking full data off the laptop when the office has them and the term is over: by the event's own number of days.

What stays: initials, the last four digits of the NIK, place, post, TPS, state, and every hash, number and audit entry.
It is done by itself after an exchange (`by_policy`), or when who leads the laptop asks (`run`). A note beside the
database says on which day it was last looked after, and whether it was broken off.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from desktop.store import audit, clearing, durable, rights
from desktop.store.audit import Action, Deed
from desktop.store.errors import told
from desktop.store.revisions import Exchange
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import BinnedDraft, FeedEntry, LedgerEntry, Record, SavedRevision, Waiting
from desktop.store.tables import Draft as DraftRow
from payung.retention import initials
from sync.errors import SyncError
from sync.feed import decode_body

if TYPE_CHECKING:
    from desktop.store.database import Store

NOTE = "retention.json"
_LARGEST_NOTE = 1024
_NIK_END = 4
_TAKEN = frozenset({"accepted", "already"})


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose data are to go now, and how many stay for which reason.

    Reasons: `never` (the event names no days), `term` (not over, or without an end), `unreceived` (the office has not
    accepted the newest version), `done` (gone already).
    """

    due: tuple[UUID, ...]
    kept: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Note:
    """The day it was last looked after, and whether a purge was begun and its last step is not known to be done."""

    day: date | None = None
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class _Standing:
    """What decides about one record; `body` is that of its newest revision."""

    record: UUID
    post: str
    exchange: str
    for_office: bool
    verdict: str | None
    hash: bytes
    body: bytes


_ALL = Query(
    select(
        Record.id,
        Record.post,
        Record.exchange,
        SavedRevision.for_office,
        SavedRevision.verdict,
        SavedRevision.hash,
        SavedRevision.body,
    )
    .join(SavedRevision, (SavedRevision.record == Record.id) & (SavedRevision.ordinal == Record.ordinal))
    .order_by(Record.id)
)
_WAITING = Query(select(Waiting.record).where(Waiting.record.is_not(None)).distinct())
_OUTLINE = Query(
    select(Record.name, Record.nik, Record.place, Record.tps, Record.post, Record.seat).where(
        Record.id == bindparam("record")
    )
)
_REDUCE = Command(update(Record).where(Record.id == bindparam("of")), ("name", "nik", "problems", "verdict_detail"))
_WIPE = Command(update(SavedRevision).where(SavedRevision.record == bindparam("of")), ("body", "verdict_detail"))
_NO_NOTES = Command(update(LedgerEntry).where(LedgerEntry.record == bindparam("of")), ("note",))
_SEAT = ("place", "tps", "post", "seat")
_NO_DRAFT = Command(delete(DraftRow).where(*(getattr(DraftRow, name) == bindparam(name) for name in _SEAT)))
_NO_BIN = Command(delete(BinnedDraft).where(*(getattr(BinnedDraft, name) == bindparam(name) for name in _SEAT)))
_NEWS = Query(select(FeedEntry.cursor, FeedEntry.kind, FeedEntry.body))
_WIPE_NEWS = Command(update(FeedEntry).where(FeedEntry.cursor == bindparam("at_cursor")), ("body",))


def plan(store: Store, on: date) -> Plan:
    """Whose data go on that day; changes nothing."""
    with store.reading() as work:
        return _plan(store, work, on)[0]


def run(store: Store, on: date) -> Plan:
    """Takes them off in one transaction, then rewrites the file so that no page of it still holds them.

    The copies under backups/ hold the same persons: they are replaced by one made afterwards. For who leads the laptop;
    raises NotLead, StoreError.
    """
    rights.require_lead(store)
    return _carried_out(store, on)


def by_policy(store: Store, on: date) -> int:
    """Does what the event's own rule asks for on that day, at most once a day; how many persons were reduced.

    It carries out the office's policy and is nobody's decision here, so it needs no role. It costs one look at a small
    file where the event names no days or no term is over long enough. What was broken off goes on. Raises StoreError.
    """
    note = _noted(store.folder)
    if not note.unfinished and (note.day == on or not _any_over(store, on)):
        return 0
    reduced = 0
    if note.unfinished or plan(store, on).due:
        reduced = len(_carried_out(store, on).due)
    _note(store.folder, _Note(on))
    return reduced


def _carried_out(store: Store, on: date) -> Plan:
    _note(store.folder, _Note(unfinished=True))
    with store.writing() as work:
        made, hashes = _plan(store, work, on)
        for record in made.due:
            _reduce(work, record)
        _wipe_news(work, frozenset(made.due))
        deeds = [Deed(Action.PURGED, record.bytes, hashes[record]) for record in made.due]
        audit.append(work, store.unlocked, store.moment(), deeds)
    with told():
        clearing.rewrite(store)
        if made.due or made.kept["done"]:
            clearing.renew_copies(store)
    _note(store.folder, _Note())
    return made


def _any_over(store: Store, on: date) -> bool:
    """Whether data of any post of the event may be due, asked of the event alone."""
    retention = store.event.retention
    return any(retention.due(post.term.end, on) for post in store.event.posts if post.term)


def _noted(folder: Path) -> _Note:
    """The note; an empty one where there is none that can be read: then it is looked after once more."""
    path = folder / NOTE
    try:
        content = json.loads(path.read_bytes()) if path.stat().st_size <= _LARGEST_NOTE else {}
        day = content.get("day")
        return _Note(date.fromisoformat(day) if day else None, unfinished=bool(content.get("unfinished")))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return _Note()


def _note(folder: Path, note: _Note) -> None:
    content = {"day": note.day.isoformat() if note.day else None, "unfinished": note.unfinished}
    with told():
        durable.write(folder / NOTE, json.dumps(content).encode() + b"\n")


def _plan(store: Store, work: Work, on: date) -> tuple[Plan, dict[UUID, bytes]]:
    waiting = {record for (record,) in work.all(_WAITING)}
    kept: Counter[str] = Counter({"never": 0, "term": 0, "unreceived": 0, "done": 0})
    due: dict[UUID, bytes] = {}
    for row in work.each(_ALL):
        standing = _Standing(*row)
        reason = _reason(store, standing, on, waiting=standing.record in waiting)
        if reason:
            kept[reason] += 1
        else:
            due[standing.record] = standing.hash
    return Plan(tuple(due), dict(kept)), due


def _reason(store: Store, standing: _Standing, on: date, *, waiting: bool) -> str:
    """Why the record's data stay; empty when they are to go."""
    if not standing.body:
        return "done"
    retention, post = store.event.retention, store.event.post(standing.post)
    if retention.days is None:
        return "never"
    if not retention.due(post.term.end if post and post.term else None, on):
        return "term"
    received = standing.exchange == Exchange.SENT and standing.for_office and standing.verdict in _TAKEN
    return "" if received and not waiting else "unreceived"


def _reduce(work: Work, record: UUID) -> None:
    row = work.one(_OUTLINE, record=record)
    assert row is not None
    name, nik, place, tps, post, seat = row
    work.run(_REDUCE, of=record, name=initials(name), nik=nik[-_NIK_END:], problems="[]", verdict_detail=None)
    work.run(_WIPE, of=record, body=b"", verdict_detail=None)
    work.run(_NO_NOTES, of=record, note=None)
    for command in (_NO_DRAFT, _NO_BIN):
        work.run(command, place=place, tps=tps or 0, post=post, seat=seat or 0)


def _wipe_news(work: Work, records: Collection[UUID]) -> None:
    """Empties what the office's feed said of them: corrections and decisions repeat a person's data."""
    for cursor, kind, body in work.all(_NEWS) if records else ():
        try:
            about = getattr(decode_body(kind, body), "record", None) if body else None
        except SyncError:
            continue
        if about in records:
            work.run(_WIPE_NEWS, at_cursor=cursor, body=b"")
