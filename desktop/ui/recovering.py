"""The way back in with the office's help: what the recovery page does off the window's thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from desktop.store import operators, recovery
from desktop.ui import session
from desktop.ui.session import Session
from payung import passphrase as passphrases
from payung.errors import PayungError
from sync import recovery as wire

SUFFIX = wire.SUFFIX
FILE_NAME = f"permintaan{SUFFIX}"  # no person, no place


class NotWrittenThere(PayungError):
    """The request's file could not be written there."""

    code: ClassVar[str] = "recovery.folder"
    exit_code: ClassVar[int] = 6


class NotReadThere(PayungError):
    """The answer's file could not be read."""

    code: ClassVar[str] = "recovery.file"
    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is open: whose, the code to compare aloud, where its file was just written, its text as a QR."""

    operator: str
    code: str
    path: Path | None = None
    text: str = ""


def standing(folder: Path) -> Asked | None:
    """The request that still waits for its answer, None when there is none."""
    kept = recovery.read_open(folder)
    if kept is None or kept.used_by is not None:
        return None
    asked = wire.read_request(kept.request).operator
    return Asked(asked, wire.code(kept.request), text=wire.to_text(kept.request))


def picture(folder: Path, operator: str) -> Asked:
    """The request as the text of a QR code, nothing written but in the laptop's folder. Raises as `recovery.ask`."""
    asked = recovery.ask(folder, operator=operator)
    return Asked(operator, asked.code, text=wire.to_text(asked.data))


def ask(folder: Path, operator: str, into: Path) -> Asked:
    """Write the request's file. Raises NotSetUp, NoRecoverySlot, DiskFull, StoreIO, NotWrittenThere."""
    asked = recovery.ask(folder, operator=operator)
    path = into / FILE_NAME
    fresh = path.with_name(f".{path.name}.part")
    try:
        with fresh.open("wb") as file:
            file.write(asked.data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as trouble:
        raise NotWrittenThere from trouble
    return Asked(operator, asked.code, path)


def read(folder: Path, path: Path) -> bytes:
    """The office's answer, if it is this laptop's. Raises NotReadThere, NotAsked, RecoveryError."""
    try:
        with path.open("rb") as file:
            content = file.read(2 * wire.CAP + 1)
    except OSError as trouble:
        raise NotReadThere from trouble
    recovery.answered(folder, content)
    return content


def come_back(folder: Path, answer: bytes, passphrase: str, lang: str) -> Session:
    """Put the answer to use and open the laptop with the new passphrase. Raises StoreError, RecoveryError."""
    operator = operators.recover(folder, answer, passphrase=passphrase)
    return session.open_session(folder, operator.name, passphrase, lang)


def suggestion() -> str:
    """Words picked by chance."""
    return passphrases.suggestion()
