"""What a store must still keep after any fault: everything said to be done, nothing half done, and no damage.

`broken` takes what a workload has said and the folder as it is found afterwards, and gives every broken promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from desktop.store import backup, certificates, connection, drafts, enrolments, header, migration
from desktop.store.database import Store
from desktop.store.enrolments import Exchange
from desktop.store.errors import StoreError
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import DATABASE_NAME
from tests.faults import custody_promises, grounds
from tests.faults.grounds import Ground
from tests.faults.standing import records, sound
from tests.faults.words import Word
from tests.laptops import VILLAGE


def broken(path: str, folder: Path, ground: Ground, words: Sequence[Word]) -> list[str]:
    """Every promise that does not hold; the folder may be changed by looking."""
    try:
        if path in custody_promises.OF_PATH:
            return list(custody_promises.OF_PATH[path](folder, ground, words))
        return list(_broken(path, folder, ground, words))
    except StoreError as error:
        return [f"the store does not open or answer: {error.code} {error.facts}"]


def _broken(path: str, folder: Path, ground: Ground, words: Sequence[Word]) -> Iterator[str]:
    kept = header.read(folder)
    if (kept.newest or kept.older) is None:
        yield "no generation of the vault can be read"
    yield from _copies(folder, ground, words)
    if path == "set-up" and not (folder / DATABASE_NAME).exists():
        if words:
            yield "a database that was made is gone"
        Store.create(folder, ground.unlocked, grounds.made_kit()).close()
    version, half = _version(folder / DATABASE_NAME, ground)
    if half:
        yield "the next schema's column is there, its version is not"
    if path == "upgrade" and version > migration.SCHEMA:
        yield from _upgraded(folder, ground)
        return
    if any(word["kind"] == "upgraded" for word in words):
        yield "an upgrade that was done is not"
    with Store.open(folder, ground.unlocked) as store:
        yield from sound(store, 0 if path == "set-up" else grounds.STANDING)
        for look in (records, _imports, _drafts, _batches, _certificates):
            yield from look(store, words)
        if path in custody_promises.OF_STORE:
            yield from custody_promises.OF_STORE[path](store, words)


def _version(path: Path, ground: Ground) -> tuple[int, bool]:
    """The schema's number, and whether something of the next one stands in it."""
    with closing(connection.opened(path, ground.unlocked.database_key)) as driver:
        version = int(driver.execute("PRAGMA user_version").fetchone()[0])
        columns = {row[1] for row in driver.execute("PRAGMA table_info(record)")}
    return version, version == migration.SCHEMA and "remark" in columns


def _upgraded(folder: Path, ground: Ground) -> Iterator[str]:
    """The next schema is whole, and the copy from before it opens."""
    with closing(connection.opened(folder / DATABASE_NAME, ground.unlocked.database_key)) as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        said = [*driver.execute("PRAGMA cipher_integrity_check"), *driver.execute("PRAGMA integrity_check")]
        if said != [("ok",)]:
            yield f"the upgraded database is damaged: {said}"
        whole = driver.execute("SELECT count(*) FROM record WHERE remark = 'from ' || hex(id)").fetchone()[0]
        copied = driver.execute("SELECT count(*) FROM remark").fetchone()[0]
        kept = driver.execute("SELECT count(*) FROM revision").fetchone()[0]
        if whole != grounds.STANDING or copied != kept:
            yield f"the upgrade is half done: {whole} records, {copied} of {kept} revisions"
    if not list((folder / backup.FOLDER_NAME).glob("before-*.db")):
        yield "the copy from before the upgrade is gone"


def _copies(folder: Path, ground: Ground, words: Sequence[Word]) -> Iterator[str]:
    """Every copy that has its name is whole, and those said to be made hold what was said before."""
    promised = {word["name"]: word["id"] for word in words if word["kind"] == "copied"}
    found = {path.name: path for path in (folder / backup.FOLDER_NAME).glob("*.db")}
    for name in promised.keys() - found.keys():
        yield f"the copy {name} is gone"
    for name, path in found.items():
        with closing(connection.opened(path, ground.unlocked.database_key)) as driver:
            if driver.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                yield f"the copy {name} is damaged"
            count = driver.execute("SELECT count(*) FROM record").fetchone()[0]
            wanted = UUID(promised[name]).bytes if name in promised else None
            there = driver.execute("SELECT count(*) FROM record WHERE id = ?", [wanted]).fetchone()[0]
            if count < grounds.STANDING or (wanted and not there):
                yield f"the copy {name} holds {count} records, not those of its moment"


def _imports(store: Store, words: Sequence[Word]) -> Iterator[str]:
    """An import is there whole or not at all."""
    for word in words:
        if word["kind"] == "importing":
            there = sum(bool(enrolments.find_by_nik(store, nik)) for nik in word["niks"])
            if there not in {0, len(word["niks"])}:
                yield f"of an import {there} of {len(word['niks'])} rows are there"


def _drafts(store: Store, words: Sequence[Word]) -> Iterator[str]:
    """A seat's draft has the acknowledged key strokes or later ones; a discarded one is gone."""
    keys: dict[int, int] = {}
    leaving: dict[int, str] = {}
    for word in words:
        if word["kind"] == "kept":
            keys[word["seat"]] = word["keys"]
            leaving.pop(word["seat"], None)
        elif word["kind"] in {"discarding", "discarded"}:
            leaving[word["seat"]] = word["kind"]
    for seat, count in keys.items():
        found = drafts.load(store, VILLAGE, grounds.STATIONS, "kpps-anggota", seat)
        if found is None and seat not in leaving:
            yield f"the draft of seat {seat} is lost"
        elif found is not None and int(found.fields["keys"]) < count:
            yield f"the draft of seat {seat} has {found.fields['keys']} keys, not {count}"
        elif found is not None and leaving.get(seat) == "discarded" and int(found.fields["keys"]) == count:
            yield f"the discarded draft of seat {seat} is back"


def _batches(store: Store, words: Sequence[Word]) -> Iterator[str]:
    """A batch that may have left is the same bytes until it is settled, and its number is never used for another."""
    sealed = {word["sequence"]: word["hash"] for word in words if word["kind"] == "sealed"}
    answered = {word["sequence"] for word in words if word["kind"] == "answered"}
    settled = {word["sequence"]: word["ids"] for word in words if word["kind"] == "settled"}
    if not sealed:
        return
    last = max(sealed)
    standing = StoreOutbox(store, store.unlocked).next_batch(100, empty=True)
    assert standing is not None
    if standing.sequence < last or (last in settled and standing.sequence == last):
        yield f"batch {standing.sequence} is made again, {last} has been"
    if standing.sequence == last and sha256(standing.data).hexdigest() != sealed[last]:
        yield f"batch {last} has other bytes than those that left"
    if standing.sequence > last and last not in answered:
        yield f"batch {last} is passed over without an answer"
    for ids in settled.values():
        for record in ids:
            found = enrolments.get(store, UUID(record))
            if found.exchange not in {Exchange.SENT, Exchange.QUEUED}:
                yield f"record {record} was settled and is {found.exchange}"


def _certificates(store: Store, words: Sequence[Word]) -> Iterator[str]:
    """A number given belongs to its record's version for ever, and the next copy of it counts on."""
    given: dict[str, tuple[str, int]] = {}
    newest: dict[str, Word] = {}
    for word in words:
        if word["kind"] != "allocated":
            continue
        if given.setdefault(word["number"], (word["id"], word["revision"])) != (word["id"], word["revision"]):
            yield f"number {word['number']} was given twice"
        newest[word["id"]] = word
    for again in certificates.allocate(store, [UUID(record) for record in newest]):
        word = newest[str(again.record)]
        same = (again.number, again.revision) == (word["number"], word["revision"])
        if same and again.copy <= word["copy"]:
            yield f"number {again.number}: copy {word['copy']} was printed, {again.copy} is next"
        if again.revision == word["revision"] and not same:
            yield f"record {again.record} lost its number"
        if not same and again.number in given:
            yield f"number {again.number} is given twice"
