"""The intake of 100-record batches over HTTP, against COPY of the very rows it made, with as many commits.

The service runs in processes of its own on an embedded PostgreSQL; clients send sealed batches made beforehand. What
the intake wrote is then read back as binary COPY streams of 100 records each and copied into tables of the same shape
and indexes, one commit for each stream, by as many clients.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import urllib3

from sync.batch import Batch
from sync.reply import VerdictKind
from tests.bench.figures import Figure
from tests.central import Central, Laptop, folder, officers
from tests.conftest import ROOT

RECORDS = 100
BATCHES = {1: 60, 16: 12}  # batches of each client
TABLES = ("enrolment", "revision")
_PATIENCE = 120.0


@dataclass(frozen=True)
class Load:
    """One client's batches, sealed and ready."""

    laptop: Laptop
    sealed: tuple[bytes, ...]
    batches: tuple[Batch, ...]


def run() -> list[Figure]:
    """Measure records a second, for one client and for sixteen."""
    with folder() as place:
        office = Central.start(place)
        try:
            with _service(place) as address:
                return [_measured(office, address, clients) for clients in BATCHES]
        finally:
            office.stop()


def _measured(office: Central, address: str, clients: int) -> Figure:
    _send(address, _load(office, 12))  # plans made, pools filled
    loads = [_load(office, BATCHES[clients]) for _ in range(clients)]
    answers: list[list[bytes]] = [[] for _ in loads]
    jobs = [_sender(address, load, into) for load, into in zip(loads, answers, strict=True)]
    taken = _seconds(jobs)
    for load, found in zip(loads, answers, strict=True):
        _check(load, found)
    streams = [_streams(office, load.laptop) for load in loads]
    copied = _copied(office, streams)
    records = RECORDS * BATCHES[clients] * clients
    return Figure(
        name=f"server intake over HTTP, {clients} client{'s' if clients > 1 else ''}",
        unit="records/s",
        ours=records / taken,
        reference=records / copied,
        against="COPY of the same rows with the same commits",
    )


def _load(office: Central, count: int) -> Load:
    laptop = office.laptop()
    batches = [laptop.batch([laptop.saved(facts) for facts in officers(RECORDS)]) for _ in range(count)]
    return Load(laptop, tuple(laptop.seal(batch) for batch in batches), tuple(batches))


def _sender(address: str, load: Load, into: list[bytes]) -> Callable[[], None]:
    return lambda: into.extend(_send(address, load))


def _send(address: str, load: Load) -> list[bytes]:
    with urllib3.PoolManager(1) as pool:
        return [
            pool.request("POST", f"{address}/api/v1/exchange", body=sealed, retries=False).data
            for sealed in load.sealed
        ]


def _check(load: Load, answers: list[bytes]) -> None:
    """Every record was accepted; read after the clock has stopped, for laptops have processors of their own."""
    for answer, sealed, batch in zip(answers, load.sealed, load.batches, strict=True):
        reply = load.laptop.read(answer, of=sealed, batch=batch)
        assert {verdict.kind for verdict in reply.verdicts} == {VerdictKind.ACCEPTED}


def _seconds(jobs: Sequence[Callable[[], None]]) -> float:
    """Run the jobs at once, each in a thread; seconds until the last is done."""
    failures: list[BaseException] = []
    start = threading.Barrier(len(jobs) + 1)

    def guarded(job: Callable[[], None]) -> None:
        start.wait()
        try:
            job()
        except BaseException as failure:  # noqa: BLE001 - told below, in the thread that waits
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - began


def _streams(office: Central, laptop: Laptop) -> list[dict[str, bytes]]:
    """The rows a laptop's batches made, as one binary COPY stream a table and batch."""
    keys = {"enrolment": "id IN (SELECT record FROM revision WHERE device = %s AND sequence = %s)"}
    found = []
    with office.database.connect_owner() as connection:
        for sequence in range(1, laptop.sequence + 1):
            streams = {}
            for table in TABLES:
                where = keys.get(table, "device = %s AND sequence = %s")
                query = f"COPY (SELECT * FROM {table} WHERE {where}) TO STDOUT (FORMAT binary)"
                with connection.cursor().copy(query, [laptop.device, sequence]) as copy:
                    streams[table] = b"".join(bytes(part) for part in copy)
            found.append(streams)
    return found


def _copied(office: Central, clients: Sequence[list[dict[str, bytes]]]) -> float:
    with psycopg.connect(office.database.owner, autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"DROP TABLE IF EXISTS bare_{table}")
            connection.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
    return _seconds([_copier(office, streams) for streams in clients])


def _copier(office: Central, batches: list[dict[str, bytes]]) -> Callable[[], None]:
    connection = office.database.connect_owner()

    def copy_all() -> None:
        with connection:
            for streams in batches:
                with connection.transaction():
                    for table, stream in streams.items():
                        with connection.cursor().copy(f"COPY bare_{table} FROM STDIN (FORMAT binary)") as copy:
                            copy.write(stream)

    return copy_all


@contextmanager
def _service(place: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "sync.server", "--data", str(place), "serve", "--port", "18766"]
    workers = ["--workers", str(min(4, os.cpu_count() or 1))]
    process = subprocess.Popen([*command, *workers], cwd=ROOT, stdout=subprocess.DEVNULL)
    address = "http://127.0.0.1:18766"
    try:
        _wait(process, address)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if urllib3.request("GET", f"{address}/readyz", retries=False).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
    raise AssertionError("the service did not start")


if __name__ == "__main__":
    for figure in run():
        print(figure.document())
