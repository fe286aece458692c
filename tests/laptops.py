"""Laptops set up without an office: the kit is made here, with keys of its own."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

import resources
from desktop.cli import program
from desktop.cli.options import Options
from payung.bodies import Institution
from sync.feed import TpsEntry
from sync.kit import Kit, new_activation_code, seal_kit
from sync.trust import DeviceCertificate, OfficeRoot, issue
from tests.conftest import ROOT

VILLAGE = "53.71.04.1001"
OPERATOR = "Marthen Ndolu"
PASSPHRASE = "lontar sasando teluk kupang"
ROOTS: dict[bytes, OfficeRoot] = {}  # the offices of this run by their public key, to issue further kits
DEVICE = UUID("01934567-89ab-7def-8123-456789abcdef")


def kit(*, villages: tuple[str, ...] = (VILLAGE,), stations: int = 14, server_url: str = "http://127.0.0.1:9") -> Kit:
    """A kit of an office that nobody can reach."""
    root, sign, seal = OfficeRoot.generate(), Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    ROOTS[root.public] = root
    now = datetime.now(UTC)
    certificate = DeviceCertificate(
        device=DEVICE,
        tag="7K3M",
        villages=villages,
        institution=Institution.KPU,
        event="latihan",
        sign_key=sign.public_key().public_bytes_raw(),
        seal_key=seal.public_key().public_bytes_raw(),
        not_before=now - timedelta(days=1),
        not_after=now + timedelta(days=30),
        serial=1,
    )
    return Kit(
        server_url=server_url,
        office_name="KPU Kota Kupang",
        office_contact="0380-123456",
        root_public=root.public,
        intake_public=X25519PrivateKey.generate().public_key().public_bytes_raw(),
        reply_public=Ed25519PrivateKey.generate().public_key().public_bytes_raw(),
        device_certificate=issue(root, certificate),
        sign_private=sign.private_bytes_raw(),
        seal_private=seal.private_bytes_raw(),
        event_json=resources.read("events", "latihan.json"),
        tps=tuple(
            TpsEntry(village=village, number=number, special=False, address="", voters=None)
            for village in villages
            if village.count(".") == 3
            for number in range(1, stations + 1)
        ),
        made_at=now,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Every line of standard output as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        """The one JSON document on standard output."""
        (only,) = self.lines
        return only


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop's folder and its operator, used through the real command line in processes of their own."""

    folder: Path
    operator: str = OPERATOR

    @property
    def data(self) -> Path:
        """The folder given as `--data`."""
        return self.folder / "data"

    @property
    def passphrase_file(self) -> Path:
        """The file given as `--passphrase-file`."""
        return self.folder / "passphrase"

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs `payung` on this laptop."""
        who = ["--operator", self.operator, "--passphrase-file", str(self.passphrase_file)]
        return [sys.executable, "-m", "desktop", "--data", str(self.data), *who, "--json", *arguments]

    def run(self, *arguments: str, given: str | bytes = "") -> Answer:
        """Run one command to its end."""
        return self.finished(self.command(*arguments), given=given)

    @staticmethod
    def finished(command: list[str], *, given: str | bytes = "") -> Answer:
        """Run a command line as it is."""
        sent = given.encode() if isinstance(given, str) else given
        done = subprocess.run(command, cwd=ROOT, input=sent, capture_output=True, check=False)
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def enrol(self, *records: dict[str, Any]) -> list[Any]:
        """Enrol the records and give the answers."""
        return self.run("enrol", "-", given="\n".join(json.dumps(record) for record in records)).lines


class Indoors(Laptop):
    """The same laptop used through the same command line within this process, which saves the start of Python."""

    @staticmethod
    def finished(command: list[str], *, given: str | bytes = "") -> Answer:
        """Run a command line as `python -m desktop` would."""
        said, aside = io.BytesIO(), io.BytesIO()
        out, err = io.TextIOWrapper(said, "utf-8"), io.TextIOWrapper(aside, "utf-8")
        standing = sys.stdin
        sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode() if isinstance(given, str) else given), "utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = program.main(command[command.index("desktop") + 1 :], window=_no_window)
        finally:
            sys.stdin = standing
        return Answer(code, said.getvalue().decode(), aside.getvalue().decode())


def _no_window(_options: Options) -> int:
    raise AssertionError("no command here opens a window")


def prepared(folder: Path, kind: type[Laptop] = Laptop) -> Laptop:
    """A folder with a passphrase file, nothing set up."""
    folder.mkdir(parents=True, exist_ok=True)
    laptop = kind(folder)
    laptop.passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return laptop


def set_up(folder: Path, made: Kit | None = None, kind: type[Laptop] = Laptop) -> Laptop:
    """A laptop set up by `payung setup`, in this process, from a kit made here."""
    laptop = prepared(folder, kind)
    code = new_activation_code()
    (folder / "laptop.payung-kit").write_bytes(seal_kit(made or kit(), code))
    (folder / "code").write_text(code + "\n", encoding="utf-8")
    indoors = Indoors(laptop.folder, laptop.operator)  # where a slot costs the least
    answer = indoors.run(
        "setup", "--kit", str(folder / "laptop.payung-kit"), "--activation-code-file", str(folder / "code")
    )
    assert answer.code == 0, answer.err
    return laptop


def officers(village: str = VILLAGE, *, start: int = 0) -> Iterator[dict[str, Any]]:
    """Invented officers for the KPPS of one TPS after another, without end: serials from 9901, one birth date each."""
    begin = datetime(1980, 1, 1, tzinfo=UTC)
    number = start
    while True:
        born = (begin + timedelta(days=number)).date()
        tps, seat = divmod(number, 7)
        yield {
            "village": village,
            "tps": tps + 1,
            "post": "kpps-ketua" if seat == 0 else "kpps-anggota",
            "nik": f"537104{born:%d%m%y}9901",
            "name": f"PETUGAS {letters(number)}",
            "birthplace": "Kupang",
            "birthdate": born.isoformat(),
            "sex": "L",
        }
        number += 1


def letters(number: int) -> str:
    """A number written in letters, as names must be."""
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))
