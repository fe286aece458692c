"""`payung enrol -` killed at any moment: what was acknowledged is there, and the store opens."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults import figures
from tests.laptops import Laptop, kit, officers, set_up

KILLS = int(os.environ.get("PAYUNG_KILLS", "10"))
STRIDE = 30  # officers offered to one run; 200 runs fill 857 of the 999 TPS
# the chance that decides each kill's moment; printed when a run fails, so that it can be had again
SEED = int(os.environ.get("PAYUNG_SEED", "0")) or random.SystemRandom().randrange(1, 2**31)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60 + 15 * KILLS)]


def killed_run(laptop: Laptop, start: int, answers: int, pause: float) -> tuple[list[str], bool]:
    """Enrol until `answers` lines came and `pause` seconds more, then kill.

    Gives every id that was acknowledged, and whether the process was still at work.
    """
    process = subprocess.Popen(
        laptop.command("enrol", "-"), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    lines = "".join(json.dumps(officer) + "\n" for officer in itertools.islice(officers(start=start), STRIDE)).encode()

    def feed() -> None:
        try:
            process.stdin.write(lines)  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
        except BrokenPipeError:
            return  # the process was killed in the middle of reading

    feeder = threading.Thread(target=feed)
    feeder.start()
    acknowledged = [process.stdout.readline() for _ in range(answers)]
    try:
        process.wait(pause)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    acknowledged += process.stdout.readlines()
    process.wait()
    feeder.join()
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    whole = [json.loads(line) for line in acknowledged if line.endswith(b"\n")]
    assert {answer["state"] for answer in whole} <= {"ready"}
    return [answer["id"] for answer in whole], process.returncode == -signal.SIGKILL


def test_no_acknowledged_record_is_missing_after_kill_9(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    laptop = set_up(tmp_path, kit(stations=KILLS * STRIDE // 7 + 2))
    acknowledged: list[str] = []
    interrupted = 0

    for number in range(KILLS):
        ids, killed = killed_run(laptop, number * STRIDE, chance.randrange(1, 12), chance.uniform(0, 0.05))
        acknowledged += ids
        interrupted += killed
        status = laptop.run("status")
        assert status.code == 0, f"the store does not open, seed {SEED}: {status.err}"
        assert status.document["records"] >= len(acknowledged), f"seed {SEED}"

    kept = {seat["id"] for seat in laptop.run("roster", "--all").document["seats"] if seat["id"]}
    assert set(acknowledged) <= kept, f"seed {SEED}"
    assert len(acknowledged) == len(set(acknowledged))
    figures.note("kill-enrol", kills=interrupted, broken=0)
    assert interrupted > KILLS // 2
    check = laptop.run("check")
    assert check.code == 0, f"seed {SEED}: {check.out}{check.err}"
