"""The prepared laptop, the compiled library and the waiting program, made once for each worker of the test run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.keys import Kdf
from tests.faults import disk, grounds
from tests.faults.extent import SEED
from tests.faults.grounds import Ground
from tests.faults.runs import Runs

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return grounds.prepared(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return disk.compiled(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def runs(ground: Ground, library: Path) -> Iterator[Runs]:
    with Runs(ground.root, library) as waiting:
        yield waiting


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the disk's own slowness has no part in these tests."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="payung-") as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def passphrases_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a judge unlocks again and again is derived once."""
    monkeypatch.setattr(Kdf, "key", grounds.remembered)


@pytest.fixture(autouse=True)
def seed_shown() -> None:
    """Stands in the output of a failing test."""
    print(f"PAYUNG_SEED={SEED}")
