"""One operator's slot: made from his passphrase, opened by it, wrapped anew, stepped forward while he is away."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.store import keys
from desktop.store.errors import Damaged
from desktop.store.header import Header, Slot
from desktop.store.identity import new_id
from desktop.store.keys import KEY_BYTES, boxed, derived, unboxed


@dataclass(frozen=True, slots=True)
class Opened:
    """What a passphrase gave: the slot's key, the newest master key, and the operator's signing key."""

    slot: Slot
    slot_key: bytes = field(repr=False)
    master: bytes = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)


def new(vault: UUID, name: str, role: str, passphrase: str, master: bytes) -> Opened:
    """A slot for a new operator with a new signing key; takes a second."""
    signing_key = Ed25519PrivateKey.generate()
    bare = Slot(
        id=new_id(),
        kind="passphrase",
        operator=new_id(),
        name=" ".join(name.split()),
        role=role,
        kdf=keys.calibrated(),
        public_key=signing_key.public_key().public_bytes_raw(),
        master_box=b"",
        signing_box=b"",
    )
    slot_key = bare.kdf.key(passphrase)
    return wrapped(vault, Opened(bare, slot_key, master, signing_key))


def opened(header: Header, slot: Slot, passphrase: str) -> Opened | None:
    """What the slot holds, None when the passphrase does not open it. Damaged when only a part of it opens."""
    slot_key = slot.kdf.key(passphrase)
    master = unboxed(derived(slot_key, "master"), slot.master_box, slot.bound_to(header.vault, "master"))
    if master is None:
        return None
    for step in slot.steps:
        stepped = keys.unstepped(master, step, slot_key, slot.bound_to(header.vault, "step"))
        if stepped is None:
            raise Damaged(part="vault")
        master = stepped
    signing = unboxed(derived(slot_key, "signing"), slot.signing_box, slot.bound_to(header.vault, "signing"))
    if signing is None or len(signing) != KEY_BYTES or len(master) != KEY_BYTES:
        raise Damaged(part="vault")
    return Opened(slot, slot_key, master, Ed25519PrivateKey.from_private_bytes(signing))


def wrapped(vault: UUID, found: Opened) -> Opened:
    """The same slot with its boxes made anew under its key, the newest master key inside and no steps left."""
    bare = replace(found.slot, seal_public=keys.seal_public(found.slot_key), steps=())
    signing = found.signing_key.private_bytes_raw()
    slot = replace(
        bare,
        master_box=boxed(derived(found.slot_key, "master"), found.master, bare.bound_to(vault, "master")),
        signing_box=boxed(derived(found.slot_key, "signing"), signing, bare.bound_to(vault, "signing")),
    )
    return replace(found, slot=slot)


def rekeyed(vault: UUID, found: Opened, passphrase: str) -> Opened:
    """The same slot under another passphrase, its cost measured anew; takes a second."""
    bare = replace(found.slot, kdf=keys.calibrated())
    return wrapped(vault, replace(found, slot=bare, slot_key=bare.kdf.key(passphrase)))


def stepped(vault: UUID, slot: Slot, master: bytes, successor: bytes) -> Slot:
    """The slot with one more step, to the master key after `master`; its operator need not be there."""
    step = keys.stepped(master, successor, slot.seal_public, slot.bound_to(vault, "step"))
    return replace(slot, steps=(*slot.steps, step))


def past(header: Header, master: bytes) -> tuple[bytes, ...]:
    """The master keys before `master`, oldest first. Damaged when one does not open."""
    found = []
    for place, box in enumerate(header.past):
        key = unboxed(derived(master, "past"), box, header.past_bound_to(place))
        if key is None:
            raise Damaged(part="vault")
        found.append(key)
    return tuple(found)


def keep_past(header: Header, masters: tuple[bytes, ...], master: bytes) -> Header:
    """The header with these older master keys boxed under `master`."""
    boxes = (boxed(derived(master, "past"), older, header.past_bound_to(place)) for place, older in enumerate(masters))
    return replace(header, past=tuple(boxes))


def new_master() -> bytes:
    """A master key made by chance."""
    return os.urandom(KEY_BYTES)
