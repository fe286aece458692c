"""What is being typed, kept as it stands, so that a power cut loses at most the last keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from desktop.store.statements import Command, Query
from desktop.store.tables import Draft as DraftRow

if TYPE_CHECKING:
    from desktop.store.database import Store

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
_DISCARD = Command(delete(DraftRow).where(*_SEAT))


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


def discard(store: Store, place: str, tps: int | None, post: str, seat: int | None) -> None:
    """Forgets what is kept for this seat: it was saved, or thrown away by the clerk."""
    with store.writing() as work:
        work.run(_DISCARD, place=place, tps=tps or _NONE, post=post, seat=seat or _NONE)


def last(store: Store) -> Draft | None:
    """The draft touched last: where the clerk was; None when there is none."""
    with store.reading() as work:
        row = work.one(_LAST)
    return None if row is None else _draft(row)


def _draft(row: tuple[str, int, str, int, str, str, datetime]) -> Draft:
    place, tps, post, seat, fields, focus, kept_at = row
    return Draft(place, tps or None, post, seat or None, json.loads(fields), focus, kept_at)
