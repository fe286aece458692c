"""Runs the real commands of both programs in processes of their own, and the office for as long as it is needed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from desktop.story.practice import OPERATOR, Practice
from payung import wording

PATIENCE = 60.0  # seconds for the office to answer


class StoryBrokenError(Exception):
    """A step did not end as told; carries the command and what it said."""


def say(code: str, **facts: object) -> str:
    """The catalogue's sentence."""
    return wording.sentence(code, {name: str(value) for name, value in facts.items()})


def office(practice: Practice, *arguments: str) -> dict[str, Any]:
    """Run one command of the central office and take its JSON answer."""
    return _run([sys.executable, "-m", "sync.server", "--data", str(practice.office), "--json", *arguments])


def laptop(practice: Practice, *arguments: str, given: str = "", may_end: tuple[int, ...] = (0,)) -> dict[str, Any]:
    """Run one command of the laptop as the practice operator and take its JSON answer."""
    who = ["--operator", OPERATOR, "--passphrase-file", str(practice.file("kata-sandi.txt"))]
    command = [sys.executable, "-m", "desktop", "--data", str(practice.laptop), *who, "--json", *arguments]
    return _run(command, given=given, may_end=may_end)


def _run(command: list[str], *, given: str = "", may_end: tuple[int, ...] = (0,)) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own programs
        command, input=given, capture_output=True, text=True, encoding="utf-8", check=False, env=environment()
    )
    if done.returncode not in may_end:
        raise StoryBrokenError(say("story.broken", command=" ".join(command[1:]), ended=done.returncode,
                                   said=done.stderr.strip() or done.stdout.strip()))  # fmt: skip
    lines = done.stdout.splitlines()
    answer = json.loads(lines[-1]) if lines else {}
    return answer if isinstance(answer, dict) else {}


def environment() -> dict[str, str]:
    """The environment without another office's database in it: the practice keeps to its own folder."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PAYUNG_")}


@contextmanager
def served(practice: Practice, *, port: int | None = None) -> Iterator[str]:
    """The central office answering on this machine alone, for as long as the block lasts; gives its address."""
    port = port if port and free(port) else free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "sync.server", "--data", str(practice.office),
               "serve", "--host", "127.0.0.1", "--port", str(port)]  # fmt: skip
    with practice.file("kantor.log").open("ab") as diary:
        process = subprocess.Popen(command, stdout=diary, stderr=diary, env=environment())  # noqa: S603
        try:
            _await_ready(process, address)
            yield address
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the office to stop as Ctrl+C does, so that it takes its database down with it; insist after a while."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free(port: int) -> bool:
    """Whether nobody listens on the loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _await_ready(process: subprocess.Popen[bytes], address: str) -> None:
    """Ask until the office is ready, or say that it ended or took too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 - our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise StoryBrokenError(say("story.no_office", address=address))
