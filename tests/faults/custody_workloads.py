"""Workloads over what guards the records: operators and their keys, backups, restoring, purging, wiping."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.store import backup, enrolments, header, operators, purge, restoring, slots, vault, wiping
from desktop.store.database import Store
from desktop.store.vault import Role, Unlocked
from payung.retention import Retention
from tests.faults import grounds
from tests.faults.grounds import BACKUP, COLLEAGUE, LAPTOP, Ground
from tests.faults.words import Say
from tests.laptops import OPERATOR, PASSPHRASE

STICK = "stick"  # a folder that stands for another disk
NEWCOMER, NEWCOMERS = "Domi Lay", "perahu kemiri lontong sasando"
RENEWED = "rembulan angkut gamelan tenun"
AFTER_TERM = date(2040, 1, 1)
RETENTION = Retention(30, "rapat uji")


def come_in(folder: Path) -> Unlocked:
    """The ketua's keys, by whichever of his passphrases opens his slot now."""
    return vault.unlock(folder, operator=OPERATOR, passphrase=_current(folder))


def people(folder: Path, _ground: Ground, say: Say) -> None:
    """A colleague added, and the ketua's own passphrase changed."""
    unlocked = come_in(folder)
    standing = {operator.name for operator in vault.operators(folder)}
    with Store.open(folder, unlocked) as store:
        if NEWCOMER not in standing:
            say("adding")
            operators.add(store, name=NEWCOMER, role=Role.OPERATOR, passphrase=NEWCOMERS)
        say("added")
        say("changing")
        operators.change_passphrase(store, old=_current(folder), new=RENEWED)
        say("changed")


def _current(folder: Path) -> str:
    standing = vault.current(header.read(folder))
    (own,) = [slot for slot in standing.slots if slot.name == OPERATOR]
    return RENEWED if slots.opened(standing, own, RENEWED) is not None else PASSPHRASE


def removal(folder: Path, _ground: Ground, say: Say) -> None:
    """An officer saved, a colleague removed and the database given a new key, another officer saved under it."""
    store = Store.open(folder, come_in(folder))
    try:
        if COLLEAGUE in {operator.name for operator in vault.operators(folder)}:
            saved = enrolments.save(store, grounds.officer(100))
            say("saved", id=str(saved.id), version=0)
            say("removing")
            store = operators.remove(store, COLLEAGUE)
        say("removed")
        saved = enrolments.save(store, grounds.officer(101))
        say("saved", id=str(saved.id), version=0)
    finally:
        store.close()


def keep_copies(store: Store, say: Say, start: int) -> None:
    """Backups as the end of work makes them, here and on a stick, with an officer saved before each."""
    stick = store.folder / STICK
    stick.mkdir(exist_ok=True)
    for number in (start, start + 1):
        saved = enrolments.save(store, grounds.officer(number))
        say("saved", id=str(saved.id), version=0)
        assert backup.run(store, closing=True, stick=stick) is not None
        say("backed up", id=str(saved.id))


def take_away(store: Store, say: Say, start: int) -> None:
    """Full data of those the office has taken off the laptop, with a backup that still holds them, and one more."""
    store.event = replace(store.event, retention=RETENTION)
    backup.run(store, closing=True)
    saved = enrolments.save(store, grounds.officer(start))
    say("saved", id=str(saved.id), version=0)
    due = [str(record) for record in purge.plan(store, AFTER_TERM).due]
    say("purging", ids=due)
    purge.run(store, AFTER_TERM)
    say("purged", ids=due)
    saved = enrolments.save(store, grounds.officer(start + 1))
    say("saved", id=str(saved.id), version=0)


def rolls(folder: Path) -> list[Path]:
    """The records of who was on the laptop, the last one last."""
    return sorted((folder / STICK).glob("*.payung-roll"))


def wipe(folder: Path, _ground: Ground, say: Say) -> None:
    """Everybody written down for the office, then the whole laptop wiped."""
    (folder / STICK).mkdir(exist_ok=True)
    if not wiping.begun(folder) and any((folder / name).exists() for name in (header.NAME, header.OLDER)):
        record = folder / STICK / f"daftar-{len(rolls(folder))}.payung-roll"
        with Store.open(folder, come_in(folder)) as store:
            saved = enrolments.save(store, grounds.officer(100))
            say("saved", id=str(saved.id), version=0)
            backup.run(store, closing=True)
            wiping.write_down(store, wiping.people(store), record)
        say("written down", name=record.name, sha256=hashlib.sha256(record.read_bytes()).hexdigest())
        say("wiping")
    wiping.destroy(folder)
    say("wiped")


def restore(folder: Path, ground: Ground, say: Say) -> None:
    """The backup restored to a laptop where nothing stands, under a fresh kit."""
    restoring.restore(folder / BACKUP, folder / LAPTOP, passphrase=PASSPHRASE, kit=ground.kit)
    say("restored")


def restore_aside(folder: Path, ground: Ground, say: Say) -> None:
    """The backup restored where a damaged store stands, which is set aside."""
    restoring.restore(folder / BACKUP, folder / LAPTOP, passphrase=PASSPHRASE, kit=ground.kit, aside=True)
    say("restored")
