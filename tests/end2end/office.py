"""A central office in a folder, run through its real commands in processes of its own."""

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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.laptops import Laptop, prepared

PATIENCE = 60.0
LOGIN = "petugas"
PASSWORD = "rumah kantor sungai lontar"


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Office:
    """The office's folder, its address, and its server while it runs."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where laptops find it."""
        return f"http://127.0.0.1:{self.port}"

    def command(self, *arguments: str) -> list[str]:
        """The command line of `payung-server` for this office."""
        return [sys.executable, "-m", "sync.server", "--data", str(self.folder / "data"), "--json", *arguments]

    def run(self, *arguments: str) -> Any:  # noqa: ANN401 - JSON
        """Run one command and give its JSON answer."""
        done = subprocess.run(self.command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def make(self, stations: Path, *, region: str = "53.71") -> None:
        """Schema, keys, event, an office, a user, the polling stations."""
        self.folder.mkdir(parents=True, exist_ok=True)
        password = self.folder / "password"
        password.write_text(PASSWORD + "\n", encoding="utf-8")
        self.run("init", "--event", "latihan")
        self.run("office", "add", "--region", region, "--institution", "KPU", "--name", "KPU Kota Kupang")
        self.run("user", "add", "--login", LOGIN, "--office", region, "--password-file", str(password))
        self.run("tps", "import", str(stations))

    def laptop(self, folder: Path, *villages: str) -> Laptop:
        """A laptop set up from a kit this office made."""
        laptop = prepared(folder)
        kit, code = folder / "laptop.payung-kit", folder / "code"
        made = self.run("kit", "--village", *villages, "--out", str(kit), "--server", self.address)
        code.write_text(made["activation_code"] + "\n", encoding="utf-8")
        answer = laptop.run("setup", "--kit", str(kit), "--activation-code-file", str(code))
        assert answer.code == 0, answer.err
        return laptop

    def start(self) -> None:
        """Serve until `stop`; back when the office is ready."""
        assert self.process is None
        command = self.command("serve", "--host", "127.0.0.1", "--port", str(self.port))
        with (self.folder / "serve.log").open("ab") as diary:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=diary, stderr=diary)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)  # a process is starting; there is nothing to wait on but its port
        said = (self.folder / "serve.log").read_text(encoding="utf-8", errors="replace")
        raise AssertionError(f"the office did not start: {said[-3000:]}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server; with SIGKILL it has no time to say goodbye."""
        if self.process is not None:
            os.kill(self.process.pid, how)
            self.process.wait(PATIENCE)
            self.process = None
