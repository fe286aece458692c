"""vault.json: the header that stands beside the database and holds its key, wrapped once per slot.

A checksum tells a damaged header from a wrong passphrase before any key is known; the HMAC, made with a key that only
an opened slot gives, finds every change the checksum was adjusted to. Two generations are kept, vault.json and
vault.json.1.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.store import durable
from desktop.store.errors import Damaged, NotSetUp, TooNew, told
from desktop.store.keys import Kdf

NAME = "vault.json"
OLDER = "vault.json.1"
VERSION = 1
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to the master key. `kind` is "passphrase"; a reader keeps kinds it does not know as `extra`."""

    id: UUID
    kind: str
    operator: UUID
    name: str
    role: str
    kdf: Kdf
    public_key: bytes
    master_box: bytes
    signing_box: bytes

    def bound_to(self, vault: UUID, content: str) -> bytes:
        """What a box of this slot is bound to: vault, slot, operator, role, cost and what the box holds."""
        return _canonical({"vault": str(vault), "holds": content, **_named(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The whole vault file. `extra` are slots of kinds this version cannot open, kept and authenticated as they are."""

    vault: UUID
    generation: int
    slots: tuple[Slot, ...]
    extra: tuple[dict[str, Any], ...] = ()
    mac: bytes = b""

    def sealed(self, header_key: bytes) -> Header:
        """The same header with its HMAC."""
        return replace(self, mac=self._tag(header_key))

    def genuine(self, header_key: bytes) -> bool:
        """Whether the HMAC is that of this content."""
        return hmac.compare_digest(self.mac, self._tag(header_key))

    def _tag(self, header_key: bytes) -> bytes:
        return hmac.digest(header_key, _canonical(_content(self)), "sha256")


def write(folder: Path, header: Header) -> None:
    """Makes `header` the newest generation; the one before it stays as the older. Raises StoreIO, DiskFull."""
    content = _content(header) | {"mac": _text(header.mac)}
    content["checksum"] = _checksum(content)
    path = folder / NAME
    with told():
        older = path.read_bytes() if path.exists() else None
        body = (json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
        durable.write(folder / OLDER, older or body)
        durable.write(path, body)


@dataclass(frozen=True, slots=True)
class Kept:
    """The readable generations; None for one that is missing or damaged. At least one is there."""

    newest: Header | None
    older: Header | None


def read(folder: Path) -> Kept:
    """Both generations. Raises NotSetUp where no vault file stands, Damaged where none can be read, TooNew."""
    paths = (folder / NAME, folder / OLDER)
    if not any(path.exists() for path in paths):
        raise NotSetUp
    kept = Kept(*(_read(_body(path)) for path in paths))
    if kept == Kept(None, None):
        raise Damaged(part="vault")
    return kept


def _body(path: Path) -> bytes:
    with told():
        return path.read_bytes() if path.exists() and path.stat().st_size <= LARGEST else b""


def _read(body: bytes) -> Header | None:
    try:
        content = json.loads(body)
        stated = content.pop("checksum")
        if stated != _checksum(content):
            return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if content.get("payung_vault") != VERSION:
        raise TooNew(part="vault")
    try:
        slots = content["slots"]
        return Header(
            vault=UUID(content["vault"]),
            generation=int(content["generation"]),
            slots=tuple(_slot(slot) for slot in slots if slot["kind"] == "passphrase"),
            extra=tuple(slot for slot in slots if slot["kind"] != "passphrase"),
            mac=_bytes(content["mac"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, Damaged):
        return None


def _slot(content: dict[str, Any]) -> Slot:
    kdf = content["kdf"]
    if kdf["name"] != "argon2id":
        raise Damaged(part="vault")
    return Slot(
        id=UUID(content["id"]),
        kind=str(content["kind"]),
        operator=UUID(content["operator"]),
        name=str(content["name"]),
        role=str(content["role"]),
        kdf=Kdf(
            salt=_bytes(kdf["salt"]),
            memory_kib=int(kdf["memory_kib"]),
            passes=int(kdf["passes"]),
            lanes=int(kdf["lanes"]),
        ),
        public_key=_bytes(content["public_key"]),
        master_box=_bytes(content["master_box"]),
        signing_box=_bytes(content["signing_box"]),
    )


def _named(slot: Slot) -> dict[str, Any]:
    return {
        "id": str(slot.id),
        "kind": slot.kind,
        "operator": str(slot.operator),
        "name": slot.name,
        "role": slot.role,
        "kdf": {
            "name": "argon2id",
            "salt": _text(slot.kdf.salt),
            "memory_kib": slot.kdf.memory_kib,
            "passes": slot.kdf.passes,
            "lanes": slot.kdf.lanes,
        },
        "public_key": _text(slot.public_key),
    }


def _content(header: Header) -> dict[str, Any]:
    slots = [
        _named(slot) | {"master_box": _text(slot.master_box), "signing_box": _text(slot.signing_box)}
        for slot in header.slots
    ]
    return {
        "payung_vault": VERSION,
        "vault": str(header.vault),
        "generation": header.generation,
        "slots": [*slots, *header.extra],
    }


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _text(value: bytes) -> str:
    return b64encode(value).decode()


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError from error
