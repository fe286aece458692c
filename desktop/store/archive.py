"""The backup as one file: what it says of itself, then its parts, each with its hash.

    "PAYUNG-BACKUP" NUL | format 1 | length 4 | manifest, JSON | HMAC-SHA256 32 | parts, one after the other

The database inside is encrypted as it always is, the key file is the one beside it; the manifest names no person. Its
HMAC is made with a key that only an opened vault gives.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from desktop.store.errors import BackupCut, BackupTooNew, NotABackup, StoreError, told
from desktop.store.keys import derived
from desktop.store.vault import DATABASE_NAME

FOLDER_NAME: Final = "backups"
SUFFIX: Final = ".payung-backup"
FORMAT: Final = 1
# the key file, its older generation, and whatever other slots lie beside them
KEY_FILE: Final = re.compile(r"(vault|recovery)[a-z0-9_.-]*")

_MAGIC: Final = b"PAYUNG-BACKUP\0"
_HEADER: Final = struct.Struct(">14sBI")
_MAC_BYTES: Final = 32
_LARGEST_MANIFEST: Final = 1024**2
_CHUNK: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside; `sha256` is of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the backup says of itself. `counts` are rows by table, `audit_head` is the newest entry's, at `made_at`."""

    vault: UUID
    device: UUID
    schema: int
    program: str
    made_at: datetime
    counts: Mapping[str, int]
    audit_entries: int
    audit_head: bytes
    batch_number: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """A readable backup file: its manifest, and the bytes and HMAC to hold it to once a key is there."""

    path: Path
    manifest: Manifest
    written: bytes
    mac: bytes

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return _HEADER.size + len(self.written) + _MAC_BYTES

    def genuine(self, database_key: bytes) -> bool:
        """Whether the manifest was made by whoever holds this key."""
        return hmac.compare_digest(self.mac, _tag(database_key, self.written))


def write(path: Path, manifest: Manifest, files: Sequence[tuple[str, Path]], database_key: bytes) -> None:
    """Writes the whole file and makes it durable. The manifest's parts are those of `files`. Raises OSError."""
    parts = tuple(Part(name, file.stat().st_size, _digest(file)) for name, file in files)
    written = _json(manifest, parts)
    with path.open("xb") as out:
        out.write(_HEADER.pack(_MAGIC, FORMAT, len(written)) + written + _tag(database_key, written))
        for _, file in files:
            with file.open("rb") as part:
                while chunk := part.read(_CHUNK):
                    out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def read(path: Path) -> Backup:
    """What the file says of itself. Raises NotABackup, BackupCut, BackupTooNew, StoreIO; changes nothing."""
    with told(), path.open("rb") as file:
        head = file.read(_HEADER.size)
        if not head or not _MAGIC.startswith(head[: len(_MAGIC)]):
            raise NotABackup
        if len(head) < _HEADER.size:
            raise BackupCut(part="header")
        _, version, length = _HEADER.unpack(head)
        if version > FORMAT:
            raise BackupTooNew(part="backup", version=version)
        if length > _LARGEST_MANIFEST:
            raise BackupCut(part="manifest")
        written, mac = file.read(length), file.read(_MAC_BYTES)
    if len(written) != length or len(mac) != _MAC_BYTES:
        raise BackupCut(part="manifest")
    return Backup(path, _manifest(written), written, mac)


def verify(backup: Backup) -> None:
    """Reads every part back against its hash. Raises BackupCut, StoreIO."""
    expected = backup.start + sum(part.size for part in backup.manifest.parts)
    with told(), backup.path.open("rb") as file:
        if os.fstat(file.fileno()).st_size != expected:
            raise BackupCut(part="size")
        file.seek(backup.start)
        for part in backup.manifest.parts:
            if _copied(file, part.size, None) != part.sha256:
                raise BackupCut(part=part.name)


def extract(backup: Backup, folder: Path) -> None:
    """Writes every part into the folder, made durable and checked on the way. Raises BackupCut, OSError."""
    with backup.path.open("rb") as file:
        file.seek(backup.start)
        for part in backup.manifest.parts:
            handle = os.open(
                folder / part.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
            with os.fdopen(handle, "wb") as out:
                found = _copied(file, part.size, out)
                out.flush()
                os.fsync(out.fileno())
            if found != part.sha256:
                raise BackupCut(part=part.name)


def newest(*folders: Path) -> Backup | None:
    """The backup made last in these folders that can be read; None when there is none."""
    found = []
    for path in (path for folder in folders if folder.is_dir() for path in folder.glob(f"*{SUFFIX}")):
        try:
            found.append(read(path))
        except StoreError:
            continue
    return max(found, key=lambda backup: backup.manifest.made_at, default=None)


def _copied(file: BinaryIO, size: int, out: BinaryIO | None) -> str:
    digest, left = hashlib.sha256(), size
    while left and (chunk := file.read(min(_CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
        if out is not None:
            out.write(chunk)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tag(database_key: bytes, written: bytes) -> bytes:
    return hmac.digest(derived(database_key, "backup"), written, "sha256")


def _json(manifest: Manifest, parts: Iterable[Part]) -> bytes:
    content = {
        "vault": str(manifest.vault),
        "device": str(manifest.device),
        "schema": manifest.schema,
        "program": manifest.program,
        "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "counts": dict(manifest.counts),
        "audit": {"entries": manifest.audit_entries, "head": manifest.audit_head.hex()},
        "batch_number": manifest.batch_number,
        "parts": [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in parts],
    }
    return json.dumps(content, sort_keys=True, indent=1).encode()


def _manifest(written: bytes) -> Manifest:
    try:
        content = json.loads(written)
        parts = tuple(Part(str(part["name"]), int(part["size"]), str(part["sha256"])) for part in content["parts"])
        made = Manifest(
            vault=UUID(content["vault"]),
            device=UUID(content["device"]),
            schema=int(content["schema"]),
            program=str(content["program"]),
            made_at=datetime.fromisoformat(content["made_at"]),
            counts={str(name): int(number) for name, number in content["counts"].items()},
            audit_entries=int(content["audit"]["entries"]),
            audit_head=bytes.fromhex(content["audit"]["head"]),
            batch_number=int(content["batch_number"]),
            parts=parts,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupCut(part="manifest") from error
    if made.made_at.tzinfo is None or not _usable(parts):
        raise BackupCut(part="manifest")
    return made


def _usable(parts: Sequence[Part]) -> bool:
    """Names of files of a store only: what is written into a folder must not lead out of it."""
    names = [part.name for part in parts]
    known = all(name == DATABASE_NAME or KEY_FILE.fullmatch(name) for name in names)
    return known and DATABASE_NAME in names and len(set(names)) == len(names) and all(part.size >= 0 for part in parts)
