"""An encrypted copy of the open database, complete as of one moment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from desktop.store import connection, durable
from desktop.store.errors import Damaged

FOLDER_NAME = "backups"


def copy(driver: Any, key: bytes, target: Path) -> None:  # noqa: ANN401  the driver has no types
    """Writes a copy under the same key to `target`, read back before it gets its name.

    Raises FileExistsError rather than replace something, and what the disk says.
    """
    if target.exists():
        raise FileExistsError(target.name)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = target.with_name(target.name + ".new")
    fresh.unlink(missing_ok=True)
    into = connection.created(fresh, key)
    try:
        driver.backup(into)
        into.execute("PRAGMA journal_mode = DELETE").fetchone()
        if into.execute("PRAGMA cipher_integrity_check").fetchall():
            raise Damaged(part="backup")
    finally:
        into.close()
    handle = os.open(fresh, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(target)
    durable.sync_folder(target.parent)
