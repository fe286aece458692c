"""vault.json: the header that stands beside the database and holds its key, wrapped once per slot.

A checksum tells a damaged header from a wrong passphrase before any key is known; the HMAC, made with a key that only
an opened slot gives, finds every change the checksum was adjusted to. Two generations are kept, vault.json and
vault.json.1; whoever was removed stands in neither.
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
from desktop.store.errors import Damaged, NotSetUp, TooNew, VaultMissing, told
from desktop.store.keys import Kdf

NAME = "vault.json"
OLDER = "vault.json.1"
DATABASE_NAME = "payung.db"
RECOVERY_NAME = "recovery.slot"
VERSION = 2  # 1 had neither seal keys, past keys nor a pending change; it is read, and its HMAC made, as it was
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to the master key. `kind` is "passphrase"; a reader keeps kinds it does not know as `extra`.

    `seal_public` is the key new master keys are sealed to while its operator is away; `steps` lead from the key in
    `master_box` to the newest, one for each change since he was here.
    """

    id: UUID
    kind: str
    operator: UUID
    name: str
    role: str
    kdf: Kdf
    public_key: bytes
    master_box: bytes
    signing_box: bytes
    seal_public: bytes = b""
    steps: tuple[bytes, ...] = ()

    def bound_to(self, vault: UUID, content: str) -> bytes:
        """What a box of this slot is bound to: vault, slot, operator, role, cost and what the box holds."""
        return _canonical({"vault": str(vault), "holds": content, **_named(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The whole vault file. `extra` are slots of other kinds (the office's), kept and authenticated as they are.

    `past` holds the master keys before this one, oldest first, boxed under it: old backups need them. `removed` names
    the operator whose removal is under way: until it is confirmed the database has the newest key or the one before.
    """

    vault: UUID
    generation: int
    slots: tuple[Slot, ...]
    extra: tuple[dict[str, Any], ...] = ()
    past: tuple[bytes, ...] = ()
    removed: UUID | None = None
    version: int = VERSION
    mac: bytes = b""

    def past_bound_to(self, place: int) -> bytes:
        """What the past key at that place is bound to."""
        return _canonical({"vault": str(self.vault), "past": place})

    def sealed(self, header_key: bytes) -> Header:
        """The same header with its HMAC."""
        return replace(self, mac=self._tag(header_key))

    def genuine(self, header_key: bytes) -> bool:
        """Whether the HMAC is that of this content."""
        return hmac.compare_digest(self.mac, self._tag(header_key))

    def _tag(self, header_key: bytes) -> bytes:
        return hmac.digest(header_key, _canonical(_content(self)), "sha256")


def write(folder: Path, header: Header) -> None:
    """Makes `header` the newest generation; the one before it, if it can be read, stays as the older.

    Raises StoreIO, DiskFull.
    """
    content = _content(header) | {"mac": _text(header.mac)}
    content["checksum"] = _checksum(content)
    path = folder / NAME
    body = (json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
    standing = _body(path)
    with told():
        # a damaged newest file must not take the place of a sound older one
        if _read(standing) is not None:
            durable.write(folder / OLDER, standing)
        elif _read(_body(folder / OLDER)) is None:
            durable.write(folder / OLDER, body)
        durable.write(path, body)


def settle(folder: Path, header: Header) -> None:
    """Makes `header` both generations, one after the other: what stood before opens nothing any more."""
    write(folder, header)
    write(folder, header)


@dataclass(frozen=True, slots=True)
class Kept:
    """The readable generations; None for one that is missing or damaged. At least one is there."""

    newest: Header | None
    older: Header | None


def read(folder: Path) -> Kept:
    """Both generations. Raises NotSetUp where nothing stands, VaultMissing, Damaged where none can be read, TooNew."""
    paths = (folder / NAME, folder / OLDER)
    if not any(path.exists() for path in paths):
        if any((folder / name).exists() for name in (DATABASE_NAME, RECOVERY_NAME)):
            raise VaultMissing(part="vault")
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
    version = content.get("payung_vault")
    if version not in range(1, VERSION + 1):
        raise TooNew(part="vault")
    try:
        slots = content["slots"]
        return Header(
            vault=UUID(content["vault"]),
            generation=int(content["generation"]),
            slots=tuple(_slot(slot) for slot in slots if slot["kind"] == "passphrase"),
            extra=tuple(slot for slot in slots if slot["kind"] != "passphrase"),
            past=tuple(_bytes(box) for box in content.get("past", ())),
            removed=UUID(content["removed"]) if "removed" in content else None,
            version=version,
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
        seal_public=_bytes(content.get("seal_public", "")),
        steps=tuple(_bytes(box) for box in content.get("steps", ())),
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
        **({"seal_public": _text(slot.seal_public)} if slot.seal_public else {}),
    }


def _content(header: Header) -> dict[str, Any]:
    """What is authenticated. What version 1 did not know is left out where it is empty."""
    slots = [
        _named(slot)
        | {"master_box": _text(slot.master_box), "signing_box": _text(slot.signing_box)}
        | ({"steps": [_text(step) for step in slot.steps]} if slot.steps else {})
        for slot in header.slots
    ]
    content: dict[str, Any] = {
        "payung_vault": header.version,
        "vault": str(header.vault),
        "generation": header.generation,
        "slots": [*slots, *header.extra],
    }
    if header.past:
        content["past"] = [_text(box) for box in header.past]
    if header.removed is not None:
        content["removed"] = str(header.removed)
    return content


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
