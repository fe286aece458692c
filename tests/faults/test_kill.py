"""kill -9 at any moment of every path: what was acknowledged is there, nothing is half done, and the store opens."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults import figures, promises, workloads
from tests.faults.extent import KILLS, chance, of_path
from tests.faults.grounds import Ground
from tests.faults.runs import Order, Runs, said

IN_A_ROW = 5  # kills a laptop bears before a fresh one is taken

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60 + 5 * KILLS)]


@pytest.mark.parametrize("path", workloads.PATHS)
def test_a_killed_program_has_lost_nothing_and_left_nothing_half_done(
    path: str, ground: Ground, runs: Runs, place: Path
) -> None:
    luck = chance(f"kill {path}")
    words = place / "words"
    order = Order(path=path, folder=str(place / "data"), words=str(words), start=1000)
    ground.copied(place / "data", path)
    begun = time.perf_counter()
    clean = runs.run(order)
    lasted = time.perf_counter() - begun
    assert (clean.code, clean.bug) == ("", "")
    found: list[str] = []
    killed, kills = 0, of_path(path, KILLS, "PAYUNG_KILLS")

    for number in range(kills):
        if number % IN_A_ROW == 0 or path in workloads.ONCE:
            ground.copied(place / "data", path)
            words.unlink(missing_ok=True)
        start = 100 + workloads.STRIDE * (number % IN_A_ROW)
        at_call = number == 0 or luck.random() < 0.5
        outcome = runs.run(
            Order(
                path=path,
                folder=order.folder,
                words=order.words,
                start=start,
                kill=luck.randrange(1, clean.calls + 1) if at_call else None,
                kill_after=None if at_call else luck.uniform(0, lasted),
            )
        )
        assert not outcome.bug, outcome.bug
        killed += outcome.killed
        broken = promises.broken(path, place / "data", ground, said(words))
        found += [f"{path}, kill {number}: {line}" for line in broken]

    figures.note(f"kill-{path}", kills=killed, broken=len(found))
    assert not found, "\n".join(found)
    assert killed > kills // 3
