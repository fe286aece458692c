"""A laptop set up from its kit: made whole in a folder of its own inside, moved in at one word.

Until `settle` the folder is that of no laptop, and whatever happens leaves it so. A power cut while the files are moved
in leaves a laptop that the next start finishes.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.store import durable, header, lock, vault
from desktop.store.archive import KEY_FILE
from desktop.store.clock import Clock, now
from desktop.store.database import Store
from desktop.store.errors import Locked, StoreError, VaultExists, told
from desktop.store.vault import DATABASE_NAME

if TYPE_CHECKING:
    from sync.kit import Kit

STAGING = ".founding"
_WHOLE = "whole"  # nothing is left to do but to move files


def stage(folder: Path, *, operator: str, passphrase: str, kit: Kit, clock: Clock = now) -> Store:
    """Makes vault and database beside the folder's own place, opened; close it before `settle`. Takes seconds.

    What an earlier call left is taken away. Raises VaultExists where a store stands, Locked while another window is at
    it, WeakPassphrase, what `sync.trust.verify` raises for a kit that does not hold now, DiskFull, StoreIO.
    """
    with told():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if unfinished(folder):
        finish(folder)
    if vault.is_set_up(folder):
        raise VaultExists
    abandon(folder)
    staging = folder / STAGING
    try:
        unlocked = vault.create(staging, operator=operator, passphrase=passphrase)
        return Store.create(staging, unlocked, kit, clock=clock)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def settle(folder: Path, vault_id: UUID) -> None:
    """Makes what was staged under that vault the folder's laptop: after this word a power cut changes nothing.

    Raises Locked when another window has staged something else meanwhile, VaultExists, DiskFull, StoreIO.
    """
    staging = folder / STAGING
    if vault.is_set_up(folder):
        raise VaultExists
    try:
        staged = vault.current(header.read(staging)).vault
    except StoreError as trouble:
        raise Locked from trouble
    if staged != vault_id or not (staging / DATABASE_NAME).exists():
        raise Locked
    with told():
        durable.write(staging / _WHOLE, b"1\n")
    finish(folder)


def unfinished(folder: Path) -> bool:
    """Whether a laptop was settled and not all of its files are in their place."""
    return (folder / STAGING / _WHOLE).exists()


def finish(folder: Path) -> None:
    """Moves the files in; may be called again after any power cut. Raises Locked, DiskFull, StoreIO."""
    staging = folder / STAGING
    held = lock.taken(folder)
    try:
        with told():
            # The database is moved in first: while it waits, whatever stands is another laptop's, and stays.
            if not ((staging / DATABASE_NAME).exists() and vault.is_set_up(folder)):
                _move_in(staging, folder)
            for path in staging.iterdir():
                if path.name != _WHOLE:
                    path.unlink()
            (staging / _WHOLE).unlink()  # the last: until then this is called again
            staging.rmdir()
            durable.sync_folder(folder)
    finally:
        held.release()


def _move_in(staging: Path, folder: Path) -> None:
    for path in sorted(staging.iterdir(), key=_last_the_keys):
        if path.is_file() and path.name not in {_WHOLE, lock.NAME}:
            path.replace(folder / path.name)
    durable.sync_folder(folder)


def abandon(folder: Path) -> None:
    """Takes away what was staged and not settled. Raises Locked while another window has it open, StoreIO."""
    staging = folder / STAGING
    if not staging.exists() or unfinished(folder):
        return
    lock.taken(staging).release()
    with told():
        shutil.rmtree(staging)


def _last_the_keys(path: Path) -> tuple[bool, bool, bool, str]:
    """The database first, the vault file last: until that stands, the folder is no laptop that could be opened."""
    keys = KEY_FILE.fullmatch(path.name) is not None
    return path.name == header.NAME, keys, path.name != DATABASE_NAME, path.name
