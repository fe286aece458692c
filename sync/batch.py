"""What a laptop sends: revisions, certificate ledger events, its health, and who signed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.canonical import canonical, decode_canonical, trimmed
from sync.errors import NotAuthorised, Unreadable
from sync.ledger import LedgerEvent, pack_ledger, unpack_ledger
from sync.packing import pack_revisions, unpack_revisions
from sync.revision import HASH_LENGTH, Revision, RevisionKey
from sync.shape import ADDITIVE, COUNTS, IDENTIFIER, MOMENT, TEXT, WHOLE, Entry, Shape, blob, nested, rows

EPOCH_LENGTH: Final = 16
_OPERATOR_CONTEXT: Final = b"payung operator 1\x00"
_LEDGER_KEY: Final = 12
_REVISIONS_KEY: Final = 13  # last, so that the text of the records lies together at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the laptop is: program version, free bytes on its disk, records by state, time of the oldest unsent one."""

    app_version: str
    free_bytes: int
    counts: Mapping[str, int]
    oldest_unsent: datetime | None

    def __post_init__(self) -> None:
        if self.oldest_unsent is not None:
            object.__setattr__(self, "oldest_unsent", trimmed(self.oldest_unsent))


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSignature:
    """One operator's Ed25519 signature over the hashes of those revisions of the batch that are the operator's."""

    operator: UUID
    public_key: bytes
    hashes_signature: bytes


def sign_revisions(
    operator: UUID, signing_key: Ed25519PrivateKey, *, device: UUID, revisions: Sequence[Revision]
) -> OperatorSignature:
    """The operator's signature for a batch of this device; revisions of other operators are left aside."""
    return OperatorSignature(
        operator=operator,
        public_key=signing_key.public_key().public_bytes_raw(),
        hashes_signature=signing_key.sign(_signed_hashes(operator, device, revisions)),
    )


def verify_hashes(signature: OperatorSignature, *, device: UUID, hashes: Sequence[bytes]) -> bool:
    """Whether the operator signed a batch of this device in which his revisions have just these hashes, in order."""
    signed = _OPERATOR_CONTEXT + device.bytes + signature.operator.bytes + b"".join(hashes)
    try:
        Ed25519PublicKey.from_public_bytes(signature.public_key).verify(signature.hashes_signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def verify_operators(batch: Batch) -> None:
    """Checks that every revision's operator signed it; NotAuthorised when one is missing, false or too many."""
    signatures = {signature.operator: signature for signature in batch.signatures}
    operators = {revision.operator for revision in batch.revisions}
    if len(signatures) != len(batch.signatures) or operators != signatures.keys():
        raise NotAuthorised("operator")
    for signature in batch.signatures:
        hashes = [revision.hash() for revision in batch.revisions if revision.operator == signature.operator]
        if not verify_hashes(signature, device=batch.device, hashes=hashes):
            raise NotAuthorised("operator")


def _signed_hashes(operator: UUID, device: UUID, revisions: Sequence[Revision]) -> bytes:
    hashes = b"".join(revision.hash() for revision in revisions if revision.operator == operator)
    return _OPERATOR_CONTEXT + device.bytes + operator.bytes + hashes


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a laptop sends. `sequence` counts its batches from 1, `previous` is the hash of the batch before.

    `at` (device time, UTC) and `counter` (never goes back) are evidence, not order; `audit_head` is the head of the
    laptop's audit after `counter` entries (32 bytes, None from programs that send none). `cursor` acknowledges the
    feed, `epoch` is the server's last seen (16 bytes, None before the first reply).
    """

    device: UUID
    sequence: int
    previous: bytes | None
    event: str
    at: datetime
    counter: int
    cursor: int
    epoch: bytes | None
    health: Health
    revisions: tuple[Revision, ...] = ()
    ledger: tuple[LedgerEvent, ...] = ()
    signatures: tuple[OperatorSignature, ...] = ()
    audit_head: bytes | None = None
    version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", trimmed(self.at))

    def encode(self) -> bytes:
        """The canonical bytes: what is signed, sealed and hashed."""
        rest: dict[int, object] = {}
        if self.ledger:
            rest[_LEDGER_KEY] = pack_ledger(self.ledger, [revision.record for revision in self.revisions])
        if self.revisions:
            rest[_REVISIONS_KEY] = pack_revisions(self.revisions)
        return canonical(_BATCH.to_map(self) | rest)

    @classmethod
    def decode(cls, body: bytes) -> Batch:
        """The batch those bytes are of; Unreadable, VersionTooOld."""
        found = decode_canonical(body)
        if not isinstance(found, dict):
            raise Unreadable("shape")
        columns, events = found.pop(_REVISIONS_KEY, None), found.pop(_LEDGER_KEY, None)
        frame = _BATCH.of_map(found)
        revisions = () if columns is None else unpack_revisions(columns)
        ledger = () if events is None else unpack_ledger(events, [revision.record for revision in revisions])
        return replace(frame, revisions=revisions, ledger=ledger)

    def keys(self) -> tuple[RevisionKey, ...]:
        """What the reply's verdicts will be about, in their order."""
        return tuple(revision.key() for revision in self.revisions)


def batch_hash(body: bytes) -> bytes:
    """SHA-256 of a batch's canonical bytes (not of the sealed ones): what receipt and next batch name it by."""
    return sha256(body).digest()


_HEALTH: Final = Shape(
    Health,
    (
        Entry(1, "app_version", TEXT),
        Entry(2, "free_bytes", WHOLE),
        Entry(3, "counts", COUNTS, {}),
        Entry(4, "oldest_unsent", MOMENT, None),
    ),
)
_SIGNATURE: Final = Shape(
    OperatorSignature,
    (Entry(1, "operator", IDENTIFIER), Entry(2, "public_key", blob(32)), Entry(3, "hashes_signature", blob(64))),
)
_BATCH: Final = Shape(
    Batch,
    (
        Entry(1, "device", IDENTIFIER),
        Entry(2, "sequence", WHOLE),
        Entry(3, "previous", blob(HASH_LENGTH), None),
        Entry(4, "event", TEXT),
        Entry(5, "at", MOMENT),
        Entry(6, "counter", WHOLE),
        Entry(7, "cursor", WHOLE, 0),
        Entry(8, "epoch", blob(EPOCH_LENGTH), None),
        Entry(9, "health", nested(_HEALTH)),
        Entry(11, "signatures", rows(_SIGNATURE), ()),
        Entry(ADDITIVE, "audit_head", blob(HASH_LENGTH), None),
    ),
    version=1,
)
