"""Who is not on a seat any more: terms ended by a replacement, and records withdrawn; and the way back.

What the office has seen withdrawn cannot stand again under the same record: it comes back as a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, select

from desktop.store import judging, revisions
from desktop.store.errors import UnknownRecord
from desktop.store.identity import new_id
from desktop.store.saving import Refused, Saved, saved, today, version
from desktop.store.statements import Query, Work
from desktop.store.tables import Record, SavedRevision, Waiting
from payung import enrolment
from payung.bodies import Level
from payung.enrolment import State
from payung.leaving import Cause, Leaving
from sync.revision import Kind, Revision

if TYPE_CHECKING:
    from desktop.store.database import Store

UNSENT = "dikosongkan sebelum dikirim"  # the reason of a record that was taken off its seat before it was ever sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """Somebody who held a seat: `leaving` when the term ended and `successor` took over, else withdrawn for `reason`.

    `tps` is None at the seats of a village, kecamatan or kabupaten.
    """

    record: UUID
    name: str
    post: str
    tps: int | None
    seat: int | None
    at: datetime
    reason: str
    leaving: Leaving | None
    successor: UUID | None


_GONE = Query(
    select(
        Record.id, Record.name, Record.nik, Record.post, Record.tps, Record.seat, Record.changed_at, SavedRevision.body
    )
    .join(SavedRevision, (SavedRevision.record == Record.id) & (SavedRevision.ordinal == Record.ordinal))
    .where(
        Record.place == bindparam("place"),
        Record.withdrawn == True,  # noqa: E712
        Record.number > 0,
    )
    .order_by(Record.changed_at.desc(), Record.id)
)
_HERE = Query(
    select(Record.nik, Record.post, Record.tps, Record.seat).where(
        Record.place == bindparam("place"),
        Record.withdrawn == False,  # noqa: E712
    )
)
_GONE_OUT = Query(
    select(SavedRevision.ordinal)
    .outerjoin(Waiting, (Waiting.record == SavedRevision.record) & (Waiting.ordinal == SavedRevision.ordinal))
    .where(
        SavedRevision.record == bindparam("record"),
        SavedRevision.for_office == True,  # noqa: E712
        Waiting.id.is_(None) | Waiting.batch.is_not(None),
    )
    .limit(1)
)


def former(store: Store, place: str, tps: int | None) -> tuple[Former, ...]:
    """Whom the office knew on the seats of this place (with `tps` None: of the place itself), the last to go first.

    Who was withdrawn and sits on the same seat again is not among them, nor who was taken off before being sent.
    """
    with store.reading() as work:
        return tuple(_former(work, store, place, tps))


def _former(work: Work, store: Store, place: str, tps: int | None) -> Iterator[Former]:
    rows = [row for row in work.all(_GONE, place=place) if row[7] and _at(store, row[3], row[4], tps)]
    here = set(work.all(_HERE, place=place)) if rows else set()
    for record, name, number, post, station, seat, at, body in rows:
        last = Revision.decode(body)
        ended = last.kind is Kind.ENDED
        if ended or (last.reason != UNSENT and (number, post, station, seat) not in here):
            yield Former(
                record=record,
                name=name,
                post=post,
                tps=station,
                seat=seat,
                at=at,
                reason=last.reason,
                leaving=_leaving(last) if ended else None,
                successor=last.successor,
            )


def _leaving(last: Revision) -> Leaving | None:
    cause = next((cause for cause in Cause if cause.value == last.reason), None)
    return Leaving(cause, last.day) if cause is not None and last.day is not None else None


def _at(store: Store, post: str, station: int | None, tps: int | None) -> bool:
    """Whether a seat belongs to the polling station, or without one to the place itself."""
    known = store.event.post(post)
    own = known is not None and known.level is Level.TPS
    return station == tps if own else tps is None


def known_to_office(store: Store, record_id: UUID) -> bool:
    """Whether any version of the record went out or is sealed to go: then its withdrawal needs a reason."""
    with store.reading() as work:
        return work.one(_GONE_OUT, record=record_id) is not None


def bring_back(store: Store, record_id: UUID) -> Saved | Refused:
    """Takes a withdrawal back: the officer is enrolled as before, on the same seat unless somebody sits there now.

    Raises UnknownRecord when the record was not withdrawn, Purged.
    """
    with store.writing() as work:
        head = revisions.head(work, record_id)
        if not head.withdrawn:
            raise UnknownRecord
        facts = revisions.newest_facts(work, record_id)
        placed = enrolment.placed(facts, store.event)
        holders = judging.near(work, store.event, placed, without=record_id)
        judged = judging.judge(store, placed, holders, on=today(store), accept_warnings=True)
        if judged.state is not State.READY and head.state is State.READY:
            return Refused(judged.problems)
        follows = head if not head.number else revisions.fresh(new_id())
        made = version(store, follows, judged, store.moment(), "")
        revisions.keep(work, store.unlocked, made.revision.at, [made])
        return saved(made)
