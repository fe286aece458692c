"""What is wrong with a store that does not open: said in words, with the next step. Nothing is changed by asking."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from desktop.store import archive, header, seen
from desktop.store.checking import Finding
from desktop.store.errors import Older, StoreError
from desktop.store.pages import SIZE, Pages
from desktop.store.vault import DATABASE_NAME, Unlocked

_PAGE_COUNT = slice(28, 32)  # of the database header: how many pages the file has


def of_vault(folder: Path) -> tuple[Finding, ...]:
    """What can be said before anybody has opened the vault: key files and database, there or not."""
    newest, older = (folder / name for name in (header.NAME, header.OLDER))
    found: list[Finding] = []
    try:
        kept = header.read(folder)
    except StoreError:
        found.append(Finding("check.vault_damaged" if newest.exists() or older.exists() else "check.vault_missing"))
    else:
        found += [Finding("check.vault_older")] if kept.newest is None else []
    if not (folder / DATABASE_NAME).exists():
        found.append(Finding("check.database_missing"))
    return (*found, *_newest_backup(folder))


def of_database(folder: Path, unlocked: Unlocked, trouble: StoreError) -> tuple[Finding, ...]:
    """Why the database does not open, page by page where need be; `trouble` is what opening it said."""
    path = folder / DATABASE_NAME
    if not path.exists():
        found = [Finding("check.database_missing")]
    elif isinstance(trouble, Older):
        found = [Finding("check.older")]
    elif path.stat().st_size == 0:
        found = [Finding("check.database_empty")]
    else:
        found = [*_pages(path, unlocked)]
    known, torn = seen.read(folder), path.with_name(path.name + "-wal").exists()
    if known is not None and known.in_use and not torn:
        found.append(Finding("check.journal"))
    return (*found, *_newest_backup(folder))


def _pages(path: Path, unlocked: Unlocked) -> Iterator[Finding]:
    pages = Pages(path, unlocked.database_key)
    if not pages.verified:
        yield Finding("check.database_foreign")
        return
    first = pages.page(1)
    stated = int.from_bytes(first[_PAGE_COUNT], "big") if first else 0
    size = path.stat().st_size
    if size % SIZE or (stated and len(pages.numbers) < stated):
        yield Finding("check.database_cut", f"{size // SIZE}/{max(stated, -(-size // SIZE))}")
    if pages.damaged:
        yield Finding("check.database_page", str(len(pages.damaged)))
    elif not size % SIZE and len(pages.numbers) >= stated:
        yield Finding("check.unreadable")


def _newest_backup(folder: Path) -> Iterator[Finding]:
    with contextlib.suppress(OSError):
        backup = archive.newest(folder / archive.FOLDER_NAME)
        yield Finding("check.no_backup") if backup is None else Finding("check.newest_backup", str(backup.path))
