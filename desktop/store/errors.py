"""Known trouble of the laptop's store: each class has a sentence, an exit code and nothing secret in it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from payung.errors import PayungError


class StoreError(PayungError):
    """Trouble with the vault or the database; nothing acknowledged is lost by any of them."""

    code: ClassVar[str] = "store"


class NotSetUp(StoreError):
    """There is no vault in this folder: the laptop has not been set up yet."""

    code = "store.not_set_up"
    exit_code = 2


class VaultExists(StoreError):
    """A vault or a database already stands in the folder; it is never overwritten."""

    code = "store.vault_exists"
    exit_code = 2


class WeakPassphrase(StoreError):
    """The passphrase is too short or only digits; `reason` is "short" or "digits", its sentence has its own code."""

    code = "store.weak_passphrase"
    exit_code = 2


class UnknownRecord(StoreError):
    """No record with that id stands in this store."""

    code = "store.unknown_record"
    exit_code = 2


class Locked(StoreError):
    """Another Payung on this laptop has the store open."""

    code = "store.locked"
    exit_code = 3


class WrongPassphrase(StoreError):
    """The passphrase opens no slot of that operator."""

    code = "store.wrong_passphrase"
    exit_code = 3


class UnknownOperator(StoreError):
    """The vault has no operator of that name."""

    code = "store.unknown_operator"
    exit_code = 3


class Damaged(StoreError):
    """Bytes on the disk are not what was written; `part` names the vault, the database or the audit."""

    code = "store.damaged"
    exit_code = 5


class DatabaseMissing(Damaged):
    """The vault stands but its database is gone: it was moved or deleted, and is never made anew."""

    code = "store.database_missing"


class TooNew(StoreError):
    """The database was written by a newer Payung; nothing was changed."""

    code = "store.too_new"
    exit_code = 5


class DiskFull(StoreError):
    """No space left; the change was not kept, everything before it was."""

    code = "store.disk_full"
    exit_code = 6


class StoreIO(StoreError):
    """The disk refused to read or write; the change was not kept, everything before it was."""

    code = "store.io"
    exit_code = 6


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def from_os(error: OSError) -> StoreError:
    """The StoreError that says what the operating system said."""
    return DiskFull() if error.errno in _FULL else StoreIO(reason=errno.errorcode.get(error.errno or 0, "EIO"))


def from_sqlite(error: BaseException) -> StoreError | None:
    """The StoreError for a driver's error, None when it is a bug of ours (wrong SQL, a broken constraint)."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith("SQLITE_FULL"):
        return DiskFull()
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return StoreIO(reason=name)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Damaged(part="database")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Locked()
    return None


@contextmanager
def told() -> Iterator[None]:
    """Turns the driver's and the system's known errors inside the block into StoreErrors; bugs pass unchanged."""
    try:
        yield
    except DBAPIError as error:
        known = from_sqlite(error.orig) if error.orig is not None else None
        if known is None:
            raise
        raise known from error
    except sqlcipher.Error as error:
        known = from_sqlite(error)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise from_os(error) from error
