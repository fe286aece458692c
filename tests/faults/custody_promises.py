"""What must stand after a fault on the paths of `custody_workloads`: the way in, whole copies, who was on the laptop.

Every one of these paths can be walked again to its end; where it was broken off, that is done here before judging.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.store import archive, audit, backup, connection, enrolments, header, purge, restoring, slots, vault, wiping
from desktop.store.audit import Action
from desktop.store.database import Store
from desktop.store.errors import Damaged, Purged, StoreError, VaultExists
from desktop.store.vault import DATABASE_NAME, Unlocked
from sync import roll as rolls
from sync import trust
from sync.envelope import key_id
from sync.revision import Revision
from tests.desktop.store import pages
from tests.faults import custody_workloads as walks
from tests.faults import grounds
from tests.faults.grounds import BACKUP, COLLEAGUE, COLLEAGUES, LAPTOP, Ground
from tests.faults.standing import records, sound
from tests.faults.words import Word
from tests.laptops import OPERATOR, PASSPHRASE

UNRECEIVED = [grounds.officer(number, 1).nik for number in range(0, grounds.STANDING, 4)]
RECEIVED = [grounds.officer(number).nik for number in range(grounds.STANDING) if number % 4]


def _kinds(words: Sequence[Word]) -> set[str]:
    return {word["kind"] for word in words}


PASSPHRASES = {
    OPERATOR: (PASSPHRASE, walks.RENEWED),
    COLLEAGUE: (COLLEAGUES,),
    walks.NEWCOMER: (walks.NEWCOMERS,),
}


def _opening(folder: Path, name: str) -> set[str]:
    """Which of his passphrases open that operator's slot in either generation of the vault file."""
    kept, found = header.read(folder), set()
    for standing in (kept.newest, kept.older):
        for slot in () if standing is None else (slot for slot in standing.slots if slot.name == name):
            for worded in PASSPHRASES[name]:
                if slots.opened(standing, slot, worded) is not None:  # type: ignore[arg-type]
                    found.add(worded)
    return found


def people(folder: Path, _ground: Ground, words: Sequence[Word]) -> Iterator[str]:
    """The ketua comes in; a colleague who was added can; a passphrase that was changed opens nothing any more."""
    said, own = _kinds(words), _opening(folder, OPERATOR)
    allowed = {PASSPHRASE} | ({walks.RENEWED} if "changing" in said else set())
    if not own or not own <= allowed or ("changed" in said and own != {walks.RENEWED}):
        yield f"the ketua's slot opens by {len(own)} passphrases after {sorted(said)}"
    if "added" in said and _opening(folder, walks.NEWCOMER) != {walks.NEWCOMERS}:
        yield "a colleague who was added cannot come in"
    with Store.open(folder, walks.come_in(folder)) as store:
        yield from sound(store)
        told = _actions(store)
        if "added" in said and told.count(Action.OPERATOR_ADDED) < 2:
            yield "the audit does not tell who was added"
        if "changed" in said and Action.PASSPHRASE_CHANGED not in told:
            yield "the audit does not tell of the new passphrase"
    for name in [operator.name for operator in vault.operators(folder) if operator.name == walks.NEWCOMER]:
        with Store.open(folder, vault.unlock(folder, operator=name, passphrase=walks.NEWCOMERS)) as store:
            yield from sound(store)


def _actions(store: Store) -> list[str]:
    with store.reading() as work:
        return [entry.link.action for entry in audit.entries(work)]


def removal(folder: Path, ground: Ground, words: Sequence[Word]) -> Iterator[str]:
    """Whoever was removed stands in no vault file, his key opens nothing, and everybody else's work is there."""
    said = _kinds(words)
    if "removed" in said and _opening(folder, COLLEAGUE):
        yield "who was removed still has a slot"
    with Store.open(folder, walks.come_in(folder)) as store:
        yield from sound(store)
        yield from records(store, words)
        gone = COLLEAGUE not in {operator.name for operator in vault.operators(folder)}
        if gone != (Action.OPERATOR_REMOVED in _actions(store)):
            yield f"the slot is gone: {gone}, and the audit says otherwise"
        if store.unlocked.replaced is not None or gone == (store.unlocked.database_key == ground.unlocked.database_key):
            yield "the removal is not finished by the next opening"
        if gone and ground.unlocked.database_key not in store.unlocked.past_database_keys():
            yield "the key that older backups need is lost"
    if gone and _opens(folder / DATABASE_NAME, ground.unlocked.database_key):
        yield "the database still opens by the key of before"


def _opens(path: Path, key: bytes) -> bool:
    try:
        connection.looked_at(path, key).close()
    except Damaged:
        return False
    return True


def backups(store: Store, words: Sequence[Word]) -> Iterator[str]:
    """Every backup that has its name is whole; the last one said to be made is there; the next leaves no half ones."""
    store.event = replace(store.event, retention=walks.RETENTION)
    promised = [word["id"] for word in words if word["kind"] == "backed up"][-1:]
    folders = (store.folder / backup.FOLDER_NAME, store.folder / walks.STICK)
    for folder in folders:
        held = [_held(path, store.unlocked) for path in folder.glob(f"*{archive.SUFFIX}")]
        if promised and not any(UUID(promised[0]) in ids for ids in held):
            yield f"the backup that was made is not in {folder.name}"
        if any(len(ids) < grounds.STANDING for ids in held):
            yield f"a backup in {folder.name} lacks records"
    enrolments.save(store, grounds.officer(9_000 + len(words)))
    backup.run(store, closing=True, stick=folders[1])
    yield from _halves(*folders)


def _held(path: Path, unlocked: Unlocked) -> set[UUID]:
    """The records in a backup, which is whole and ours; raises a StoreError otherwise."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        found = archive.read(path)
        archive.verify(found)
        if not found.genuine(unlocked.database_key):
            raise Damaged(part="backup")
        archive.extract(found, Path(folder))
        with closing(connection.opened(Path(folder, DATABASE_NAME), unlocked.database_key)) as driver:
            return {UUID(bytes=row[0]) for row in driver.execute("SELECT id FROM record").fetchall()}


def _halves(*folders: Path) -> Iterator[str]:
    for path in (path for folder in folders if folder.is_dir() for path in folder.iterdir()):
        if path.suffix not in {archive.SUFFIX, ".db"}:
            yield f"{path.parent.name} keeps the half {path.name.rpartition('Z')[2]}"


def purged(store: Store, words: Sequence[Word]) -> Iterator[str]:
    """All of a purge or nothing, never anybody the office has not; walked again, no page and no copy holds them."""
    due: list[str] = next((word["ids"] for word in words if word["kind"] == "purging"), [])
    gone = [record for record in due if _is_purged(store, UUID(record))]
    if len(gone) not in {0, len(due)} or ("purged" in _kinds(words) and len(gone) != len(due)):
        yield f"of {len(due)} to be purged {len(gone)} are"
    if gone and "purged" in _kinds(words):
        yield from _leftovers(store)
    store.event = replace(store.event, retention=walks.RETENTION)
    purge.by_policy(store, walks.AFTER_TERM)
    left = purge.plan(store, walks.AFTER_TERM)
    if left.due or left.kept["unreceived"] < len(UNRECEIVED) or left.kept["done"] != len(RECEIVED):
        yield f"purged again, {len(left.due)} are still to go, the others stay: {left.kept}"
    for nik in UNRECEIVED:
        if not any(found.facts.nik == nik for found in enrolments.find_by_nik(store, nik)):
            yield "somebody the office has not got was purged"
    yield from _leftovers(store)
    enrolments.save(store, grounds.officer(9_000 + len(words)))
    backup.run(store, closing=True)
    yield from _halves(store.folder / backup.FOLDER_NAME)


def _is_purged(store: Store, record: UUID) -> bool:
    try:
        enrolments.get(store, record)
    except Purged:
        return True
    return False


def _leftovers(store: Store) -> Iterator[str]:
    """No page of database, journal or copies holds a NIK of those who are gone."""
    key, copies = store.unlocked.database_key, store.folder / backup.FOLDER_NAME
    found = {"database": pages.of_database(store.folder / DATABASE_NAME, key)}
    found["journal"] = pages.of_journal(store.folder / (DATABASE_NAME + "-wal"), key)
    for path in copies.glob(f"*{archive.SUFFIX}"):
        with tempfile.TemporaryDirectory(dir=store.folder) as folder:
            archive.extract(archive.read(path), Path(folder))
            found[path.name] = pages.of_database(Path(folder, DATABASE_NAME), key)
    for name, content in found.items():
        left = sum(nik.encode() in content for nik in RECEIVED)
        if left:
            yield f"{left} of those purged still stand in {name}"


def wiped(folder: Path, ground: Ground, words: Sequence[Word]) -> Iterator[str]:
    """The store stands whole, or the record of who was on it does: begun once, the wipe goes on to its end."""
    said = _kinds(words)
    for word in (word for word in words if word["kind"] == "written down"):
        record = folder / walks.STICK / word["name"]
        if not record.exists() or hashlib.sha256(record.read_bytes()).hexdigest() != word["sha256"]:
            yield "the record of who was on the laptop is lost"
    stands = not wiping.begun(folder) and (folder / DATABASE_NAME).exists()
    if stands and "wiped" in said:
        yield "a wiped laptop still has its database"
    if stands:
        with Store.open(folder, walks.come_in(folder)) as store:
            yield from sound(store)
            yield from records(store, words)
        walks.wipe(folder, ground, _nobody)
    elif wiping.begun(folder):
        wiping.destroy(folder)
    yield from _told_of(walks.rolls(folder)[-1], ground)
    left = {path.relative_to(folder).parts[0] for path in folder.rglob("*")} - {walks.STICK}
    if left:
        yield f"after the wipe there are {sorted(left)}"


def _nobody(kind: str, **facts: object) -> None:
    """Hears nothing."""


def _told_of(record: Path, ground: Ground) -> Iterator[str]:
    """The office opens the record; everybody is in it, those it has not got with all they said."""
    with Store.open(ground.copied(record.parent / "known"), ground.unlocked) as store:
        device = trust.verify(store.laptop.device_certificate, store.laptop.root_public, None)
    found = rolls.unseal(
        record.read_bytes(),
        keys={key_id(grounds.OFFICE.intake_public): grounds.OFFICE.intake},
        verifier={device.device.bytes: Ed25519PublicKey.from_public_bytes(device.sign_key)}.get,
    )
    bodies = [Revision.decode(one.bodies[-1]).facts for one in found.people if one.bodies]
    lacking = set(UNRECEIVED) - {facts.nik for facts in bodies if facts is not None}
    if len(found.people) < grounds.STANDING or lacking or len(found.typed) != 3:
        yield f"the record names {len(found.people)}, lacks {len(lacking)}, {len(found.typed)} were only typed"


def restored(folder: Path, ground: Ground, words: Sequence[Word]) -> Iterator[str]:
    """What is there opens whole under the kit's identity; what is not yet there is restored by asking again."""
    yield from _restored(folder, ground, words, aside=False)


def restored_aside(folder: Path, ground: Ground, words: Sequence[Word]) -> Iterator[str]:
    """As `restored`; and every byte of the damaged store lies in the folder it was set aside in."""
    yield from _restored(folder, ground, words, aside=True)
    before = {
        path.name: path.read_bytes()
        for path in (ground.start("restore-aside") / LAPTOP).iterdir()
        if path.name in {DATABASE_NAME, DATABASE_NAME + "-wal", header.NAME, header.OLDER, header.RECOVERY_NAME}
    }
    found = [{path.name: path.read_bytes() for path in aside.iterdir()} for aside in (folder / LAPTOP).glob("rusak-*")]
    if not any(before.items() <= aside.items() for aside in found):
        lacking = [sorted(name for name in before if aside.get(name) != before[name]) for aside in found]
        yield f"of the damaged store, set aside, there is not {lacking}"


def _restored(folder: Path, ground: Ground, words: Sequence[Word], *, aside: bool) -> Iterator[str]:
    file, laptop = folder / BACKUP, folder / LAPTOP
    if file.read_bytes() != (ground.start("restore") / BACKUP).read_bytes():
        yield "the backup file was changed"
    if "restored" not in _kinds(words):
        try:
            restoring.restore(file, laptop, passphrase=PASSPHRASE, kit=ground.kit, aside=aside)
        except VaultExists:
            pass  # it stands already, whole or not
        except StoreError as error:
            yield f"asked again it is not restored: {error.code} {error.facts}"
    with Store.open(laptop, vault.unlock(laptop, operator=OPERATOR, passphrase=PASSPHRASE)) as store:
        yield from sound(store)
        if store.laptop.sign_private != ground.kit.sign_private:
            yield "the restored store has not the kit's identity"
        if any(not enrolments.find_by_nik(store, nik) for nik in (*UNRECEIVED, *RECEIVED)):
            yield "the restored store lacks somebody"
    if (laptop / restoring.STAGING).exists():
        yield f"of the restore there is still {sorted(path.name for path in (laptop / restoring.STAGING).iterdir())}"


OF_STORE: dict[str, Callable[[Store, Sequence[Word]], Iterator[str]]] = {"backup": backups, "purge": purged}
OF_PATH: dict[str, Callable[[Path, Ground, Sequence[Word]], Iterator[str]]] = {
    "people": people,
    "removal": removal,
    "wipe": wiped,
    "restore": restored,
    "restore-aside": restored_aside,
}
