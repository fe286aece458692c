"""Wrong passphrases cost time, whoever tries and whatever the clock says."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from desktop.store import attempts, durable, vault
from desktop.store.errors import TooSoon, WrongPassphrase
from payung import wording
from tests.laptops import PASSPHRASE


def tried(folder: Path, times: int) -> None:
    for _ in range(times):
        attempts.wrong(folder)


def test_the_delay_doubles_up_to_five_minutes() -> None:
    assert [attempts.delay(wrong) for wrong in range(12)] == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert attempts.delay(10**9) == 300


def test_a_wrong_passphrase_is_counted_and_the_right_one_forgets_it(folder: Path) -> None:
    with pytest.raises(WrongPassphrase) as refused:
        vault.unlock(folder, passphrase=PASSPHRASE + "x")
    assert refused.value.facts["seconds"] == "1"
    assert "1 detik" in wording.of(refused.value)
    assert (folder / attempts.NAME).exists()

    vault.unlock(folder, passphrase=PASSPHRASE)

    assert not (folder / attempts.NAME).exists()


def test_after_several_even_the_right_one_must_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(folder, 5)
    with pytest.raises(TooSoon) as refused:
        vault.unlock(folder, passphrase=PASSPHRASE)
    assert refused.value.seconds == 16
    assert refused.value.exit_code == 3
    assert "16 detik" in wording.of(refused.value)

    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 16.5)

    assert vault.unlock(folder, passphrase=PASSPHRASE).operator


def test_a_try_that_is_refused_is_not_derived_nor_counted(folder: Path) -> None:
    tried(folder, 8)
    began = time.perf_counter()
    with pytest.raises(TooSoon):
        vault.unlock(folder, passphrase="bukan ini kata sandinya")
    assert time.perf_counter() - began < 0.1
    assert json.loads((folder / attempts.NAME).read_bytes())["wrong"] == 8


def test_setting_the_clock_does_not_help(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(folder, 6)
    for moved in (-1e9, 1e9):
        at = time.time() + moved
        monkeypatch.setattr(time, "time", lambda at=at: at)
        assert 30 < attempts.remaining(folder) <= 32


def test_after_a_restart_the_wait_begins_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(folder, 6)
    monkeypatch.setattr(attempts, "_boot", lambda: "another start")
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 10_000)

    assert attempts.remaining(folder) == 32
    monkeypatch.setattr(time, "monotonic", lambda: now + 10_033)
    assert attempts.remaining(folder) == 0


def test_a_counter_that_went_back_is_a_restart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(folder, 6)
    monkeypatch.setattr(time, "monotonic", lambda: 1.0)

    assert attempts.remaining(folder) == 32


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b'{"wrong": "x"}', b"\xff", b'{"wrong": 1e999, "at": 0, "boot": ""}']
)
def test_a_broken_count_counts_as_many(folder: Path, broken: bytes) -> None:
    durable.write(folder / attempts.NAME, broken)

    assert attempts.remaining(folder) > 200
    assert 200 < attempts.remaining(folder) <= 300


def test_a_folder_that_cannot_be_written_still_refuses_by_the_passphrase(tmp_path: Path) -> None:
    assert attempts.wrong(tmp_path / "gone") == 1
    assert attempts.remaining(tmp_path / "gone") == 0
