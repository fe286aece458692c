"""The office's key folder: pairs are added, never rewritten, and half a pair is no pair."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.envelope import key_id
from sync.server import keys
from sync.server.commands import program
from sync.server.errors import KeysMissing
from sync.trust import verify_server_keys

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A fresh key folder."""
    keys.create(tmp_path / "keys")
    return tmp_path / "keys"


def test_a_rotation_adds_a_pair_that_the_root_vouches_for_and_rewrites_nothing(place: Path) -> None:
    before = {file.name: file.read_bytes() for file in place.iterdir()}
    first = keys.load(place)

    made = keys.rotate(place, now=NOW)

    assert {name: (place / name).read_bytes() for name in before} == before
    again = keys.load(place)
    assert [pair.number for pair in again.pairs] == [1, 2]
    assert again.newest.reply_public == made.newest.reply_public != first.newest.reply_public
    assert again.pair_of(key_id(first.newest.intake_public)) == again.pairs[0]
    said = verify_server_keys(again.newest.certificate, again.root.public_key().public_bytes_raw(), NOW)
    assert (said.intake_public, said.reply_public, said.serial) == (
        again.newest.intake_public,
        again.newest.reply_public,
        2,
    )
    assert all(file.stat().st_mode & 0o077 == 0 for file in place.iterdir())


def test_a_rotation_broken_off_changed_nothing_and_the_next_one_goes_through(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path, _target: Path) -> Path:
        raise OSError(28, "no space")

    with monkeypatch.context() as cut:
        cut.setattr(Path, "replace", broken)
        with pytest.raises(OSError, match="no space"):
            keys.rotate(place, now=NOW)
    assert len(keys.load(place).pairs) == 1

    keys.rotate(place, now=NOW)

    assert len(keys.load(place).pairs) == 2


@pytest.mark.parametrize("lost", ["intake-2.pem", "reply-2.pem", "server-2.cert"])
def test_a_pair_that_is_not_whole_is_named_as_missing(place: Path, lost: str) -> None:
    keys.rotate(place, now=NOW)
    keys.rotate(place, now=NOW)
    (place / lost).unlink()

    with pytest.raises(KeysMissing):
        keys.load(place)


def test_another_pairs_certificate_is_not_taken(place: Path) -> None:
    keys.rotate(place, now=NOW)
    keys.rotate(place, now=NOW)
    (place / "server-2.cert").write_bytes((place / "server-3.cert").read_bytes())

    with pytest.raises(KeysMissing):
        keys.load(place)


def test_a_running_service_takes_up_a_new_pair_and_keeps_its_own_while_the_folder_is_away(place: Path) -> None:
    ring = keys.Ring(place)
    before = ring.keys
    assert ring.keys is before

    keys.rotate(place, now=NOW)
    assert ring.keys.newest.number == 2
    place.rename(place.with_name("away"))

    assert ring.keys.newest.number == 2


def test_the_command_makes_the_next_pair_and_says_which(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = program.main(["--data", str(place.parent), "--json", "keys", "rotate"])

    document = json.loads(capsys.readouterr().out)
    made = keys.load(place).newest
    assert (code, document["pair"], document["intake"]) == (0, 2, key_id(made.intake_public).hex())
    assert program.main(["--data", str(place.parent), "keys", "rotate"]) == 0
    assert str(place) in capsys.readouterr().out
