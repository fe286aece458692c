"""What is being typed, kept as it stands, so that a power cut loses at most the last keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from desktop.store.statements import Command, Query, Work
from desktop.store.tables import BinnedDraft
from desktop.store.tables import Draft as DraftRow

if TYPE_CHECKING:
    from desktop.store.database import Store

IN_BIN = timedelta(days=7)  # how long a draft that was thrown away can be taken back
_NONE = 0  # no TPS, no seat: part of the key, where NULL would not be


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of one seat's form as typed, by the form's own names, and which of them had the focus."""

    place: str
    tps: int | None
    post: str
    seat: int | None
    fields: Mapping[str, str]
    focus: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Binned:
    """A draft that was thrown away: `id` takes it back until `gone_after`, when the bin is emptied of it."""

    id: int
    draft: Draft
    binned_at: datetime
    gone_after: datetime


_KEEP = Command(insert(DraftRow).prefix_with("OR REPLACE"))
_COLUMNS = (
    DraftRow.place,
    DraftRow.tps,
    DraftRow.post,
    DraftRow.seat,
    DraftRow.fields,
    DraftRow.focus,
    DraftRow.kept_at,
)
_SEAT = (
    DraftRow.place == bindparam("place"),
    DraftRow.tps == bindparam("tps"),
    DraftRow.post == bindparam("post"),
    DraftRow.seat == bindparam("seat"),
)
_LOAD = Query(select(*_COLUMNS).where(*_SEAT))
_LAST = Query(select(*_COLUMNS).order_by(DraftRow.kept_at.desc()).limit(1))
_ALL = Query(select(*_COLUMNS).order_by(DraftRow.kept_at.desc()))
_FORGET = Command(delete(DraftRow).where(*_SEAT))
_BIN = Command(insert(BinnedDraft))
_BINNED = (
    BinnedDraft.id,
    BinnedDraft.binned_at,
    BinnedDraft.place,
    BinnedDraft.tps,
    BinnedDraft.post,
    BinnedDraft.seat,
    BinnedDraft.fields,
    BinnedDraft.focus,
    BinnedDraft.kept_at,
)
_IN_BIN = Query(
    select(*_BINNED)
    .where(BinnedDraft.binned_at > bindparam("since"))
    .order_by(BinnedDraft.binned_at.desc(), BinnedDraft.id.desc())
)
_ONE_IN_BIN = Query(select(*_BINNED).where(BinnedDraft.id == bindparam("id")))
_OUT = Command(delete(BinnedDraft).where(BinnedDraft.id == bindparam("id")))
_EMPTY = Command(delete(BinnedDraft).where(BinnedDraft.binned_at <= bindparam("until")))


def keep(
    store: Store, place: str, tps: int | None, post: str, seat: int | None, fields: Mapping[str, str], focus: str = ""
) -> None:
    """Makes what is typed durable, in place of what was kept for this seat before. Raises DiskFull, StoreIO."""
    with store.writing() as work:
        work.run(
            _KEEP,
            place=place,
            tps=tps or _NONE,
            post=post,
            seat=seat or _NONE,
            fields=json.dumps(dict(fields), ensure_ascii=False),
            focus=focus,
            kept_at=store.moment(),
        )


def load(store: Store, place: str, tps: int | None, post: str, seat: int | None) -> Draft | None:
    """What is kept for this seat, None when nothing is."""
    with store.reading() as work:
        row = work.one(_LOAD, place=place, tps=tps or _NONE, post=post, seat=seat or _NONE)
    return None if row is None else _draft(row)


def finish(store: Store, place: str, tps: int | None, post: str, seat: int | None) -> None:
    """Forgets what is kept for this seat, because it was saved: the record has it now."""
    with store.writing() as work:
        work.run(_FORGET, place=place, tps=tps or _NONE, post=post, seat=seat or _NONE)


def discard(store: Store, place: str, tps: int | None, post: str, seat: int | None) -> Binned | None:
    """Puts what is kept for this seat into the bin; None when nothing is kept. `restore` takes it back for 7 days."""
    with store.writing() as work:
        row = work.one(_LOAD, place=place, tps=tps or _NONE, post=post, seat=seat or _NONE)
        if row is None:
            return None
        work.run(_FORGET, place=place, tps=tps or _NONE, post=post, seat=seat or _NONE)
        at = store.moment()
        return _binned((_put_in_bin(work, row, at), at, *row))


Where = tuple[str, int | None, str, int | None]  # place, TPS, post, seat


def move(store: Store, here: Where, there: Where) -> bool:
    """Moves what is typed to another seat; what was typed there goes into the bin. False when nothing is kept here."""
    taken, given = _keys(here), _keys(there)
    with store.writing() as work:
        row = work.one(_LOAD, **taken)
        if row is None or taken == given:
            return False
        before = work.one(_LOAD, **given)
        if before is not None:
            _put_in_bin(work, before, store.moment())
        work.run(_FORGET, **taken)
        work.run(_KEEP, **given, fields=row[4], focus=row[5], kept_at=store.moment())
    return True


def _keys(where: Where) -> dict[str, str | int]:
    place, tps, post, seat = where
    return {"place": place, "tps": tps or _NONE, "post": post, "seat": seat or _NONE}


def binned(store: Store) -> tuple[Binned, ...]:
    """What lies in the bin and can be taken back, the last thrown away first."""
    with store.reading() as work:
        return tuple(_binned(row) for row in work.all(_IN_BIN, since=store.moment() - IN_BIN))


def restore(store: Store, id: int) -> Draft | None:  # noqa: A002
    """Takes a draft back to its seat; None when the bin has been emptied of it.

    What has been typed there since goes into the bin in its place: nothing typed is lost by it.
    """
    with store.writing() as work:
        row = work.one(_ONE_IN_BIN, id=id)
        if row is None:
            return None
        taken = _binned(row)
        seat = dict(zip(("place", "tps", "post", "seat"), row[2:6], strict=True))
        since = work.one(_LOAD, **seat)
        if since is not None:
            _put_in_bin(work, since, store.moment())
        work.run(_OUT, id=id)
        work.run(_KEEP, **seat, fields=row[6], focus=row[7], kept_at=store.moment())
    return taken.draft


def empty_bin(work: Work, at: datetime) -> int:
    """Takes out for good what has lain in the bin for 7 days; how many. Part of the caller's transaction."""
    return work.run(_EMPTY, until=at - IN_BIN)


def last(store: Store) -> Draft | None:
    """The draft touched last: where the clerk was; None when there is none."""
    with store.reading() as work:
        row = work.one(_LAST)
    return None if row is None else _draft(row)


def standing(store: Store) -> tuple[Draft, ...]:
    """Everything typed and not yet saved, the one touched last first."""
    with store.reading() as work:
        return tuple(_draft(row) for row in work.all(_ALL))


def _draft(row: tuple[str, int, str, int, str, str, datetime]) -> Draft:
    place, tps, post, seat, fields, focus, kept_at = row
    return Draft(place, tps or None, post, seat or None, json.loads(fields), focus, kept_at)


def _put_in_bin(work: Work, row: tuple[str, int, str, int, str, str, datetime], at: datetime) -> int:
    place, tps, post, seat, fields, focus, kept_at = row
    return work.add(
        _BIN, place=place, tps=tps, post=post, seat=seat, fields=fields, focus=focus, kept_at=kept_at, binned_at=at
    )


def _binned(row: tuple[int, datetime, str, int, str, int, str, str, datetime]) -> Binned:
    number, binned_at, place, tps, post, seat, fields, focus, kept_at = row
    kept = _draft((place, tps, post, seat, fields, focus, kept_at))
    return Binned(number, kept, binned_at, binned_at + IN_BIN)
