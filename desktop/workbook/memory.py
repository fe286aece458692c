"""What the columns of a source were said to hold, so that its next list needs no matching. No heading stands here.

The file `columns.json` beside the store maps the hash of a source's headings to fields and columns. One that cannot be
read or written is passed over.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from desktop.workbook import vocabulary
from desktop.workbook.cells import words

FILE = "columns.json"
MOST = 200  # sources; the oldest is forgotten
_LARGEST = 1 << 20


def source(headings: Sequence[str], width: int) -> str:
    """The fingerprint of a list's headings; lists without any are told apart by their width."""
    return sha256("\n".join((str(width), *map(words, headings))).encode()).hexdigest()[:32]


def recall(folder: Path, of: str) -> dict[str, int] | None:
    """Field to column (from 0), as it was matched for that source; None when it never was."""
    found = _read(folder).get(of)
    return dict(found) if found is not None else None


def remember(folder: Path, of: str, fields: Mapping[str, int]) -> None:
    """Keep the matching for that source."""
    known = _read(folder)
    known.pop(of, None)
    known[of] = dict(fields)
    kept = dict(list(known.items())[-MOST:])
    fresh = folder / f"{FILE}.new"
    with contextlib.suppress(OSError):
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(kept, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / FILE)


def _read(folder: Path) -> dict[str, dict[str, int]]:
    path = folder / FILE
    try:
        found = json.loads(path.read_bytes()) if path.stat().st_size <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return {of: fields for of, fields in found.items() if _sound(fields)} if isinstance(found, dict) else {}


def _sound(fields: object) -> bool:
    known = set(vocabulary.load().fields.values())
    return isinstance(fields, dict) and all(
        field in known and type(column) is int and column >= 0 for field, column in fields.items()
    )
