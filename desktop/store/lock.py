"""The folder's lock: one process at a time has the store, or changes who may open it."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from desktop.store.errors import Locked, told

NAME = "lock"


def taken(folder: Path) -> FileLock:
    """The folder's lock, held; a process that died has left it free. Raises Locked, StoreIO."""
    lock = FileLock(folder / NAME, thread_local=False)
    with told():
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise Locked from error
    return lock
