"""What `make run` shows: a practice office and a practice laptop, both real, in one folder that can be thrown away.

With a display the office runs and the window opens. Without one the same way is gone by commands and each step printed:
provision, import a workbook, enrol by hand, certificates, lose the network, send, receipts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import resources
from desktop import settings
from payung import wording

VILLAGE = "53.71.04.1001"
REGION = "53.71"
OPERATOR = "Petugas Latihan"
PASSPHRASE = "lontar sasando teluk kupang"  # noqa: S105 - a practice laptop; printed for whoever tries it
LOGIN = "latihan"
PASSWORD = "payung latihan kupang"  # noqa: S105 - a practice office on this machine alone
MARK = "payung-latihan.json"
PATIENCE = 60.0  # seconds for the office to answer
OFFLINE = 4  # exit code: no network, everything kept
OFFICER = {
    "village": VILLAGE,
    "tps": 14,
    "post": "ptps",
    "nik": "5371044107959917",
    "name": "YOSEPHINA LAY",
    "birthplace": "Kupang",
    "birthdate": "1995-07-01",
    "sex": "P",
    "phone": "081234567890",
}


class StoryBrokenError(Exception):
    """A step did not end as told; carries the command and what it said."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Where the practice lives: office, laptop and what they make, below one folder."""

    folder: Path

    @property
    def office(self) -> Path:
        """The office's folder: keys and database."""
        return self.folder / "kantor"

    @property
    def laptop(self) -> Path:
        """The laptop's folder: vault and store."""
        return self.folder / "laptop"

    def file(self, name: str) -> Path:
        """A file of the practice itself."""
        return self.folder / name

    @property
    def port(self) -> int | None:
        """The office's port that the laptop's kit names; None until the laptop stands."""
        try:
            port = json.loads(self.file(MARK).read_text(encoding="utf-8")).get("port")
        except (OSError, ValueError):
            return None
        return int(port) if port else None

    def secret(self, name: str, content: str) -> Path:
        """A file only its owner may read."""
        path = self.file(name)
        path.touch(mode=0o600)
        path.write_text(content + "\n", encoding="utf-8")
        return path


def main() -> None:
    """Read the two options and tell the story; the exit code is 0 when every step went as told."""
    parser = argparse.ArgumentParser(prog="payung-story", description=say("story.help"))
    parser.add_argument("--dir", type=Path, default=Path("build") / "run", help=say("story.help.dir"))
    parser.add_argument("--no-window", action="store_true", help=say("story.help.no_window"))
    asked = parser.parse_args()
    practice = Practice(asked.dir.resolve())
    try:
        if not asked.no_window and display():
            with_window(practice)
        else:
            without_window(practice)
    except StoryBrokenError as broken:
        told(str(broken))
        sys.exit(1)
    except KeyboardInterrupt:
        told(say("story.stopped"))


def say(code: str, **facts: object) -> str:
    """The catalogue's sentence."""
    return wording.sentence(code, {name: str(value) for name, value in facts.items()})


def told(text: str) -> None:
    """Print one line now."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def display() -> bool:
    """Whether a window can open here. Qt itself is asked, in a process of its own: it aborts where it cannot."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    probe = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    return subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False).returncode == 0  # noqa: S603


def with_window(practice: Practice) -> None:
    """Make the practice if it does not stand, run the office, open the window and wait for its end."""
    if practice.port is None:
        renew(practice)
    with served(practice, port=practice.port) as address:
        if practice.port is None:
            provision(practice, address)
        else:
            chosen = settings.load(practice.laptop)
            settings.save(practice.laptop, replace(chosen, server=address))
        told(say("story.window", operator=OPERATOR, passphrase=PASSPHRASE))
        told(say("story.page", address=address, login=LOGIN, password=PASSWORD))
        subprocess.run([sys.executable, "-m", "desktop", "--data", str(practice.laptop)], check=False)  # noqa: S603
    told(say("story.closed", folder=practice.folder))


def without_window(practice: Practice) -> None:
    """Go the whole way by commands, on a fresh practice."""
    renew(practice)
    with served(practice) as address:
        provision(practice, address)
        import_workbook(practice)
        enrol(practice)
        certificates(practice)
    lose_the_network(practice)
    with served(practice, port=practice.port):
        send(practice)
    told(say("story.done", folder=practice.folder))


def renew(practice: Practice) -> None:
    """Empty the practice folder; a folder that is not ours is never touched."""
    if practice.folder.exists() and any(practice.folder.iterdir()):
        if not practice.file(MARK).exists():
            raise StoryBrokenError(say("story.foreign", folder=practice.folder))
        shutil.rmtree(practice.folder)
    practice.folder.mkdir(parents=True, exist_ok=True)
    practice.file(MARK).write_text("{}\n", encoding="utf-8")
    practice.secret("kata-sandi.txt", PASSPHRASE)
    practice.secret("kata-sandi-kantor.txt", PASSWORD)
    make_office(practice)


def make_office(practice: Practice) -> None:
    """Make the practice office: schema, keys, event, office, user, polling stations."""
    said = office(practice, "init", "--event", "latihan")
    office(practice, "office", "add", "--region", REGION, "--institution", "KPU", "--name", "KPU Kota Kupang (latihan)")
    added = office(practice, "user", "add", "--login", LOGIN, "--office", REGION,
                   "--password-file", str(practice.file("kata-sandi-kantor.txt")))  # fmt: skip
    stations = office(practice, "tps", "import", str(resources.path("practice", "tps.csv")))
    told(say("story.office", event=said["event"], login=added["login"], tps=stations["imported"],
             folder=practice.office))  # fmt: skip


def provision(practice: Practice, address: str) -> None:
    """Make the kit at the office and set the laptop up with it."""
    kit = practice.file("oebobo.payung-kit")
    made = office(practice, "kit", "--village", VILLAGE, "--out", str(kit), "--server", address)
    code = practice.secret("kode-aktivasi.txt", made["activation_code"])
    laptop(practice, "setup", "--kit", str(kit), "--activation-code-file", str(code))
    told(say("story.provisioned", kit=kit, folder=practice.laptop))
    mark = {"port": int(address.rpartition(":")[2])}
    practice.file(MARK).write_text(json.dumps(mark) + "\n", encoding="utf-8")


def import_workbook(practice: Practice) -> None:
    """Take the village's own workbook in; four of its rows are wrong and go to the report."""
    workbook = resources.path("practice", "oebobo-kpps-linmas.xlsx")
    report = practice.file("laporan-impor.csv")
    found = laptop(practice, "import", str(workbook), "--report", str(report), may_end=(0, 1))
    told(say("story.imported", workbook=workbook, report=report, **_numbers(found)))


def enrol(practice: Practice) -> None:
    """Enrol one officer by hand."""
    found = laptop(practice, "enrol", "-", given=json.dumps(OFFICER))
    told(say("story.enrolled", tps=OFFICER["tps"], id=found["id"]))


def certificates(practice: Practice) -> None:
    """Write the certificates of everybody who is ready."""
    out = practice.file("sertifikat.pdf")
    found = laptop(practice, "certificates", "--all", "--out", str(out), may_end=(0, 1))
    told(say("story.certificates", file=out, **_numbers(found)))


def lose_the_network(practice: Practice) -> None:
    """Try to send while nobody answers: the exit code says so and everything is kept."""
    laptop(practice, "sync", may_end=(OFFLINE,))
    waiting = laptop(practice, "status")
    told(say("story.offline", pending=waiting["pending"]))


def send(practice: Practice) -> None:
    """Send everything and show the receipt."""
    found = laptop(practice, "sync")
    status = laptop(practice, "status")
    told(say("story.sent", receipt=status["last_receipt"], **_numbers(found)))


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


def _numbers(found: Mapping[str, Any]) -> dict[str, int]:
    return {name: value for name, value in found.items() if isinstance(value, int)}


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
            process.terminate()
            try:
                process.wait(PATIENCE / 2)
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


if __name__ == "__main__":
    main()
