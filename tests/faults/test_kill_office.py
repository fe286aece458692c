"""What has a receipt survives `kill -9` of the service and of its PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
import urllib3

from sync.kit import open_kit
from sync.reply import VerdictKind
from tests.central import KUPANG, STATIONS, Laptop, folder, officers
from tests.conftest import ROOT

PATIENCE = 60.0


def command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "sync.server", "--data", str(data), "--json", *arguments]


def run(data: Path, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    done = subprocess.run(command(data, *arguments), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def served(data: Path, port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command(data, "serve", "--port", str(port)), cwd=ROOT, stdout=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if urllib3.request("GET", f"http://127.0.0.1:{port}/readyz", retries=False).status == 200:
                return process
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)  # a process is starting; there is nothing to wait on but its port
    raise AssertionError("the office did not start")


def kill_all(process: subprocess.Popen[bytes], data: Path) -> None:
    """Kill the service, the database's postmaster and its children, all at once, by their numbers."""
    postmaster = psutil.Process(int((data / "postgres" / "postmaster.pid").read_text("ascii").split()[0]))
    victims = [postmaster, *postmaster.children(recursive=True)]
    os.kill(process.pid, signal.SIGKILL)
    for victim in victims:
        victim.kill()
    process.wait(PATIENCE)
    psutil.wait_procs(victims, timeout=PATIENCE)


@pytest.mark.slow
def test_receipts_survive_the_death_of_service_and_database() -> None:
    with folder() as place, socket.socket() as probe:
        data = place / "kantor"
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        run(data, "init", "--event", "latihan")
        run(data, "tps", "import", str(STATIONS))
        made = run(data, "kit", "--village", KUPANG, "--out", str(place / "a.kit"))
        laptop = Laptop(open_kit((place / "a.kit").read_bytes(), made["activation_code"]))
        kept = []
        for _ in range(3):
            process = served(data, port)
            for _ in range(3):
                sealed = laptop.sealed(*(laptop.saved(facts) for facts in officers(10)))
                reply = laptop.read(_post(port, sealed), of=sealed)
                assert {verdict.kind for verdict in reply.verdicts} == {VerdictKind.ACCEPTED}
                kept.append((sealed, laptop.last, reply))
            kill_all(process, data)
        process = served(data, port)
        try:
            for sealed, batch, reply in kept:
                assert laptop.read(_post(port, sealed), of=sealed, batch=batch) == reply
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        assert run(data, "recap")["enrolled"] == 90


def _post(port: int, sealed: bytes) -> bytes:
    answer = urllib3.request("POST", f"http://127.0.0.1:{port}/api/v1/exchange", body=sealed, retries=False)
    assert answer.status == 200
    return answer.data
