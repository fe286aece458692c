"""Is there room on the disk: asked before work starts. Levels are data (resources/limits.json)."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import resources
from desktop.store.errors import NoRoom, told

SETUP_BYTES = 8 * 1024**2  # vault, database and its WAL
ROW_BYTES = 8 * 1024  # one row of an import with its revision, audit entry and WAL frames
_MEBIBYTE, _GIBIBYTE = 1024**2, 1024**3


@cache
def limits() -> dict[str, Any]:
    """The levels as the file has them: bytes, records, days, minutes."""
    found: dict[str, Any] = json.loads(resources.read("limits.json"))
    return found


def free(folder: Path) -> int:
    """Bytes free where the folder is, or would be made. Raises StoreIO."""
    standing = folder.absolute()
    while not standing.exists():
        standing = standing.parent
    with told():
        return shutil.disk_usage(standing).free


def require(folder: Path, needed: int, *, reserve: bool = True) -> None:
    """Raises NoRoom unless `needed` bytes fit, and with `reserve` still leave what the level "block" keeps free."""
    kept = int(limits()["disk"]["block_bytes"]) if reserve else 0
    standing = free(folder)
    if standing < needed + kept:
        raise NoRoom(free=shown(standing), needed=shown(needed + kept))


def shown(size: int) -> str:
    """A size as people read it."""
    amount, unit = (size / _GIBIBYTE, "GiB") if size >= _GIBIBYTE else (size / _MEBIBYTE, "MiB")
    return f"{amount:.1f} {unit}".replace(".", ",")
