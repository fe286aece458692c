"""One durable enrolment against a plain SQLite commit of the same rows' bytes, taken in turns."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from uuid import UUID

from desktop.store import enrolments
from desktop.store.database import Store
from payung.enrolment import State
from tests.bench import laptop
from tests.bench.figures import Figure

COUNT = 200
TABLES = ("record", "revision", "outbox", "audit")


def run() -> list[Figure]:
    """The medians of both, in milliseconds."""
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder, laptop.store(Path(folder) / "laptop") as store:
        bare = _bare(Path(folder) / "plain.db")
        for facts in laptop.facts(store, COUNT):
            began = time.perf_counter()
            saved = enrolments.save(store, facts)
            ours.append(time.perf_counter() - began)
            assert saved.state is State.READY
            rows = _rows(store, saved.id)
            began = time.perf_counter()
            _commit(bare, rows)
            plain.append(time.perf_counter() - began)
        bare.close()
    return [
        Figure(
            name="durable enrolment, median",
            unit="ms",
            ours=statistics.median(ours) * 1000,
            reference=statistics.median(plain) * 1000,
            against="plain SQLite commit of the same bytes",
        ),
        Figure(
            name="durable enrolment, 95 of 100",
            unit="ms",
            ours=statistics.quantiles(ours, n=20)[-1] * 1000,
            reference=statistics.quantiles(plain, n=20)[-1] * 1000,
            against="plain SQLite commit of the same bytes",
        ),
    ]


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    for table in TABLES:
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, body BLOB)")
    return connection


def _rows(store: Store, record: UUID) -> dict[str, bytes]:
    """The bytes of the rows that the enrolment wrote."""
    where = {
        "record": ("id = ?", record.bytes),
        "revision": ("record = ?", record.bytes),
        "outbox": ("record = ?", record.bytes),
        "audit": ("subject = ?", record.bytes),
    }
    found = {}
    with store.engine.connect() as connection:
        for table, (condition, value) in where.items():
            rows = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE {condition}", (value,)).all()
            assert rows, table
            found[table] = b"".join(_bytes(cell) for row in rows for cell in row)
    return found


def _bytes(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str("" if cell is None else cell).encode()


def _commit(connection: sqlite3.Connection, rows: dict[str, bytes]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, body in rows.items():
        connection.execute(f"INSERT INTO {table} (body) VALUES (?)", (body,))
    connection.execute("COMMIT")
