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
    """A new passphrase is too easily guessed; `reason` is the last word of a code of `payung.passphrase`."""

    code = "store.weak_passphrase"
    exit_code = 2


class UnknownRecord(StoreError):
    """No record with that id stands in this store."""

    code = "store.unknown_record"
    exit_code = 2


class Purged(StoreError):
    """The person's full data were taken off this laptop after the term; the office has them."""

    code = "store.purged"


class Locked(StoreError):
    """Another Payung on this laptop has the store open."""

    code = "store.locked"
    exit_code = 3


class WrongPassphrase(StoreError):
    """The passphrase opens no slot of that operator; facts: `seconds`, how long the next try must wait."""

    code = "store.wrong_passphrase"
    exit_code = 3


class TooSoon(StoreError):
    """After wrong tries the next one must wait; facts and attribute: `seconds`."""

    code = "store.too_soon"
    exit_code = 3

    def __init__(self, *, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.seconds = seconds


class UnknownOperator(StoreError):
    """The vault has no operator of that name."""

    code = "store.unknown_operator"
    exit_code = 3


class Damaged(StoreError):
    """Bytes on the disk are not what was written; `part` names the vault, the database or the audit."""

    code = "store.damaged"
    exit_code = 5


class VaultMissing(Damaged):
    """The database stands but both vault files are gone: nothing is made anew, the office can restore the key."""

    code = "store.vault_missing"


class VaultReplayed(Damaged):
    """The vault file is older than the database knows it: an old copy was put in its place."""

    code = "store.vault_replayed"


class DatabaseMissing(Damaged):
    """The vault stands but its database is gone: it was moved or deleted, and is never made anew."""

    code = "store.database_missing"


class TooNew(StoreError):
    """The database was written by a newer Payung; nothing was changed."""

    code = "store.too_new"
    exit_code = 5


class UpgradeFailed(StoreError):
    """The database could not be brought up to date and is as it was; facts: `report`, the crash report's name."""

    code = "store.upgrade"
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


# The driver's backup tells its trouble by text alone.
_NAMES = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "unable to open database file": "SQLITE_CANTOPEN",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "database is locked": "SQLITE_BUSY",
}


def from_sqlite(error: BaseException) -> StoreError | None:
    """The StoreError for a driver's error, None when it is a bug of ours (wrong SQL, a broken constraint)."""
    name = str(getattr(error, "sqlite_errorname", "")) or _NAMES.get(str(error), "")
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


class Older(Damaged):
    """The database stands at an earlier moment than this folder has seen: an old copy was put in its place."""

    code = "store.older"


class ReadOnly(StoreError):
    """The store was opened to look only; nothing can be saved."""

    code = "store.read_only"


class NoRoom(DiskFull):
    """Too little space to begin; nothing was begun. Facts: `free` and `needed`, as people read them."""

    code = "store.no_room"


class NotABackup(StoreError):
    """The file is no backup of Payung."""

    code = "backup.not_one"
    exit_code = 2


class BackupCut(StoreError):
    """The backup is cut off or some of its bytes changed; facts: `part`."""

    code = "backup.cut"
    exit_code = 5


class BackupTooNew(TooNew):
    """The backup was made by a newer Payung."""

    code = "backup.too_new"


class BackupForeign(StoreError):
    """The backup is of another laptop than the one expected."""

    code = "backup.foreign"
    exit_code = 2


class BackupExists(StoreError):
    """A file stands where the backup should be written; it is never overwritten. Facts: `file`."""

    code = "backup.exists"
    exit_code = 2


class KitNeeded(StoreError):
    """This store was restored or salvaged: it exchanges and prints again once it has taken a fresh kit."""

    code = "store.kit_needed"


class KitUnfit(StoreError):
    """The kit does not fit this store; nothing was changed."""

    code = "store.kit_unfit"
    exit_code = 2


class KitOfOtherEvent(KitUnfit):
    """The kit is for another election event."""

    code = "store.kit_unfit.event"


class KitOfOtherOffice(KitUnfit):
    """The kit is of another office's root, or of the other institution."""

    code = "store.kit_unfit.office"


class KitTooNarrow(KitUnfit):
    """The kit leaves out a village this laptop has served; facts: `villages`."""

    code = "store.kit_unfit.villages"


class KitUsed(KitUnfit):
    """This laptop has had the kit's identity before; taking it again would fork the sequence."""

    code = "store.kit_unfit.used"


class BeyondSalvage(Damaged):
    """No saved version can be read from the damaged file, or nothing says whose it was."""

    code = "store.beyond_salvage"
