"""Workloads in processes of their own, quick to start: one program waits with everything loaded and forks for each.

Run as a module it is that program: `python -m tests.faults.runs ROOT`, one order a line on standard input, one answer
a line on standard output. It has no second thread and no open database when it forks.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import event

from desktop.store import keys
from desktop.store.database import Store
from desktop.store.errors import StoreError
from payung import region, wording
from tests.conftest import ROOT
from tests.faults import grounds, workloads
from tests.faults.disk import Disk
from tests.faults.grounds import Ground
from tests.faults.words import Say

LONGEST = 60.0  # seconds one run may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One run of one path in `folder`.

    `fail` is (the n-th call, its errno, whether all after it too), `kill` the call before which the process is killed,
    `kill_after` seconds instead. `words` is the file for what is said, `log` that for every call on the disk.
    """

    path: str
    folder: str
    words: str
    start: int = 0
    log: str | None = None
    fail: tuple[int, int, bool] | None = None
    kill: int | None = None
    kill_after: float | None = None
    pragmas: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: killed, with trouble told (a code and its sentence), with a bug's traceback, or well.

    After trouble the same path was tried again on the store as it stood open: `again` is the code of that trouble.
    """

    calls: int = 0
    killed: bool = False
    code: str = ""
    sentence: str = ""
    again: str = ""
    bug: str = ""


class Runs:
    """The waiting program. `library` is preloaded into it; use it as a context manager."""

    def __init__(self, root: Path, library: Path) -> None:
        self._root = root
        self._environment = os.environ | {"LD_PRELOAD": str(library)}
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.faults.runs", str(self._root)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        with self._process as process, contextlib.suppress(BrokenPipeError):
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                process.kill()

    def run(self, order: Order) -> Outcome:
        """Runs one order to its end; what was said is in its `words` file."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the program that runs the workloads has ended"
        return Outcome(**json.loads(answer))


def said(words: Path) -> list[dict[str, Any]]:
    """What a run has said, a half line left out."""
    lines = words.read_bytes().split(b"\n")[:-1] if words.exists() else []
    return [json.loads(line) for line in lines]


def serve(root: Path) -> None:
    """Takes orders until standard input ends."""
    region.load()
    grounds.quicken()
    ground = grounds.found(root)
    ground.kit  # noqa: B018  opened once, here
    keys.calibrated()  # what this machine takes is measured once
    for line in sys.stdin:
        given = json.loads(line)
        order = Order(**given | {"fail": tuple(given["fail"]) if given["fail"] else None})
        sys.stdout.write(json.dumps(asdict(_forked(order, ground))) + "\n")
        sys.stdout.flush()


def _forked(order: Order, ground: Ground) -> Outcome:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.write(writing, json.dumps(asdict(_worked(order, ground))).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        ended = os.pidfd_open(child)
        watcher = select.poll()
        watcher.register(ended, select.POLLIN)
        limit = LONGEST if order.kill_after is None else order.kill_after
        if not watcher.poll(limit * 1000):
            os.kill(child, signal.SIGKILL)
        os.close(ended)
        _, status = os.waitpid(child, 0)
        told = answer.read()
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        wanted = order.kill is not None or order.kill_after is not None
        return Outcome(killed=wanted, bug="" if wanted else f"it took more than {LONGEST} seconds")
    return Outcome(**json.loads(told)) if told else Outcome(bug=f"it ended with status {status}")


def _worked(order: Order, ground: Ground) -> Outcome:
    disk = Disk()
    words = os.open(order.words, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(kind: str, **facts: object) -> None:
        line = json.dumps({"kind": kind} | facts)
        disk.acknowledge(line)
        os.write(words, line.encode() + b"\n")

    disk.watch(Path(order.folder), Path(order.log) if order.log else None)
    if order.fail:
        disk.fail(order.fail[0], order.fail[1], forever=order.fail[2])
    disk.kill(order.kill or 0)
    try:
        first, second = _walked(order, ground, say)
    except Exception:  # noqa: BLE001  the last door of this process: the test shows what came through it
        return Outcome(calls=disk.calls(), bug=traceback.format_exc())
    told = "" if first is None else wording.of(first)
    return Outcome(calls=disk.calls(), code=_code(first), sentence=told, again=_code(second))


def _walked(order: Order, ground: Ground, say: Say) -> tuple[StoreError | None, StoreError | None]:
    """Walks the path; after trouble once more, as a clerk who tries again. Gives the trouble of both."""
    folder = Path(order.folder)
    if order.path in workloads.ON_FOLDER:
        walk = workloads.ON_FOLDER[order.path]
        return _tried(lambda: walk(folder, ground, say), lambda: walk(folder, ground, say))
    in_store = workloads.IN_STORE[order.path]
    try:
        store = _opened(folder, ground, order.pragmas)
    except StoreError as error:
        return error, None
    with store:
        again = order.start + workloads.STRIDE
        return _tried(lambda: in_store(store, say, order.start), lambda: in_store(store, say, again))


def _tried(*walks: Callable[[], None]) -> tuple[StoreError | None, StoreError | None]:
    troubles: list[StoreError | None] = []
    for walk in walks:
        try:
            walk()
        except StoreError as error:
            troubles.append(error)
        else:
            break
    return (*troubles, None, None)[:2]  # type: ignore[return-value]


def _code(error: StoreError | None) -> str:
    return "" if error is None else error.code


def _opened(folder: Path, ground: Ground, pragmas: Mapping[str, str | int]) -> Store:
    store = Store.open(folder, ground.unlocked)

    @event.listens_for(store.engine, "checkout")
    def set_pragmas(driver: Any, *_rest: object) -> None:  # noqa: ANN401  the driver has no types
        for name, value in pragmas.items():
            driver.execute(f"PRAGMA {name} = {value}").fetchall()

    return store


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
