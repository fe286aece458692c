"""One keyed connection to a SQLCipher file. Opening never makes a file and never turns an empty one into a database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from desktop.store import seen
from desktop.store.errors import Damaged, DatabaseMissing, StoreError, from_sqlite
from desktop.store.keys import KEY_BYTES

APPLICATION_ID = 0x50595547  # "PYUG", so that `file` and our own check know whose it is
BUSY_MILLISECONDS = 5_000

_SETTINGS = (
    "PRAGMA synchronous = FULL",  # NORMAL loses acknowledged records when the power fails
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
)


def opened(path: Path, key: bytes, *, first: bool = True) -> Any:  # noqa: ANN401  the driver has no types
    """A connection to the existing database at `path`, in WAL mode with full durability.

    `first` where nobody else has it open: then it is noted whether its journal vanished. Raises DatabaseMissing,
    Damaged (not opened by this key, empty, or not a Payung database) and what the disk says.
    """
    if not path.exists():
        raise DatabaseMissing(part="database")
    if first:
        seen.meet(path)
    driver = _keyed(path, key, "rw")
    try:
        # A zero-length file reads as a database without tables: it must be refused before WAL mode writes to it.
        tables = driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        mark = driver.execute("PRAGMA application_id").fetchone()[0]
        if tables == 0 or mark != APPLICATION_ID:
            raise Damaged(part="database")  # noqa: TRY301
        driver.execute("PRAGMA journal_mode = WAL").fetchone()
        for setting in _SETTINGS:
            driver.execute(setting)
    except BaseException as error:
        driver.close()
        raise _known(error) from error
    return driver


def looked_at(path: Path, key: bytes) -> Any:  # noqa: ANN401
    """A connection that only reads, for a file that must not change: no checkpoint, no new file where there is no WAL.

    Raises as `opened` does.
    """
    if not path.exists():
        raise DatabaseMissing(part="database")
    wal = path.with_name(path.name + "-wal")
    mode = "ro" if wal.exists() and wal.stat().st_size else "ro&immutable=1"
    driver = _keyed(path, key, mode)
    try:
        tables = driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables == 0 or driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise Damaged(part="database")  # noqa: TRY301
        driver.execute("PRAGMA query_only = ON")
        for setting in _SETTINGS:
            driver.execute(setting)
    except BaseException as error:
        driver.close()
        raise _known(error) from error
    return driver


def created(path: Path, key: bytes) -> Any:  # noqa: ANN401
    """A connection to a new, empty database file; FileExistsError when something is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    driver = _keyed(path, key, "rw")
    for setting in _SETTINGS:
        driver.execute(setting)
    return driver


def _keyed(path: Path, key: bytes, mode: str) -> Any:  # noqa: ANN401
    # SQLCipher takes a raw key of another length for a passphrase and makes a new, different key of it.
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        driver = sqlcipher.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000
        )
    except sqlcipher.Error as error:
        raise _known(error) from error
    driver.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    driver.execute("PRAGMA cipher_log_level = NONE")
    return driver


def _known(error: BaseException) -> BaseException:
    if isinstance(error, StoreError) or not isinstance(error, sqlcipher.Error):
        return error
    return from_sqlite(error) or error
