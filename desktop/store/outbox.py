"""What waits for the office: batches sealed before they are sent, settled only by a verified reply.

Implements `sync.exchange.Outbox`. What is saved while a batch is under way stays pending after its reply.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from sqlalchemy import LargeBinary, bindparam, func, insert, select, update

import payung
from desktop.store import adoption, audit, enrolments, reference, room, settlement
from desktop.store.audit import Action, Deed
from desktop.store.errors import Damaged
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import DataFile, LedgerEntry, Manifest, Progress, SavedRevision, SealedBatch, Waiting
from desktop.store.vault import Unlocked
from sync.batch import Batch, Health, batch_hash, sign_revisions
from sync.envelope import HEADER_LENGTH, SEALED_CAP, MessageKind, key_id, peek, sign_and_seal
from sync.exchange import FIRST_LIMIT, Keys, Sealed
from sync.ledger import LedgerEvent, LedgerKind
from sync.reply import Reply
from sync.revision import Revision, RevisionKey

if TYPE_CHECKING:
    from desktop.store.database import Store

SEALING_BYTES = 4 * SEALED_CAP  # the batch, its rows and their journal
LEDGER_EVENTS = 4  # for each revision of the limit: a certificate has two events, and reprints come on top


@dataclass(frozen=True, slots=True)
class Status:
    """What the strip and `payung status` say: revisions waiting, since when, the last receipt, records by state."""

    pending: int
    oldest_unsent: datetime | None
    last_receipt: datetime | None
    by_state: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Posted:
    """A batch of this laptop by the hash of its sealed bytes; `sealed` is None once it is settled."""

    sealed_hash: bytes
    sealed: Sealed | None


_UNSETTLED = Query(
    select(SealedBatch.sequence, SealedBatch.sealed, SealedBatch.hash, SealedBatch.sealed_hash)
    .where(SealedBatch.settled_at.is_(None))
    .order_by(SealedBatch.sequence)
    .limit(1)
)
_ALL_UNSETTLED = Query(
    select(SealedBatch.sequence).where(SealedBatch.settled_at.is_(None)).order_by(SealedBatch.sequence)
)
_HEADERS = Query(
    select(func.substr(SealedBatch.sealed, 1, HEADER_LENGTH, type_=LargeBinary)).where(SealedBatch.settled_at.is_(None))
)
_FORMER_PAIRS = Query(select(DataFile.body).where(DataFile.kind == reference.FORMER))
_BATCH = Query(
    select(SealedBatch.sealed, SealedBatch.hash, SealedBatch.sealed_hash, SealedBatch.settled_at).where(
        SealedBatch.sequence == bindparam("sequence")
    )
)
_IN_FLIGHT = Query(
    select(SavedRevision.record, SavedRevision.number, SavedRevision.hash)
    .join(Waiting, (Waiting.record == SavedRevision.record) & (Waiting.ordinal == SavedRevision.ordinal))
    .where(Waiting.batch == bindparam("sequence"))
    .order_by(Waiting.id)
)
_NEXT_REVISIONS = Query(
    select(Waiting.id, SavedRevision.body)
    .join(SavedRevision, (Waiting.record == SavedRevision.record) & (Waiting.ordinal == SavedRevision.ordinal))
    .where(Waiting.batch.is_(None), SavedRevision.operator == bindparam("operator"))
    .order_by(Waiting.id)
    .limit(bindparam("most"))
)
_NEXT_EVENTS = Query(
    select(
        Waiting.id,
        LedgerEntry.number,
        LedgerEntry.kind,
        LedgerEntry.record,
        LedgerEntry.revision,
        LedgerEntry.at,
        LedgerEntry.operator,
        LedgerEntry.copy,
    )
    .join(LedgerEntry, Waiting.ledger == LedgerEntry.id)
    .where(Waiting.batch.is_(None))
    .order_by(Waiting.id)
    .limit(bindparam("most"))
)
_PENDING = Query(select(func.count(), func.min(Waiting.queued_at)).where(Waiting.record.is_not(None)))
_PROGRESS = Query(
    select(Progress.batch_number, Progress.batch_head, Progress.cursor, Progress.epoch, Progress.receipt_at)
)
_ADD_BATCH = Command(insert(SealedBatch))
_ADD_MANIFEST = Command(insert(Manifest))
_ADVANCE = Command(update(Progress), ("batch_number", "batch_head"))
_TAKE = Command(update(Waiting).where(Waiting.id == bindparam("waiting")), ("batch",))


def exchange_keys(store: Store) -> Keys:
    """What the laptop checks the office's replies with. Raises KitNeeded where a restored store has no keys yet.

    The office answers under the pair of keys that a batch was sealed to: an older reply key holds as long as a batch
    that was sealed to its pair has no reply.
    """
    laptop = store.laptop
    adoption.require_identity(laptop)
    return Keys(
        device=laptop.device,
        seal_private=X25519PrivateKey.from_private_bytes(laptop.seal_private),
        reply_public=(laptop.reply_public, *_former_reply_keys(store)),
    )


def _former_reply_keys(store: Store) -> tuple[bytes, ...]:
    with store.reading() as work:
        former = [body for (body,) in work.all(_FORMER_PAIRS)]
        if not former:
            return ()
        recipients = {peek(head).key_id for (head,) in work.all(_HEADERS) if head}
    pairs = ((body[: -reference.KEY_BYTES], body[-reference.KEY_BYTES :]) for body in former)
    return tuple(reply for intake, reply in pairs if key_id(intake) in recipients)


def status(store: Store) -> Status:
    """How much waits, and since when."""
    with store.reading() as work:
        pending, oldest = work.all(_PENDING)[0]
        receipt_at = work.all(_PROGRESS)[0][4]
    return Status(pending, oldest, receipt_at, enrolments.counts(store))


class StoreOutbox:
    """The outbox of an open store, for one exchange at a time (`sync.exchange.Outbox`).

    Sends the revisions of the operator who is there to sign them; those of colleagues wait for their own exchange.
    """

    def __init__(self, store: Store, unlocked: Unlocked) -> None:
        self._store = store
        self._unlocked = unlocked

    def pending(self) -> int:
        """How many revisions wait for a verdict."""
        with self._store.reading() as work:
            return work.all(_PENDING)[0][0]

    def next_batch(self, limit: int, *, empty: bool = False) -> Sealed | None:
        """The unsettled batch, the same bytes as before, else a new one of at most `limit` revisions, stored first.

        None when there is nothing to send; with `empty` a batch without revisions is made then. Raises KitNeeded, and
        NoRoom before anything is sealed.
        """
        adoption.require_identity(self._store.laptop)
        room.require(self._store.folder, SEALING_BYTES, reserve=False)
        with self._store.writing() as work:
            standing = work.one(_UNSETTLED)
            if standing is not None:
                return _found(work, *standing)
            return self._sealed(work, limit, empty=empty)

    def seal_all(self, limit: int = FIRST_LIMIT) -> tuple[int, ...]:
        """The numbers of every unsettled batch, oldest first, once all that waits is sealed, each upon the one before.

        For a road that is travelled once in days: nothing has to wait there for the answer to what went before. With
        nothing to send there is one empty batch, which asks for news. Raises as `next_batch`.
        """
        adoption.require_identity(self._store.laptop)
        more = True
        while more:
            room.require(self._store.folder, SEALING_BYTES, reserve=False)
            with self._store.writing() as work:
                more = self._sealed(work, limit, empty=work.one(_UNSETTLED) is None) is not None
        with self._store.reading() as work:
            return tuple(sequence for (sequence,) in work.all(_ALL_UNSETTLED))

    def posted(self, sequence: int) -> Posted | None:
        """The batch of that number; None when this laptop never sealed one."""
        with self._store.reading() as work:
            row = work.one(_BATCH, sequence=sequence)
            if row is None:
                return None
            sealed, digest, sealed_hash, settled_at = row
            if settled_at is not None:
                return Posted(sealed_hash, None)
            return Posted(sealed_hash, _found(work, sequence, sealed, digest, sealed_hash))

    def settle(self, sequence: int, reply: Reply) -> None:
        """Takes in receipt, verdicts, feed and cursor of that batch in one transaction; again does nothing.

        `reply` must have been verified (`sync.exchange.open_reply`).
        """
        settlement.settle(self._store, self._unlocked, sequence, reply)

    def _sealed(self, work: Work, limit: int, *, empty: bool) -> Sealed | None:
        revisions = work.all(_NEXT_REVISIONS, operator=self._unlocked.operator_id, most=limit)
        events = work.all(_NEXT_EVENTS, most=limit * LEDGER_EVENTS)
        if not (revisions or events or empty):
            return None
        while True:
            batch = self._batch(work, [Revision.decode(body) for _, body in revisions], [_event(row) for row in events])
            body = batch.encode()
            data = self._seal(body)
            if len(data) <= SEALED_CAP:
                break
            # A batch too large for the office's cap goes in halves; one revision alone is always under it.
            revisions, events = revisions[: max(1, len(revisions) // 2)], events[: len(events) // 2]
        waiting = [row[0] for row in revisions] + [row[0] for row in events]
        self._keep(work, batch, body, data, waiting)
        return Sealed(data=data, sequence=batch.sequence, batch_hash=batch_hash(body), revisions=batch.keys())

    def _batch(self, work: Work, revisions: list[Revision], events: list[LedgerEvent]) -> Batch:
        store = self._store
        number, previous, cursor, epoch, _ = work.all(_PROGRESS)[0]
        counter, audit_head = audit.last(work)
        signature = sign_revisions(
            self._unlocked.operator_id, self._unlocked.signing_key, device=store.laptop.device, revisions=revisions
        )
        return Batch(
            device=store.laptop.device,
            sequence=number + 1,
            previous=previous,
            event=store.event.code,
            at=store.moment(),
            counter=counter,
            audit_head=audit_head,
            cursor=cursor,
            epoch=epoch,
            health=self._health(work),
            revisions=tuple(revisions),
            ledger=tuple(events),
            signatures=(signature,) if revisions else (),
        )

    def _health(self, work: Work) -> Health:
        return Health(
            app_version=payung.__version__,
            free_bytes=shutil.disk_usage(self._store.folder).free,
            counts=enrolments.counted(work),
            oldest_unsent=work.all(_PENDING)[0][1],
        )

    def _seal(self, body: bytes) -> bytes:
        laptop = self._store.laptop
        return sign_and_seal(
            body,
            kind=MessageKind.BATCH,
            signer=Ed25519PrivateKey.from_private_bytes(laptop.sign_private),
            signer_id=laptop.device.bytes,
            to=X25519PublicKey.from_public_bytes(laptop.intake_public),
        )

    def _keep(self, work: Work, batch: Batch, body: bytes, data: bytes, waiting: list[int]) -> None:
        digest, sealed_hash = batch_hash(body), hashlib.sha256(data).digest()
        work.run(
            _ADD_BATCH,
            sequence=batch.sequence,
            hash=digest,
            sealed=data,
            sealed_hash=sealed_hash,
            count=len(batch.revisions),
            made_at=batch.at,
        )
        work.run(_ADVANCE, batch_number=batch.sequence, batch_head=digest)
        work.many(_TAKE, ({"waiting": row, "batch": batch.sequence} for row in waiting))
        hashes = b"".join(revision.hash() for revision in batch.revisions)
        work.run(
            _ADD_MANIFEST,
            sequence=batch.sequence,
            counter=batch.counter,
            audit_head=batch.audit_head,
            operator=self._unlocked.operator_id,
            hashes=hashes,
            signature=next((one.hashes_signature for one in batch.signatures), None),
        )
        deed = Deed(Action.SEALED, batch.sequence.to_bytes(8, "big"), audit.sealed(sealed_hash, digest, hashes))
        audit.append(work, self._unlocked, batch.at, [deed])


def _found(work: Work, sequence: int, sealed: bytes | None, digest: bytes, sealed_hash: bytes) -> Sealed:
    if sealed is None or hashlib.sha256(sealed).digest() != sealed_hash:
        raise Damaged(part="batch")
    return Sealed(data=sealed, sequence=sequence, batch_hash=digest, revisions=_keys(work, sequence))


def _keys(work: Work, sequence: int) -> tuple[RevisionKey, ...]:
    return tuple(RevisionKey(*row) for row in work.all(_IN_FLIGHT, sequence=sequence))


def _event(row: tuple[int, str, int, object, int, datetime, object, int]) -> LedgerEvent:
    _, number, kind, record, revision, at, operator, copy = row
    return LedgerEvent(
        number=number,
        kind=LedgerKind(kind),
        record=record,  # type: ignore[arg-type]
        revision=revision,
        at=at,
        operator=operator,  # type: ignore[arg-type]
        copy=copy,
    )
