"""What a laptop does while faults are made: one function for each path through the store.

A workload tells `say` what has been promised as soon as the store's function has returned, and before it begins
something whose half must not be seen, what it is about to do. `tests.faults.promises` holds the store to these words.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from desktop.store import backup, certificates, drafts, enrolments, header, migration, outbox
from desktop.store.database import Store
from desktop.store.enrolments import Saved
from desktop.store.errors import told
from desktop.store.outbox import StoreOutbox
from sync import exchange
from tests.faults import custody_workloads, grounds
from tests.faults.grounds import Ground
from tests.faults.words import Say
from tests.laptops import VILLAGE

ROWS = 15  # of one import


InStore = Callable[[Store, Say, int], None]


def save(store: Store, say: Say, start: int) -> None:
    """Officers saved, changed and withdrawn one by one."""
    for number in range(start, start + 5):
        saved = enrolments.save(store, grounds.officer(number))
        say("saved", id=str(saved.id), version=0)
        for version in range(1, number % 3 + 1):
            say("saving", id=str(saved.id), version=version)
            enrolments.save(store, grounds.officer(number, version), record_id=saved.id)
            say("saved", id=str(saved.id), version=version)
        if number % 5 == 4:
            say("withdrawing", id=str(saved.id))
            enrolments.withdraw(store, saved.id, "mengundurkan diri")
            say("withdrawn", id=str(saved.id))


def draft(store: Store, say: Say, start: int) -> None:
    """Key strokes kept for two seats in turn, and a draft thrown away."""
    for keys in range(start + 1, start + 9):
        seat = 1 + keys % 2
        fields = {"name": "BELUM SELESAI", "keys": str(keys)}
        drafts.keep(store, VILLAGE, grounds.STATIONS, "kpps-anggota", seat, fields, "name")
        say("kept", seat=seat, keys=keys)
    drafts.keep(store, VILLAGE, grounds.STATIONS, "kpps-anggota", 3, {"keys": str(start + 9)})
    say("kept", seat=3, keys=start + 9)
    say("discarding", seat=3)
    drafts.discard(store, VILLAGE, grounds.STATIONS, "kpps-anggota", 3)
    say("discarded", seat=3)


def take_in(store: Store, say: Say, start: int) -> None:
    """Two workbooks taken in, each all or nothing."""
    for first in (start, start + ROWS):
        rows = list(itertools.islice(grounds.officers(first), ROWS))
        say("importing", niks=[facts.nik for facts in rows])
        answers = enrolments.save_many(store, rows)
        ids = [str(answer.id) for answer in answers if isinstance(answer, Saved)]
        assert len(ids) == ROWS
        for record in ids:
            say("saved", id=record, version=0)


def allocate(store: Store, say: Say, start: int) -> None:
    """Certificates numbered: old officers' again, a new one's, a changed one's."""
    fresh = enrolments.save(store, grounds.officer(start)).id
    say("saved", id=str(fresh), version=0)
    say("saving", id=str(fresh), version=1)
    for ids in ([fresh], [*certificates.ready(store)[:3], fresh]):
        _numbered(store, say, ids)
    enrolments.save(store, grounds.officer(start, 1), record_id=fresh)
    say("saved", id=str(fresh), version=1)
    _numbered(store, say, [fresh])


def _numbered(store: Store, say: Say, ids: list[UUID]) -> None:
    for given in certificates.allocate(store, ids):
        say("allocated", number=given.number, id=str(given.record), revision=given.revision, copy=given.copy)


def send(store: Store, say: Say, start: int) -> None:
    """Everything that waits, sealed and settled in small batches, while another officer is saved."""
    line, keys, waiting = grounds.line(store), outbox.exchange_keys(store), StoreOutbox(store, store.unlocked)
    for number in itertools.count(start):
        sealed = waiting.next_batch(4)
        if sealed is None:
            return
        say("sealed", sequence=sealed.sequence, hash=sha256(sealed.data).hexdigest())
        if number < start + 2:
            saved = enrolments.save(store, grounds.officer(number))
            say("saved", id=str(saved.id), version=0)
        reply = exchange.open_reply(line.exchange(sealed.data), sealed, keys)
        say("answered", sequence=sealed.sequence)
        waiting.settle(sealed.sequence, reply)
        say("settled", sequence=sealed.sequence, ids=[str(verdict.record) for verdict in reply.verdicts])


def copy(store: Store, say: Say, start: int) -> None:
    """Copies of the open database on the same disk, with an officer saved before each."""
    for number in range(start, start + 2):
        saved = enrolments.save(store, grounds.officer(number))
        say("saved", id=str(saved.id), version=0)
        name = f"copy-{number}.db"
        pooled = store.engine.raw_connection()
        try:
            target = store.folder / backup.FOLDER_NAME / name
            with told():
                backup.copy(pooled.driver_connection, store.unlocked.database_key, target)
        finally:
            pooled.close()
        say("copied", name=name, id=str(saved.id))


def upgrade(folder: Path, ground: Ground, say: Say) -> None:
    """The database brought to a next schema that only these tests know."""
    target, key = migration.SCHEMA + 1, ground.unlocked.database_key
    tried = len(list((folder / backup.FOLDER_NAME).glob("*")))
    moment = datetime.now(UTC) + timedelta(minutes=tried)  # a clerk who tries again does so later
    with told():
        migration.bring_up_to_date(folder, key, moment, scripts=ground.scripts, target=target)
    say("upgraded", version=target)


def set_up(folder: Path, ground: Ground, say: Say) -> None:
    """The database made from the kit, in a folder that holds only the vault."""
    with Store.create(folder, ground.unlocked, grounds.made_kit()) as store:
        say("created")
        saved = enrolments.save(store, grounds.officer(0))
        say("saved", id=str(saved.id), version=0)


def rewrite(folder: Path, ground: Ground, say: Say) -> None:
    """The vault's header written again, as a changed passphrase does."""
    for _ in range(3):
        kept = header.read(folder)
        assert kept.newest is not None
        header.write(folder, kept.newest)
        say("rewritten")


IN_STORE: dict[str, InStore] = {
    "save": save,
    "draft": draft,
    "import": take_in,
    "print": allocate,
    "send": send,
    "copy": copy,
    "backup": custody_workloads.keep_copies,
    "purge": custody_workloads.take_away,
}
ON_FOLDER: dict[str, Callable[[Path, Ground, Say], None]] = {
    "upgrade": upgrade,
    "set-up": set_up,
    "vault": rewrite,
    "people": custody_workloads.people,
    "removal": custody_workloads.removal,
    "wipe": custody_workloads.wipe,
    "restore": custody_workloads.restore,
    "restore-aside": custody_workloads.restore_aside,
}
ONCE = {*ON_FOLDER, "purge"}  # a second walk on the same laptop finds less to do
PATHS = (*IN_STORE, *ON_FOLDER)
STRIDE = 2 * ROWS  # officers one run of any path may take
