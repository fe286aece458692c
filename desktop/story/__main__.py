"""The story itself: with a display the office runs and the window opens; without one each step is gone and printed.

Provision, import a workbook, enrol by hand, certificates, lose the network, send, receipts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import resources
from desktop import settings
from desktop.story.practice import LOGIN, MARK, OFFICER, OPERATOR, PASSPHRASE, PASSWORD, REGION, VILLAGE, Practice
from desktop.story.process import StoryBrokenError, laptop, office, say, served

OFFLINE = 4  # exit code: no network, everything kept


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
        command = [sys.executable, "-m", "desktop", "--data", str(practice.laptop)]
        ended = subprocess.run(command, check=False).returncode  # noqa: S603 - our own window
    if ended:
        raise StoryBrokenError(say("story.broken", command=" ".join(command[1:]), ended=ended, said="-"))
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
        shutil.rmtree(practice.office, ignore_errors=True)
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


def _numbers(found: Mapping[str, Any]) -> dict[str, int]:
    return {name: value for name, value in found.items() if isinstance(value, int)}


if __name__ == "__main__":
    main()
