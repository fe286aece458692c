"""Coverage: how many seats the event asks for, how many are filled, by place and by body. Pure counting, no database.

A seat filled twice counts once; posts whose number the event leaves open are counted as enrolled, never as needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from payung.bodies import Institution, Level
from payung.event import Event, Post
from payung.region import Regions
from sync.server.offices import Side
from sync.server.stations import Station

_VILLAGE_SEGMENTS = 4


class Spot(NamedTuple):
    """One post at one place: the finest thing that is counted. `tps` is None above the polling station."""

    place: str
    tps: int | None
    post: str


@dataclass(frozen=True, slots=True)
class Count:
    """Seats needed, seats filled (never more than needed), and officers enrolled, over quota included."""

    needed: int = 0
    filled: int = 0
    enrolled: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.needed + other.needed, self.filled + other.filled, self.enrolled + other.enrolled)

    @property
    def missing(self) -> int:
        """How many seats are still empty."""
        return self.needed - self.filled

    @property
    def percent(self) -> int:
        """How much is filled, rounded down so that only a full count says 100; 100 where nothing is needed."""
        return 100 * self.filled // self.needed if self.needed else 100


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: a region, or a TPS of a village."""

    code: str
    title: str
    count: Count
    tps: int | None = None
    villages: int = 0
    stations: int = 0
    duplicates: int = 0
    quiet: int = 0
    bodies: Mapping[str, Count] = field(default_factory=dict)


class Tally:
    """What the event needs of a region on one side, against what is enrolled there.

    Bodies above the region (the PPK over a village) are not the region's; without a region everything is counted.
    """

    def __init__(
        self,
        event: Event,
        stations: Iterable[Station],
        enrolled: Mapping[Spot, int],
        *,
        side: Side,
        region: str | None = None,
    ) -> None:
        self._posts = {post.code: post for post in event.posts if _on_side(post, side)}
        self._stations: dict[str, list[Station]] = {}
        for station in stations:
            self._stations.setdefault(station.village, []).append(station)
        self._needed = Counter[Spot]()
        for spot, seats in self._needs():
            if region is None or within(region, spot.place):
                self._needed[spot] += seats
        self._enrolled = Counter[Spot]()
        for spot, number in enrolled.items():
            post = self._posts.get(spot.post)
            if post is not None:
                self._enrolled[spot if post.level is Level.TPS else spot._replace(tps=None)] += number

    def counts(self) -> Iterator[tuple[Spot, Count]]:
        """Count every spot that is needed or filled."""
        for spot in self._needed.keys() | self._enrolled.keys():
            needed, enrolled = self._needed[spot], self._enrolled[spot]
            yield spot, Count(needed, min(needed, enrolled), enrolled)

    def total(self) -> Count:
        """Count the whole region."""
        return sum((count for _, count in self.counts()), Count())

    def bodies(self) -> dict[str, Count]:
        """Count by body, under the body's name, in the event's order."""
        found: dict[str, Count] = {post.body_name: Count() for post in self._posts.values()}
        for spot, count in self.counts():
            found[self._posts[spot.post].body_name] += count
        return {name: count for name, count in found.items() if count != Count()}

    def villages(self) -> tuple[str, ...]:
        """List the villages that have polling stations or officers, by code."""
        seen = set(self._stations) | {
            spot.place for spot in self._enrolled if _segments(spot.place) == _VILLAGE_SEGMENTS
        }
        return tuple(sorted(seen))

    def below(self, region: str, regions: Regions) -> tuple[Row, ...]:
        """Report each region one level below, or each TPS of a village; the emptiest first."""
        rows: dict[tuple[str, int | None], Row] = {}
        deep = _segments(region) >= _VILLAGE_SEGMENTS
        for spot, count in self.counts():
            key = (spot.place, spot.tps) if deep else (_step(region, spot.place), None)
            row = rows.get(key) or self._row(key, regions)
            body = self._posts[spot.post].body_name
            bodies = {**row.bodies, body: row.bodies.get(body, Count()) + count}
            rows[key] = replace(row, count=row.count + count, bodies=bodies)
        return tuple(
            sorted(rows.values(), key=lambda row: (row.count.percent, -row.count.missing, row.code, row.tps or 0))
        )

    def _row(self, key: tuple[str, int | None], regions: Regions) -> Row:
        code, tps = key
        inside = [village for village in self._stations if village == code or village.startswith(f"{code}.")]
        return Row(
            code=code,
            title=f"TPS {tps:03d}" if tps is not None else regions.title(code),
            count=Count(),
            tps=tps,
            villages=len(inside),
            stations=sum(len(self._stations[village]) for village in inside),
        )

    def _needs(self) -> Iterator[tuple[Spot, int]]:
        upper = {Level.KECAMATAN: 3, Level.KABUPATEN: 2}
        for post in self._posts.values():
            if not post.enabled:
                continue
            if post.level in upper:
                places = {".".join(village.split(".")[: upper[post.level]]) for village in self._stations}
                yield from ((Spot(place, None, post.code), post.seats or 0) for place in places)
                continue
            for village, stations in self._stations.items():
                yield from _village_needs(post, village, stations)


def within(whole: str, region: str) -> bool:
    """Whether a region is the other one or lies in it."""
    return region == whole or region.startswith(f"{whole}.")


def _village_needs(post: Post, village: str, stations: list[Station]) -> Iterator[tuple[Spot, int]]:
    if post.level is Level.TPS:
        yield from ((Spot(village, station.number, post.code), post.seats or 0) for station in stations)
    elif post.seats_per_tps is not None:
        for station in stations:
            limit = post.second_seat_above_voters
            second = limit is not None and station.voters is not None and station.voters > limit
            yield Spot(village, None, post.code), post.seats_per_tps + int(second)
    else:
        yield Spot(village, None, post.code), post.seats or 0


def _on_side(post: Post, side: Side) -> bool:
    return side is Side.PEMDA or post.institution is Institution(side.value)


def _segments(region: str) -> int:
    return region.count(".") + 1


def _step(region: str, place: str) -> str:
    """The region one level below `region` that `place` lies in; `region` itself for its own bodies."""
    return ".".join(place.split(".")[: _segments(region) + 1])
