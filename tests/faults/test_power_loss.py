"""The power fails at any moment: what was acknowledged is on every disk that may be left, and the store opens."""

from __future__ import annotations

import errno
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults import disk, figures, promises, workloads
from tests.faults.disk import Call
from tests.faults.extent import IMAGES, chance, of_path, shares
from tests.faults.grounds import Ground
from tests.faults.images import Replay
from tests.faults.runs import Order, Runs

PER_RECORDING = 60
SMALL_CHECKPOINTS = 10  # pages: the database file is written in the middle of the work, not only at its end

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120 + IMAGES)]


@dataclass(frozen=True, slots=True)
class Recording:
    """What one run of a path did to the disk of a fresh laptop."""

    path: str
    folder: Path
    start: Path
    calls: tuple[Call, ...]


def recorded(
    runs: Runs, ground: Ground, folder: Path, path: str, *, fail: int | None = None, **pragmas: str | int
) -> Recording:
    """Run the path once; with `fail` that call fails once, and the path is tried again."""
    worked, log = ground.copied(folder / "data", path), folder / "log"
    log.unlink(missing_ok=True)
    outcome = runs.run(
        Order(
            path=path,
            folder=str(worked),
            words=str(folder / "words"),
            start=100,
            log=str(log),
            fail=None if fail is None else (fail, errno.EIO, False),
            pragmas=pragmas,
        )
    )
    assert not outcome.bug, outcome.bug
    assert fail is not None or not outcome.code
    return Recording(path, worked, ground.start(path), disk.read(log))


def losses(recording: Recording, ground: Ground, image: Path, count: int, luck: random.Random) -> Counter[str]:
    """Rebuild that many disks; gives how many there were, on how many a promise was broken, and which those were."""
    replay = Replay(recording.folder, recording.start, recording.calls, luck)
    found: Counter[str] = Counter()
    for point in sorted(luck.randrange(len(recording.calls) + 1) for _ in range(count)):
        replay.advance(point)
        fate = replay.write(image)
        words: list[dict[str, Any]] = [json.loads(line) for line in replay.acknowledged]
        broken = promises.broken(recording.path, image, ground, words)
        found["images"] += 1
        found["with losses"] += bool(broken)
        for said in broken[:3]:
            found[f"{recording.path}, call {point} of {len(recording.calls)}, pending {fate}: {said}"] += 1
    return found


@pytest.mark.parametrize("path", workloads.PATHS)
def test_no_disk_that_a_power_cut_may_leave_has_lost_what_was_acknowledged(
    path: str, ground: Ground, runs: Runs, place: Path
) -> None:
    luck = chance(f"power {path}")
    share = shares(IMAGES, len(workloads.PATHS))[workloads.PATHS.index(path)]
    wanted = of_path(path, share, "PAYUNG_IMAGES")
    found: Counter[str] = Counter()
    points = 0

    parts = max(3, wanted // PER_RECORDING)
    for number, count in enumerate(shares(wanted, parts)):
        pragmas = {"wal_autocheckpoint": SMALL_CHECKPOINTS} if number % 3 else {}
        whole = recorded(runs, ground, place, path, **pragmas)
        points += len(whole.calls)
        if number % 3 == 2:  # a call of the same run fails once before the power does
            whole = recorded(
                runs, ground, place, path, fail=luck.randrange(1, len(whole.calls) - len(whole.calls) // 5), **pragmas
            )
        found += losses(whole, ground, place / "image", count, luck)

    lost = found["with losses"]
    figures.note(f"power-loss-{path}", images=found["images"], points=points, lost=lost)
    assert not lost, "\n".join(found)


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_model_sees_what_is_lost_without_syncs(synchronous: str, ground: Ground, runs: Runs, place: Path) -> None:
    luck = chance(f"control {synchronous}")
    weak = recorded(runs, ground, place, "save", synchronous=synchronous)

    found = losses(weak, ground, place / "image", max(20, IMAGES // 20), luck)

    figures.note(
        f"power-loss-control-{synchronous.lower()}",
        images=found["images"],
        points=len(weak.calls),
        lost=found["with losses"],
    )
    assert found["with losses"] > found["images"] // 5
