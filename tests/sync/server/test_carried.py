"""Whom a lost laptop carried: told from the office's own data, names readable, NIKs masked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from sync import roll as rolls
from sync.errors import NotAuthorised
from sync.revision import Kind
from sync.roll import Custody, Listed, Roll, Typed
from sync.server import carried, devices
from sync.server.cabinet import Cabinet
from sync.server.carried import Carried
from tests.central import KUPANG, Central, Laptop, officer


def people(central: Central, laptop: Laptop) -> tuple[Carried, ...]:
    with central.engine.begin() as connection:
        found = devices.find(connection, str(laptop.device))
        return carried.by(connection, found, Cabinet(central.desk.keys))


def test_everybody_the_laptop_sent_is_named_and_nobody_else(central: Central) -> None:
    lost, other = central.laptop(), central.laptop()
    first = lost.saved(officer(name="Yohana Hilang"))
    lost.exchange(central, first)
    lost.exchange(central, lost.saved(replace(officer(), name="Yohana Ganti Nama", tps=3), after=first))
    gone = lost.saved(officer(name="Maria Ditarik"))
    lost.exchange(central, gone)
    lost.exchange(central, lost.saved(after=gone, kind=Kind.WITHDRAWN, facts=None))
    other.exchange(central, other.saved(officer(name="Bukan Laptop Itu")))

    found = people(central, lost)

    assert {(one.name, one.state) for one in found} == {
        ("Yohana Ganti Nama", "active"),
        ("Maria Ditarik", "withdrawn"),
    }
    assert all(one.nik.startswith("•••• ") and len(one.nik) == 9 for one in found)


def test_who_waits_and_who_was_refused_were_on_it_too(central: Central) -> None:
    lost = central.laptop()
    orphan = lost.saved(officer(name="Menunggu Induk"))
    lost.exchange(central, replace(orphan, number=2, parent=bytes(32)))
    lost.exchange(central, lost.saved(officer("53.01.16.2001", name="Di Luar Wilayah")))

    assert {(one.name, one.state) for one in people(central, lost)} == {
        ("Menunggu Induk", "waiting"),
        ("Di Luar Wilayah", "refused"),
    }


def test_a_laptop_that_never_sent_carried_nobody_the_office_knows(central: Central) -> None:
    assert people(central, central.laptop()) == ()


@pytest.fixture
def roll(central: Central) -> tuple[Laptop, Roll]:
    lost = central.laptop()
    unsent = lost.saved(officer(name="Belum Terkirim"))
    listed = Listed(
        record=unsent.record,
        place=KUPANG,
        tps=4,
        post="kpps-anggota",
        name="Belum Terkirim",
        nik_end="9907",
        custody=Custody.UNRECEIVED,
        bodies=(unsent.body(),),
    )
    typed = Typed(place=KUPANG, tps=5, post="linmas", fields={"name": "Baru", "nik": "5371"})
    made = Roll(device=lost.device, at=datetime.now(UTC), operator=uuid4(), people=(listed,), typed=(typed,))
    return lost, made


def sealed(central: Central, lost: Laptop, made: Roll, *, by: Laptop | None = None) -> bytes:
    signer = Ed25519PrivateKey.from_private_bytes((by or lost).kit.sign_private)
    intake = central.desk.keys.newest.intake_public
    return rolls.seal(made, signer=signer, to=X25519PublicKey.from_public_bytes(intake))


def test_the_roll_of_a_wiped_laptop_is_read_and_gives_back_what_was_not_received(
    central: Central, roll: tuple[Laptop, Roll]
) -> None:
    lost, made = roll
    with central.engine.begin() as connection:
        laptop = devices.find(connection, str(lost.device))
        certificate = carried.certificate(connection, laptop)

    content = carried.roll(sealed(central, lost, made), laptop, certificate, central.desk.keys)

    assert [(one.name, one.nik, one.state) for one in carried.listed(content)] == [
        ("Belum Terkirim", "•••• 9907", "unreceived"),
        ("Baru", "•••• 5371", "typed"),
    ]
    (record,) = carried.lacking(content)
    assert (record["village"], record["name"], record["post"]) == (KUPANG, "Belum Terkirim", "kpps-anggota")
    json.dumps(record)


def test_a_roll_of_another_laptop_is_not_believed(central: Central, roll: tuple[Laptop, Roll]) -> None:
    lost, made = roll
    with central.engine.begin() as connection:
        laptop = devices.find(connection, str(lost.device))
        certificate = carried.certificate(connection, laptop)

    with pytest.raises(NotAuthorised):
        carried.roll(sealed(central, lost, made, by=central.laptop()), laptop, certificate, central.desk.keys)
