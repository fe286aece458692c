"""What a damaged store still holds, into a new store beside it. The damaged files are only read.

Revisions are the truth: each carries its own hash, and every record is what its newest readable revision says. The
new store keeps the audit as far as it is whole, and notes in it what was taken over and what is lost.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import deque
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from desktop.store import adoption, archive, durable, migration, rebuilding, room, vault
from desktop.store.cells import Row, read, walk
from desktop.store.clock import Clock, now
from desktop.store.database import Store
from desktop.store.errors import DatabaseMissing, TooNew, VaultExists, told
from desktop.store.pages import Pages
from desktop.store.rebuilding import Rescued, Rows, Source, Stored
from desktop.store.statements import Work
from desktop.store.tables import SCHEMA
from desktop.store.vault import DATABASE_NAME, Unlocked

if TYPE_CHECKING:
    from sync.kit import Kit

_SCHEMA_ROOT = 1
_USER_VERSION = slice(60, 64)  # in the first page (sqlite.org/fileformat2.html, 1.3.15)
_TYPES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "TEXT": (str,), "BLOB": (bytes,), "REAL": (int, float)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table as the file has it; `alias` stands for the rowid."""

    name: str
    types: tuple[type, ...]
    required: bool
    alias: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's columns in the order of the file, and whether its rows have rowids."""

    name: str
    rowid: bool
    columns: tuple[Column, ...]

    def named(self, row: Row) -> Stored | None:
        """The row's values by column; None when it cannot be a row of this table."""
        if (row.rowid is not None) != self.rowid or len(row.values) > len(self.columns):
            return None
        found: Stored = {}
        for column, value in zip(self.columns, row.values, strict=False):
            given = row.rowid if column.alias else value
            if (given is None and column.required) or not isinstance(given, (*column.types, type(None))):
                return None
            found[column.name] = given
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What came of it: ids of records saved, lost, and set back to an earlier version; pages; audit entries kept."""

    folder: Path
    saved: tuple[UUID, ...]
    lost: tuple[UUID, ...]
    set_back: tuple[UUID, ...]
    pages: int
    damaged: int
    audit_entries: int
    needs_kit: bool


def salvage(folder: Path, unlocked: Unlocked, out: Path, *, kit: Kit | None = None, clock: Clock = now) -> Salvaged:
    """Makes a store in the empty folder `out` of what the damaged one still holds. It has no device keys but the kit's.

    Raises DatabaseMissing, VaultExists where something stands in `out`, NoRoom, BeyondSalvage, TooNew for a file of a
    newer program, DiskFull, StoreIO.
    """
    path = folder / DATABASE_NAME
    with told():
        if not path.exists():
            raise DatabaseMissing(part="database")
        if out.exists() and any(out.iterdir()):
            raise VaultExists
        room.require(out, 3 * path.stat().st_size + room.SETUP_BYTES)
        pages = Pages(path, unlocked.database_key)
        source = Source(_digest(path), len(pages.damaged), vault.operators(folder), kit, clock())
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        saved = _made(folder, unlocked, out, pages, source)
        needs_kit = _adopted(out, unlocked, saved, kit, clock)
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise
    return Salvaged(
        folder=out,
        saved=saved.saved,
        lost=saved.lost,
        set_back=saved.set_back,
        pages=len(pages.numbers),
        damaged=len(pages.damaged),
        audit_entries=saved.audit_entries,
        needs_kit=needs_kit,
    )


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _made(folder: Path, unlocked: Unlocked, out: Path, pages: Pages, source: Source) -> Rescued:
    """The new database, and the key files beside it."""
    rescued: list[Rescued] = []
    rows = _rows(pages)

    def fill(work: Work) -> None:
        rescued.append(rebuilding.fill(work, unlocked, rows, source))

    with told():
        migration.make(out / DATABASE_NAME, unlocked.database_key, fill)
        for key_file in sorted(folder.iterdir()):
            if archive.KEY_FILE.fullmatch(key_file.name) and key_file.is_file():
                durable.write(out / key_file.name, key_file.read_bytes())
    return rescued[0]


def _adopted(out: Path, unlocked: Unlocked, rescued: Rescued, kit: Kit | None, clock: Clock) -> bool:
    """Opens the new store once, under the kit's identity if there is a kit; whether it still needs one."""
    with Store.open(out, unlocked, clock=clock) as store:
        if kit is not None and not rescued.laid_from_kit:
            adoption.adopt_kit(store, kit)
        return not store.laptop.sign_private


def _rows(pages: Pages) -> Rows:
    """Every row, read as the schema the file says it has; where that is lost, as the one that most rows fit.

    Given by the tables and columns of today: what the file's schema had not is left to what a fresh row has.
    """
    version, today = _version(pages), _shapes_of(SCHEMA)
    tried = [version] if version else range(SCHEMA, 0, -1)
    found = max((_collect(pages, _shapes_of(number)) for number in tried), key=_fitting)
    return {
        name: [{column.name: row[column.name] for column in shape.columns if column.name in row} for row in rows]
        for name, shape in today.items()
        for rows in [found.get(name, [])]
    }


def _fitting(rows: Rows) -> int:
    return sum(len(found) for found in rows.values())


def _version(pages: Pages) -> int:
    """The schema's number as the first page has it, 0 where that is lost. Raises TooNew."""
    first = pages.page(1)
    version = int.from_bytes(first[_USER_VERSION], "big") if first else 0
    if version > SCHEMA and pages.verified:
        raise TooNew(part="database", version=version)
    return version if version in range(1, SCHEMA + 1) else 0


def _shapes_of(version: int) -> dict[str, Shape]:
    """The tables of that schema, from the migrations that lead to it."""
    with closing(sqlcipher.connect(":memory:", isolation_level=None)) as driver:
        migration.upgrade(driver, target=version)
        return _shapes(driver)


def _shapes(driver: Any) -> dict[str, Shape]:  # noqa: ANN401
    """Every table as this database has it, columns in the order in which the file keeps them."""
    shapes = {}
    listed = driver.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for name, sql in listed:
        columns = driver.execute(f"PRAGMA table_info({name})").fetchall()
        rowid = "WITHOUT ROWID" not in sql.upper()
        keys = [column for column in columns if column[5]]
        alias = keys[0][1] if rowid and len(keys) == 1 and keys[0][2] == "INTEGER" else None
        ordered = columns if rowid else sorted(columns, key=lambda column: column[5] or len(columns) + column[0])
        shapes[name] = Shape(
            name,
            rowid,
            tuple(
                Column(each[1], _TYPES.get(each[2], (str,)), bool(each[3]) and each[1] != alias, each[1] == alias)
                for each in ordered
            ),
        )
    return shapes


def _collect(pages: Pages, shapes: dict[str, Shape]) -> Rows:
    """Table by table from its root, then every page nobody came to, by the shape of its rows."""
    found: dict[str, list[Stored]] = {name: [] for name in shapes}
    visited: set[int] = set()
    others: set[int] = set()
    for row in list(walk(pages, _SCHEMA_ROOT, visited)):
        name, root = _root(row)
        if name in shapes:
            found[name] += [values for one in walk(pages, root, visited) if (values := shapes[name].named(one))]
        elif root:
            deque(walk(pages, root, others), maxlen=0)
    for number in pages.numbers:
        leaf = None if number in visited or number in others else read(pages, number)
        for row in leaf.rows if leaf else ():
            _place(row, shapes, found)
    return found


def _place(row: Row, shapes: dict[str, Shape], found: dict[str, list[Stored]]) -> None:
    """Puts a row of an unknown table where only one table has room for it."""
    fitting = [shape for shape in shapes.values() if len(row.values) == len(shape.columns)]
    named = [(shape.name, values) for shape in fitting if (values := shape.named(row)) is not None]
    if len(named) == 1:
        found[named[0][0]].append(named[0][1])


def _root(row: Row) -> tuple[str, int]:
    kind, name, _, root = (*row.values, None, None, None, None)[:4]
    is_table = kind == "table"
    return (name if is_table and isinstance(name, str) else ""), (root if isinstance(root, int) else 0)
