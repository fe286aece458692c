"""Backups by themselves: one here, the same file on the stick. Without widgets; runs off the window's thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from desktop import settings
from desktop.store import archive, backup
from desktop.store.backup import Backup
from desktop.store.database import Store
from desktop.store.errors import BackupCut, DiskFull, StoreError, StoreIO
from desktop.ui.session import Session


class HereFull(StoreError):
    """No room on the laptop for a backup."""

    code: ClassVar[str] = "backup.here.full"
    exit_code: ClassVar[int] = 6


class HereRefused(StoreError):
    """The laptop's disk did not take the backup."""

    code: ClassVar[str] = "backup.here.io"
    exit_code: ClassVar[int] = 6


class StickFull(StoreError):
    """The backup stands on the laptop; the stick has no room for it."""

    code: ClassVar[str] = "backup.stick.full"
    exit_code: ClassVar[int] = 6


class StickRefused(StoreError):
    """The backup stands on the laptop; the stick did not take it."""

    code: ClassVar[str] = "backup.stick.io"
    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class Copied:
    """The backup here, and the one on the stick when there is a stick."""

    here: Backup
    stick: Path | None


@dataclass(frozen=True, slots=True)
class Load:
    """A backup still to be carried to the stick, once the store is closed."""

    here: Backup
    folder: Path
    tag: str


def copy(session: Session, *, saves: int = 0, closing: bool = False) -> Copied | None:
    """A backup if one is due, carried to the stick as well; None when none was due.

    Raises HereFull, HereRefused, Damaged; StickFull and StickRefused when the one here is made.
    """
    with _told(HereFull, HereRefused):
        ran = backup.run(session.store, saves=saves, closing=closing)
    if ran is None:
        return None
    return Copied(ran.here, carry(Load(ran.here, session.folder, session.store.laptop.tag)))


def copy_now(session: Session) -> Copied:
    """A backup because the clerk wants one. Raises as `copy` does."""
    with _told(HereFull, HereRefused):
        here = backup.make_here(session.store)
    return Copied(here, carry(Load(here, session.folder, session.store.laptop.tag)))


def end(session: Session) -> Load | None:
    """The last backup of a sitting, and the store closed whatever comes of it; what is left is to carry it."""
    try:
        with _told(HereFull, HereRefused):
            ran = backup.run(session.store, closing=True)
        return None if ran is None else Load(ran.here, session.folder, session.store.laptop.tag)
    finally:
        session.close()


def end_and_carry(session: Session) -> None:
    """Both, at the end of the day."""
    load = end(session)
    if load is not None:
        carry(load)


def carry(load: Load) -> Path | None:
    """The backup's file on the stick of the settings; None when there is no stick. Raises StickFull, StickRefused."""
    stick = stick_of(load.folder)
    if stick is None:
        return None
    with _told(StickFull, StickRefused):
        return backup.carry(load.here, stick, tag=load.tag)


def stick_of(folder: Path) -> Path | None:
    """Where backups go as well, as the settings say now; it may be missing."""
    chosen = settings.load(folder).backup_folder
    return Path(chosen) if chosen else None


def newest_on_stick(store: Store, stick: Path) -> Backup | None:
    """The newest backup in that folder, if it is of this laptop's data; None where none can be read."""
    with suppress(OSError):
        found = archive.newest(stick)
        if found is not None and found.manifest.vault == store.laptop.vault:
            return found
    return None


@contextmanager
def _told(full: type[StoreError], refused: type[StoreError]) -> Iterator[None]:
    try:
        yield
    except DiskFull as trouble:
        raise full from trouble
    except (StoreIO, BackupCut) as trouble:
        raise refused from trouble
