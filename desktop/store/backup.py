"""Encrypted copies of the open store, complete as of one moment, while it is used.

`copy` is the database alone, for what comes before an upgrade; `make` is the backup people carry away; `run` makes
one when it is due and lets the oldest go.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.store import archive, connection, durable, room
from desktop.store.archive import FOLDER_NAME, KEY_FILE, SUFFIX, Backup, Manifest
from desktop.store.errors import BackupExists, Damaged, StoreError, told
from desktop.store.vault import DATABASE_NAME

if TYPE_CHECKING:
    from desktop.store.database import Store

__all__ = ["FOLDER_NAME", "Backup", "Ran", "carry", "copy", "due", "make", "newest", "run"]

_COUNTED = ("record", "revision", "outbox", "certificate", "ledger", "draft", "audit", "batch")
_NAME = re.compile(r"payung-[0-9A-Z]{4}-(\d{8}T\d{6}Z)" + re.escape(SUFFIX))
_STAMP = "%Y%m%dT%H%M%SZ"
_WIB = timedelta(hours=7)  # days of rotation are those of western Indonesia


def copy(driver: Any, key: bytes, target: Path) -> None:  # noqa: ANN401  the driver has no types
    """Writes a copy under the same key to `target`, read back before it gets its name.

    Raises FileExistsError rather than replace something, and what the disk says.
    """
    if target.exists():
        raise FileExistsError(target.name)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = target.with_name(target.name + ".new")
    _copied(driver, key, fresh, lambda _into: None)
    fresh.replace(target)
    durable.sync_folder(target.parent)


def _copied(driver: Any, key: bytes, fresh: Path, look: Callable[[Any], None]) -> None:  # noqa: ANN401
    """A durable copy at `fresh`, gone again when it could not be finished; `look` is shown it before it closes."""
    _gone(fresh)
    into = connection.created(fresh, key)
    try:
        driver.backup(into)
        into.execute("PRAGMA journal_mode = DELETE").fetchone()
        if into.execute("PRAGMA cipher_integrity_check").fetchall():
            raise Damaged(part="backup")  # noqa: TRY301
        look(into)
        into.close()
        handle = os.open(fresh, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        into.close()
        _gone(fresh)
        raise


def _gone(fresh: Path) -> None:
    """Away with it, and with a journal that would be taken for the next one's."""
    for end in ("", "-journal", "-wal", "-shm"):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def make(store: Store, target: Path) -> Backup:
    """Makes one backup file; until it is whole, read back and durable nothing stands under its name.

    Raises BackupExists, NoRoom, DiskFull, StoreIO, Damaged. The store may be used meanwhile.
    """
    size = (store.folder / DATABASE_NAME).stat().st_size
    with told():
        if target.exists():
            raise BackupExists(file=target.name)
        room.require(target.parent, 3 * size)
        fresh = target.with_name(target.name + ".new")
        database = target.with_name(target.name + ".part")
        try:
            manifest = _database(store, database)
            fresh.unlink(missing_ok=True)
            archive.write(fresh, manifest, [(DATABASE_NAME, database), *_keys(store.folder)], _key(store))
            archive.verify(archive.read(fresh))
            fresh.replace(target)
            durable.sync_folder(target.parent)
        finally:
            fresh.unlink(missing_ok=True)
            _gone(database)
    return archive.read(target)


def _key(store: Store) -> bytes:
    return store.unlocked.database_key


def _keys(folder: Path) -> Iterable[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        if KEY_FILE.fullmatch(path.name) and not path.name.endswith(".new") and path.is_file():
            yield path.name, path


def _database(store: Store, target: Path) -> Manifest:
    """The copy of the database, and what it says: counted in the copy, not in what has gone on since."""
    said: list[Manifest] = []
    pooled = store.engine.raw_connection()
    try:
        driver = pooled.driver_connection
        _copied(driver, _key(store), target, lambda into: said.append(_said(into, store.moment())))
    finally:
        pooled.close()
    return said[0]


def _said(driver: Any, at: datetime) -> Manifest:  # noqa: ANN401
    def one(query: str) -> Any:  # noqa: ANN401
        row = driver.execute(query).fetchone()
        if row is None:
            raise Damaged(part="database")
        return row

    vault, device = one("SELECT vault, device FROM laptop")
    entries, head = one("SELECT number, head FROM audit ORDER BY number DESC LIMIT 1")
    return Manifest(
        vault=UUID(bytes=vault),
        device=UUID(bytes=device),
        schema=one("PRAGMA user_version")[0],
        program=metadata.version("payung"),
        made_at=at,
        counts={table: one(f"SELECT count(*) FROM {table}")[0] for table in _COUNTED},  # noqa: S608
        audit_entries=entries,
        audit_head=head,
        batch_number=one("SELECT batch_number FROM progress")[0],
    )


def newest(store: Store, *also: Path) -> Backup | None:
    """The newest backup kept for this store, in its own folder or in one of those given."""
    return archive.newest(store.folder / FOLDER_NAME, *also)


def due(store: Store, *, saves: int = 0, closing: bool = False) -> bool:
    """Whether something was done since the last backup, and a new day, enough saves or the end of work has come.

    `saves` counts those since the last backup.
    """
    last = newest(store)
    with store.reading() as work:
        done = work.driver.execute("SELECT max(number) FROM audit").fetchone()[0]
    if last is None:
        return True
    if done == last.manifest.audit_entries and store.laptop.device == last.manifest.device:
        return False
    return closing or saves >= room.limits()["backup"]["saves"] or _day(last.manifest.made_at) != _day(store.clock())


@dataclass(frozen=True, slots=True)
class Ran:
    """A backup that was due: the file here, and the one on the stick when there is a stick."""

    here: Backup
    stick: Path | None


def run(store: Store, *, saves: int = 0, closing: bool = False, stick: Path | None = None) -> Ran | None:
    """Makes a backup if one is due and lets the oldest go; None when none was due.

    At the start, after saves and at the end of work; the store may be used meanwhile. `stick` is a folder elsewhere
    that may be missing. Raises as `make` does.
    """
    if not due(store, saves=saves, closing=closing):
        return None
    here = make_here(store)
    return Ran(here, None if stick is None else carry(here, stick, tag=store.laptop.tag))


def make_here(store: Store) -> Backup:
    """Makes a scheduled backup in the store's own folder, due or not, and lets the oldest go. Raises as `make` does."""
    folder = store.folder / FOLDER_NAME
    with told():
        folder.mkdir(mode=0o700, exist_ok=True)
        clear_halves(folder)
    here = make(store, _free_name(folder, store))
    rotate(folder, made=here.path)
    return here


def carry(made: Backup, stick: Path, *, tag: str) -> Path | None:
    """Copies a backup's file to a folder elsewhere, read back before it has its name; None where there is no folder.

    Needs no open store. Lets the oldest of the laptop with that tag go. Raises NoRoom, DiskFull, StoreIO, BackupCut.
    """
    with told():
        if not stick.is_dir():
            return None
        clear_halves(stick, tag=tag)
        target = _name_there(stick, made, tag)
        if not target.exists():
            room.require(stick, made.path.stat().st_size, reserve=False)
            _carried(made.path, target)
    rotate(stick, tag=tag, made=target)
    return target


def _name_there(stick: Path, made: Backup, tag: str) -> Path:
    """Where the backup lies on the stick or will: another one that has its name there already stays."""
    target, at = stick / made.path.name, made.manifest.made_at
    while target.exists() and not _is_copy(target, made):
        at += timedelta(seconds=1)
        target = stick / f"payung-{tag}-{at:{_STAMP}}{SUFFIX}"
    return target


def _is_copy(path: Path, made: Backup) -> bool:
    try:
        same = path.stat().st_size == made.path.stat().st_size
        return same and archive.read(path).written == made.written
    except StoreError:
        return False


def _carried(source: Path, target: Path) -> None:
    fresh = target.with_name(target.name + ".new")
    try:
        with source.open("rb") as file, fresh.open("wb") as out:
            shutil.copyfileobj(file, out)
            out.flush()
            os.fsync(out.fileno())
        archive.verify(archive.read(fresh))
        fresh.replace(target)
        durable.sync_folder(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def clear_halves(folder: Path, *, tag: str = "????") -> None:
    """Takes away what copies that were broken off have left: it is as large as the store and nobody looks for it."""
    for path in (*folder.glob(f"payung-{tag}-*{SUFFIX}.*"), *folder.glob("before-*.db.*")):
        path.unlink(missing_ok=True)


def _free_name(folder: Path, store: Store) -> Path:
    at = store.clock()
    while True:
        path = folder / f"payung-{store.laptop.tag}-{at:{_STAMP}}{SUFFIX}"
        if not path.exists():
            return path
        at += timedelta(seconds=1)


def rotate(folder: Path, *, tag: str = "", made: Path | None = None) -> tuple[Path, ...]:
    """Deletes scheduled backups but the last of each of the newest days and weeks; which ones. Others are not touched.

    With `tag` only that laptop's: a stick may carry several. `made` stays: after the clock was set back its name is
    not the last one.
    """
    found = sorted(
        (
            (datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), path)
            for path in folder.glob(f"payung-{tag or '????'}-*{SUFFIX}")
            if (match := _NAME.fullmatch(path.name))
        ),
        reverse=True,
    )
    kept = set() if made is None else {made}
    levels = room.limits()["backup"]
    for period, most in ((_day, levels["daily"]), (_week, levels["weekly"])):
        last_of: dict[object, Path] = {}
        for at, path in found:
            last_of.setdefault(period(at), path)
        kept.update(list(last_of.values())[:most])
    gone = tuple(path for _, path in found if path not in kept)
    with told():
        for path in gone:
            path.unlink(missing_ok=True)
    return gone


def _day(at: datetime) -> object:
    return (at + _WIB).date()


def _week(at: datetime) -> object:
    return (at + _WIB).isocalendar()[:2]
