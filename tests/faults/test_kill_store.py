"""kill -9 at any moment of saving, drafting, printing and sealing: what was acknowledged is there."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from desktop.store import enrolments
from desktop.store.database import Store, check
from tests.conftest import ROOT
from tests.desktop.store.conftest import SetUp, set_up
from tests.faults import figures
from tests.laptops import PASSPHRASE

__all__ = ["set_up"]

KILLS = int(os.environ.get("PAYUNG_STORE_KILLS", "20"))
SEED = int(os.environ.get("PAYUNG_SEED", "0")) or random.SystemRandom().randrange(1, 2**31)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(60 + 5 * KILLS)]

# Everything slow is done once; every run works in a child of its own, which is what gets killed.
WORK = """
import itertools, json, os, sys
from pathlib import Path
from desktop.store import certificates, drafts, enrolments, vault
from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox
from payung import region
from tests.desktop.store.officers import officers

def say(said):
    print(json.dumps(said), flush=True)

def work(folder, unlocked, start):
    say(os.getpid())
    with Store.open(folder, unlocked) as store:
        outbox = StoreOutbox(store, unlocked)
        for number, facts in enumerate(itertools.islice(officers(10_000), start, None)):
            drafts.keep(store, facts.place, facts.tps, facts.post, None, {"name": facts.name})
            saved = enrolments.save(store, facts)
            said = {"id": str(saved.id), "state": saved.state, "number": None, "batch": None}
            if number % 3 == 0:
                said["number"] = certificates.allocate(store, [saved.id])[0].number if saved.revision else None
            if number % 5 == 0:
                said["batch"] = outbox.next_batch(10, empty=True).data.hex()
            say(said)

folder = Path(sys.argv[1])
unlocked = vault.unlock(folder, passphrase=sys.argv[2])
region.load()
for line in sys.stdin:
    child = os.fork()
    if not child:
        work(folder, unlocked, int(line))
    os.waitpid(child, 0)
    print("\\nover", flush=True)
"""


def killed_run(worker: subprocess.Popen[str], start: int, answers: int, pause: float) -> list[dict[str, str]]:
    """Work until that many answers and `pause` seconds more, then kill; every whole answer."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{start}\n")
    worker.stdin.flush()
    child = int(worker.stdout.readline())
    lines = [worker.stdout.readline() for _ in range(answers)]
    time.sleep(pause)  # the moment of the kill is the test
    os.kill(child, signal.SIGKILL)
    while (line := worker.stdout.readline()) != "over\n":
        lines.append(line)
    said = []
    for line in lines:
        with contextlib.suppress(json.JSONDecodeError):  # a line cut by the kill was not an acknowledgement
            said.append(json.loads(line))
    return said


@pytest.fixture
def folder(set_up: SetUp, tmp_path: Path) -> Path:
    copied = tmp_path / "data"
    shutil.copytree(set_up.folder, copied)
    return copied


@pytest.fixture
def worker(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WORK, str(folder), PASSPHRASE]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_no_acknowledged_work_is_missing_after_kill_9(
    set_up: SetUp, folder: Path, worker: subprocess.Popen[str]
) -> None:
    chance = random.Random(SEED)
    acknowledged: set[UUID] = set()
    numbers: list[str] = []
    batches: set[str] = set()

    for number in range(KILLS):
        said = killed_run(worker, number * 40, chance.randrange(1, 6), chance.uniform(0, 0.03))
        acknowledged |= {UUID(answer["id"]) for answer in said}
        numbers += [answer["number"] for answer in said if answer["number"]]
        batches |= {answer["batch"] for answer in said if answer["batch"]}
        with Store.open(folder, set_up.unlocked) as store:
            report = check(store)
            kept = {enrolments.get(store, record).id for record in acknowledged}
        assert report.findings == (), f"seed {SEED}"
        assert kept == acknowledged, f"seed {SEED}"

    figures.note("kill-store", kills=KILLS, broken=0)
    assert len(set(numbers)) == len(numbers)
    assert len(batches) == 1, "an unsettled batch is the same bytes after every kill"
