"""Searching and counting over 100,000 records, against a plain look through the table in the same run."""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from desktop.store import enrolments, tally
from desktop.store.database import Store
from desktop.store.searching import Index
from payung import region
from payung.facts import Facts
from payung.person import Sex
from tests.bench import laptop
from tests.bench.figures import Figure
from tests.conftest import ROOT

ROWS = 100_000
SEATS, STATIONS = 7, 999
REPEATS = 10
ASKED = (
    "ma", "maria", "maria benu", "ben mar", "zzzz", "an ma lay", "5371", "8801", "99", "4", "maria 4", "tunanub",
    "9917", "537101 0101", "PYG-7K3M-0001X",
)  # fmt: skip


def run() -> list[Figure]:
    """Milliseconds until what was typed is answered, and until everything is counted."""
    with tempfile.TemporaryDirectory() as name, filled(Path(name) / "laptop") as store:
        index = Index(store)
        first = _milliseconds(index.prepare, 1)[0]
        answers = [took for text in ASKED for took in _milliseconds(partial(index.find, text), REPEATS)]
        through = [took for _ in range(2) for took in _milliseconds(lambda: _look_through(store), REPEATS)]
        counted = _milliseconds(lambda: tally.cells(store), REPEATS)
        states = _milliseconds(lambda: enrolments.counts(store), REPEATS)
        stamped = _milliseconds(lambda: tally.stamp(store), REPEATS)
    whole = f"{ROWS:,} records"
    return [
        Figure(
            name=f"search over {whole}, p95",
            unit="ms",
            ours=p95(answers),
            reference=p95(through),
            against="LIKE over the table",
            target="at most 50",
        ),
        Figure(name=f"search over {whole}, median", unit="ms", ours=statistics.median(answers)),
        Figure(name=f"search over {whole}, first reading", unit="ms", ours=first),
        Figure(name=f"counting {whole} by place, p95", unit="ms", ours=p95(counted)),
        Figure(name=f"counting {whole} by state, p95", unit="ms", ours=p95(states)),
        Figure(name="whether anything changed since, p95", unit="ms", ours=p95(stamped)),
    ]


@contextmanager
def filled(folder: Path) -> Iterator[Store]:
    """A store of that many officers, in as many villages as they need."""
    regions = region.load()
    every = (village for kecamatan in regions.children("53.71") for village in regions.children(kecamatan))
    villages = tuple(islice(every, ROWS // (SEATS * STATIONS) + 1))
    with laptop.store(folder, villages=villages) as made:
        answers = enrolments.save_many(made, people(villages))
        assert all(isinstance(answer, enrolments.Saved) for answer in answers)
        yield made


def people(villages: tuple[str, ...]) -> Iterator[Facts]:
    """KPPS of all polling stations, the same at every run."""
    chance = random.Random(5371)
    names = json.loads((ROOT / "tests" / "data" / "names.json").read_text(encoding="utf-8"))
    for number in range(ROWS):
        born = date(1980, 1, 1) + timedelta(days=number % 9000)
        station, seat = divmod(number, SEATS)
        village, tps = divmod(station, STATIONS)
        yield Facts(
            place=villages[village],
            tps=tps + 1,
            post="kpps-ketua" if seat == 0 else "kpps-anggota",
            nik=f"5371{chance.randrange(1, 7):02}{born:%d%m%y}{9901 + number // 9000:04}",
            name=" ".join((*chance.sample(names["given"], chance.choice((1, 2))), chance.choice(names["family"]))),
            birthplace="Kupang",
            birthdate=born,
            sex=Sex.L,
        )


def p95(taken: list[float]) -> float:
    """What 95 of 100 do not exceed."""
    return sorted(taken)[int(len(taken) * 0.95)]


def _look_through(store: Store) -> None:
    with store.reading() as work:
        work.driver.execute("SELECT id FROM record WHERE name LIKE '%zzzz%' OR nik LIKE '%zzzz%' LIMIT 12").fetchall()


def _milliseconds(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken
