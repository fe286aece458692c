"""The office answers a laptop it knows, refuses others, and writes down that it did."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync import recovery
from sync.envelope import key_id
from sync.kit import Kit
from sync.recovery import OtherOffice, SlotForeign
from sync.server import devices, recoveries
from sync.server.commands import program
from sync.server.errors import UnknownDevice
from sync.server.recoveries import RecoveryRevoked
from sync.trust import parse
from tests.central import Central

MASTER = bytes(range(32))


@dataclass(frozen=True)
class Forgetful:
    """A laptop of the office whose passphrase is forgotten."""

    kit: Kit
    vault: UUID
    fresh: X25519PrivateKey

    @classmethod
    def of(cls, central: Central) -> Forgetful:
        return cls(central.kit(), uuid4(), X25519PrivateKey.generate())

    @property
    def device(self) -> UUID:
        return parse(self.kit.device_certificate).device

    def asks(self, *, device: UUID | None = None, intake: bytes | None = None) -> bytes:
        to = intake or self.kit.intake_public
        return recovery.Request(
            vault=self.vault,
            device=device or self.device,
            operator="Siti Benu",
            office=key_id(to),
            sealed=recovery.seal_slot((MASTER,), to=to, vault=self.vault, device=self.device),
            ephemeral=self.fresh.public_key().public_bytes_raw(),
            at=datetime.now(UTC),
        ).encode()


def answered(central: Central, request: bytes) -> recoveries.Answered:
    with central.engine.begin() as connection:
        return recoveries.answer(connection, request, keys=central.desk.keys, now=datetime.now(UTC))


def test_a_known_laptop_gets_its_keys_sealed_to_its_request(central: Central) -> None:
    laptop = Forgetful.of(central)
    request = laptop.asks()

    made = answered(central, request)

    opened = recovery.open_answer(
        made.answer, request=request, ephemeral=laptop.fresh, reply_public=laptop.kit.reply_public
    )
    assert opened == (MASTER,)
    assert (made.device, made.vault, made.operator) == (laptop.device, laptop.vault, "Siti Benu")
    assert made.code == recovery.code(request)


def test_it_is_written_down_once_and_without_the_name(central: Central) -> None:
    laptop = Forgetful.of(central)
    request = laptop.asks()
    before = central.count("incident", device=laptop.device)

    answered(central, request)
    answered(central, recovery.to_text(request).encode())

    with central.database.connect_owner() as connection:
        rows = connection.execute("SELECT kind, body FROM incident WHERE device = %s", [laptop.device]).fetchall()
    assert central.count("incident", device=laptop.device) == before + 1
    assert rows[-1][0] == recoveries.KIND
    assert b"Siti" not in bytes(rows[-1][1])


def test_an_unknown_laptop_is_refused(central: Central) -> None:
    with pytest.raises(UnknownDevice):
        answered(central, Forgetful.of(central).asks(device=uuid4()))


def test_a_revoked_laptop_gets_nothing(central: Central) -> None:
    laptop = Forgetful.of(central)
    with central.engine.begin() as connection:
        devices.revoke(connection, str(laptop.device))

    with pytest.raises(RecoveryRevoked):
        answered(central, laptop.asks())
    assert central.count("incident", device=laptop.device) == 0


def test_another_laptops_slot_is_not_opened_under_this_ones_name(central: Central) -> None:
    mine, other = Forgetful.of(central), Forgetful.of(central)

    with pytest.raises(SlotForeign):
        answered(central, mine.asks(device=other.device))


def test_a_slot_for_another_office_is_told(central: Central) -> None:
    elsewhere = X25519PrivateKey.generate().public_key().public_bytes_raw()

    with pytest.raises(OtherOffice):
        answered(central, Forgetful.of(central).asks(intake=elsewhere))


def test_the_text_of_a_scanned_code_may_come_on_standard_input(
    central: Central, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = Forgetful.of(central)
    request = laptop.asks()
    typed = io.BytesIO(f"{recovery.to_text(request)}\r\n".encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(typed))
    out = tmp_path / "jawaban"

    assert program.main(["--data", str(central.config.data), "recover", "-", "--out", str(out)]) == 0

    opened = recovery.open_answer(
        out.read_bytes(), request=request, ephemeral=laptop.fresh, reply_public=laptop.kit.reply_public
    )
    assert opened == (MASTER,)
