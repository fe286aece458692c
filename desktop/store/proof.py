"""Is a document of evidence true? Told from the office's root key alone, without a store and without a network.

What is proven: a laptop of this office says so (its certificate), its operators signed each action and each batch, the
office's receipt names the batch, and the batch held the revision. What cannot be proven is listed, not hidden.
"""

from __future__ import annotations

import binascii
import contextlib
import hashlib
import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.store import chain
from desktop.store.chain import Link
from sync import trust
from sync.batch import OperatorSignature, verify_hashes
from sync.canonical import moment_of
from sync.errors import SyncError
from sync.ledger import LedgerKind
from sync.reply import Receipt, SignedReceipt, verify_receipt
from sync.revision import Revision
from sync.trust import DeviceCertificate

VERSION: Final = 1
LARGEST: Final = 32 * 1024 * 1024
KINDS: Final = {kind.value: kind.name.lower() for kind in LedgerKind}
_CONTEXT: Final = b"payung evidence 1\0"
_SAVED: Final = frozenset({"saved", "withdrawn"})


class Verdict(StrEnum):
    """What a document is worth."""

    GENUINE = "genuine"
    UNKNOWN_OFFICE = "unknown-office"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Received:
    """A revision the office has: its number, and when the office said so (the server's clock, UTC)."""

    revision: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What the document proves. `enrolled` are the operators' signed times of saving, by the laptop's clock.

    `findings` are codes of what does not hold (`evidence.*`); `unproven` counts audit actions of the first schema,
    which only their own laptop can check.
    """

    verdict: Verdict
    record: UUID | None = None
    enrolled: tuple[datetime, ...] = ()
    received: tuple[Received, ...] = ()
    findings: tuple[str, ...] = ()
    unproven: int = 0


def signed(document: Mapping[str, Any]) -> bytes:
    """The bytes the laptop signs: everything but the signature, in one form whatever the file's layout."""
    content = {name: value for name, value in document.items() if name != "signature"}
    return _CONTEXT + json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def verify(content: bytes, *, root_public: bytes, reply_keys: Sequence[bytes] = ()) -> Proven:
    """What the file proves. `reply_keys` are the office's known reply keys; for every other the root must vouch.

    Never raises for what the file says.
    """
    try:
        document = json.loads(content) if len(content) <= LARGEST else None
        if not isinstance(document, dict) or document.get("payung_evidence") != VERSION:
            return Proven(verdict=Verdict.UNREADABLE)
        return _verified(document, root_public, reply_keys)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, SyncError):
        return Proven(verdict=Verdict.UNREADABLE)


def _verified(document: Mapping[str, Any], root_public: bytes, known: Sequence[bytes]) -> Proven:
    record = UUID(document["record"])
    try:
        device = trust.verify(_bytes(document["device"]["certificate"]), root_public, None)
    except SyncError:
        return Proven(verdict=Verdict.UNKNOWN_OFFICE, record=record, findings=("evidence.device",))
    if not _holds(device.sign_key, _bytes(document["signature"]), signed(document)):
        return Proven(verdict=Verdict.ALTERED, record=record, findings=("evidence.signature",))
    look = _Look(document, record, device, _reply_keys(document, root_public, known))
    look.revisions()
    look.audit()
    look.batches()
    look.enrolments()
    return Proven(
        verdict=Verdict.ALTERED if look.findings else Verdict.GENUINE,
        record=record,
        enrolled=tuple(look.enrolled),
        received=tuple(look.received),
        findings=tuple(dict.fromkeys(look.findings)),
        unproven=look.unproven,
    )


def _reply_keys(document: Mapping[str, Any], root_public: bytes, known: Sequence[bytes]) -> tuple[bytes, ...]:
    """The keys receipts are checked with: known here, and those the root vouches for in the document."""
    office, found = document["office"], list(known)
    for text in {office["certificate"], *office.get("certificates", ())}:
        with contextlib.suppress(SyncError):
            found.append(trust.verify_server_keys(_bytes(text), root_public, None).reply_public)
    return tuple(dict.fromkeys(found))


class _Look:
    """One look at a document whose laptop is known: what holds, and what does not."""

    def __init__(
        self, document: Mapping[str, Any], record: UUID, device: DeviceCertificate, reply_keys: Sequence[bytes]
    ) -> None:
        self.document, self.record, self.device, self.reply_keys = document, record, device, reply_keys
        self.vault = UUID(document["vault"])
        self.keys = {UUID(one["id"]): _bytes(one["public_key"]) for one in document["operators"]}
        self.numbers: dict[bytes, int] = {}  # revision number by hash
        self.links: list[Link] = []  # proven by an operator's signature
        self.enrolled: list[datetime] = []
        self.received: list[Received] = []
        self.findings: list[str] = []
        self.unproven = 0

    def revisions(self) -> None:
        """Every body is the one its hash names, and is of this record."""
        for one in self.document["revisions"]:
            body, digest = _bytes(one["body"]), bytes.fromhex(one["hash"])
            revision = Revision.decode(body)
            if hashlib.sha256(body).digest() != digest or revision.record != self.record:
                self.findings.append("evidence.revision")
            self.numbers[digest] = revision.number

    def audit(self) -> None:
        """Every action's entries lead to the head its operator signed."""
        for action in self.document["audit"]:
            links = [_link(entry) for entry in action["entries"] if "number" in entry]
            if any(link.old for link in links):
                self.unproven += 1
                continue
            digests = [
                chain.digest(_link(entry)) if "number" in entry else bytes.fromhex(entry["digest"])
                for entry in action["entries"]
            ]
            head = chain.head(bytes.fromhex(action["before"]), digests)
            keys = {self.keys.get(link.operator) for link in links}
            signer = keys.pop() if len(keys) == 1 else None
            if head.hex() == action["head"] and chain.holds(signer, _bytes(action["signature"]), self.vault, head):
                self.links += links
            else:
                self.findings.append("evidence.audit")

    def batches(self) -> None:
        """Every batch held what it says, by its operator's signature, and has the office's receipt if it says so."""
        for one in self.document["batches"]:
            hashes = [bytes.fromhex(digest) for digest in one["revisions"]]
            operator = UUID(one["operator"])
            signature = OperatorSignature(
                operator=operator,
                public_key=self.keys.get(operator, b""),
                hashes_signature=_bytes(one["signature"]),
            )
            device = self._device_of(one)
            if not verify_hashes(signature, device=device, hashes=hashes) or not self._sealed(one, hashes):
                self.findings.append("evidence.batch")
            elif one["receipt"]:
                self._receipt(one, hashes, device)

    def enrolments(self) -> None:
        """Every revision was saved by somebody who signed for it; those of the first schema are unproven."""
        saved = {link.detail: link.at for link in self.links if link.action in _SAVED}
        self.enrolled = [moment_of(saved[digest]) for digest in self.numbers if digest in saved]
        if len(self.enrolled) < len(self.numbers) and not self.unproven:
            self.findings.append("evidence.unsigned")

    def _device_of(self, one: Mapping[str, Any]) -> UUID:
        """The laptop a batch was sealed on: under a new identity the older batches keep the older one's."""
        sequence = int(one["sequence"]).to_bytes(8, "big")
        devices = [link.device for link in self.links if link.action == "sealed" and link.subject == sequence]
        return devices[0] if devices and devices[0] is not None else self.device.device

    def _sealed(self, one: Mapping[str, Any], hashes: Sequence[bytes]) -> bool:
        sequence = int(one["sequence"]).to_bytes(8, "big")
        ends = bytes.fromhex(one["hash"]) + hashlib.sha256(b"".join(hashes)).digest()
        return any(
            link.action == "sealed" and link.subject == sequence and link.detail.endswith(ends) for link in self.links
        )

    def _receipt(self, one: Mapping[str, Any], hashes: Sequence[bytes], device: UUID) -> None:
        said = self._receipted(SignedReceipt(data=_bytes(one["receipt"]), signature=_bytes(one["receipt_signature"])))
        if said is None or (said.device, said.sequence, said.batch_hash.hex(), said.count) != (
            device,
            one["sequence"],
            one["hash"],
            len(hashes),
        ):
            self.findings.append("evidence.receipt" if self.reply_keys else "evidence.reply_key")
            return
        self.received += [Received(self.numbers[digest], said.at) for digest in hashes if digest in self.numbers]

    def _receipted(self, receipt: SignedReceipt) -> Receipt | None:
        try:
            return verify_receipt(receipt, self.reply_keys)
        except SyncError:
            return None


def _link(entry: Mapping[str, Any]) -> Link:
    return Link(
        number=int(entry["number"]),
        at=int(entry["at"]),
        operator=UUID(entry["operator"]),
        action=str(entry["action"]),
        subject=bytes.fromhex(entry["subject"]),
        detail=bytes.fromhex(entry["detail"]),
        device=UUID(entry["device"]) if entry["device"] else None,
        program=entry["program"],
    )


def _holds(key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError from error
