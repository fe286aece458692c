"""Recap: people and rupiah a month by body, for whoever pays; by the tariff of the day and the region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from payung import contribution, tariff
from payung.event import Post
from payung.tariff import Tariffs
from sync.server import events, stations
from sync.server.coverage import Count, Tally
from sync.server.offices import Side
from sync.server.reports import enrolled_in

SCHEME = "pu"


@dataclass(frozen=True, slots=True)
class BodyRecap:
    """One body: its seats and officers, the rupiah a month owed for them, and for how many no amount is known."""

    body: str
    count: Count
    monthly: int
    without_amount: int


def read(connection: Connection, *, region: str | None, side: Side, scheme: str, on: date) -> tuple[BodyRecap, ...]:
    """Read the recap of a region, or of everything; DataError when the scheme has no tariff on that day."""
    event = events.current(connection)
    enrolled = enrolled_in(connection, event, region)
    found = stations.of_places(connection, event.code, [region] if region else ())
    bodies = Tally(event, found, enrolled, side=side, region=region).bodies()
    tariffs = tariff.load()
    money = {name: [0, 0] for name in bodies}
    for spot, number in enrolled.items():
        post = event.post(spot.post)
        if post is None or post.body_name not in money:
            continue
        owed = _monthly(post, spot.place, tariffs=tariffs, scheme=scheme, on=on)
        money[post.body_name][0] += (owed or 0) * number
        money[post.body_name][1] += number if owed is None else 0
    return tuple(BodyRecap(name, count, *money[name]) for name, count in bodies.items())


def _monthly(post: Post, place: str, *, tariffs: Tariffs, scheme: str, on: date) -> int | None:
    base = contribution.wage_base(post, tariffs=tariffs, scheme=scheme, region=place, on=on)
    return None if base is None else contribution.owed(base, months=1, tariffs=tariffs, scheme=scheme, on=on).monthly
