"""What the office has, by the time of its own receipts: a laptop's clock may be wrong, the office's is one for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from desktop.store.statements import Query
from desktop.store.tables import Manifest, SavedRevision, SealedBatch
from payung import clock
from sync.reply import Receipt
from sync.revision import HASH_LENGTH

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Received:
    """One revision with the office, and the server's time of the receipt, UTC."""

    record: UUID
    revision: int
    at: datetime


_SETTLED = Query(
    select(SealedBatch.receipt, Manifest.hashes)
    .join(Manifest, Manifest.sequence == SealedBatch.sequence)
    .where(SealedBatch.receipt.is_not(None))
    .order_by(SealedBatch.sequence)
)
_REVISIONS = Query(select(SavedRevision.hash, SavedRevision.record, SavedRevision.number))


def on(store: Store, day: date) -> tuple[Received, ...]:
    """The revisions whose receipt the office gave on that day, by its own clock and the villages' time."""
    found = []
    with store.reading() as work:
        named = {digest: (record, number) for digest, record, number in work.each(_REVISIONS)}
        for receipt, hashes in work.all(_SETTLED):
            at = Receipt.decode(receipt or b"").at
            if clock.day(at, store.laptop.villages[0]) != day:
                continue
            held = (hashes[start : start + HASH_LENGTH] for start in range(0, len(hashes), HASH_LENGTH))
            found += [Received(*named[digest], at) for digest in held if digest in named]
    return tuple(found)
