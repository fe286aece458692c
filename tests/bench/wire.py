"""Bytes on the wire: a batch of 100 records of different persons, and a batch with nothing new."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.store import enrolments
from desktop.store.outbox import StoreOutbox
from tests.bench import laptop
from tests.bench.figures import Figure

COUNT = 100


def run() -> list[Figure]:
    """Bytes a record in a full batch, and of an empty batch."""
    with tempfile.TemporaryDirectory() as folder:
        with laptop.store(Path(folder) / "full") as store:
            enrolments.save_many(store, laptop.facts(store, COUNT))
            full = StoreOutbox(store, store.unlocked).next_batch(COUNT)
        with laptop.store(Path(folder) / "empty") as store:
            empty = StoreOutbox(store, store.unlocked).next_batch(COUNT, empty=True)
    assert full is not None
    assert empty is not None
    assert len(full.revisions) == COUNT
    return [
        Figure(name="wire, a record in a batch of 100", unit="bytes", ours=len(full.data) / COUNT, target="under 100"),
        Figure(
            name="wire, a batch with nothing new", unit="bytes", ours=len(empty.data), target="round trip under 1024"
        ),
    ]
