"""Whatever lies on a stick: only the office's own answer settles anything, and nothing stops the reader."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop import stick
from desktop.store import enrolments, vault
from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import Unlocked
from sync import carrying, folder
from sync.errors import SyncError
from sync.trust import verify
from tests.desktop.store.officers import officers
from tests.desktop.store.offices import Line, Office
from tests.laptops import OPERATOR, PASSPHRASE, kit

SPOILT = 300


@dataclass(frozen=True)
class Laptop:
    """A laptop with three officers whose two batches lie answered on a stick."""

    store: Store
    unlocked: Unlocked
    root: Path

    def read(self) -> stick.Taken:
        return stick.read(self.store, self.unlocked, self.root)

    @property
    def pending(self) -> int:
        return StoreOutbox(self.store, self.unlocked).pending()


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    office, home, root = Office(), tmp_path / "laptop", tmp_path / "stick"
    root.mkdir()
    unlocked = vault.create(home, operator=OPERATOR, passphrase=PASSPHRASE)
    made = replace(kit(), intake_public=office.intake_public, reply_public=office.reply_public)
    with Store.create(home, unlocked, made) as store:
        for count, facts in enumerate(officers(3)):
            enrolments.save(store, facts)
            if count != 1:
                stick.write(store, unlocked, root)
        device = verify(store.laptop.device_certificate, store.laptop.root_public, datetime.now(UTC))
        carrying.carry(root, Line(office, device).exchange)
        yield Laptop(store, unlocked, root)


def spoil(chance: random.Random, root: Path) -> None:
    """One of the things that happen to files on sticks."""
    files = sorted(path for path in root.rglob("*.payung") if path.is_file())
    path = chance.choice(files)
    data = bytearray(path.read_bytes())
    match chance.randrange(7):
        case 0:
            path.write_bytes(bytes(data[: chance.randrange(len(data))]))
        case 1:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(bytes(data))
        case 2:
            path.write_bytes(chance.randbytes(chance.randrange(4096)))
        case 3:
            path.write_bytes(chance.choice(files).read_bytes())
        case 4:
            path.write_bytes(bytes(data) + chance.randbytes(1 + chance.randrange(50)))
        case 5:
            path.unlink()
            path.mkdir()
        case _:
            path.replace(path.with_name(f"{chance.randrange(10**6):04}-{chance.randbytes(8).hex()}.payung"))


def test_no_spoilt_stick_settles_what_the_office_did_not_answer(laptop: Laptop, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    whole = {path.relative_to(laptop.root): path.read_bytes() for path in laptop.root.rglob("*.jawaban.payung")}
    kept = tmp_path / "kept"
    shutil.copytree(laptop.root, kept)
    for _ in range(SPOILT):
        shutil.rmtree(laptop.root)
        shutil.copytree(kept, laptop.root)
        for name in whole:  # no answer is left whole: then nothing may be settled
            (laptop.root / name).write_bytes(whole[name][:-1] + bytes([whole[name][-1] ^ 1]))
        for _ in range(1 + chance.randrange(3)):
            spoil(chance, laptop.root)
        try:
            assert laptop.read().result.batches == 0
        except SyncError as known:
            assert known.code.startswith(("stick", "sync"))  # noqa: PT017 - told in one sentence
    assert laptop.pending == 3

    shutil.rmtree(laptop.root)
    shutil.copytree(kept, laptop.root)
    assert laptop.read().result.accepted == 3


def test_an_answer_of_the_wrong_batch_is_set_aside_and_the_others_are_taken(laptop: Laptop) -> None:
    first, second = folder.letters(folder.folder_of(laptop.root, laptop.store.laptop.tag))
    first.answer.write_bytes(second.answer.read_bytes())

    taken = laptop.read()

    assert (taken.result.batches, taken.damaged, taken.waiting) == (1, 1, 1)
    assert not first.answer.exists()
    assert first.batch.exists()
    assert [code for code, _ in stick.told(taken)] == ["stick.taken", "stick.unanswered", "stick.damaged"]
