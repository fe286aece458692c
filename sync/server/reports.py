"""The coverage report of a region, read under the scope of the office that asks: row-level security picks the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.schema import Column

from payung import clock
from payung.event import Event
from payung.region import Regions
from sync.server import events, stations, tables
from sync.server.accounts import Visitor
from sync.server.coverage import Count, Row, Spot, Tally, within

QUIET = timedelta(days=3)
_SCOPE = "SELECT set_config('payung.office_region', :region, true), set_config('payung.office_side', :side, true)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything the coverage page shows of one region, as it was at `at` (UTC)."""

    region: str
    title: str
    path: tuple[tuple[str, str], ...]
    at: datetime
    event: Event
    total: Count
    rows: tuple[Row, ...]
    tiles: tuple[Row, ...]
    bodies: Mapping[str, Count]
    stations: int
    villages: int
    duplicates: int
    quiet: int
    laptops: int
    curve: tuple[tuple[date, int], ...]


def scope(connection: Connection, visitor: Visitor) -> None:
    """Set the transaction's scope to the visitor's office: its region, its side."""
    connection.execute(text(_SCOPE), {"region": visitor.office.region, "side": visitor.office.side.value})


def read(connection: Connection, visitor: Visitor, region: str, *, regions: Regions, at: datetime) -> Report:
    """Read the report; the caller has checked that the region is the office's."""
    scope(connection, visitor)
    event = events.current(connection)
    found = stations.of_places(connection, event.code, [region])
    tally = Tally(event, found, enrolled_in(connection, event, region), side=visitor.office.side, region=region)
    twice = _duplicates(connection, region)
    quiet, laptops = _laptops(connection, region, at)
    return Report(
        region=region,
        title=regions.title(region),
        path=_path(visitor.office.region, region, regions),
        at=at,
        event=event,
        total=tally.total(),
        rows=_marked(tally.below(region, regions), region, twice, quiet),
        tiles=_tiles(tally, region, regions),
        bodies=tally.bodies(),
        stations=len(found),
        villages=len(tally.villages()),
        duplicates=sum(twice.values()),
        quiet=sum(quiet.values()),
        laptops=laptops,
        curve=_curve(connection, event, region),
    )


def enrolled_in(connection: Connection, event: Event, region: str | None) -> dict[Spot, int]:
    """Count the standing officers of a region, or of everything the scope shows, by place, TPS and post."""
    table = tables.enrolment.c
    query = select(table.place, table.tps, table.post, func.count()).where(
        table.event == event.code, table.state == "active"
    )
    if region is not None:
        query = query.where(inside(table.place, region))
    rows = connection.execute(query.group_by(table.place, table.tps, table.post))
    return {Spot(place, tps, post): number for place, tps, post, number in rows}


def _duplicates(connection: Connection, region: str) -> Counter[str]:
    """Undecided pairs by the place of either record that this office sees."""
    pair, table = tables.duplicate.c, tables.enrolment.c
    query = (
        select(table.place, func.count())
        .select_from(tables.duplicate.join(tables.enrolment, table.id.in_([pair.first, pair.second])))
        .where(pair.decided_at.is_(None), inside(table.place, region))
        .group_by(table.place)
    )
    return Counter({row[0]: row[1] for row in connection.execute(query)})


def _laptops(connection: Connection, region: str, at: datetime) -> tuple[Counter[str], int]:
    """Laptops not heard of for three days, by their first place, and how many laptops there are."""
    table = tables.device.c
    quiet = Counter[str]()
    seen = 0
    for row in connection.execute(select(table.villages, table.last_contact, table.issued_at, table.state)):
        if row.state == "revoked" or not any(within(region, village) for village in row.villages):
            continue
        seen += 1
        if at - (row.last_contact or row.issued_at) > QUIET:
            quiet[row.villages[0]] += 1
    return quiet, seen


def _curve(connection: Connection, event: Event, region: str) -> tuple[tuple[date, int], ...]:
    """Officers enrolled by the end of each day, the region's time."""
    table = tables.enrolment.c
    hours = clock.zone(region).utcoffset(None) or timedelta()
    day = func.date(func.timezone("UTC", table.received_at) + hours)
    query = (
        select(day, func.count())
        .where(table.event == event.code, table.state == "active", inside(table.place, region))
        .group_by(day)
        .order_by(day)
    )
    total, points = 0, []
    for on, number in connection.execute(query):
        total += number
        points.append((on, total))
    return tuple(points)


def inside(place: Column[str], region: str) -> ColumnElement[bool]:
    """Say in SQL that a place is the region or lies in it."""
    # a range the index on places can serve: "." sorts just before "/"
    return or_(place == region, and_(place >= f"{region}.", place < f"{region}/"))


def _marked(rows: tuple[Row, ...], region: str, twice: Counter[str], quiet: Counter[str]) -> tuple[Row, ...]:
    def count(found: Counter[str], code: str) -> int:
        return sum(number for place, number in found.items() if within(code, place) and place != region)

    return tuple(replace(row, duplicates=count(twice, row.code), quiet=count(quiet, row.code)) for row in rows)


def _tiles(tally: Tally, region: str, regions: Regions) -> tuple[Row, ...]:
    """One tile a village, in the order of codes; none where the region is a village itself."""
    found: dict[str, Count] = {}
    for spot, count in tally.counts():
        found[spot.place] = found.get(spot.place, Count()) + count
    return tuple(
        Row(code=village, title=regions.title(village), count=found.get(village, Count()))
        for village in tally.villages()
        if village != region
    )


def _path(top: str, region: str, regions: Regions) -> tuple[tuple[str, str], ...]:
    steps = region.split(".")
    codes = [".".join(steps[:depth]) for depth in range(1, len(steps) + 1)]
    return tuple((code, regions.title(code)) for code in codes if within(top, code))
