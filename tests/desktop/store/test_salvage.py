"""Damaged files: whatever page is gone, what stands on the others is saved, and what is lost is named."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from desktop.store import certificates, drafts, enrolments, salvage
from desktop.store.database import Store, check
from desktop.store.errors import BeyondSalvage, DatabaseMissing, StoreError, VaultExists
from desktop.store.outbox import StoreOutbox
from desktop.store.pages import Pages
from desktop.store.salvage import Salvaged
from desktop.store.vault import DATABASE_NAME, Unlocked
from tests.desktop.store.conftest import SetUp
from tests.desktop.store.officers import officer, officers
from tests.desktop.store.test_backup import fresh_kit
from tests.desktop.store.test_traps import everything
from tests.laptops import VILLAGE

PAGE = 4096


@dataclass(frozen=True)
class Worked:
    """A folder with eighty officers, and what each of them says."""

    folder: Path
    facts: dict[UUID, object]
    pages: int


@pytest.fixture
def worked(folder: Path, unlocked: Unlocked) -> Worked:
    with Store.open(folder, unlocked) as store:
        enrolments.save_many(store, officers(77))
        second, *_ = certificates.ready(store)
        enrolments.save(store, officer(tps=12))
        enrolments.withdraw(store, second, "mengundurkan diri")
        certificates.allocate(store, certificates.ready(store)[:8])
        drafts.keep(store, VILLAGE, 3, "linmas", 1, {"name": "Setengah"}, "name")
        StoreOutbox(store, unlocked).next_batch(20)
        ids = [UUID(bytes=row[0]) for name, rows in everything(store) if name == "record" for row in rows]
        facts = {record: enrolments.get(store, record).facts for record in ids}
    return Worked(folder, dict(facts), (folder / DATABASE_NAME).stat().st_size // PAGE)


def salvaged(worked: Worked, unlocked: Unlocked, out: Path, **more: object) -> tuple[Salvaged, dict[UUID, object]]:
    """What a salvage gives, held to itself: the new store is sound, and the damaged file was only read."""
    before = (worked.folder / DATABASE_NAME).read_bytes()
    done = salvage.salvage(worked.folder, unlocked, out, **more)  # type: ignore[arg-type]
    assert (worked.folder / DATABASE_NAME).read_bytes() == before
    with Store.open(out, unlocked) as store:
        report = check(store)
        assert report.sound, report.findings
        return done, {record: enrolments.get(store, record).facts for record in done.saved}


def test_an_undamaged_file_comes_over_whole(worked: Worked, unlocked: Unlocked, tmp_path: Path) -> None:
    done, facts = salvaged(worked, unlocked, tmp_path / "out")

    assert facts == worked.facts
    assert (done.lost, done.set_back, done.damaged, done.needs_kit) == ((), (), 0, True)
    with Store.open(tmp_path / "out", unlocked) as store:
        assert drafts.load(store, VILLAGE, 3, "linmas", 1) is not None
        assert store.laptop.sign_private == b""


def test_every_page_lost_costs_its_own_rows_only(
    worked: Worked, unlocked: Unlocked, set_up: SetUp, tmp_path: Path
) -> None:
    whole = (worked.folder / DATABASE_NAME).read_bytes()
    least = len(worked.facts)
    kit = fresh_kit(set_up)
    for page in range(worked.pages):
        content = bytearray(whole)
        content[page * PAGE + 100 : page * PAGE + 600] = bytes(500)
        (worked.folder / DATABASE_NAME).write_bytes(content)
        out = tmp_path / "out"
        done, facts = salvaged(worked, unlocked, out, kit=kit)
        assert done.damaged == 1, page
        assert all(facts[record] == worked.facts[record] for record in facts if record not in done.set_back), page
        assert set(done.saved) | set(done.lost) == set(worked.facts), page
        least = min(least, len(done.saved))
        assert not done.needs_kit
        shutil.rmtree(out)
    assert least >= len(worked.facts) - 20  # one page full


@pytest.mark.parametrize("share", [0.6, 0.9])
@pytest.mark.parametrize("off", [0, 1000])
def test_a_file_cut_off_gives_what_is_left(
    worked: Worked, unlocked: Unlocked, set_up: SetUp, tmp_path: Path, share: float, off: int
) -> None:
    path = worked.folder / DATABASE_NAME
    path.write_bytes(path.read_bytes()[: int(worked.pages * share) * PAGE + off])

    done, facts = salvaged(worked, unlocked, tmp_path / "out", kit=fresh_kit(set_up))

    assert facts
    assert set(facts) == set(done.saved) <= set(worked.facts)


def test_a_lost_salt_is_no_lost_store(worked: Worked, unlocked: Unlocked, tmp_path: Path) -> None:
    path = worked.folder / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[:16] = bytes(16)
    path.write_bytes(content)
    with pytest.raises(StoreError):
        Store.open(worked.folder, unlocked)

    _, facts = salvaged(worked, unlocked, tmp_path / "out")

    assert facts == worked.facts


def test_what_still_stands_in_the_journal_is_saved_too(folder: Path, unlocked: Unlocked, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    with Store.open(folder, unlocked) as store:
        saved = [enrolments.save(store, facts).id for facts in officers(30)]
        shutil.copytree(folder, crashed)
    with (crashed / DATABASE_NAME).open("r+b") as file:
        file.seek(3 * PAGE)
        file.write(bytes(64))

    done = salvage.salvage(crashed, unlocked, tmp_path / "out")

    assert set(done.saved) == set(saved)


def test_random_damage_never_gives_a_store_that_contradicts_itself(
    worked: Worked, unlocked: Unlocked, set_up: SetUp, tmp_path: Path
) -> None:
    luck, whole = random.Random(20261122), (worked.folder / DATABASE_NAME).read_bytes()
    kit = fresh_kit(set_up)
    for _ in range(25):
        content = bytearray(whole)
        for _ in range(luck.randrange(1, 12)):
            place = luck.randrange(len(content))
            content[place : place + luck.choice((1, 512, PAGE))] = luck.randbytes(1)
        (worked.folder / DATABASE_NAME).write_bytes(content)
        try:
            done, facts = salvaged(worked, unlocked, tmp_path / "out", kit=kit)
        except BeyondSalvage:
            continue
        assert all(facts[record] == worked.facts[record] for record in facts if record not in done.set_back)
        shutil.rmtree(tmp_path / "out")


@pytest.mark.parametrize("content", [b"", b"\x00" * PAGE * 4, b"garbage" * 4000])
def test_nothing_comes_of_nothing(worked: Worked, unlocked: Unlocked, tmp_path: Path, content: bytes) -> None:
    (worked.folder / DATABASE_NAME).write_bytes(content)

    with pytest.raises(BeyondSalvage):
        salvage.salvage(worked.folder, unlocked, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_not_touched(worked: Worked, unlocked: Unlocked, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine", encoding="utf-8")

    with pytest.raises(VaultExists):
        salvage.salvage(worked.folder, unlocked, tmp_path / "out")
    (worked.folder / DATABASE_NAME).unlink()
    with pytest.raises(DatabaseMissing):
        salvage.salvage(worked.folder, unlocked, tmp_path / "other")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_the_pages_are_those_of_the_file(worked: Worked, unlocked: Unlocked, reopen: Callable[[], Store]) -> None:
    pages = Pages(worked.folder / DATABASE_NAME, unlocked.database_key)

    assert (len(pages.numbers), pages.damaged, pages.verified) == (worked.pages, (), True)
    assert Pages(worked.folder / DATABASE_NAME, b"k" * 32).verified is False
