"""Backups: complete as of one moment, verified, rotated, and restored only where nothing is lost by it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.store import adoption, archive, audit, backup, certificates, enrolments, outbox, restoring, vault
from desktop.store.database import Store, check
from desktop.store.errors import (
    BackupCut,
    BackupExists,
    BackupForeign,
    BackupTooNew,
    KitNeeded,
    KitOfOtherEvent,
    KitOfOtherOffice,
    KitTooNarrow,
    KitUsed,
    NoRoom,
    NotABackup,
    StoreError,
    VaultExists,
    WrongPassphrase,
)
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import DATABASE_NAME
from payung import wording
from sync import exchange, trust
from sync.kit import Kit
from sync.reply import Verdict, VerdictKind
from sync.revision import Revision
from tests.desktop.store.conftest import SetUp
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer, officers
from tests.desktop.store.offices import Line, Office, verdict
from tests.desktop.store.test_traps import everything
from tests.laptops import PASSPHRASE, ROOTS, VILLAGE, kit


def fresh_kit(set_up: SetUp, **changes: object) -> Kit:
    """Another laptop's kit of the same office."""
    sign, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    before = trust.verify(set_up.kit.device_certificate, set_up.kit.root_public, None)
    facts = {
        "device": uuid4(),
        "tag": "9QRT",
        "sign_key": sign.public_key().public_bytes_raw(),
        "seal_key": seal.public_key().public_bytes_raw(),
        "serial": 2,
    }
    certificate = replace(before, **(facts | changes))  # type: ignore[arg-type]
    return replace(
        set_up.kit,
        device_certificate=trust.issue(ROOTS[set_up.kit.root_public], certificate),
        sign_private=sign.private_bytes_raw(),
        seal_private=seal.private_bytes_raw(),
        made_at=datetime.now(UTC),
    )


@pytest.fixture
def file(store: Store, tmp_path: Path) -> Path:
    """A backup of twenty officers."""
    enrolments.save_many(store, officers(20))
    target = tmp_path / "copy.payung-backup"
    backup.make(store, target)
    return target


def restored(file: Path, folder: Path, made: Kit | None = None) -> Store:
    restoring.restore(file, folder, passphrase=PASSPHRASE, kit=made)
    return Store.open(folder, vault.unlock(folder, passphrase=PASSPHRASE))


def test_a_backup_says_what_it_holds_and_names_nobody(store: Store, tmp_path: Path) -> None:
    enrolments.save(store, officer())
    made = backup.make(store, tmp_path / "a.payung-backup")

    assert made.manifest.counts["record"] == 1
    assert made.manifest.audit_entries == audit.verify(store).entries
    assert made.manifest.parts[0].name == DATABASE_NAME
    content = made.path.read_bytes()
    for mark in (NAME, MOTHER, NIK):
        assert mark.encode() not in content
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.payung-backup"]


def test_a_backup_made_while_others_write_is_one_moment_of_the_store(store: Store, tmp_path: Path) -> None:
    everyone = list(officers(60))
    enrolments.save_many(store, everyone[:30])
    writer = threading.Thread(target=lambda: [enrolments.save(store, facts) for facts in everyone[30:]])
    writer.start()
    made = [backup.make(store, tmp_path / f"{number}.payung-backup") for number in range(4)]
    writer.join()

    for number, one in enumerate(made):
        with restored(one.path, tmp_path / f"restored-{number}") as again:
            report = check(again)
            assert report.sound, report.findings
            assert report.records == one.manifest.counts["record"]


def test_an_existing_file_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")

    with pytest.raises(BackupExists):
        backup.make(store, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_a_restored_store_holds_every_row_and_its_audit(store: Store, file: Path, tmp_path: Path) -> None:
    before = dict(everything(store))

    with restored(file, tmp_path / "elsewhere" / "there") as again:
        after = dict(everything(again))
        assert check(again).sound
        for table in set(before) - {"laptop", "audit", "sqlite_sequence"}:
            assert after[table] == before[table], table
        assert after["audit"][:-1] == before["audit"]
        assert again.laptop.device == store.laptop.device


def test_without_a_fresh_kit_a_restored_store_enrols_but_neither_sends_nor_prints(file: Path, tmp_path: Path) -> None:
    with restored(file, tmp_path / "elsewhere") as again:
        saved = enrolments.save(again, officer(tps=9))

        for refused in (
            lambda: outbox.exchange_keys(again),
            lambda: StoreOutbox(again, again.unlocked).next_batch(10),
            lambda: certificates.allocate(again, [saved.id]),
        ):
            with pytest.raises(KitNeeded):
                refused()
        assert again.laptop.sign_private == b""
    assert "payung adopt" in wording.of(KitNeeded())


def test_with_a_fresh_kit_what_was_under_way_is_sealed_anew_and_what_was_settled_stays(
    store: Store, set_up: SetUp, office: Office, tmp_path: Path
) -> None:
    keys, line = (
        outbox.exchange_keys(store),
        Line(office, trust.verify(set_up.kit.device_certificate, set_up.kit.root_public, None)),
    )
    enrolments.save_many(store, list(officers(20))[:10])
    exchange.run(StoreOutbox(store, store.unlocked), line, keys, clock=store.clock)
    enrolments.save_many(store, list(officers(20))[10:])
    in_flight = StoreOutbox(store, store.unlocked).next_batch(4)
    assert in_flight is not None
    (first, *_) = certificates.allocate(store, certificates.ready(store)[:1])
    backup.make(store, tmp_path / "a.payung-backup")
    made = fresh_kit(set_up)
    seen: list[bytes] = []

    with restored(tmp_path / "a.payung-backup", tmp_path / "elsewhere", made) as again:
        device = trust.verify(made.device_certificate, made.root_public, None)
        assert again.laptop.device == device.device
        assert outbox.status(again).pending == 10
        (reprinted, *_) = certificates.allocate(again, [first.record])
        assert reprinted.number.startswith("PYG-9QRT-")
        assert reprinted.number != first.number

        def judge(revision: Revision) -> Verdict:
            seen.append(revision.hash())
            return verdict(revision)

        new_line = Line(office, device, judge=judge)
        result = exchange.run(
            StoreOutbox(again, again.unlocked), new_line, outbox.exchange_keys(again), clock=again.clock
        )
        assert (result.accepted, result.pending, len(set(seen))) == (10, 0, 10)
        report = check(again)
        assert report.sound, report.findings
        assert enrolments.counts(again)["sent"] == 20
        with again.reading() as work:
            actions = [row[0] for row in work.driver.execute("SELECT action FROM audit ORDER BY number").fetchall()]
        assert {"restored", "adopted"} <= set(actions)


def test_what_the_office_held_back_is_offered_again_under_the_new_identity(
    store: Store, set_up: SetUp, office: Office, tmp_path: Path
) -> None:
    device = trust.verify(set_up.kit.device_certificate, set_up.kit.root_public, None)
    waiting = Line(office, device, judge=lambda revision: verdict(revision, VerdictKind.WAITING))
    saved = enrolments.save(store, officer())
    exchange.run(StoreOutbox(store, store.unlocked), waiting, outbox.exchange_keys(store), clock=store.clock)
    assert outbox.status(store).pending == 0

    adopted = adoption.adopt_kit(store, fresh_kit(set_up))

    assert adopted.waiting == 1
    assert enrolments.get(store, saved.id).exchange is enrolments.Exchange.QUEUED


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"villages": ("53.71.04.1002",)}, KitTooNarrow),
        ({"event": "pemilu-2024"}, KitOfOtherEvent),
    ],
)
def test_a_kit_that_does_not_fit_changes_nothing(
    store: Store, set_up: SetUp, changes: dict[str, object], trouble: type[StoreError]
) -> None:
    before = everything(store)

    with pytest.raises(trouble):
        adoption.adopt_kit(store, fresh_kit(set_up, **changes))
    assert everything(store) == before


def test_a_kit_of_another_office_or_one_used_before_is_refused(store: Store, set_up: SetUp) -> None:
    with pytest.raises(KitOfOtherOffice):
        adoption.adopt_kit(store, kit())
    with pytest.raises(KitUsed):
        adoption.adopt_kit(store, set_up.kit)
    first = fresh_kit(set_up)
    adoption.adopt_kit(store, first)
    adoption.adopt_kit(store, fresh_kit(set_up, tag="8ABC"))
    for used in (first, set_up.kit):
        with pytest.raises(KitUsed):
            adoption.adopt_kit(store, used)
    assert check(store).sound


def wrong_files(whole: bytes) -> dict[str, tuple[bytes, type[StoreError]]]:
    """Files that are no backup to restore."""
    newer = bytearray(whole)
    newer[14] = 9
    flipped = bytearray(whole)
    flipped[-5000] ^= 1
    manifest = bytearray(whole)
    manifest[60] ^= 1
    return {
        "empty": (b"", NotABackup),
        "picture": (b"\x89PNG\r\n\x1a\n" + bytes(5000), NotABackup),
        "database": (bytes(8192), NotABackup),
        "cut in its head": (whole[:16], BackupCut),
        "cut in its manifest": (whole[:100], BackupCut),
        "cut": (whole[:-1], BackupCut),
        "longer": (whole + b"x", BackupCut),
        "one bit": (bytes(flipped), BackupCut),
        "manifest altered": (bytes(manifest), BackupCut),
        "newer": (bytes(newer), BackupTooNew),
    }


@pytest.mark.parametrize("kind", sorted(wrong_files(bytes(6000))))
def test_a_wrong_file_is_refused_and_nothing_is_changed(file: Path, tmp_path: Path, kind: str) -> None:
    content, trouble = wrong_files(file.read_bytes())[kind]
    (tmp_path / "wrong").write_bytes(content)

    with pytest.raises(trouble) as told:
        restoring.restore(tmp_path / "wrong", tmp_path / "elsewhere", passphrase=PASSPHRASE)
    assert len(wording.of(told.value)) > 20
    assert not (tmp_path / "elsewhere").exists()


def test_an_altered_manifest_is_found_by_the_vaults_own_key(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    altered = content.replace(b'"batch_number": 0', b'"batch_number": 7')
    assert altered != content
    (tmp_path / "altered").write_bytes(altered)

    with pytest.raises(BackupCut):
        restoring.restore(tmp_path / "altered", tmp_path / "elsewhere", passphrase=PASSPHRASE)
    assert not (tmp_path / "elsewhere").exists()


def test_a_part_cannot_lead_out_of_the_folder(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes().replace(b'"vault.json"', b'"../t.json"')
    (tmp_path / "altered").write_bytes(content)

    with pytest.raises(BackupCut):
        restoring.restore(tmp_path / "altered", tmp_path / "elsewhere", passphrase=PASSPHRASE)


def test_a_newer_schema_another_vault_and_a_wrong_passphrase_are_refused(
    store: Store, file: Path, tmp_path: Path
) -> None:
    newer = replace(archive.read(file).manifest, schema=9_000)
    archive.write(tmp_path / "newer", newer, [(DATABASE_NAME, file)], store.unlocked.database_key)
    target = tmp_path / "elsewhere"

    with pytest.raises(BackupTooNew):
        restoring.restore(tmp_path / "newer", target, passphrase=PASSPHRASE)
    with pytest.raises(BackupForeign):
        restoring.restore(file, target, passphrase=PASSPHRASE, expected=uuid4())
    with pytest.raises(WrongPassphrase):
        restoring.restore(file, target, passphrase="bukan kata sandinya")
    assert not target.exists()


def test_a_store_that_stands_is_never_overwritten(store: Store, file: Path) -> None:
    before = {path.name: path.read_bytes() for path in store.folder.iterdir() if path.name.startswith("vault")}

    with pytest.raises(VaultExists):
        restoring.restore(file, store.folder, passphrase=PASSPHRASE)
    assert {name: (store.folder / name).read_bytes() for name in before} == before


def test_a_damaged_store_is_moved_aside_and_kept_whole(
    folder: Path, reopen: Callable[[], Store], tmp_path: Path
) -> None:
    with reopen() as store:
        enrolments.save_many(store, officers(5))
        backup.make(store, tmp_path / "a")
    (folder / DATABASE_NAME).write_bytes(b"broken")

    done = restoring.restore(tmp_path / "a", folder, passphrase=PASSPHRASE, aside=True)

    assert done.aside is not None
    assert (done.aside / DATABASE_NAME).read_bytes() == b"broken"
    with reopen() as store:
        assert sum(enrolments.counts(store).values()) == 5


def test_two_stores_set_aside_in_the_same_second_both_stay(
    folder: Path, reopen: Callable[[], Store], tmp_path: Path
) -> None:
    with reopen() as store:
        backup.make(store, tmp_path / "a")
    now = datetime(2029, 2, 14, 9, 0, tzinfo=UTC)
    for content in (b"broken", b"broken again"):
        (folder / DATABASE_NAME).write_bytes(content)
        restoring.restore(tmp_path / "a", folder, passphrase=PASSPHRASE, aside=True, clock=lambda: now)

    kept = sorted((aside / DATABASE_NAME).read_bytes() for aside in folder.glob("rusak-*"))
    assert kept == [b"broken", b"broken again"]


def test_another_backup_of_that_name_on_the_stick_does_not_stand_in_for_the_new_one(
    reopen: Callable[[], Store], tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    counted = []
    with reopen() as store:
        for facts in officers(2):
            enrolments.save(store, facts)
            here = backup.make(store, tmp_path / f"payung-{store.laptop.tag}-20290214T090000Z{archive.SUFFIX}")
            there = backup.carry(here, stick, tag=store.laptop.tag)
            assert there is not None
            counted.append(archive.read(there).manifest.counts["record"])
            here.path.unlink()

    assert counted == [1, 2]


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_restore_cut_by_a_power_failure_is_finished_by_the_same_command(
    file: Path, tmp_path: Path, moved: int
) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "elsewhere"
    restoring.restore(file, whole, passphrase=PASSPHRASE)
    names = [DATABASE_NAME, "vault.json.1", "vault.json"]
    staging = folder / restoring.STAGING
    staging.mkdir(parents=True)
    for number, name in enumerate(names):
        shutil.copy(whole / name, (folder if number < moved else staging) / name)
    (staging / "whole").write_bytes(restoring._mark(archive.read(file)))

    restoring.restore(file, folder, passphrase=PASSPHRASE)

    assert not staging.exists()
    with Store.open(folder, vault.unlock(folder, passphrase=PASSPHRASE)) as store:
        assert sum(enrolments.counts(store).values()) == 20


def test_too_little_room_is_said_before_anything_is_begun(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))

    with pytest.raises(NoRoom) as told:
        backup.make(store, tmp_path / "a")
    assert "MiB" in wording.of(told.value)
    assert not list(tmp_path.glob("a*"))


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 12, 1, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def test_a_backup_is_due_when_something_was_done_and_a_day_or_enough_saves_or_the_end_has_come(
    store: Store,
) -> None:
    clock = Clock()
    store.clock = clock
    assert backup.run(store) is not None
    assert backup.run(store, closing=True) is None
    enrolments.save(store, officer())
    assert not backup.due(store, saves=3)
    assert backup.due(store, saves=50)
    assert backup.due(store, closing=True)
    clock.at += timedelta(days=1)
    assert backup.due(store)


def test_seven_days_and_four_weeks_are_kept_here_and_on_the_stick(store: Store, tmp_path: Path) -> None:
    clock, stick = Clock(), tmp_path / "stick"
    stick.mkdir()
    (stick / "payung-ZZZZ-20200101T000000Z.payung-backup").write_bytes(b"another laptop's")
    store.clock = clock
    facts = officers(40)
    for _ in range(40):
        enrolments.save(store, next(facts))
        ran = backup.run(store, closing=True, stick=stick)
        assert ran is not None
        clock.at += timedelta(hours=23)

    kept = sorted(path.name for path in (store.folder / "backups").iterdir())
    days = {name[12:20] for name in kept}
    assert len(kept) == len(days) == 9
    assert {path.name for path in stick.iterdir()} == {*kept, "payung-ZZZZ-20200101T000000Z.payung-backup"}
    newest = backup.newest(store)
    assert newest is not None
    assert newest.manifest.counts["record"] == 40


def test_a_stick_that_is_not_there_stops_nothing(store: Store, tmp_path: Path) -> None:
    ran = backup.run(store, stick=tmp_path / "not-there")

    assert ran is not None
    assert ran.stick is None
    assert VILLAGE in store.laptop.villages
