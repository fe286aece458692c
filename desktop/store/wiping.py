"""Wiping the laptop: who was on it is written down for the office first, then the keys go, then every file.

Writing it down is for who leads the laptop (`desktop.store.rights`); without it no wipe begins. Overwriting a file
reaches its bytes on a magnetic disk; a flash disk may keep older pages. The data are encrypted, and what opens them
goes first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy import bindparam, select

from desktop.store import drafts, durable, rights
from desktop.store.errors import StoreError, told
from desktop.store.revisions import Exchange
from desktop.store.statements import Query, Work
from desktop.store.tables import Draft as DraftRow
from desktop.store.tables import Record, SavedRevision, Waiting
from payung.enrolment import State
from payung.retention import initials
from sync import roll as rolls
from sync.roll import Custody, Listed, Roll, Typed

if TYPE_CHECKING:
    from desktop.store.database import Store

MARK = "wiped"  # stands from the moment the record is safe until the last file has gone
_KEYS = ("vault*", "recovery*", "request.json*", "rusak-*/vault*", "rusak-*/recovery*")
_OTHERS = (
    "payung.db*",
    "backups/*.payung-backup*",
    "backups/*.db*",
    "backups/*.part*",
    ".founding/*",
    ".restoring/*",
    ".salvaging/*",
    "rusak-*/*",
    "attempts.json*",
    "seen.json*",
    "receipt.json*",
    "retention.json*",
    "queue.json*",
    "settings.json*",
    "logs/*.log*",
    "*.log",
    "crashes/payung-*.txt",
    "latihan/berkas/*",
    "latihan/*",
    "lock",
)
_STAGING = (".founding", ".restoring", ".salvaging", "rusak-*")
_FOLDERS = ("backups", "logs", "crashes", *_STAGING, "latihan/berkas", "latihan")
_CHUNK = 1024 * 1024
_NIK_END = 4


class RecordExists(StoreError):
    """A file stands where the record of the wiped laptop should be written."""

    code: ClassVar[str] = "wipe.record"
    exit_code: ClassVar[int] = 2


class Unreceived(StoreError):
    """Records or drafts stand here that the office has not got; facts: `count`."""

    code: ClassVar[str] = "wipe.unreceived"


_PEOPLE = Query(
    select(
        Record.id,
        Record.place,
        Record.tps,
        Record.post,
        Record.name,
        Record.nik,
        Record.state,
        Record.exchange,
        SavedRevision.body,
    )
    .join(SavedRevision, (SavedRevision.record == Record.id) & (SavedRevision.ordinal == Record.ordinal))
    .order_by(Record.place, Record.tps, Record.post, Record.seat, Record.id)
)
_WAITING = Query(select(Waiting.record).where(Waiting.record.is_not(None)).distinct())
_BODIES = Query(
    select(SavedRevision.body).where(SavedRevision.record == bindparam("record")).order_by(SavedRevision.ordinal)
)
_TYPED = Query(select(DraftRow.place, DraftRow.tps, DraftRow.post, DraftRow.seat))


def people(store: Store) -> Roll:
    """Who is on this laptop now, with the revisions the office has not got. Raises NotLead."""
    rights.require_lead(store)
    with store.reading() as work:
        waiting = {record for (record,) in work.all(_WAITING)}
        listed = tuple(_listed(work, row, waiting=row[0] in waiting) for row in work.all(_PEOPLE))
        seats = work.all(_TYPED)
    kept = [drafts.load(store, place, tps or None, post, seat or None) for place, tps, post, seat in seats]
    thrown = [one.draft for one in drafts.binned(store)]
    return Roll(
        device=store.laptop.device,
        at=store.moment(),
        operator=store.unlocked.operator_id,
        people=listed,
        typed=tuple(
            Typed(place=one.place, tps=one.tps, post=one.post, fields=one.fields)
            for one in (*kept, *thrown)
            if one is not None and any(one.fields.values())
        ),
    )


def unreceived(roll: Roll) -> int:
    """How many of them the office does not have as they stand."""
    lacking = {Custody.UNRECEIVED, Custody.DRAFT}
    return sum(one.custody in lacking for one in roll.people) + len(roll.typed)


def write_down(store: Store, roll: Roll, path: Path) -> None:
    """Seals the roll to the office and makes it durable at `path`. Raises NotLead, RecordExists, DiskFull, StoreIO."""
    rights.require_lead(store)
    sealed = rolls.seal(
        roll,
        signer=Ed25519PrivateKey.from_private_bytes(store.laptop.sign_private),
        to=X25519PublicKey.from_public_bytes(store.laptop.intake_public),
    )
    with told():
        if path.exists():
            raise RecordExists(file=path.name)
        durable.write(path, sealed)
        if path.read_bytes() != sealed:
            raise OSError(5, "the record does not read back")


def begun(folder: Path) -> bool:
    """Whether a wipe was broken off: `destroy` may go on without a passphrase, there is nothing left to protect."""
    return (folder / MARK).exists()


def destroy(folder: Path) -> tuple[str, ...]:
    """Takes keys and files of the closed store away; the names of what else lies in the folder. Raises StoreIO.

    To be called when the record is safe. Broken off anywhere it can be called again.
    """
    with told():
        durable.write(folder / MARK, b"")
        for pattern in (*_KEYS, *_OTHERS):
            for path in _files(folder, pattern):
                _shred(path)
        for place in (found for name in _FOLDERS for found in sorted(folder.glob(name))):
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        (folder / MARK).unlink()
        durable.sync_folder(folder)
        return tuple(sorted(path.name for path in folder.iterdir()))


def _listed(work: Work, row: tuple[UUID, str, int | None, str, str, str, str, str, bytes], *, waiting: bool) -> Listed:
    record, place, tps, post, name, nik, state, exchange, body = row
    if not body:
        custody = Custody.REDUCED
    elif exchange == Exchange.SENT and state == State.READY and not waiting:
        custody = Custody.RECEIVED
    else:
        custody = Custody.DRAFT if state == State.DRAFT else Custody.UNRECEIVED
    lacking = custody in {Custody.DRAFT, Custody.UNRECEIVED}
    return Listed(
        record=record,
        place=place,
        tps=tps,
        post=post,
        name=name if body else initials(name),
        nik_end=nik[-_NIK_END:],
        custody=custody,
        bodies=tuple(found for (found,) in work.all(_BODIES, record=record)) if lacking else (),
    )


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    yield from sorted(path for path in folder.glob(pattern) if path.is_file() or path.is_symlink())


def _shred(path: Path) -> None:
    """Overwrites the file once and removes it."""
    if not path.is_symlink():
        left = path.stat().st_size
        with path.open("r+b") as file:
            while left > 0:
                left -= file.write(os.urandom(min(left, _CHUNK)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()
