"""The disk refuses a write or a sync, once or from then on: nothing acknowledged is lost, and the clerk is told."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.faults import figures, promises, workloads
from tests.faults.extent import IO_POINTS, chance, of_path
from tests.faults.grounds import Ground
from tests.faults.runs import Order, Outcome, Runs, said

# SQLite tells a full disk apart where it writes; where it syncs or makes a file it only knows that the disk refused.
EXPECTED = {errno.EIO: {"store.io"}, errno.ENOSPC: {"store.disk_full", "store.io"}}
# The database was made although telling so failed: setting up again finds it standing.
STANDING = {"set-up": {"store.vault_exists"}}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 if IO_POINTS else 3600)]


@pytest.fixture(scope="module")
def calls() -> dict[str, int]:
    """How many calls on the disk each path makes when nothing fails."""
    return {}


def run(path: str, ground: Ground, waiting: Runs, folder: Path, fail: tuple[int, int, bool] | None) -> Outcome:
    """Run the path on a fresh laptop with that fault; what was said is in the folder."""
    worked = ground.copied(folder / "data", path)
    (folder / "words").unlink(missing_ok=True)
    order = Order(path=path, folder=str(worked), words=str(folder / "words"), start=100, fail=fail)
    return waiting.run(order)


def complaints(path: str, outcome: Outcome, fail: tuple[int, int, bool]) -> list[str]:
    """What is wrong with how the trouble was told."""
    _, number, forever = fail
    if outcome.bug:
        return [outcome.bug]
    wrong = []
    if outcome.code and (outcome.code not in EXPECTED[number] or not outcome.sentence):
        wrong.append(f"told as {outcome.code!r} in the words {outcome.sentence!r}")
    if not forever and outcome.again and outcome.again not in STANDING.get(path, set()):
        wrong.append(f"after one failed call the store could not be used again: {outcome.again}")
    return wrong


@pytest.mark.parametrize("forever", [False, True], ids=["once", "for-good"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
@pytest.mark.parametrize("path", workloads.PATHS)
def test_a_disk_that_refuses_loses_nothing_and_is_told_in_words(
    path: str, number: int, forever: bool, ground: Ground, runs: Runs, place: Path, calls: dict[str, int]
) -> None:
    kind = f"{path}-{errno.errorcode[number]}-{'for-good' if forever else 'once'}"
    if path not in calls:
        clean = run(path, ground, runs, place, None)
        assert (clean.code, clean.bug) == ("", "")
        calls[path] = clean.calls
    every = range(1, calls[path] + 1)
    wanted = of_path(path, IO_POINTS, "PAYUNG_IO_POINTS")
    points = chance(kind).sample(every, min(wanted, len(every))) if IO_POINTS else every
    found, told = [], 0

    for point in points:
        outcome = run(path, ground, runs, place, (point, number, forever))
        told += bool(outcome.code)
        words = said(place / "words")
        wrong = complaints(path, outcome, (point, number, forever))
        wrong += promises.broken(path, place / "data", ground, words)
        found += [f"{kind}, call {point} of {len(every)}: {line}" for line in wrong]

    figures.note(f"io-{kind}", calls=len(every), tried=len(points), told=told, broken=len(found))
    assert not found, "\n".join(found)
