"""Who did what, in a chain that shows every later change.

Each entry's head is an HMAC over the head before it and its own content; the last entry of one person's action carries
his Ed25519 signature over its head, which covers all that came before.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import insert, select

from desktop.store.columns import stored_moment
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import AuditEntry, OperatorKey
from desktop.store.vault import Unlocked

if TYPE_CHECKING:
    from desktop.store.database import Store

_START = bytes(32)
_CONTEXT = b"payung audit 1\0"

_LAST = Query(select(AuditEntry.number, AuditEntry.head).order_by(AuditEntry.number.desc()).limit(1))
_ADD = Command(insert(AuditEntry))
_KEYS = Query(select(OperatorKey.id, OperatorKey.public_key))
_ALL = Query(
    select(
        AuditEntry.number,
        AuditEntry.at,
        AuditEntry.operator,
        AuditEntry.action,
        AuditEntry.subject,
        AuditEntry.detail,
        AuditEntry.head,
        AuditEntry.signature,
    ).order_by(AuditEntry.number)
)


class Action(StrEnum):
    """What was done."""

    SET_UP = "set-up"
    SAVED = "saved"
    WITHDRAWN = "withdrawn"
    CERTIFIED = "certified"
    SEALED = "sealed"
    SETTLED = "settled"
    REFERENCE = "reference"
    RESTORED = "restored"
    ADOPTED = "adopted"
    RESCUED = "rescued"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: to which subject (a record's id, a batch's number), with the hash of what it now is."""

    action: Action
    subject: bytes
    detail: bytes


def append(work: Work, unlocked: Unlocked, at: datetime, deeds: Sequence[Deed]) -> None:
    """Chains the deeds of one action to the audit and signs the last; part of the caller's transaction."""
    last = work.one(_LAST)
    number, head = last or (0, _START)
    rows = []
    for deed in deeds:
        number += 1
        head = _head(unlocked.audit_key, head, _content(number, stored_moment(at), unlocked.operator_id, deed))
        rows.append(
            {
                "number": number,
                "at": at,
                "operator": unlocked.operator_id,
                "action": deed.action.value,
                "subject": deed.subject,
                "detail": deed.detail,
                "head": head,
            }
        )
    if rows:
        rows[-1]["signature"] = unlocked.signing_key.sign(_signed(unlocked.vault_id, head))
        work.many(_ADD, rows)


@dataclass(frozen=True, slots=True)
class Verified:
    """What the audit says of itself. `broken_at` is the first entry that does not hold, None when all do."""

    entries: int
    broken_at: int | None


def verify(store: Store) -> Verified:
    """Checks every head and signature of the audit from its beginning. Raises what reading a damaged file raises."""
    with store.reading() as work:
        keys = {operator: Ed25519PublicKey.from_public_bytes(key) for operator, key in work.all(_KEYS)}
        return _verified(store.unlocked, keys, work.each(_ALL))


def _verified(
    unlocked: Unlocked,
    keys: dict[UUID, Ed25519PublicKey],
    rows: Iterable[tuple[int, datetime, UUID, str, bytes, bytes, bytes, bytes | None]],
) -> Verified:
    head, expected, unsigned_by = _START, 1, None
    for number, at, operator, action, subject, detail, stored, signature in rows:
        deed = Deed(Action(action), subject, detail) if action in _ACTIONS else None
        if deed is None or number != expected or (unsigned_by is not None and unsigned_by != operator):
            return Verified(expected, expected)
        head = _head(unlocked.audit_key, head, _content(number, stored_moment(at), operator, deed))
        signed = signature is None or _holds(keys.get(operator), signature, _signed(unlocked.vault_id, head))
        if head != stored or not signed:
            return Verified(expected, expected)
        unsigned_by = operator if signature is None else None
        expected += 1
    # Entries nobody signed at the end were cut off from their action.
    return Verified(expected - 1, expected - 1 if unsigned_by is not None else None)


_ACTIONS = frozenset(Action)


def _holds(key: Ed25519PublicKey | None, signature: bytes, content: bytes) -> bool:
    if key is None:
        return False
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _content(number: int, at: int, operator: UUID, deed: Deed) -> bytes:
    parts = (deed.action.encode(), deed.subject, deed.detail)
    return struct.pack(">qq16s", number, at, operator.bytes) + b"".join(
        struct.pack(">I", len(part)) + part for part in parts
    )


def _head(key: bytes, before: bytes, content: bytes) -> bytes:
    return hmac.digest(key, before + content, "sha256")


def _signed(vault: UUID, head: bytes) -> bytes:
    return _CONTEXT + vault.bytes + head
