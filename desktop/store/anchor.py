"""The last receipt of the office, kept beside the database: a database older than it was put back from a copy.

It holds what the receipt vouches for: how many entries the audit had, and its head. Who puts back this file too is
found at the next exchange, where the office knows the sequence; without a network nobody can.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop.store import durable
from desktop.store.errors import StoreError, told
from sync.errors import SyncError
from sync.reply import SignedReceipt, verify_receipt

NAME = "receipt.json"
_LARGEST = 16 * 1024
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The audit as it was when a batch was sealed (`counter` entries, `head`), and the receipt of that batch."""

    device: UUID
    counter: int
    head: bytes
    receipt: bytes
    signature: bytes

    def genuine(self, reply_keys: Sequence[bytes]) -> bool:
        """Whether the office gave this laptop that receipt, by one of its raw reply keys."""
        try:
            said = verify_receipt(SignedReceipt(data=self.receipt, signature=self.signature), reply_keys)
        except SyncError:
            return False
        return said.device == self.device


def write(folder: Path, anchor: Anchor) -> None:
    """Keeps the anchor in place of the one before. A disk that refuses leaves the older one, which is true as well."""
    document = {
        "device": str(anchor.device),
        "counter": anchor.counter,
        "head": anchor.head.hex(),
        "receipt": anchor.receipt.hex(),
        "signature": anchor.signature.hex(),
    }
    try:
        with told():
            durable.write(folder / NAME, json.dumps(document, indent=1).encode() + b"\n")
    except StoreError as trouble:
        _log.info("the last receipt could not be kept beside the database: %s", trouble.code)


def read(folder: Path) -> Anchor | None:
    """The anchor; None when there is none that can be read."""
    path = folder / NAME
    try:
        if path.stat().st_size > _LARGEST:
            return None
        found = json.loads(path.read_bytes())
        return Anchor(
            device=UUID(found["device"]),
            counter=int(found["counter"]),
            head=bytes.fromhex(found["head"]),
            receipt=bytes.fromhex(found["receipt"]),
            signature=bytes.fromhex(found["signature"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def forget(folder: Path) -> None:
    """Takes the anchor away: for a laptop that goes on from a backup under a new identity."""
    (folder / NAME).unlink(missing_ok=True)
