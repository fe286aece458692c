"""How far this folder's audit was when it was last opened and closed, in a small file beside the database.

It shows an old database put in place of the newer, and a journal that vanished with what was not yet taken in. Where
the file is missing nothing is known, and nothing is said.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import bindparam, select

from desktop.store import durable
from desktop.store.statements import Query, Work
from desktop.store.tables import AuditEntry

NAME = "seen.json"
_LARGEST = 4096

_HEAD_AT = Query(select(AuditEntry.head).where(AuditEntry.number == bindparam("number")))
_LAST = Query(select(AuditEntry.number, AuditEntry.head).order_by(AuditEntry.number.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Seen:
    """The audit's length and head; `in_use` while the store is open; `torn`: its journal was once found gone."""

    entries: int
    head: bytes
    in_use: bool
    torn: bool = False


def read(folder: Path) -> Seen | None:
    """What was seen last; None when that is not known."""
    path = folder / NAME
    try:
        if path.stat().st_size > _LARGEST:
            return None
        found = json.loads(path.read_bytes())
        return Seen(int(found["entries"]), bytes.fromhex(found["head"]), bool(found["in_use"]), bool(found["torn"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def write(folder: Path, seen: Seen) -> None:
    """Keeps it. Where the disk refuses nothing is known any more: an older word would raise a false alarm."""
    document = {"entries": seen.entries, "head": seen.head.hex(), "in_use": seen.in_use, "torn": seen.torn}
    try:
        durable.write(folder / NAME, json.dumps(document).encode() + b"\n")
    except OSError:
        with contextlib.suppress(OSError):
            (folder / NAME).unlink(missing_ok=True)


def meet(database: Path) -> None:
    """To be called before a database is opened that nobody has open: opening it takes its journal in and away.

    Notes when the journal is gone that must stand where a store was not closed.
    """
    known = read(database.parent)
    if known is not None and known.in_use:
        gone = not database.with_name(database.name + "-wal").exists()
        write(database.parent, replace(known, in_use=False, torn=known.torn or gone))


def now(work: Work, *, in_use: bool, torn: bool) -> Seen:
    """What there is to see now."""
    entries, head = work.one(_LAST) or (0, b"")
    return Seen(entries, head, in_use, torn)


def still_there(work: Work, seen: Seen) -> bool:
    """Whether the database holds at least what was seen."""
    if not seen.entries:
        return True
    row = work.one(_HEAD_AT, number=seen.entries)
    return row is not None and row[0] == seen.head
