"""A damaged store mended in its own folder: what can be saved takes its place, the damaged files lie aside, whole.

A power cut leaves a mending that the same call finishes, or the damaged store as it was.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store import anchor, durable, header, lock, salvage, seen
from desktop.store.archive import KEY_FILE
from desktop.store.clock import Clock, now
from desktop.store.errors import told
from desktop.store.salvage import Salvaged
from desktop.store.vault import DATABASE_NAME, Unlocked

if TYPE_CHECKING:
    from sync.kit import Kit

STAGING = ".salvaging"
_WHOLE = "whole"  # nothing is left to do but to move files; names the folder the damaged store goes to


@dataclass(frozen=True, slots=True)
class Mended:
    """What was saved, and where the damaged files lie now."""

    salvaged: Salvaged
    aside: Path | None


def unfinished(folder: Path) -> bool:
    """Whether a mending was interrupted when only the moving of files was left."""
    return (folder / STAGING / _WHOLE).exists()


def finish(folder: Path) -> Path | None:
    """Moves in what a mending has ready, after the damaged store has gone aside; where that lies, None when it had.

    Raises Locked, DiskFull, StoreIO.
    """
    staging = folder / STAGING
    held = lock.taken(folder)
    try:
        with told():
            aside = folder / (staging / _WHOLE).read_text("ascii")
            # The database is moved in first: while it waits, whatever stands is the damaged store.
            moved = (staging / DATABASE_NAME).exists() and _move_aside(folder, aside)
            for path in sorted(staging.iterdir(), key=_last_the_keys):
                if path.is_file() and path.name not in {_WHOLE, lock.NAME}:
                    _move(path, folder / path.name)
            durable.sync_folder(folder)
            shutil.rmtree(staging)
            durable.sync_folder(folder)
    finally:
        held.release()
    return aside if moved else None


def _move_aside(folder: Path, aside: Path) -> bool:
    """Moves the damaged store into a folder of its own, deleting nothing; whether there was something to move."""
    standing = [path for path in sorted(folder.iterdir()) if _of_store(path)]
    aside.mkdir(mode=0o700, exist_ok=True)
    for path in standing:
        _move(path, aside / path.name)
    durable.sync_folder(aside)
    durable.sync_folder(folder)
    return bool(standing)


def _of_store(path: Path) -> bool:
    beside = path.name in {seen.NAME, anchor.NAME}
    return beside or path.name.startswith(DATABASE_NAME) or KEY_FILE.fullmatch(path.name) is not None


def _last_the_keys(path: Path) -> tuple[bool, bool, str]:
    """The database first, the vault file last: until that stands, the folder is no laptop that could be opened."""
    return path.name == header.NAME, KEY_FILE.fullmatch(path.name) is not None, path.name


def _move(source: Path, target: Path) -> None:
    source.replace(target)


def mend(folder: Path, unlocked: Unlocked, *, kit: Kit | None = None, clock: Clock = now) -> Mended:
    """Salvages the folder's store and lets it go on in its place. Raises as `salvage.salvage` does, and Locked.

    Until the last step the damaged store stands as it was; afterwards its files lie in a folder beside.
    """
    staging = folder / STAGING
    with told():
        shutil.rmtree(staging, ignore_errors=True)
    done = salvage.salvage(folder, unlocked, staging, kit=kit, clock=clock)
    with told():
        durable.write(staging / _WHOLE, f"rusak-{clock():%Y%m%d-%H%M%S}".encode())
    return Mended(done, finish(folder))
