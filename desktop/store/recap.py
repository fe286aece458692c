"""How far every place of this laptop has come: seats filled by body, records sent, certificates printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desktop.store.revisions import Exchange
from desktop.store.statements import Query
from desktop.store.tables import CertificateNumber, Record
from payung import roster as rosters
from payung.bodies import Level
from payung.enrolment import State
from payung.event import Event, Post
from payung.roster import Place

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Tally:
    """Seats of one body at one place; `total` is None where the event leaves their number open."""

    filled: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One place. `bodies` goes by the body's code; `sent` and `printed` count officers, not papers."""

    place: Place
    address: str
    bodies: Mapping[str, Tally]
    sent: int
    printed: int

    @property
    def filled(self) -> int:
        """Complete officers at the place."""
        return sum(tally.filled for tally in self.bodies.values())

    @property
    def total(self) -> int:
        """Seats whose number the event fixes."""
        return sum(tally.total or 0 for tally in self.bodies.values())


_FILLED = Query(
    select(Record.place, Record.tps, Record.post, Record.exchange, func.count())
    .where(Record.withdrawn == False, Record.state == State.READY.value)  # noqa: E712
    .group_by(Record.place, Record.tps, Record.post, Record.exchange)
)
_PRINTED = Query(
    select(Record.place, Record.tps, Record.post, func.count(Record.id.distinct()))
    .join(CertificateNumber, CertificateNumber.record == Record.id)
    .where(Record.withdrawn == False, CertificateNumber.voided_at.is_(None))  # noqa: E712
    .group_by(Record.place, Record.tps, Record.post)
)
_SENT = frozenset({Exchange.SENT.value, Exchange.WAITING.value})
_ABOVE = (Level.KABUPATEN, Level.KECAMATAN, Level.VILLAGE)
_Key = tuple[Place, str]


def lines(store: Store) -> tuple[Line, ...]:
    """The places above the polling stations, then the polling stations, each with every body that has seats there."""
    filled: Counter[_Key] = Counter()
    sent: Counter[Place] = Counter()
    printed: Counter[Place] = Counter()
    with store.reading() as work:
        for code, tps, post, exchange, count in work.all(_FILLED):
            place = _place(store.event, code, tps, post)
            filled[place, _body(store.event, post)] += count
            sent[place] += count if exchange in _SENT else 0
        for code, tps, post, count in work.all(_PRINTED):
            printed[_place(store.event, code, tps, post)] += count
    return tuple(
        Line(place, address, _bodies(store, place, filled), sent[place], printed[place])
        for place, address in _places(store)
    )


def _places(store: Store) -> Iterator[tuple[Place, str]]:
    named = {entry.village for entry in store.tps} | set(store.laptop.villages)
    for level in _ABOVE:
        codes = {level.place_of(code) for code in named if code.count(".") + 1 >= level.segments}
        for code in sorted(codes):
            if any(post.enabled and post.level is level for post in store.event.posts):
                yield Place(level, code), ""
    for entry in store.tps:
        yield Place(Level.TPS, entry.village, entry.number), entry.address


def _place(event: Event, code: str, tps: int | None, post: str) -> Place:
    known = event.post(post)
    level = known.level if known is not None else Level.TPS if tps is not None else Level.VILLAGE
    return Place(level, code, tps if level is Level.TPS else None)


def _body(event: Event, post: str) -> str:
    known = event.post(post)
    return known.body if known is not None else post


def _bodies(store: Store, place: Place, filled: Counter[_Key]) -> dict[str, Tally]:
    totals: dict[str, int | None] = {}
    for post in store.event.posts:
        if post.enabled and post.level is place.level:
            seats = _seats(store, post, place)
            before = totals.get(post.body, 0)
            totals[post.body] = None if seats is None or before is None else before + seats
    return {body: Tally(filled[place, body], total) for body, total in totals.items()}


def _seats(store: Store, post: Post, place: Place) -> int | None:
    stations = sum(entry.village == place.code for entry in store.tps)
    found = rosters.numbers(post, tps_count=stations)
    return None if found is None else len(found)
