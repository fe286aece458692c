"""A store for measuring in this very process, and invented officers to fill it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from desktop.cli import record
from desktop.store import vault
from desktop.store.database import Store
from payung import region
from payung.facts import Facts
from tests import laptops
from tests.conftest import ROOT


@contextmanager
def store(folder: Path, *, villages: tuple[str, ...] = (laptops.VILLAGE,)) -> Iterator[Store]:
    """A fresh store with 999 polling stations a village."""
    unlocked = vault.create(folder, operator=laptops.OPERATOR, passphrase=laptops.PASSPHRASE)
    with Store.create(folder, unlocked, laptops.kit(villages=villages, stations=999)) as made:
        yield made


def different(count: int) -> Iterator[dict[str, object]]:
    """That many officers as unlike one another as a village's are, the same at every run."""
    chance = random.Random(5371)
    names = json.loads((ROOT / "tests" / "data" / "names.json").read_text(encoding="utf-8"))
    places = region.load().children("53.71")
    for number in range(count):
        born = date(1974, 3, 1) + timedelta(days=chance.randrange(12_000))
        woman = chance.random() < 0.5
        day = born.day + 40 * woman
        place = chance.choice(places).replace(".", "")
        tps, seat = divmod(number, 7)
        yield {
            "tps": tps + 1,
            "post": "kpps-ketua" if seat == 0 else "kpps-anggota",
            "nik": f"{place}{day:02}{born:%m%y}99{chance.randrange(1, 100):02}",
            "name": " ".join((*chance.sample(names["given"], chance.choice((1, 2))), chance.choice(names["family"]))),
            "birthplace": chance.choice(names["birthplaces"]),
            "birthdate": born.isoformat(),
            "sex": "P" if woman else "L",
            "phone": f"08{chance.randrange(11, 60)}{chance.randrange(10**7, 10**8)}",
            "rt": chance.randrange(1, 30),
            "rw": chance.randrange(1, 12),
        }


def facts(made: Store, count: int) -> list[Facts]:
    """That many officers without a problem, as the command line reads them."""
    taken = [
        record.take(officer, event=made.event, villages=made.laptop.villages).facts for officer in different(count)
    ]
    return [one for one in taken if one is not None]
