"""What a person should see to: disk, outbox, clock, backups, a kit that is missing. Told, and nothing enforced.

When each begins to matter is data (resources/limits.json).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desktop.store import archive, outbox
from desktop.store.room import free, limits, shown
from desktop.store.statements import Query
from desktop.store.tables import AuditEntry, Progress, SealedBatch

if TYPE_CHECKING:
    from desktop.store.database import Store


class Level(StrEnum):
    """How much a finding matters: a remark, or something to settle before work goes on."""

    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about the laptop that a person should see to; `code` names its sentence, `detail` fills it."""

    code: str
    level: Level
    detail: str = ""


_CLOCKS = Query(select(func.max(AuditEntry.at)))
_LAST_RECEIPT = Query(select(Progress.receipt_at))
_LAST_SENT = Query(
    select(SealedBatch.made_at).where(SealedBatch.receipt.is_not(None)).order_by(SealedBatch.sequence.desc()).limit(1)
)


def remarks(store: Store) -> tuple[Remark, ...]:
    """What a person should see to now: the most pressing first."""
    now = store.clock()
    found = [*_kit(store), *_disk(store), *_outbox(store, now), *_clock(store, now), *_backup(store, now)]
    return tuple(sorted(found, key=lambda one: one.level is not Level.BLOCK))


def _kit(store: Store) -> Iterator[Remark]:
    if not store.laptop.sign_private:
        yield Remark("room.kit", Level.BLOCK)


def _disk(store: Store) -> Iterator[Remark]:
    standing, levels = free(store.folder), limits()["disk"]
    if standing < levels["block_bytes"]:
        yield Remark("room.disk.block", Level.BLOCK, shown(standing))
    elif standing < levels["warn_bytes"]:
        yield Remark("room.disk.warn", Level.WARN, shown(standing))


def _outbox(store: Store, now: datetime) -> Iterator[Remark]:
    status = outbox.status(store)
    days = 0 if status.oldest_unsent is None else (now - status.oldest_unsent).days
    for name, amount, levels in (
        ("pending", status.pending, limits()["pending"]),
        ("unsynced", days, limits()["unsynced_days"]),
    ):
        if amount >= levels["block"]:
            yield Remark(f"room.{name}.block", Level.BLOCK, str(amount))
        elif amount >= levels["warn"]:
            yield Remark(f"room.{name}.warn", Level.WARN, str(amount))


def _clock(store: Store, now: datetime) -> Iterator[Remark]:
    """The clock against what is known: nothing was done, and nothing received, after now."""
    with store.reading() as work:
        done, received, sent = work.one(_CLOCKS), work.one(_LAST_RECEIPT), work.one(_LAST_SENT)
    slack = timedelta(minutes=limits()["clock_minutes"])
    receipt_at = received[0] if received else None
    known = max((at for at in (done[0] if done else None, receipt_at) if at is not None), default=now)
    if now < known - slack:
        yield Remark("room.clock.behind", Level.BLOCK, _span(known - now))
    elif sent is not None and receipt_at is not None and sent[0] > receipt_at + slack:
        yield Remark("room.clock.ahead", Level.WARN, _span(sent[0] - receipt_at))


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:  # noqa: PLR2004
        return f"{minutes} menit"
    return f"{minutes // 60} jam" if span.days < 2 else f"{span.days} hari"  # noqa: PLR2004


def _backup(store: Store, now: datetime) -> Iterator[Remark]:
    newest = archive.newest(store.folder / archive.FOLDER_NAME)
    if newest is not None and (now - newest.manifest.made_at).days >= limits()["backup"]["warn_days"]:
        yield Remark("room.backup.warn", Level.WARN, str((now - newest.manifest.made_at).days))
