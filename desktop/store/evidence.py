"""Everything this laptop can prove about one enrolment, as one JSON document signed by the laptop.

It holds the revisions with their bodies (the person's own data), the batches they went in by hashes alone, the
office's receipts, the prints, and the audit entries with what proves them. Nobody else's data is in it.
`desktop.store.proof` checks such a document without a store.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import bindparam, select

from desktop.store import audit, chain, proof, reference, revisions
from desktop.store.audit import Action, Deed, Entry
from desktop.store.statements import Query, Work
from desktop.store.tables import LedgerEntry, Manifest, OperatorKey, SavedRevision, SealedBatch
from payung.facts import Facts

if TYPE_CHECKING:
    from desktop.store.database import Store

_UNSAID = frozenset({"mother"})  # stands in the revision's body alone: no list and no reader shows it
_HASH = 32

_REVISIONS = Query(
    select(
        SavedRevision.ordinal,
        SavedRevision.number,
        SavedRevision.for_office,
        SavedRevision.operator,
        SavedRevision.hash,
        SavedRevision.body,
        SavedRevision.verdict,
        SavedRevision.verdict_code,
        SavedRevision.verdict_at,
    )
    .where(SavedRevision.record == bindparam("record"))
    .order_by(SavedRevision.ordinal)
)
_BATCHES = Query(
    select(
        Manifest.sequence,
        Manifest.counter,
        Manifest.audit_head,
        Manifest.operator,
        Manifest.hashes,
        Manifest.signature,
        SealedBatch.hash,
        SealedBatch.made_at,
        SealedBatch.receipt,
        SealedBatch.receipt_signature,
    )
    .join(SealedBatch, SealedBatch.sequence == Manifest.sequence)
    .order_by(Manifest.sequence)
)
_PRINTS = Query(
    select(
        LedgerEntry.number,
        LedgerEntry.kind,
        LedgerEntry.revision,
        LedgerEntry.copy,
        LedgerEntry.operator,
        LedgerEntry.at,
    )
    .where(LedgerEntry.record == bindparam("record"))
    .order_by(LedgerEntry.id)
)
_OPERATORS = Query(select(OperatorKey.id, OperatorKey.name, OperatorKey.role, OperatorKey.public_key))


def gather(store: Store, record: UUID) -> dict[str, Any]:
    """The signed document; that it was made stands in the audit. Raises UnknownRecord, Purged."""
    at, laptop = store.moment(), store.laptop
    with store.writing() as work:
        vouched = reference.server_certificates(work, laptop.root_public)
        facts = revisions.newest_facts(work, record)
        hashes = [row[4] for row in work.all(_REVISIONS, record=record)]
        audit.append(work, store.unlocked, at, [Deed(Action.SHOWN, record.bytes, hashes[-1])])
        document = {
            "payung_evidence": proof.VERSION,
            "record": str(record),
            "made_at": _time(at),
            "program": audit.program(),
            "vault": str(store.unlocked.vault_id),
            "device": {"id": str(store.laptop.device), "certificate": _text(store.laptop.device_certificate)},
            "office": {
                "name": laptop.office_name,
                "reply_key": _text(laptop.reply_public),
                "certificate": _text(vouched.get(laptop.reply_public, b"")),
                "certificates": [_text(one) for one in vouched.values()],
            },
            "person": _person(facts),
            "revisions": list(_revisions(work, record)),
            "batches": list(_batches(work, frozenset(hashes))),
            "prints": list(_prints(work, record)),
            "operators": list(_operators(work)),
            "audit": _audit(work, record),
        }
    key = Ed25519PrivateKey.from_private_bytes(store.laptop.sign_private)
    return document | {"signature": _text(key.sign(proof.signed(document)))}


def encoded(document: Mapping[str, Any]) -> bytes:
    """The document as the bytes of a file."""
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _person(facts: Facts) -> dict[str, object]:
    said = {field.name: getattr(facts, field.name) for field in fields(facts) if field.name not in _UNSAID}
    return {name: str(value) if value is not None else None for name, value in said.items() if value not in ("", ())}


def _revisions(work: Work, record: UUID) -> Iterator[dict[str, object]]:
    for ordinal, number, for_office, operator, digest, body, verdict, code, at in work.each(_REVISIONS, record=record):
        yield {
            "ordinal": ordinal,
            "number": number,
            "for_office": for_office,
            "operator": str(operator),
            "hash": digest.hex(),
            "body": _text(body),
            "verdict": verdict,
            "verdict_code": code,
            "verdict_at": _time(at) if at else None,
        }


def _batches(work: Work, wanted: frozenset[bytes]) -> Iterator[dict[str, object]]:
    for sequence, counter, head, operator, hashes, signature, digest, at, receipt, receipt_signature in work.each(
        _BATCHES
    ):
        held = [hashes[start : start + _HASH] for start in range(0, len(hashes), _HASH)]
        if wanted.isdisjoint(held):
            continue
        yield {
            "sequence": sequence,
            "hash": digest.hex(),
            "sealed_at": _time(at),
            "revisions": [one.hex() for one in held],
            "operator": str(operator),
            "signature": _text(signature or b""),
            "counter": counter,
            "audit_head": head.hex(),
            "receipt": _text(receipt or b""),
            "receipt_signature": _text(receipt_signature or b""),
        }


def _prints(work: Work, record: UUID) -> Iterator[dict[str, object]]:
    for number, kind, revision, copy, operator, at in work.each(_PRINTS, record=record):
        yield {
            "number": number,
            "kind": proof.KINDS[kind],
            "revision": revision,
            "copy": copy,
            "operator": str(operator),
            "at": _time(at),
        }


def _operators(work: Work) -> Iterator[dict[str, object]]:
    for operator, name, role, key in work.each(_OPERATORS):
        yield {"id": str(operator), "name": name, "role": role, "public_key": _text(key)}


@dataclass(slots=True)
class _Actions:
    """The actions that touch one record, found in one walk along the audit: its entries, of the others digests."""

    record: UUID
    numbers: set[bytes]
    sequences: set[bytes]
    found: list[dict[str, object]]

    def concerns(self, entry: Entry) -> bool:
        """Whether the entry speaks of the record, a certificate of it, or a batch it went in."""
        link = entry.link
        if link.action in {Action.SEALED, Action.SETTLED}:
            return link.subject in self.sequences
        return link.subject == self.record.bytes or link.subject in self.numbers

    def take(self, before: bytes, action: list[Entry]) -> None:
        """One signed action; `before` is the head it follows."""
        if not any(self.concerns(entry) for entry in action):
            return
        self.found.append(
            {
                "before": before.hex(),
                "entries": [
                    _entry(entry) if self.concerns(entry) else {"digest": chain.digest(entry.link).hex()}
                    for entry in action
                ],
                "head": action[-1].head.hex(),
                "signature": _text(action[-1].signature or b""),
            }
        )


def _audit(work: Work, record: UUID) -> list[dict[str, object]]:
    numbers = {row[0].encode() for row in work.all(_PRINTS, record=record)}
    wanted = frozenset(row[4] for row in work.all(_REVISIONS, record=record))
    sequences = {int(str(one["sequence"])).to_bytes(8, "big") for one in _batches(work, wanted)}
    actions = _Actions(record, numbers, sequences, [])
    before, open_action = chain.START, list[Entry]()
    for entry in audit.entries(work):
        open_action.append(entry)
        if entry.signature is not None:
            actions.take(before, open_action)
            before, open_action = entry.head, []
    return actions.found


def _entry(entry: Entry) -> dict[str, object]:
    link = entry.link
    return {
        "number": link.number,
        "at": link.at,
        "operator": str(link.operator),
        "action": link.action,
        "subject": link.subject.hex(),
        "detail": link.detail.hex(),
        "device": str(link.device) if link.device else None,
        "program": link.program,
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(content: bytes) -> str:
    return b64encode(content).decode()
