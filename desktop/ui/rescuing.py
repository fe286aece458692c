"""A store that does not open: what is wrong, and what there is to restore or to save. Off the window's thread."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from desktop.store import archive, damage, database, header, mending, recovery, restoring, salvage, seating, vault
from desktop.store.archive import Backup
from desktop.store.checking import Finding
from desktop.store.database import Store
from desktop.store.errors import Damaged, NotSetUp, StoreError, StoreIO, VaultReplayed
from desktop.store.mending import Mended
from desktop.store.restoring import Restored
from desktop.store.vault import DATABASE_NAME, Unlocked
from desktop.ui import copying
from payung.errors import PayungError
from payung.region import Regions
from sync import kit as kits
from sync.kit import Kit

_OFFERS = ("check.newest_backup", "check.no_backup")  # the page has a place of its own for them
_KEYS = ("store.vault_missing", "store.vault_replayed", "check.vault_damaged", "check.vault_missing")
_LARGEST_KIT = 64 * 1024**2


class FileNotRead(PayungError):
    """A chosen file could not be read."""

    code: ClassVar[str] = "rescue.file"
    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A backup that can be restored: when it was made, how many records it has, whether it lies elsewhere."""

    path: Path
    at: datetime
    records: int
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong, in the order of weight; the newest backup; the keys once the passphrase has opened the vault.

    `office` when its answer can open this laptop, `database` when there is a file to save from, `sound` when all is
    as it was written.
    """

    findings: tuple[Finding, ...]
    offer: Offer | None
    unlocked: Unlocked | None = field(default=None, repr=False)
    office: bool = False
    database: bool = False

    @property
    def sound(self) -> bool:
        """Whether the laptop was opened and nothing was found."""
        return self.unlocked is not None and not self.findings

    @property
    def keys_lost(self) -> bool:
        """Whether it is the vault file that is wrong: the office's answer makes it anew around the data."""
        return any(one.code in _KEYS for one in self.findings)


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a store that is only looked at."""

    where: str
    seat: str
    name: str


@dataclass(frozen=True, slots=True)
class Look:
    """What can still be read, and how many records cannot."""

    lines: tuple[Line, ...]
    lost: int = 0


def helps(folder: Path, trouble: PayungError) -> bool:
    """Whether the rescue page has something to offer for that trouble."""
    if isinstance(trouble, NotSetUp):
        return mending.unfinished(folder) or offer(folder) is not None
    return isinstance(trouble, (Damaged, StoreIO))


def offer(folder: Path) -> Offer | None:
    """The newest backup on the laptop or the stick of the settings."""
    stick = copying.stick_of(folder)
    with contextlib.suppress(OSError):
        found = archive.newest(folder / archive.FOLDER_NAME, *([stick] if stick else []))
        return None if found is None else described(folder, found)
    return None


def described(folder: Path, backup: Backup) -> Offer:
    """What the page says of a backup."""
    said = backup.manifest
    return Offer(backup.path, said.made_at, said.counts.get("record", 0), not backup.path.is_relative_to(folder))


def chosen(folder: Path, path: Path) -> Offer:
    """What a chosen file says of itself. Raises NotABackup, BackupCut, BackupTooNew, StoreIO."""
    return described(folder, archive.read(path))


def diagnose(folder: Path, operator: str, passphrase: str) -> Diagnosis:
    """What is wrong; an interrupted rescue is finished first. Without a passphrase what can be said without it.

    Raises WrongPassphrase, TooSoon, UnknownOperator, TooNew, Locked, UpgradeFailed.
    """
    if mending.unfinished(folder):
        mending.finish(folder)
    found, unlocked = _opened(folder, operator, passphrase)
    return Diagnosis(
        tuple(one for one in found if one.code not in _OFFERS),
        offer(folder),
        unlocked,
        office=_has_office_slot(folder),
        database=(folder / DATABASE_NAME).exists(),
    )


def _opened(folder: Path, operator: str, passphrase: str) -> tuple[tuple[Finding, ...], Unlocked | None]:
    try:
        vault.operators(folder)
        if not passphrase:
            return damage.of_vault(folder), None
        unlocked = vault.unlock(folder, operator=operator or None, passphrase=passphrase)
    except (Damaged, NotSetUp) as trouble:
        return damage.of_vault(folder) or (Finding(trouble.code),), None
    try:
        store = Store.open(folder, unlocked)
    except VaultReplayed as trouble:
        return (Finding(trouble.code),), unlocked
    except (Damaged, StoreIO) as trouble:
        return damage.of_database(folder, unlocked, trouble) or (Finding(trouble.code),), unlocked
    with store:
        return database.check(store).findings, unlocked


def _has_office_slot(folder: Path) -> bool:
    try:
        recovery.slot(folder)
    except StoreError:
        return False
    return True


def kit(path: Path, code: str) -> Kit:
    """The kit in a file. Raises FileNotRead, KitError."""
    try:
        if path.stat().st_size > _LARGEST_KIT:
            raise FileNotRead
        sealed = path.read_bytes()
    except OSError as trouble:
        raise FileNotRead from trouble
    return kits.open_kit(sealed, code)


def restore(folder: Path, backup: Path, passphrase: str, fresh: tuple[Path, str] | None = None) -> Restored:
    """Restores a backup of this laptop in its own folder; what stands there is moved aside. Raises as `restoring` does.

    `fresh` is a kit's file and its code.
    """
    made = None if fresh is None else kit(*fresh)
    return restoring.restore(backup, folder, passphrase=passphrase, kit=made, expected=_vault(folder), aside=True)


def _vault(folder: Path) -> UUID | None:
    """Which vault this laptop has, None where nothing says it."""
    try:
        found = recovery.readable(folder) if (folder / header.NAME).exists() else None
    except StoreError:
        return None
    return None if found is None else found.vault


def save(folder: Path, unlocked: Unlocked, fresh: tuple[Path, str] | None = None) -> Mended:
    """Lets the laptop go on with what its damaged file still holds. Raises as `mending.mend` does."""
    return mending.mend(folder, unlocked, kit=None if fresh is None else kit(*fresh))


def look(folder: Path, unlocked: Unlocked) -> Look:
    """Everything that can be read; the laptop's own files are not written to.

    Where the file cannot be read as it stands, by way of a salvaged copy that is gone again afterwards. Raises as
    `salvage.salvage` does.
    """
    with contextlib.suppress(StoreError):
        return Look(_lines(folder, unlocked))
    aside = folder / mending.STAGING  # without its mark it is nothing that would be gone on with
    shutil.rmtree(aside, ignore_errors=True)
    try:
        done = salvage.salvage(folder, unlocked, aside)
        return Look(_lines(aside, unlocked), len(done.lost))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _lines(folder: Path, unlocked: Unlocked) -> tuple[Line, ...]:
    lines: list[Line] = []
    with Store.open(folder, unlocked, read_only=True) as store:
        for place, tps in _places(store):
            where = _where(store.regions, place, tps)
            rows = seating.roster(store, place, tps)
            lines += [Line(where, row.label, row.name) for row in rows if row.record is not None]
    return tuple(lines)


def _places(store: Store) -> list[tuple[str, int | None]]:
    units: dict[tuple[str, int | None], None] = {}
    for village in store.laptop.villages:
        segments = village.split(".")
        for depth in range(2, len(segments) + 1):
            units[".".join(segments[:depth]), None] = None
    for entry in store.tps:
        units[entry.village, None] = None
        units[entry.village, entry.number] = None
    return list(units)


def _where(regions: Regions, place: str, tps: int | None) -> str:
    return regions.title(place) if tps is None else f"TPS {tps:03}, {regions.title(place)}"
