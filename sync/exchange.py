"""The exchange: batches out, signed verdicts back, over any carrier, until nothing is left to say.

Custody stays on the laptop: a batch is stored sealed before it is sent, sent again byte for byte until its reply
verifies, and leaves the outbox only by that reply. One exchange at a time: the caller holds the store's lock.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.carrier import Carrier
from sync.envelope import REPLY_CAP, MessageKind, key_id, open_sealed, peek, read_refusal, signer_id
from sync.errors import Unreadable
from sync.reply import Reply, VerdictKind, verify_receipt
from sync.revision import RevisionKey

FIRST_LIMIT: Final = 100
LAST_LIMIT: Final = 1000
SMALLEST_LIMIT: Final = 10
_MOST_ROUNDS: Final = 10_000
_FIRST_WAIT: Final = 5.0
_LONGEST_WAIT: Final = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A batch in flight as the outbox keeps it: the sealed bytes, and what its reply will be checked against.

    `batch_hash` is `sync.messages.batch_hash` of its body, `revisions` are `Batch.keys()` in the batch's order.
    """

    data: bytes
    sequence: int
    batch_hash: bytes
    revisions: tuple[RevisionKey, ...]


class Outbox(Protocol):
    """What the exchange needs of the store."""

    def next_batch(self, limit: int, *, empty: bool = False) -> Sealed | None:
        """The unsettled batch, the same bytes as before, else a new one of at most `limit` revisions, stored first.

        None when there is nothing to send; with `empty` a batch without revisions is made then, to fetch the feed.
        """

    def settle(self, sequence: int, reply: Reply) -> None:
        """Takes in receipt, verdicts, feed and cursor of that batch in one transaction; again does nothing."""

    def pending(self) -> int:
        """How many revisions wait for a verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a laptop checks replies with: its identity, its seal key, and the server's raw reply keys, newest first."""

    device: UUID
    seal_private: X25519PrivateKey
    reply_public: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an exchange did: revisions sent and their verdicts, what still waits, and bytes of messages each way.

    `limit` is the batch size that the line bore, `news` the number of feed items, `skew_seconds` how far the device's
    clock is ahead of the server's. `purged` counts persons whose full data were taken off the laptop afterwards.
    """

    sent: int = 0
    accepted: int = 0
    already: int = 0
    waiting: int = 0
    conflict: int = 0
    duplicate: int = 0
    refused: int = 0
    pending: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    batches: int = 0
    news: int = 0
    limit: int = FIRST_LIMIT
    skew_seconds: int = 0
    purged: int = 0


def run(
    outbox: Outbox,
    carrier: Carrier,
    keys: Keys | Callable[[], Keys],
    *,
    clock: Callable[[], datetime],
    limit: int = FIRST_LIMIT,
    progress: Callable[[Result], None] = lambda _result: None,
) -> Result:
    """Exchanges until the outbox is empty and the feed is read; `progress` hears of every settled batch.

    `keys` may be a function, asked anew for each batch: a reply can bring the keys that the next one is signed with.

    Raises a SyncError as soon as something is in the way: what was settled before stays settled, the rest stays in the
    outbox. At least one batch goes out, an empty one when there is nothing to send.
    """
    result = Result(limit=limit, pending=outbox.pending())
    more = True
    for _round in range(_MOST_ROUNDS):
        sealed = outbox.next_batch(result.limit, empty=more)
        if sealed is None:
            break
        answer = carrier.exchange(sealed.data)
        reply = open_reply(answer, sealed, keys() if callable(keys) else keys)
        outbox.settle(sealed.sequence, reply)
        result = counted(result, sealed, reply, received=len(answer))
        result = replace(result, pending=outbox.pending(), skew_seconds=round((clock() - reply.at).total_seconds()))
        progress(result)
        more = reply.more
    return result


def open_reply(answer: bytes, sealed: Sealed, keys: Keys) -> Reply:
    """The reply to just this batch, verified: seal, signature, receipt, and one verdict per revision.

    Raises Refused for a signed refusal of the whole batch; Unreadable or NotAuthorised for whatever is not from the
    office or not about this batch.
    """
    signers: Mapping[bytes, Ed25519PublicKey] = {
        signer_id(raw): Ed25519PublicKey.from_public_bytes(raw) for raw in keys.reply_public
    }
    if peek(answer).kind is MessageKind.REFUSAL:
        raise read_refusal(answer, of=sealed.data, reply_keys=signers)
    own = key_id(keys.seal_private.public_key().public_bytes_raw())
    opened = open_sealed(
        answer, kind=MessageKind.REPLY, keys={own: keys.seal_private}, verifier=signers.get, cap=REPLY_CAP
    )
    reply = Reply.decode(opened.body, of=sealed.revisions)
    receipt = verify_receipt(reply.receipt, keys.reply_public)
    expected = (keys.device, sealed.batch_hash, sealed.sequence, len(sealed.revisions))
    if (receipt.device, receipt.batch_hash, receipt.sequence, receipt.count) != expected:
        raise Unreadable("receipt")
    return reply


def wait_before_retry(failures: int, retry_after: int | None = None, *, chance: random.Random | None = None) -> float:
    """Seconds to wait after that many failures in a row: doubled each time, jittered, never before `retry_after`."""
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(max(failures - 1, 0), 20))
    spread = (chance or random.SystemRandom()).uniform(longest / 2, longest)
    return spread if retry_after is None else max(float(retry_after), 0.0) + spread


def limit_after(limit: int, *, good: bool) -> int:
    """The size of the next new batch: doubled after a good transfer, halved after a broken one."""
    return min(LAST_LIMIT, limit * 2) if good else max(SMALLEST_LIMIT, limit // 2)


def counted(result: Result, sealed: Sealed, reply: Reply, *, received: int) -> Result:
    """The result with one more settled batch in it."""
    counts = Counter(verdict.kind for verdict in reply.verdicts)
    return replace(
        result,
        sent=result.sent + len(sealed.revisions),
        accepted=result.accepted + counts[VerdictKind.ACCEPTED],
        already=result.already + counts[VerdictKind.ALREADY],
        waiting=result.waiting + counts[VerdictKind.WAITING],
        conflict=result.conflict + counts[VerdictKind.CONFLICT],
        duplicate=result.duplicate + counts[VerdictKind.DUPLICATE],
        refused=result.refused + counts[VerdictKind.REFUSED],
        bytes_sent=result.bytes_sent + len(sealed.data),
        bytes_received=result.bytes_received + received,
        batches=result.batches + 1,
        news=result.news + len(reply.feed),
        limit=limit_after(result.limit, good=True),
    )
