"""Whether a folder is still that of no laptop. Looks at names only and imports nothing: the window waits for it."""

from __future__ import annotations

from pathlib import Path

STORE = ("vault.json", "vault.json.1", "payung.db", "recovery.slot", "request.json")
UNDER_WAY = (".founding/whole", ".restoring/whole", ".salvaging/whole")  # only the moving of files is left
BACKUPS = "backups"


def is_blank(folder: Path) -> bool:
    """Whether nothing of a store, no backup and nothing half moved stands here: a laptop may be set up.

    Whatever else stands belongs to the rescue, however little of it is left.
    """
    try:
        if any((folder / name).exists() for name in (*STORE, *UNDER_WAY)):
            return False
        return not any((folder / BACKUPS).glob("*"))
    except OSError:
        return False
