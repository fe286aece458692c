"""Places, the seats a body has there, and who holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from payung.bodies import Level
from payung.event import Event, Post, Term
from payung.region import Regions


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post serves: a dotted region code of the level's length, and for a TPS its number."""

    level: Level
    code: str
    tps: int | None = None

    def title(self, regions: Regions) -> str:
        """Return the place as people call it: "TPS 004 Kel. Oebobo", "Kec. Oebobo"."""
        region = regions.title(self.code)
        return region if self.tps is None else f"TPS {self.tps:03} {region}"


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat of a body at a place, filled or not."""

    post: Post
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Who holds a seat now: an enrolment neither withdrawn nor ended. `nik` is 16 digits, or what was typed."""

    record_id: str
    nik: str
    name: str
    post: str
    place: str
    tps: int | None
    seat: int | None
    term: Term | None


class Standings:
    """Everyone who holds a seat, found by NIK and by place without a search through all of them."""

    __slots__ = ("_by_nik", "_by_place")

    def __init__(self, standings: Iterable[Standing] = ()) -> None:
        self._by_nik: dict[str, dict[str, Standing]] = {}
        self._by_place: dict[tuple[str, int | None], dict[str, Standing]] = {}
        for standing in standings:
            self.add(standing)

    def add(self, standing: Standing) -> None:
        """Take one in; the same record at the same place and with the same NIK is replaced."""
        self._by_nik.setdefault(standing.nik, {})[standing.record_id] = standing
        if standing.seat is not None:
            self._by_place.setdefault((standing.place, standing.tps), {})[standing.record_id] = standing

    def discard(self, standing: Standing) -> None:
        """Forget one, as it was added; nothing happens when it is not there."""
        self._by_nik.get(standing.nik, {}).pop(standing.record_id, None)
        self._by_place.get((standing.place, standing.tps), {}).pop(standing.record_id, None)

    def __iter__(self) -> Iterator[Standing]:
        for held in self._by_nik.values():
            yield from held.values()

    def with_nik(self, nik: str) -> Iterator[Standing]:
        """Find the seats held under that NIK."""
        yield from self._by_nik.get(nik, {}).values()

    def at(self, place: str, tps: int | None) -> Iterator[Standing]:
        """Find the seats held at exactly that place."""
        yield from self._by_place.get((place, tps), {}).values()


def keeps_tps(post: Post) -> bool:
    """Tell whether a polling station's number belongs to the post's place: it must (KPPS) or it may (Pantarlih)."""
    return post.level is Level.TPS or post.seats_per_tps is not None


def numbers(post: Post, *, tps_count: int | None = None) -> range | None:
    """Return the seat numbers a post has at one place; None where the event leaves them open.

    Village posts counted by TPS (Pantarlih) have seats only when the number of polling stations is told.
    """
    if post.seats is not None:
        return range(post.first_seat, post.first_seat + post.seats)
    if post.seats_per_tps is not None and tps_count is not None:
        return range(post.first_seat, post.first_seat + post.seats_per_tps * tps_count)
    return None


def label(post: Post, number: int) -> str:
    """Return the seat's name within its body: "Ketua", "Anggota 3"."""
    return post.seat_name.replace("{n}", str(number))


def seats_of(
    event: Event, level: Level, *, tps_count: int | None = None, held: Iterable[Standing] = ()
) -> tuple[Seat, ...]:
    """Return the seats at one place of that level, in the order of the event's posts; closed posts have none.

    A post whose number is open shows the seats `held` at the place and one free seat more.
    """
    highest: dict[str, int] = {}
    for standing in held:
        highest[standing.post] = max(highest.get(standing.post, 0), standing.seat or 0)
    seats: list[Seat] = []
    for post in event.posts:
        if post.level is level and post.enabled:
            open_ended = range(post.first_seat, max(highest.get(post.code, 0) + 1, post.first_seat) + 1)
            known = numbers(post, tps_count=tps_count)
            seats += (Seat(post, number, label(post, number)) for number in (open_ended if known is None else known))
    return tuple(seats)


def next_free(event: Event, post: Post, held: Iterable[Standing], *, tps_count: int | None = None) -> int | None:
    """Return the lowest seat of the post that nobody of `held` (the place's standings) has; None when it is full."""
    same_body = {other.code for other in event.posts if other.body == post.body}
    taken = {standing.seat for standing in held if standing.post in same_body}
    seats = numbers(post, tps_count=tps_count)
    if seats is None:
        seats = range(post.first_seat, post.first_seat + len(taken) + 1)
    return next((number for number in seats if number not in taken), None)
