"""Who did what to which record, on which laptop, with which program: in a chain that shows every later change.

The last entry of one person's action carries his Ed25519 signature over its head, which covers all that came before.
Each batch carries the head to the office, so that its receipt says how far the audit was (`desktop.store.anchor`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import insert, select

import payung
from desktop.store import anchor, chain
from desktop.store.anchor import Anchor
from desktop.store.chain import Link
from desktop.store.columns import stored_moment
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import AuditEntry, AuditKey, Laptop, Manifest, OperatorKey, SealedBatch
from desktop.store.vault import Unlocked
from sync.errors import SyncError
from sync.reply import SignedReceipt, verify_receipt

if TYPE_CHECKING:
    from desktop.store.database import Store

# SQLite's own guard against a bug or a hand with the key; the chain finds who takes it away first.
TRIGGERS = frozenset({"audit_never_changed", "audit_never_deleted", "audit_in_order"})

_LAST = Query(select(AuditEntry.number, AuditEntry.head).order_by(AuditEntry.number.desc()).limit(1))
_DEVICE = Query(select(Laptop.device))
_ADD = Command(insert(AuditEntry))
_KEYS = Query(select(OperatorKey.id, OperatorKey.public_key))
_OLD_KEY = Query(select(AuditKey.key))
_KEEP_OLD_KEY = Command(insert(AuditKey).prefix_with("OR IGNORE"))
_FIRST = Query(select(AuditEntry.device).where(AuditEntry.number == 1))
_ALL = Query(
    select(
        AuditEntry.number,
        AuditEntry.at,
        AuditEntry.operator,
        AuditEntry.action,
        AuditEntry.subject,
        AuditEntry.detail,
        AuditEntry.device,
        AuditEntry.program,
        AuditEntry.head,
        AuditEntry.signature,
    ).order_by(AuditEntry.number)
)
_RECEIPTS = Query(
    select(
        Manifest.counter,
        Manifest.audit_head,
        Manifest.hashes,
        SealedBatch.sequence,
        SealedBatch.hash,
        SealedBatch.sealed_hash,
        SealedBatch.receipt,
        SealedBatch.receipt_signature,
    )
    .join(SealedBatch, SealedBatch.sequence == Manifest.sequence)
    .where(SealedBatch.receipt.is_not(None))
    .order_by(SealedBatch.sequence)
)


class Action(StrEnum):
    """What was done."""

    SET_UP = "set-up"
    SAVED = "saved"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"  # closes the action that saved the records of one list; its detail counts them
    TAKEN_BACK = "taken-back"  # a record of a list that was taken back, before anybody else knew of it
    UNDONE = "undone"  # closes the taking back of a list
    CERTIFIED = "certified"
    HANDED_OVER = "handed-over"  # a printed certificate; the detail is its number, as for the next two
    SPOILED = "spoiled"
    VOIDED = "voided"
    SEALED = "sealed"
    SETTLED = "settled"
    REFERENCE = "reference"
    SHOWN = "shown"  # one person's evidence was written to a file
    PURGED = "purged"  # a person's data were reduced
    RESTORED = "restored"  # the store was put back from a copy
    RESCUED = "rescued"  # a version taken over from a damaged file
    LOST = "lost"  # a version the damaged file no longer held
    OPERATOR_ADDED = "operator-added"
    OPERATOR_REMOVED = "operator-removed"
    PASSPHRASE_CHANGED = "passphrase-changed"  # noqa: S105 - a deed, not a secret
    RECOVERED = "recovered"  # somebody came in by the office's answer
    ADOPTED = "adopted"  # the laptop goes on under another identity


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: to which subject (a record's id, a batch's number), with the hash of what it now is."""

    action: Action
    subject: bytes
    detail: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands: what it says, its head, and the signature where it closes an action."""

    link: Link
    head: bytes
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What the audit says of itself.

    `broken_at` is the first entry that does not hold, None when all do. The first `anchored` entries are vouched for by
    receipts of the office. `rolled_back`: this laptop has a receipt for an audit that went further, or another way.
    """

    entries: int
    broken_at: int | None
    anchored: int = 0
    rolled_back: bool = False


def append(work: Work, unlocked: Unlocked, at: datetime, deeds: Sequence[Deed]) -> None:
    """Chains the deeds of one action to the audit and signs the last; part of the caller's transaction."""
    number, head = last(work)
    device = work.all(_DEVICE)[0][0]
    rows = []
    for deed in deeds:
        number += 1
        link = Link(
            number=number,
            at=stored_moment(at),
            operator=unlocked.operator_id,
            action=deed.action.value,
            subject=deed.subject,
            detail=deed.detail,
            device=device,
            program=program(),
        )
        head = chain.head(head, [chain.digest(link)])
        rows.append(_row(link, at, head))
    if rows:
        rows[-1]["signature"] = chain.sign(unlocked.signing_key, unlocked.vault_id, head)
        work.many(_ADD, rows)


def last(work: Work) -> tuple[int, bytes]:
    """How many entries there are, and the head after them."""
    return work.one(_LAST) or (0, chain.START)


def program() -> str:
    """The version of this program."""
    return payung.__version__


def sealed(sealed_hash: bytes, batch_hash: bytes, hashes: bytes) -> bytes:
    """What the entry of a sealed batch says of it: its bytes, its content, and which revisions it held."""
    return sealed_hash + batch_hash + hashlib.sha256(hashes).digest()


def entries(work: Work) -> Iterator[Entry]:
    """Every entry in its order."""
    for number, at, operator, action, subject, detail, device, made_with, head, signature in work.each(_ALL):
        link = Link(number, stored_moment(at), operator, action, subject, detail, device, made_with)
        yield Entry(link, head, signature)


def operator_keys(work: Work) -> dict[UUID, bytes]:
    """The raw public key of everybody who has worked here."""
    return dict(work.all(_KEYS))


def remember_key(work: Work, unlocked: Unlocked) -> None:
    """Keeps the key of the first schema's entries where a later master key does not change it."""
    if work.one(_FIRST) == (None,):
        work.run(_KEEP_OLD_KEY, id=1, key=unlocked.audit_key)


def verify(store: Store) -> Verified:
    """Checks every head, signature and receipt of the audit from its beginning, and the anchor beside the database.

    Raises what reading a damaged file raises.
    """
    known = anchor.read(store.folder)
    if known is not None and (known.device != store.laptop.device or not known.genuine(store.laptop.reply_keys)):
        known = None
    with store.reading() as work:
        old_key = work.one(_OLD_KEY)
        walk = _Walk(
            vault=store.unlocked.vault_id,
            old_key=old_key[0] if old_key else store.unlocked.audit_key,
            keys=operator_keys(work),
            claims=_claims(work, store.laptop.reply_keys),
            known=known,
        )
        return walk.through(entries(work))


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a receipt vouches for: the head at an entry, and the entry right after it that names the batch.

    None stands for what cannot hold: a receipt that is not the office's own.
    """

    head: bytes | None
    sealed: bytes | None


def _claims(work: Work, reply_keys: Sequence[bytes]) -> dict[int, list[_Claim]]:
    found: dict[int, list[_Claim]] = {}
    for counter, head, hashes, sequence, batch_hash, sealed_hash, receipt, signature in work.each(_RECEIPTS):
        true = _receipted(receipt, signature, (sequence, batch_hash), reply_keys)
        claim = _Claim(head, sealed(sealed_hash, batch_hash, hashes)) if true else _Claim(None, None)
        found.setdefault(counter, []).append(claim)
    return found


def _receipted(receipt: bytes | None, signature: bytes | None, of: tuple[int, bytes], keys: Sequence[bytes]) -> bool:
    try:
        said = verify_receipt(SignedReceipt(data=receipt or b"", signature=signature or b""), keys)
    except SyncError:
        return False
    return (said.sequence, said.batch_hash) == of


@dataclass(slots=True)
class _Walk:
    """One walk along the chain, entry by entry."""

    vault: UUID
    old_key: bytes
    keys: dict[UUID, bytes]
    claims: dict[int, list[_Claim]]
    known: Anchor | None
    head: bytes = chain.START
    number: int = 0
    anchored: int = 0
    renewed: bool = False  # whether an entry of a later schema than the first has come
    rolled_back: bool = False
    open_by: UUID | None = None  # whose action has no signature yet
    due: bytes | None = None  # what the next entry must say of a batch

    def through(self, found: Iterable[Entry]) -> Verified:
        """The whole chain, until something does not hold."""
        broken = next((entry for entry in found if not self.step(entry)), None)
        if broken is not None:
            return Verified(self.number + 1, self.number + 1, self.anchored, self.rolled_back)
        if self.known is not None and self.number < self.known.counter:
            self.rolled_back = True
        # Entries nobody signed at the end were cut off from their action.
        return Verified(self.number, self.number if self.open_by is not None else None, self.anchored, self.rolled_back)

    def step(self, entry: Entry) -> bool:
        """Whether this entry follows; then it counts."""
        link = entry.link
        if link.action not in _ACTIONS or link.number != self.number + 1 or (link.old and self.renewed):
            return False
        if self.open_by not in {None, link.operator} or self.due not in {None, link.detail}:
            return False
        old = link.old
        head = chain.old_head(self.old_key, self.head, link) if old else chain.head(self.head, [chain.digest(link)])
        key = self.keys.get(link.operator)
        signed = entry.signature is None or chain.holds(key, entry.signature, self.vault, head, old=old)
        if head != entry.head or not signed:
            return False
        self.head, self.number, self.renewed = head, link.number, not old
        self.open_by = link.operator if entry.signature is None else None
        return self._vouched()

    def _vouched(self) -> bool:
        """Whether the receipts for the audit as it was here say the same."""
        self.due = None
        if self.known is not None and self.known.counter == self.number and self.known.head != self.head:
            self.rolled_back = True
        for claim in self.claims.get(self.number, ()):
            if claim.head != self.head:
                return False
            self.anchored, self.due = self.number, claim.sealed
        return True


_ACTIONS = frozenset(Action)


def _row(link: Link, at: datetime, head: bytes) -> dict[str, object]:
    return {
        "number": link.number,
        "at": at,
        "operator": link.operator,
        "action": link.action,
        "subject": link.subject,
        "detail": link.detail,
        "device": link.device,
        "program": link.program,
        "head": head,
    }
