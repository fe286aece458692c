"""Lists for the screens: the places of this laptop, and the roster of seats at one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, func, select

from desktop.store import revisions
from desktop.store.revisions import Exchange
from desktop.store.statements import Query
from desktop.store.tables import Record
from payung import nik
from payung import roster as rosters
from payung.bodies import Level
from payung.enrolment import State
from payung.event import Post
from payung.problem import Problem, Severity
from payung.roster import Seat, Standing

if TYPE_CHECKING:
    from desktop.store.database import Store


class Mark(StrEnum):
    """What a seat shows."""

    EMPTY = "empty"
    DRAFT = "draft"
    READY = "ready"
    SENT = "sent"
    ATTENTION = "attention"

    @classmethod
    def of(cls, state: State, exchange: Exchange) -> Mark:
        """The mark of a record."""
        if exchange in TROUBLED:
            return cls.ATTENTION
        if state is State.DRAFT:
            return cls.DRAFT
        return cls.SENT if exchange in {Exchange.SENT, Exchange.WAITING} else cls.READY


TROUBLED = frozenset({Exchange.CONFLICT, Exchange.DUPLICATE, Exchange.REFUSED})
_LEVELS = {level.segments: level for level in (Level.KABUPATEN, Level.KECAMATAN, Level.VILLAGE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One seat and who is on it; `tps` differs from the roster's own only for village posts counted by TPS.

    `nik` is masked, `status` the code of a word ("status.sent"). `label` is empty for a record whose seat is another's
    or none: such rows stand at the end, so that nobody is hidden.
    """

    post: str
    body: str
    number: int | None
    label: str
    tps: int | None
    record: UUID | None = None
    name: str = ""
    nik: str = ""
    state: Mark = Mark.EMPTY
    status: str = "status.empty"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TpsSummary:
    """A polling station, or with `tps` None the seats of a village, kecamatan or kabupaten: `filled` of `total`."""

    place: str
    tps: int | None
    special: bool
    address: str
    filled: int
    total: int


_AT = Query(
    select(
        Record.id,
        Record.post,
        Record.seat,
        Record.tps,
        Record.name,
        Record.nik,
        Record.state,
        Record.exchange,
        Record.problems,
        Record.verdict_code,
        Record.verdict_detail,
    )
    .where(Record.place == bindparam("place"), Record.withdrawn == False)  # noqa: E712
    .order_by(Record.id)
)
_FILLED = Query(
    select(Record.place, Record.tps, Record.post, func.count())
    .where(Record.withdrawn == False, Record.state == State.READY.value)  # noqa: E712
    .group_by(Record.place, Record.tps, Record.post)
)


def roster(store: Store, place: str, tps: int | None) -> tuple[RosterRow, ...]:
    """The seats at a polling station (`tps` given) or of the posts of a village, kecamatan or kabupaten itself.

    In the order of the event's posts; records without a seat of their own come last.
    """
    level = Level.TPS if tps is not None else _LEVELS.get(place.count(".") + 1)
    if level is None:
        return ()
    with store.reading() as work:
        rows = [row for row in work.all(_AT, place=place) if _belongs(store, row[1], row[3], level, tps)]
    found = [_row(store, row) for row in rows]
    taken: dict[tuple[str, int | None, int | None], RosterRow] = {}
    for row in sorted(found, key=lambda row: row.state is Mark.DRAFT):
        taken.setdefault((row.post, row.number, row.tps), row)
    seats = [
        taken.get((seat.post.code, seat.number, where), _empty(seat, where))
        for seat, where in _seats(store, place, tps, level, found)
    ]
    shown = {row.record for row in seats}
    return (*seats, *(_beside(row) for row in found if row.record not in shown))


def places(store: Store) -> tuple[TpsSummary, ...]:
    """The laptop's polling stations by village and number, with how many of their seats are ready."""
    posts = {post.code for post in store.event.posts if post.level is Level.TPS}
    filled: dict[tuple[str, int | None], int] = {}
    with store.reading() as work:
        for place, tps, post, number in work.all(_FILLED):
            if post in posts:
                filled[place, tps] = filled.get((place, tps), 0) + number
    total = len(rosters.seats_of(store.event, Level.TPS))
    return tuple(
        TpsSummary(
            entry.village,
            entry.number,
            entry.special,
            entry.address,
            filled.get((entry.village, entry.number), 0),
            total,
        )
        for entry in store.tps
    )


def _belongs(store: Store, post: str, at_tps: int | None, level: Level, tps: int | None) -> bool:
    known = store.event.post(post)
    if tps is not None:
        return at_tps == tps and (known is None or known.level is Level.TPS)
    return at_tps is None or (known is not None and known.level is level)


def _seats(
    store: Store, place: str, tps: int | None, level: Level, found: Iterable[RosterRow]
) -> Iterator[tuple[Seat, int | None]]:
    """The seats with the TPS each belongs to: the roster's own, or one after the other for posts counted by TPS."""
    held = [Standing("", "", "", row.post, place, row.tps, row.number, None) for row in found]
    counted: set[str] = set()
    for seat in rosters.seats_of(store.event, level, held=held):
        if seat.post.seats_per_tps is None:
            yield seat, tps
        elif seat.post.code not in counted:
            counted.add(seat.post.code)
            yield from _by_tps(store, seat.post, place)


def _by_tps(store: Store, post: Post, place: str) -> Iterator[tuple[Seat, int | None]]:
    for entry in store.tps:
        if entry.village == place:
            for number in rosters.numbers(post, tps_count=1) or ():
                yield Seat(post, number, rosters.label(post, number)), entry.number


def _row(
    store: Store,
    row: tuple[UUID, str, int | None, int | None, str, str, str, str, str, str | None, str | None],
) -> RosterRow:
    record, code, seat, tps, name, number, state, exchange, found, verdict, detail = row
    post = store.event.post(code)
    mark = Mark.of(State(state), Exchange(exchange))
    return RosterRow(
        post=code,
        body=post.body if post else "",
        number=seat,
        label=rosters.label(post, seat) if post and seat is not None else "",
        tps=tps,
        record=record,
        name=name,
        nik=nik.masked(number) if number else "",
        state=mark,
        status=status(mark, Exchange(exchange)),
        problems=(*said(verdict, detail), *revisions.unpacked(found)),
    )


def status(mark: Mark, exchange: Exchange) -> str:
    """The code of the word for it: "status.sent"."""
    special = TROUBLED | {Exchange.WAITING}
    return f"status.{exchange.value if exchange in special and mark is not Mark.DRAFT else mark.value}"


def said(verdict: str | None, detail: str | None) -> tuple[Problem, ...]:
    """The office's verdict as a problem of the record."""
    if not verdict:
        return ()
    facts = json.loads(detail or "{}")
    return (Problem(facts.get("field", "record"), verdict, Severity.ERROR, facts),)


def _empty(seat: Seat, tps: int | None) -> RosterRow:
    return RosterRow(post=seat.post.code, body=seat.post.body, number=seat.number, label=seat.label, tps=tps)


def _beside(row: RosterRow) -> RosterRow:
    return RosterRow(
        post=row.post,
        body=row.body,
        number=row.number,
        label="",
        tps=row.tps,
        record=row.record,
        name=row.name,
        nik=row.nik,
        state=row.state,
        status=row.status,
        problems=row.problems,
    )
