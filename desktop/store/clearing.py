"""Taking away for good: pages of the database that nothing points to any more, and older copies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store import archive, backup, room
from desktop.store.errors import Damaged
from desktop.store.vault import DATABASE_NAME

if TYPE_CHECKING:
    from desktop.store.database import Store

BEFORE_UPGRADE = "before-*.db"


def rewrite(store: Store) -> None:
    """Writes the database anew without its free space and empties the journal; the store may be used afterwards.

    SQLite blanks what is deleted (secure_delete), but moving rows between pages leaves copies behind: only pages
    written anew hold nothing old. Raises NoRoom and what the driver raises.
    """
    room.require(store.folder, 2 * (store.folder / DATABASE_NAME).stat().st_size)
    pooled = store.engine.raw_connection()
    try:
        driver = pooled.driver_connection
        assert driver is not None
        driver.execute("VACUUM")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        pooled.close()


def renew_copies(store: Store) -> int:
    """Replaces every copy in the store's own backup folder by one made now; how many went. Sticks are not reached.

    What is left of copies that were broken off goes too.
    """
    folder = store.folder / archive.FOLDER_NAME
    backup.clear_halves(folder)
    standing = [*folder.glob(f"*{archive.SUFFIX}"), *folder.glob(BEFORE_UPGRADE)] if folder.is_dir() else []
    if not standing:
        return 0
    backup.run(store, closing=True)
    newest = backup.newest(store)
    if newest is None:
        raise Damaged(part="backup")
    gone = [path for path in standing if path != newest.path]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
