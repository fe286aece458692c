"""Laptops: their kits, their certificates, and taking their right to send away."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, func, insert, select, update

from payung import event as election
from payung.bodies import Institution
from payung.certificate import ALPHABET
from payung.event import Event
from payung.region import Regions
from sync.feed import TpsEntry
from sync.kit import Kit
from sync.server import offices, stations, tables
from sync.server.errors import UnknownDevice, UnknownRegion
from sync.server.keys import Keys
from sync.server.offices import Side
from sync.trust import DeviceCertificate, OfficeRoot, issue

TERM = timedelta(days=365)
_SKEW = timedelta(days=1)  # a laptop's clock may be a day behind on the day it gets its kit
_TAG_LENGTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a kit is asked for: the places the laptop may write for, whose side it serves, where it sends."""

    villages: tuple[str, ...]
    institution: Institution
    event: Event
    server_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """One laptop as the office sees it; `state` is issued, active or revoked, times are UTC."""

    id: UUID
    tag: str
    villages: tuple[str, ...]
    institution: str
    event: str
    state: str
    sequence: int
    issued_at: datetime
    first_contact: datetime | None
    last_contact: datetime | None
    skew_seconds: int | None


def provision(
    connection: Connection, order: Order, *, keys: Keys, regions: Regions, now: datetime | None = None
) -> Kit:
    """Make a laptop's identity and its kit; the private keys leave in the kit and are not kept."""
    for village in order.villages:
        if not regions.exists(village):
            raise UnknownRegion(region=village)
    at = now or datetime.now(UTC)
    sign, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    certificate = DeviceCertificate(
        device=uuid4(),
        tag=_free_tag(connection),
        villages=order.villages,
        institution=order.institution,
        event=order.event.code,
        sign_key=sign.public_key().public_bytes_raw(),
        seal_key=seal.public_key().public_bytes_raw(),
        not_before=at - _SKEW,
        not_after=at + TERM,
        serial=_next_serial(connection),
    )
    signed = issue(OfficeRoot(keys.root), certificate)
    _keep(connection, certificate, signed)
    name, contact = _office(connection, order, regions)
    return Kit(
        server_url=order.server_url,
        office_name=name,
        office_contact=contact,
        root_public=keys.root.public_key().public_bytes_raw(),
        intake_public=keys.newest.intake_public,
        reply_public=keys.newest.reply_public,
        device_certificate=signed,
        sign_private=sign.private_bytes_raw(),
        seal_private=seal.private_bytes_raw(),
        event_json=election.dump(order.event),
        tps=_entries(stations.of_places(connection, order.event.code, order.villages)),
        made_at=at,
        server_certificate=keys.newest.vouched(keys.root, at),
    )


def every(connection: Connection) -> tuple[Laptop, ...]:
    """List the laptops, newest first."""
    table = tables.device.c
    rows = connection.execute(select(tables.device).order_by(table.issued_at.desc(), table.tag))
    return tuple(
        Laptop(
            id=row.id,
            tag=row.tag,
            villages=tuple(row.villages),
            institution=row.institution,
            event=row.event,
            state=row.state,
            sequence=row.sequence,
            issued_at=row.issued_at,
            first_contact=row.first_contact,
            last_contact=row.last_contact,
            skew_seconds=row.skew_seconds,
        )
        for row in rows
    )


def revoke(connection: Connection, named: str) -> UUID:
    """Take a laptop's right to send away, named by its id or tag; nothing it sends from now on is taken."""
    device = find(connection, named).id
    connection.execute(update(tables.device).where(tables.device.c.id == device).values(state="revoked"))
    return device


def find(connection: Connection, named: str) -> Laptop:
    """Find a laptop by its id or tag; UnknownDevice when there is none."""
    text = named.strip()
    found = [one for one in every(connection) if text.upper() == one.tag or text.lower() == str(one.id)]
    if len(found) != 1:
        raise UnknownDevice(device=named)
    return found[0]


def _keep(connection: Connection, certificate: DeviceCertificate, signed: bytes) -> None:
    connection.execute(
        insert(tables.device).values(
            id=certificate.device,
            tag=certificate.tag,
            event=certificate.event,
            institution=certificate.institution.value,
            villages=list(certificate.villages),
            certificate=signed,
            sign_key=certificate.sign_key,
            seal_key=certificate.seal_key,
        )
    )


def _free_tag(connection: Connection) -> str:
    while True:
        tag = "".join(secrets.choice(ALPHABET) for _ in range(_TAG_LENGTH))
        if connection.execute(select(tables.device.c.id).where(tables.device.c.tag == tag)).first() is None:
            return tag


def _next_serial(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(tables.device)).scalar_one()) + 1


def _office(connection: Connection, order: Order, regions: Regions) -> tuple[str, str]:
    """The office a clerk may ask: the nearest of the laptop's side, else the regency's by name alone."""
    side = Side(order.institution.value)
    office = offices.covering(connection, order.villages[0], side)
    if office is not None:
        return office.name, office.contact
    regency = ".".join(order.villages[0].split(".")[:2])
    return f"{offices.SIDE_NAMES[side]} {regions.title(regency)}", ""


def _entries(found: Sequence[stations.Station]) -> tuple[TpsEntry, ...]:
    return tuple(
        TpsEntry(village=one.village, number=one.number, special=one.special, address=one.address, voters=one.voters)
        for one in found
    )
