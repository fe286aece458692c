"""Files damaged on the disk: always a diagnosis in words, never a new or an empty store, never a silent loss."""

from __future__ import annotations

import itertools
import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from desktop.store import certificates, drafts, enrolments, header, outbox, vault
from desktop.store.database import Store, check
from desktop.store.errors import StoreError, VaultExists
from desktop.store.vault import DATABASE_NAME
from payung import wording
from tests.faults import figures, grounds
from tests.faults.extent import DAMAGES, chance
from tests.faults.grounds import Ground
from tests.laptops import OPERATOR, PASSPHRASE, VILLAGE

PAGE = 4096
WAL_NAME = DATABASE_NAME + "-wal"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120 + DAMAGES)]


@dataclass(frozen=True, slots=True)
class Laptop:
    """A worked-on laptop: its folder closed, the same as a crash left it (with a WAL), and what stands in it."""

    closed: Path
    crashed: Path
    older: bytes
    truth: tuple[object, ...]


@pytest.fixture(scope="module")
def laptop(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    root = tmp_path_factory.mktemp("worked")
    closed, crashed = ground.copied(root / "closed"), root / "crashed"
    with Store.open(closed, ground.unlocked) as store:
        ids = certificates.ready(store)
        for number in range(grounds.STANDING, grounds.STANDING + 14):
            enrolments.save(store, grounds.officer(number))
        for number in range(1, grounds.STANDING, 3):
            enrolments.save(store, grounds.officer(number, 7), record_id=ids[number])
        enrolments.withdraw(store, ids[0], "mengundurkan diri")
        certificates.allocate(store, certificates.ready(store)[5:9])
        drafts.keep(store, VILLAGE, grounds.STATIONS, "kpps-anggota", 2, {"name": "LAIN", "keys": "9"})
        outbox.StoreOutbox(store, ground.unlocked).next_batch(5)
        truth = contents(store)
        shutil.copytree(closed, crashed)
    assert (crashed / WAL_NAME).stat().st_size > 10 * PAGE
    return Laptop(closed, crashed, (ground.folder / DATABASE_NAME).read_bytes(), truth)


def contents(store: Store) -> tuple[object, ...]:
    """Everything a person would miss; the drafts come first."""
    with store.reading() as work:
        ids = [UUID(bytes=row[0]) for row in work.driver.execute("SELECT id FROM record ORDER BY id").fetchall()]
        numbers = work.driver.execute("SELECT number, record, revision, copies FROM certificate ORDER BY 1").fetchall()
        audit = work.driver.execute("SELECT count(*), max(head) FROM audit").fetchall()
        progress = work.driver.execute("SELECT batch_number, certificate_number, cursor FROM progress").fetchall()
        waiting = work.driver.execute("SELECT record, ordinal, ledger, batch FROM outbox ORDER BY id").fetchall()
    kept = [drafts.load(store, VILLAGE, grounds.STATIONS, "kpps-anggota", seat) for seat in (1, 2, 3)]
    return (kept, [enrolments.get(store, record) for record in ids], numbers, audit, progress, waiting, store.tps)


def verdict(folder: Path, ground: Ground, truth: tuple[object, ...] = ()) -> str:
    """How the damage was met: `told` on opening, `found` by the check, or `harmless` where nothing is missing."""
    path = folder / DATABASE_NAME
    before = path.read_bytes() if path.exists() else None
    try:
        store = Store.open(folder, ground.unlocked)
    except StoreError as error:
        told = error
    else:
        return found(store, truth)
    assert wording.of(told)
    assert before == (path.read_bytes() if path.exists() else None), "the damaged file was changed"
    return f"told {told.code}"


def found(store: Store, truth: tuple[object, ...]) -> str:
    """What the check says of a store that opens; where it says nothing, whether something is missing."""
    with store:
        report = check(store)
        if not report.sound:
            return "found " + min({finding.code for finding in report.findings})
        stands = contents(store)
    if stands == truth:
        return "harmless"
    # What is only being typed is in no chain: an older draft is a draft.
    return "older draft" if stands[1:] == truth[1:] else "SILENT"


def bit_flip(path: Path, luck: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    path.write_bytes(content)


def cut_at_page(path: Path, luck: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: PAGE * luck.randrange(1, len(content) // PAGE)])


def cut_anywhere(path: Path, luck: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: luck.randrange(1, len(content))])


def emptied(path: Path, luck: random.Random) -> None:
    path.write_bytes(b"")


def zeroed(path: Path, luck: random.Random) -> None:
    content = bytearray(path.read_bytes())
    start = luck.randrange(len(content))
    length = luck.choice((512, PAGE, 8 * PAGE))
    content[start : start + length] = bytes(len(content[start : start + length]))
    path.write_bytes(content)


def overwritten(path: Path, luck: random.Random) -> None:
    content = bytearray(path.read_bytes())
    start = luck.randrange(len(content))
    content[start : start + 512] = luck.randbytes(len(content[start : start + 512]))
    path.write_bytes(content)


def removed(path: Path, luck: random.Random) -> None:
    path.unlink()


DAMAGE: tuple[Callable[[Path, random.Random], None], ...] = (
    bit_flip,
    cut_at_page,
    cut_anywhere,
    emptied,
    zeroed,
    overwritten,
    removed,
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_database_is_told_or_found(
    damage: Callable[[Path, random.Random], None], laptop: Laptop, ground: Ground, place: Path
) -> None:
    luck = chance(f"damage {damage.__name__}")
    seen: Counter[str] = Counter()
    once = damage in {emptied, removed}

    for _ in range(1 if once else max(3, DAMAGES // (2 * len(DAMAGE)))):
        folder = place / "data"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(laptop.closed, folder)
        damage(folder / DATABASE_NAME, luck)
        seen[verdict(folder, ground, laptop.truth)] += 1

    figures.note(f"damage-database-{damage.__name__}", **seen)
    assert "SILENT" not in seen


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_write_ahead_log_never_gives_a_half_or_an_empty_store(
    damage: Callable[[Path, random.Random], None], laptop: Laptop, ground: Ground, place: Path
) -> None:
    """SQLite ends reading a WAL at its first wrong frame: what stands is then an earlier moment of the store, whole."""
    luck = chance(f"damage wal {damage.__name__}")
    seen: Counter[str] = Counter()

    for _ in range(1 if damage in {emptied, removed} else max(3, DAMAGES // (2 * len(DAMAGE)))):
        folder = place / "data"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(laptop.crashed, folder)
        (folder / (DATABASE_NAME + "-shm")).unlink(missing_ok=True)
        damage(folder / WAL_NAME, luck)
        met = verdict(folder, ground, laptop.truth)
        if met == "SILENT":
            with Store.open(folder, ground.unlocked) as store:
                standing = enrolments.counts(store)
            assert sum(standing.values()) >= grounds.STANDING - 1
            met = "earlier moment"
        seen[met] += 1

    figures.note(f"damage-wal-{damage.__name__}", **seen)


def test_whichever_page_is_overwritten_it_is_told_or_found(laptop: Laptop, ground: Ground, place: Path) -> None:
    luck = chance("damage every page")
    whole = (laptop.closed / DATABASE_NAME).read_bytes()
    seen: Counter[str] = Counter()

    for page in range(len(whole) // PAGE):
        folder = place / "data"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(laptop.closed, folder)
        content = bytearray(whole)
        content[page * PAGE + 100] ^= 1 << luck.randrange(8)
        (folder / DATABASE_NAME).write_bytes(content)
        seen[verdict(folder, ground, laptop.truth)] += 1

    figures.note("damage-every-page", **seen)
    assert not {"SILENT", "harmless", "older draft"} & set(seen)


def test_a_page_put_back_to_its_older_content_is_told_or_found(laptop: Laptop, ground: Ground, place: Path) -> None:
    luck = chance("damage old page")
    newest = (laptop.closed / DATABASE_NAME).read_bytes()
    pages = [
        number
        for number in range(min(len(newest), len(laptop.older)) // PAGE)
        if newest[number * PAGE :][:PAGE] != laptop.older[number * PAGE :][:PAGE]
    ]
    seen: Counter[str] = Counter()
    silent = []

    for number in luck.sample(pages, min(len(pages), max(12, DAMAGES // 4))):
        folder = place / "data"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(laptop.closed, folder)
        content = bytearray(newest)
        content[number * PAGE : (number + 1) * PAGE] = laptop.older[number * PAGE : (number + 1) * PAGE]
        (folder / DATABASE_NAME).write_bytes(content)
        met = verdict(folder, ground, laptop.truth)
        seen[met] += 1
        silent += [number] if met == "SILENT" else []

    figures.note("damage-old-page", pages=len(pages), **seen)
    assert not silent, f"pages {silent} of {len(pages)} were put back unseen"


def test_another_laptops_database_is_told(ground: Ground, place: Path) -> None:
    other = grounds.prepared(place / "other")
    folder = ground.copied(place / "data")
    shutil.copy(other.folder / DATABASE_NAME, folder / DATABASE_NAME)

    assert verdict(folder, ground) == "told store.damaged"


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_vault_file_opens_by_its_older_copy(
    damage: Callable[[Path, random.Random], None], ground: Ground, place: Path
) -> None:
    folder = ground.copied(place / "data")
    damage_vault(damage, folder / header.NAME, chance(f"damage vault {damage.__name__}"))

    opened = vault.unlock(folder, operator=OPERATOR, passphrase=PASSPHRASE)

    assert opened.database_key == ground.unlocked.database_key
    assert opened.repaired
    assert header.read(folder).newest is not None


@pytest.mark.parametrize("damage", DAMAGE)
def test_two_damaged_vault_files_are_told_and_never_replaced_by_new_ones(
    damage: Callable[[Path, random.Random], None], ground: Ground, place: Path
) -> None:
    folder = ground.copied(place / "data")
    luck = chance(f"damage vaults {damage.__name__}")
    for name in (header.NAME, header.OLDER):
        damage_vault(damage, folder / name, luck)

    with pytest.raises(StoreError) as told:
        vault.unlock(folder, operator=OPERATOR, passphrase=PASSPHRASE)

    assert told.value.code == ("store.vault_missing" if damage is removed else "store.damaged")
    with pytest.raises(VaultExists):
        vault.create(folder, operator=OPERATOR, passphrase=PASSPHRASE)
    assert (folder / DATABASE_NAME).read_bytes() == (ground.folder / DATABASE_NAME).read_bytes()


def damage_vault(damage: Callable[[Path, random.Random], None], path: Path, luck: random.Random) -> None:
    """The same damage to a file shorter than a page."""
    if damage is cut_at_page:
        path.write_bytes(path.read_bytes()[:512])
    else:
        damage(path, luck)


def test_a_damaged_header_never_brings_up_another_error_than_the_stores(ground: Ground, place: Path) -> None:
    luck = chance("damage header")
    whole = (ground.folder / header.NAME).read_bytes()
    genuine = header.read(ground.folder).newest
    (place / header.NAME).write_bytes(whole)
    read = 0

    for number, damage in zip(range(DAMAGES * 3), itertools.cycle(DAMAGE), strict=False):
        path = place / header.NAME
        path.write_bytes(whole)
        damage_vault(damage, path, luck)
        (place / header.OLDER).write_bytes(b"")
        with suppress(StoreError):
            found = header.read(place).newest
            assert found == genuine, f"number {number}: another header was read"
            read += 1

    figures.note("damage-header", damaged=DAMAGES * 3, unharmed=read)
