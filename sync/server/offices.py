"""Offices: which institution looks after which region, and whom a laptop's clerk may ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, literal, or_, select
from sqlalchemy.exc import IntegrityError

from payung.region import Regions
from sync.server import tables
from sync.server.errors import OfficeExists, UnknownOffice, UnknownRegion


class Side(StrEnum):
    """Whose office it is: one side of the election, or the government of the region, which pays for both."""

    KPU = "KPU"
    BAWASLU = "BAWASLU"
    PEMDA = "PEMDA"


SIDE_NAMES = {Side.KPU: "KPU", Side.BAWASLU: "Bawaslu", Side.PEMDA: "Pemerintah"}


@dataclass(frozen=True, slots=True)
class Office:
    """One office as people see it; `region` is the dotted code it looks after, with everything below."""

    id: UUID
    region: str
    side: Side
    name: str
    contact: str


def add(connection: Connection, *, region: str, side: Side, name: str, contact: str, regions: Regions) -> Office:
    """Add an office; raises UnknownRegion, or OfficeExists where the institution has one for the region."""
    if not regions.exists(region):
        raise UnknownRegion(region=region)
    office = Office(uuid4(), region, side, name, contact)
    row = {"id": office.id, "region": region, "institution": side.value, "name": name, "contact": contact}
    try:
        connection.execute(insert(tables.office).values(row))
    except IntegrityError as trouble:
        raise OfficeExists(region=region, institution=side.value) from trouble
    return office


def every(connection: Connection) -> tuple[Office, ...]:
    """List all offices by region."""
    rows = connection.execute(select(tables.office).order_by(tables.office.c.region, tables.office.c.institution))
    return tuple(_office(row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public name for a row's columns


def named(connection: Connection, text: str) -> Office:
    """Find an office by id, by name, by "KPU:53.71", or by its region where only one is there; raises UnknownOffice."""
    known = every(connection)
    found = [one for one in known if text in (str(one.id), one.name, f"{one.side.value}:{one.region}")]
    found = found or [one for one in known if one.region == text]
    if len(found) != 1:
        raise UnknownOffice(office=text)
    return found[0]


def covering(connection: Connection, region: str, side: Side) -> Office | None:
    """Find the nearest office of the side that looks after the region; None when there is none."""
    column = tables.office.c.region
    query = (
        select(tables.office)
        .where(tables.office.c.institution == side.value)
        .where(or_(column == region, literal(region).startswith(column.concat("."))))
        .order_by(func.length(column).desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _office(row._mapping)  # noqa: SLF001 - see every


def _office(row: object) -> Office:
    return Office(row["id"], row["region"], Side(row["institution"]), row["name"], row["contact"])  # type: ignore[index]
