"""Who was on a laptop: told from what it sent, and from the roll it wrote before it was wiped.

For the notices that a lost laptop asks for (UU 27/2022 article 46, 3 times 24 hours): the office's user reads names,
a NIK only by its last four digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Select, literal, select

from payung import nik
from payung.facts import Facts
from sync import roll as rolls
from sync.revision import Revision
from sync.roll import Roll
from sync.server import tables
from sync.server.cabinet import Cabinet
from sync.server.devices import Laptop
from sync.server.keys import Keys
from sync.trust import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One person a laptop carried: `nik` masked, `state` active, withdrawn, ended, waiting or refused."""

    record: UUID
    place: str
    tps: int | None
    post: str
    name: str
    nik: str
    state: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class _Kept:
    """One revision the laptop sent, still locked."""

    record: UUID
    hash: bytes
    body: bytes
    state: str
    received_at: datetime


def by(connection: Connection, laptop: Laptop, cabinet: Cabinet) -> tuple[Carried, ...]:
    """Everybody of whom the laptop sent a revision, kept, waiting or refused; by place, TPS, post and name."""
    found: dict[UUID, Carried] = {}
    for one in _sent(connection, laptop.id):
        body = cabinet.unlock(one.body, record=one.record, revision=one.hash)
        facts = Revision.decode(body).facts
        before = found.get(one.record)
        if facts is not None:
            found[one.record] = _carried(one, facts)
        elif before is None:
            found[one.record] = _nameless(connection, one, cabinet)
    return tuple(sorted(found.values(), key=lambda one: (one.place, one.tps or 0, one.post, one.name)))


def roll(content: bytes, laptop: Laptop, certificate: bytes, keys: Keys) -> Roll:
    """What the laptop wrote down before it was wiped; raises as `sync.roll.unseal` does."""
    signer = verify(certificate, keys.root.public_key().public_bytes_raw(), None)
    known = {laptop.id.bytes: Ed25519PublicKey.from_public_bytes(signer.sign_key)}
    return rolls.unseal(content, keys=keys.intakes(), verifier=known.get)


def certificate(connection: Connection, laptop: Laptop) -> bytes:
    """Read the laptop's certificate."""
    row = connection.execute(select(tables.device.c.certificate).where(tables.device.c.id == laptop.id)).one()
    return bytes(row[0])


def listed(content: Roll) -> tuple[Carried, ...]:
    """The persons of a roll, those only typed too, in the same form; `state` says how far they had come."""
    people = [
        Carried(
            record=one.record,
            place=one.place,
            tps=one.tps,
            post=one.post,
            name=one.name,
            nik=nik.masked(one.nik_end),
            state=one.custody.name.lower(),
            received_at=content.at,
        )
        for one in content.people
    ]
    typed = [
        Carried(
            record=UUID(int=0),
            place=one.place,
            tps=one.tps,
            post=one.post,
            name=one.fields.get("name", ""),
            nik=nik.masked(nik.digits(one.fields.get("nik", ""))),
            state="typed",
            received_at=content.at,
        )
        for one in content.typed
    ]
    return (*people, *typed)


def lacking(content: Roll) -> tuple[dict[str, object], ...]:
    """The newest facts of those whom the office has not got as they stood, as `payung enrol` takes them."""
    found = []
    for one in content.people:
        facts = [said for body in one.bodies if (said := Revision.decode(body).facts) is not None]
        if facts:
            found.append(_enrolment(facts[-1]))
    return tuple(found)


def _enrolment(facts: Facts) -> dict[str, object]:
    plain = {field.name: getattr(facts, field.name) for field in fields(facts)}
    plain["village"] = plain.pop("place")
    decree = {"number": plain.pop("decree_number"), "date": _day(plain.pop("decree_date"))}
    plain |= {"birthdate": _day(facts.birthdate), "confirmed": list(facts.confirmed)}
    said = {name: value for name, value in plain.items() if value not in (None, "", [])}
    return said | ({"decree": decree} if any(decree.values()) else {})


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _sent(connection: Connection, device: UUID) -> Iterable[_Kept]:
    """What it sent, oldest first, so that the newest facts stay."""
    state = tables.enrolment.c.state
    kept = tables.revision
    queries: list[Select[UUID, bytes, bytes, str, datetime]] = [
        select(kept.c.record, kept.c.hash, kept.c.body, state, kept.c.received_at)
        .join(tables.enrolment, tables.enrolment.c.id == kept.c.record)
        .where(kept.c.device == device)
    ]
    queries += [
        select(table.c.record, table.c.hash, table.c.body, literal(word), table.c.received_at).where(
            table.c.device == device
        )
        for table, word in ((tables.backlog, "waiting"), (tables.quarantine, "refused"))
    ]
    rows = [
        _Kept(record, bytes(digest), bytes(body), word, at)
        for query in queries
        for record, digest, body, word, at in connection.execute(query)
    ]
    return sorted(rows, key=lambda one: one.received_at)


def _carried(one: _Kept, facts: Facts) -> Carried:
    return Carried(
        record=one.record,
        place=facts.place,
        tps=facts.tps,
        post=facts.post,
        name=facts.name,
        nik=nik.masked(nik.digits(facts.nik)),
        state=one.state,
        received_at=one.received_at,
    )


def _nameless(connection: Connection, one: _Kept, cabinet: Cabinet) -> Carried:
    """A withdrawal of a record that another laptop enrolled: its facts are in an older revision."""
    kept = tables.revision.c
    query = select(kept.hash, kept.body).where(kept.record == one.record).order_by(kept.number.desc())
    for digest, body in connection.execute(query):
        facts = Revision.decode(cabinet.unlock(bytes(body), record=one.record, revision=bytes(digest))).facts
        if facts is not None:
            return _carried(one, facts)
    return _carried(one, Facts(place="", post=""))
