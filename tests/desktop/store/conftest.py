"""A laptop set up once for all tests of the store; each test gets its own copy of the folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop.store import vault
from desktop.store.database import Store
from desktop.store.vault import Unlocked
from sync.kit import Kit
from tests.desktop.store.offices import Office
from tests.laptops import OPERATOR, PASSPHRASE, kit


@dataclass(frozen=True, slots=True)
class SetUp:
    """A folder that is never changed, with what belongs to it."""

    folder: Path
    unlocked: Unlocked
    office: Office
    kit: Kit


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> SetUp:
    folder = tmp_path_factory.mktemp("set-up") / "data"
    office = Office()
    made = replace(kit(), intake_public=office.intake_public, reply_public=office.reply_public)
    unlocked = vault.create(folder, operator=OPERATOR, passphrase=PASSPHRASE)
    Store.create(folder, unlocked, made).close()
    return SetUp(folder, unlocked, office, made)


@pytest.fixture
def folder(set_up: SetUp, tmp_path: Path) -> Path:
    """The laptop's folder, this test's own."""
    copied = tmp_path / "data"
    shutil.copytree(set_up.folder, copied)
    return copied


@pytest.fixture
def unlocked(set_up: SetUp) -> Unlocked:
    return set_up.unlocked


@pytest.fixture
def office(set_up: SetUp) -> Office:
    return replace(set_up.office, seen={})


@pytest.fixture
def store(folder: Path, unlocked: Unlocked) -> Iterator[Store]:
    with Store.open(folder, unlocked) as opened:
        yield opened


@pytest.fixture
def reopen(folder: Path, unlocked: Unlocked) -> Callable[[], Store]:
    """Opens the folder's store again."""
    return lambda: Store.open(folder, unlocked)
