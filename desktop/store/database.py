"""The open store: one encrypted database, held by one process, in which every action is one transaction."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import sqlcipher3.dbapi2 as sqlcipher
from filelock import FileLock
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import QueuePool

from desktop.store import audit, connection, custody, drafts, migration, reference, room, seen, vault
from desktop.store.audit import Action, Deed
from desktop.store.checking import Report, check
from desktop.store.clock import Clock, now
from desktop.store.errors import Damaged, NotSetUp, Older, ReadOnly, StoreError, VaultExists, from_sqlite, told
from desktop.store.lock import NAME as LOCK_NAME
from desktop.store.lock import taken
from desktop.store.reference import Laptop
from desktop.store.seen import Seen
from desktop.store.statements import Work
from desktop.store.vault import DATABASE_NAME, Unlocked
from payung import region
from payung.event import Event
from sync import trust
from sync.canonical import trimmed
from sync.feed import TpsEntry
from sync.trust import DeviceCertificate

if TYPE_CHECKING:
    from sync.kit import Kit

__all__ = ["LOCK_NAME", "Report", "Store", "check"]


class Store:
    """The laptop's records, opened. Use `Store.open`, or once in its life `Store.create`; close it when done.

    May be used from several threads: writing takes turns, reading sees what was committed.
    """

    def __init__(
        self, folder: Path, unlocked: Unlocked, lock: FileLock, *, clock: Clock = now, read_only: bool = False
    ) -> None:
        self.folder = folder
        self.read_only = read_only
        self.torn = False  # whether the journal was found gone after the store had not been closed
        self.unlocked = unlocked
        self.clock = clock
        self._lock = lock
        self._turn = threading.Lock()
        path, key = folder / DATABASE_NAME, unlocked.database_key
        self.engine: Engine = create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher,
            creator=lambda: connection.looked_at(path, key) if read_only else connection.opened(path, key, first=False),
            poolclass=QueuePool,
            pool_reset_on_return=None,  # every transaction is ended where it was begun
            hide_parameters=True,  # an exception's text must name no person
        )

    @classmethod
    def create(cls, folder: Path, unlocked: Unlocked, kit: Kit, *, clock: Clock = now) -> Store:
        """Makes the database from a provisioning kit and opens it.

        Raises VaultExists where a database stands, Locked, DiskFull, StoreIO, and what `sync.trust.verify` raises for
        a kit whose device certificate does not hold now. Until the last step nothing stands under the database's name.
        """
        if not vault.is_set_up(folder):
            raise NotSetUp
        path = folder / DATABASE_NAME
        certificate = trust.verify(kit.device_certificate, kit.root_public, clock())
        lock = taken(folder)
        try:
            if path.exists():
                raise VaultExists  # noqa: TRY301
            room.require(folder, room.SETUP_BYTES)
            with told():
                migration.make(
                    path, unlocked.database_key, lambda work: _lay(work, unlocked, kit, certificate, clock())
                )
            return cls._checked(folder, unlocked, lock, clock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, folder: Path, unlocked: Unlocked, *, clock: Clock = now, read_only: bool = False) -> Store:
        """Opens the standing database, brought up to date if it is older (a copy is kept).

        With `read_only` nothing is written, not even to its journal: a damaged file can be looked at. Raises
        DatabaseMissing, Damaged, Older, TooNew, Locked, DiskFull, StoreIO; never makes a database.
        """
        lock = taken(folder)
        try:
            if read_only:
                return cls._looked_at(folder, unlocked, lock, clock)
            return cls._checked(folder, unlocked, lock, clock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _checked(cls, folder: Path, unlocked: Unlocked, lock: FileLock, clock: Clock) -> Store:
        unlocked = custody.settled(folder, unlocked)
        with told():
            migration.bring_up_to_date(folder, unlocked.database_key, clock())
            known = seen.read(folder)
            store = cls(folder, unlocked, lock, clock=clock)
            try:
                store.refresh()
                if store.laptop.vault != unlocked.vault_id:
                    raise Damaged(part="database")  # noqa: TRY301
                if known is not None and store._is_older_than(known):
                    raise Older(part="database")  # noqa: TRY301
                with store.writing() as work:
                    reference.know_operator(work, unlocked, clock())
                    audit.remember_key(work, unlocked)
                    drafts.empty_bin(work, store.moment())
                custody.attend(store)
            except BaseException:
                store.engine.dispose()
                raise
        store.note_seen(in_use=True, torn=known is not None and known.torn)
        return store

    @classmethod
    def _looked_at(cls, folder: Path, unlocked: Unlocked, lock: FileLock, clock: Clock) -> Store:
        unlocked = custody.settled(folder, unlocked, look_only=True)
        with told():
            store = cls(folder, unlocked, lock, clock=clock, read_only=True)
            try:
                migration.check_age(store.engine)
                store.refresh()
            except BaseException:
                store.engine.dispose()
                raise
        return store

    def _is_older_than(self, known: Seen) -> bool:
        """Whether what was seen is gone; what cannot be read is damage, and the check's to name."""
        try:
            with self.reading() as work:
                return not seen.still_there(work, known)
        except StoreError:
            return False

    def note_seen(self, *, in_use: bool, torn: bool) -> None:
        """Keeps beside the database how far it went, for the next opening; `torn` until somebody was told."""
        self.torn = torn
        with contextlib.suppress(StoreError), self.reading() as work:
            seen.write(self.folder, seen.now(work, in_use=in_use, torn=torn))

    def refresh(self) -> None:
        """Reads anew what the office gave: after set-up, and after a feed brought reference data."""
        with self.reading() as work:
            self.laptop: Laptop = reference.laptop(work)
            self.event: Event = reference.event(work, self.laptop.event)
            self.tps: tuple[TpsEntry, ...] = reference.polling_stations(work)
        self.regions = region.load()
        self._numbers: dict[str, set[int]] = {}
        for entry in self.tps:
            self._numbers.setdefault(entry.village, set()).add(entry.number)

    def tps_numbers(self, village: str) -> Collection[int] | None:
        """The polling stations of the village; None when the office has sent no list of them."""
        return self._numbers.get(village)

    def moment(self) -> datetime:
        """The time now as it is stored and sent: UTC, cut to the millisecond."""
        return trimmed(self.clock())

    @contextlib.contextmanager
    def writing(self) -> Iterator[Work]:
        """A transaction that is durable when the block has ended, and has left nothing when the block raised."""
        if self.read_only:
            raise ReadOnly
        with self._turn, self._transaction("BEGIN IMMEDIATE") as work:
            yield work

    @contextlib.contextmanager
    def reading(self) -> Iterator[Work]:
        """A transaction that sees one moment of the store."""
        with self._transaction("BEGIN") as work:
            yield work

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[Work]:
        with told():
            pooled = self.engine.raw_connection()
            try:
                driver = pooled.driver_connection
                assert driver is not None
                driver.execute(begin)
                try:
                    yield Work(driver)
                    driver.execute("COMMIT")
                except BaseException:
                    # A full disk has already rolled back, and then there is nothing to roll back.
                    with contextlib.suppress(sqlcipher.Error):
                        driver.execute("ROLLBACK")
                    raise
            except sqlcipher.DatabaseError as error:
                if isinstance(from_sqlite(error), Damaged):
                    pooled.invalidate()  # having met one damaged page, a SQLCipher connection refuses sound ones too
                raise
            finally:
                pooled.close()

    def rekeyed(self, unlocked: Unlocked) -> Store:
        """This store again under keys that replace its own; the lock is held throughout, `self` is of no use after."""
        self.note_seen(in_use=False, torn=self.torn)
        self.engine.dispose()
        fresh = self._checked(self.folder, unlocked, self._lock, self.clock)
        self._lock = FileLock(self.folder / LOCK_NAME)  # closing this one must not let go of the other's
        return fresh

    def close(self) -> None:
        """Closes the file and lets another process have it. May be called twice."""
        if self._lock.is_locked and not self.read_only:
            self.note_seen(in_use=False, torn=self.torn)
        self.engine.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _lay(work: Work, unlocked: Unlocked, kit: Kit, certificate: DeviceCertificate, at: datetime) -> None:
    reference.lay(work, unlocked, kit, certificate, at)
    made_of = hashlib.sha256(kit.device_certificate).digest()
    audit.append(work, unlocked, at, [Deed(Action.SET_UP, certificate.device.bytes, made_of)])
