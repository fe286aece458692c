"""The office's way in: the recovery slot, the request for it, and the answer that makes a new operator's slot.

The slot stands in the vault file and once more in `recovery.slot`, so that losing the vault file alone loses nothing.
The private key of an open request lies in `request.json`, readable by its owner only, until the answer was used.
"""

from __future__ import annotations

import binascii
import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop.store import durable
from desktop.store import header as headers
from desktop.store.errors import Damaged, NotSetUp, StoreError, told
from desktop.store.header import Header
from desktop.store.identity import new_id
from sync import recovery as wire
from sync.envelope import key_id

KIND = "recovery"
NAME = headers.RECOVERY_NAME
REQUEST_NAME = "request.json"
_LARGEST = 64 * 1024
_FORMAT = 1


class NoRecoverySlot(StoreError):
    """Neither the vault file nor recovery.slot can be read: only a backup brings the key back."""

    code: ClassVar[str] = "recovery.none"
    exit_code: ClassVar[int] = 5


class NotAsked(StoreError):
    """No request is open on this laptop: the answer was used already, or is another laptop's."""

    code: ClassVar[str] = "recovery.not_asked"
    exit_code: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSlot:
    """The master keys sealed to the office. `keys` counts them, `reply` is the key its answers are signed with."""

    id: UUID
    vault: UUID
    device: UUID
    office: bytes
    reply: bytes
    keys: int
    sealed: bytes

    def document(self) -> dict[str, Any]:
        """As it stands in the vault file."""
        return {
            "kind": KIND,
            "id": str(self.id),
            "device": str(self.device),
            "office": self.office.hex(),
            "reply": b64encode(self.reply).decode(),
            "keys": self.keys,
            "sealed": b64encode(self.sealed).decode(),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """An open request: the bytes of its file, and the code to compare with the office's."""

    data: bytes
    device: UUID
    vault: UUID

    @property
    def code(self) -> str:
        """Eight characters; not secret."""
        return wire.code(self.data)


@dataclass(frozen=True, slots=True)
class Open:
    """What lies in `request.json`: the request, its private key, or who came in by it."""

    request: bytes
    private: bytes = field(repr=False)
    used_by: UUID | None = None


def sealed(masters: tuple[bytes, ...], *, vault: UUID, device: UUID, intake: bytes, reply: bytes) -> OfficeSlot:
    """A new slot for the office whose intake key (X25519) and reply key (Ed25519) these are, raw."""
    content = wire.seal_slot(masters, to=intake, vault=vault, device=device)
    return OfficeSlot(
        id=new_id(), vault=vault, device=device, office=key_id(intake), reply=reply, keys=len(masters), sealed=content
    )


def held_by(header: Header) -> OfficeSlot | None:
    """The office's slot in a vault file, None when there is none that can be understood."""
    for document in header.extra:
        if document.get("kind") == KIND:
            return _slot(header.vault, document)
    return None


def placed(header: Header, slot: OfficeSlot) -> Header:
    """The header with this slot as its only office slot; still to be sealed."""
    others = tuple(document for document in header.extra if document.get("kind") != KIND)
    return replace(header, extra=(*others, slot.document()), version=headers.VERSION)


def keep(folder: Path, slot: OfficeSlot) -> None:
    """Writes the slot beside the vault file unless it stands there already. Raises DiskFull, StoreIO."""
    content = {"payung_recovery": _FORMAT, "vault": str(slot.vault), **slot.document()}
    content["checksum"] = _checksum(content)
    body = (json.dumps(content, indent=1, sort_keys=True) + "\n").encode()
    path = folder / NAME
    with told():
        if not path.exists() or path.read_bytes() != body:
            durable.write(path, body)


def kept(folder: Path) -> OfficeSlot | None:
    """The slot in recovery.slot; None when the file is missing or damaged."""
    content = _document(folder / NAME)
    if content is None or content.get("payung_recovery") != _FORMAT:
        return None
    if content.pop("checksum", "") != _checksum(content):
        return None
    try:
        return _slot(UUID(content["vault"]), content)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def readable(folder: Path) -> Header | None:
    """The vault file's header; None when both generations are gone or damaged. Raises NotSetUp, TooNew."""
    try:
        found = headers.read(folder)
    except Damaged:
        return None
    return found.newest or found.older


def slot(folder: Path) -> OfficeSlot:
    """The office's slot of this laptop, from the vault file or beside it. Raises NotSetUp, NoRecoverySlot."""
    try:
        header = readable(folder)
    except NotSetUp:
        header = None
        if not (folder / NAME).exists():
            raise
    found = (held_by(header) if header else None) or kept(folder)
    if found is None:
        raise NoRecoverySlot
    return found


def ask(folder: Path, *, operator: str, at: datetime | None = None) -> Asked:
    """The request of the operator of that name; asked again it is the same, so that an answer on its way stays good.

    Raises NotSetUp, NoRecoverySlot, DiskFull, StoreIO.
    """
    office, name = slot(folder), " ".join(operator.split())[: wire.NAME_CAP]
    standing = read_open(folder)
    if standing is not None and standing.used_by is None:
        asked = wire.read_request(standing.request)
        if (asked.operator, asked.sealed, asked.device) == (name, office.sealed, office.device):
            return Asked(standing.request, office.device, office.vault)
    private = X25519PrivateKey.generate()
    request = wire.Request(
        vault=office.vault,
        device=office.device,
        operator=name,
        office=office.office,
        sealed=office.sealed,
        ephemeral=private.public_key().public_bytes_raw(),
        at=at or datetime.now(UTC),
    ).encode()
    write_open(folder, Open(request, private.private_bytes_raw()))
    return Asked(request, office.device, office.vault)


def answered(folder: Path, answer: bytes) -> tuple[tuple[bytes, ...], wire.Request]:
    """The master keys in the answer to this laptop's open request, oldest first, with the request.

    Raises NotAsked, NoRecoverySlot, `sync.recovery`'s errors.
    """
    standing = read_open(folder)
    if standing is None or standing.used_by is not None:
        raise NotAsked
    private = X25519PrivateKey.from_private_bytes(standing.private)
    reply = slot(folder).reply
    masters = wire.open_answer(answer, request=standing.request, ephemeral=private, reply_public=reply)
    return masters, wire.read_request(standing.request)


def read_open(folder: Path) -> Open | None:
    """What lies in request.json, None when nothing that can be understood does."""
    content = _document(folder / REQUEST_NAME)
    try:
        if content is None:
            return None
        if "used_by" in content:
            return Open(b"", b"", UUID(content["used_by"]))
        found = Open(_bytes(content["request"]), _bytes(content["private"]))
        wire.read_request(found.request)
        X25519PrivateKey.from_private_bytes(found.private)
    except (ValueError, KeyError, TypeError, AttributeError, wire.RecoveryError):
        return None
    return found


def write_open(folder: Path, standing: Open) -> None:
    """Keeps an open request, or that it was used; the private key goes with it. Raises DiskFull, StoreIO."""
    if standing.used_by is not None:
        content = {"used_by": str(standing.used_by)}
    else:
        content = {
            "request": b64encode(standing.request).decode(),
            "private": b64encode(standing.private).decode(),
        }
    with told():
        durable.write(folder / REQUEST_NAME, json.dumps(content).encode() + b"\n")


def _slot(vault: UUID, document: dict[str, Any]) -> OfficeSlot | None:
    try:
        return OfficeSlot(
            id=UUID(document["id"]),
            vault=vault,
            device=UUID(document["device"]),
            office=bytes.fromhex(document["office"]),
            reply=_bytes(document["reply"]),
            keys=int(document["keys"]),
            sealed=_bytes(document["sealed"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _document(path: Path) -> dict[str, Any] | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError from error
