"""A wiped laptop: who was on it is sealed to the office, and nothing opens what was there."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.store import backup, drafts, durable, enrolments, vault, wiping
from desktop.store.database import Store
from desktop.store.errors import NotSetUp
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.wiping import RecordExists
from sync import exchange
from sync import roll as rolls
from sync.envelope import key_id
from sync.errors import NotAuthorised, Unreadable
from sync.revision import Revision
from sync.roll import Custody, Roll
from sync.trust import verify
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer
from tests.desktop.store.offices import Line, Office
from tests.laptops import PASSPHRASE, VILLAGE


@pytest.fixture
def line(store: Store, office: Office) -> Line:
    return Line(office, verify(store.laptop.device_certificate, store.laptop.root_public, None))


@pytest.fixture
def full(store: Store, line: Line) -> Store:
    """One with the office, one not yet, one draft, one only typed, one thrown away."""
    enrolments.save(store, officer())
    exchange.run(StoreOutbox(store, store.unlocked), line, exchange_keys(store), clock=store.clock)
    enrolments.save(store, officer(nik="5371041508969902", name="BELUM TERKIRIM", tps=5))
    enrolments.save(store, officer(nik="", name="MASIH DRAF", tps=6))
    drafts.keep(store, VILLAGE, 7, "linmas", 1, {"name": "Baru Diketik", "nik": "5371"}, "nik")
    drafts.keep(store, VILLAGE, 8, "linmas", 1, {"name": "Dibuang"}, "name")
    drafts.discard(store, VILLAGE, 8, "linmas", 1)
    backup.run(store)
    return store


def opened(content: bytes, office: Office, line: Line) -> Roll:
    known = {line.device.device.bytes: Ed25519PublicKey.from_public_bytes(line.device.sign_key)}
    return rolls.unseal(content, keys={key_id(office.intake_public): office.intake}, verifier=known.get)


def test_the_record_tells_the_office_who_was_there_and_what_it_lacks(
    full: Store, office: Office, line: Line, tmp_path: Path
) -> None:
    roll = wiping.people(full)
    wiping.write_down(full, roll, tmp_path / "daftar.payung")

    found = opened((tmp_path / "daftar.payung").read_bytes(), office, line)

    assert [(one.name, one.custody) for one in found.people] == [
        (NAME, Custody.RECEIVED),
        ("BELUM TERKIRIM", Custody.UNRECEIVED),
        ("MASIH DRAF", Custody.DRAFT),
    ]
    assert [one.nik_end for one in found.people] == ["9901", "9902", ""]
    assert {one.fields["name"] for one in found.typed} == {"Baru Diketik", "Dibuang"}
    assert wiping.unreceived(found) == 4
    received, unsent, _ = found.people
    assert received.bodies == ()
    facts = Revision.decode(unsent.bodies[-1]).facts
    assert facts is not None
    assert (facts.nik, facts.mother) == ("5371041508969902", MOTHER)
    assert found.operator == full.unlocked.operator_id


def test_nobody_else_reads_or_makes_the_record(full: Store, office: Office, line: Line, tmp_path: Path) -> None:
    path = tmp_path / "daftar.payung"
    wiping.write_down(full, wiping.people(full), path)
    content = path.read_bytes()

    for mark in (NAME, NIK, MOTHER, "BELUM TERKIRIM", "Diketik"):
        assert mark.encode() not in content
    other = X25519PrivateKey.generate()
    with pytest.raises(Unreadable):
        rolls.unseal(content, keys={key_id(office.intake_public): other}, verifier=lambda _: None)
    with pytest.raises(NotAuthorised):
        rolls.unseal(content, keys={key_id(office.intake_public): office.intake}, verifier=lambda _: None)
    changed = bytearray(content)
    changed[-1] ^= 1
    with pytest.raises(Unreadable):
        opened(bytes(changed), office, line)
    with pytest.raises(RecordExists):
        wiping.write_down(full, wiping.people(full), path)


def test_after_the_wipe_nothing_of_the_laptop_is_left(full: Store, folder: Path) -> None:
    full.close()
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "logs" / "payung.log").write_text("x")
    (folder / "rusak-20290120-103107").mkdir()
    (folder / "rusak-20290120-103107" / "payung.db").write_bytes(b"a damaged store that was moved aside")
    (folder / "rusak-20290120-103107" / "vault.json").write_bytes(b"and its keys")
    (folder / "foto kampung.jpg").write_bytes(b"not ours")
    assert (folder / "backups").is_dir()

    left = wiping.destroy(folder)

    assert left == ("foto kampung.jpg",)
    assert [path.name for path in folder.rglob("*")] == ["foto kampung.jpg"]
    with pytest.raises(NotSetUp):
        vault.unlock(folder, passphrase=PASSPHRASE)


def test_the_keys_go_first_and_a_broken_wipe_is_finished(
    full: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.close()
    gone: list[str] = []
    unlink = Path.unlink

    def cut(path: Path, *, missing_ok: bool = False) -> None:
        if path.name.startswith("payung.db"):
            raise KeyboardInterrupt
        gone.append(path.name)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", cut)
    with pytest.raises(KeyboardInterrupt):
        wiping.destroy(folder)
    monkeypatch.setattr(Path, "unlink", unlink)

    assert {"vault.json", "vault.json.1"} <= set(gone)
    assert (folder / "payung.db").exists()
    assert b"payung" not in (folder / "payung.db").read_bytes()
    assert wiping.begun(folder)
    wiping.destroy(folder)
    assert list(folder.iterdir()) == []
    assert not wiping.begun(folder)


def test_a_record_that_cannot_be_written_leaves_everything(
    full: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(durable, "write", full_disk)
    with pytest.raises(Exception, match="store"):
        wiping.write_down(full, wiping.people(full), tmp_path / "daftar.payung")

    assert (folder / "vault.json").exists()
    assert not wiping.begun(folder)
