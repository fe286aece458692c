"""An office in the test's own process: opens batches as the server does and answers as it is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from sync.batch import Batch, batch_hash, verify_operators
from sync.envelope import MessageKind, key_id, open_sealed, sign_and_seal, signer_id
from sync.feed import FeedItem
from sync.reply import Receipt, Reply, Verdict, VerdictKind, sign_receipt
from sync.revision import Revision
from sync.trust import DeviceCertificate

Judge = Callable[[Revision], Verdict | None]


def verdict(revision: Revision, kind: VerdictKind = VerdictKind.ACCEPTED, code: str = "") -> Verdict:
    """The verdict on one revision."""
    return Verdict(record=revision.record, revision_number=revision.number, hash=revision.hash(), kind=kind, code=code)


@dataclass(frozen=True)
class Office:
    """Keys, and every batch seen by its sequence number with the sealed bytes it came in."""

    intake: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    reply: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    epoch: bytes = field(default_factory=lambda: os.urandom(16))
    seen: dict[int, list[bytes]] = field(default_factory=dict)

    @property
    def intake_public(self) -> bytes:
        return self.intake.public_key().public_bytes_raw()

    @property
    def reply_public(self) -> bytes:
        return self.reply.public_key().public_bytes_raw()

    def open(self, sealed: bytes, device: DeviceCertificate) -> tuple[Batch, bytes]:
        """The batch and its body, every signature verified."""
        opened = open_sealed(
            sealed,
            kind=MessageKind.BATCH,
            keys={key_id(self.intake_public): self.intake},
            verifier={device.device.bytes: Ed25519PublicKey.from_public_bytes(device.sign_key)}.get,
        )
        batch = Batch.decode(opened.body)
        verify_operators(batch)
        self.seen.setdefault(batch.sequence, []).append(sealed)
        return batch, opened.body

    def answer(
        self, sealed: bytes, device: DeviceCertificate, judge: Judge = verdict, *, feed: tuple[FeedItem, ...] = ()
    ) -> bytes:
        """The sealed reply; `judge` gives the verdict on each revision."""
        batch, body = self.open(sealed, device)
        receipt = Receipt(
            device=batch.device,
            batch_hash=batch_hash(body),
            sequence=batch.sequence,
            count=len(batch.revisions),
            at=datetime.now(UTC),
            epoch=self.epoch,
        )
        reply = Reply(
            at=receipt.at,
            epoch=self.epoch,
            receipt=sign_receipt(receipt, self.reply),
            verdicts=tuple(found for revision in batch.revisions if (found := judge(revision)) is not None),
            feed=feed,
            cursor=max((item.cursor for item in feed), default=batch.cursor),
        )
        return sign_and_seal(
            reply.encode(),
            kind=MessageKind.REPLY,
            signer=self.reply,
            signer_id=signer_id(self.reply_public),
            to=X25519PublicKey.from_public_bytes(device.seal_key),
        )


@dataclass
class Line:
    """A carrier to the office in this process. `cut` answers are lost on the way back, after the office took them."""

    office: Office
    device: DeviceCertificate
    judge: Judge = verdict
    feed: tuple[FeedItem, ...] = ()
    cut: int = 0

    def exchange(self, sealed: bytes) -> bytes:
        """The office's answer, unless the line breaks first."""
        answered = self.office.answer(sealed, self.device, self.judge, feed=self.feed)
        if self.cut:
            self.cut -= 1
            raise CutError
        return answered


class CutError(Exception):
    """The line broke after the office had taken the batch."""
