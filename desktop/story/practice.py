"""Where the practice lives, and what its people type."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

VILLAGE = "53.71.04.1001"
REGION = "53.71"
OPERATOR = "Petugas Latihan"
PASSPHRASE = "lontar sasando teluk kupang"  # noqa: S105 - a practice laptop; printed for whoever tries it
LOGIN = "latihan"
PASSWORD = "payung latihan kupang"  # noqa: S105 - a practice office on this machine alone
MARK = "payung-latihan.json"
OFFICER = {
    "village": VILLAGE,
    "tps": 14,
    "post": "ptps",
    "nik": "5371044107959917",
    "name": "YOSEPHINA LAY",
    "birthplace": "Kupang",
    "birthdate": "1995-07-01",
    "sex": "P",
    "phone": "081234567890",
}


@dataclass(frozen=True, slots=True)
class Practice:
    """Where the practice lives: office, laptop and what they make, below one folder."""

    folder: Path

    @property
    def office(self) -> Path:
        """The office's folder: keys and database.

        Run by root, the database works as another user; where that one may not walk (root's home), it lies elsewhere.
        """
        if walkable(self.folder):
            return self.folder / "kantor"
        return Path("/var/tmp") / f"payung-latihan-{hashlib.sha256(bytes(self.folder)).hexdigest()[:12]}"  # noqa: S108

    @property
    def laptop(self) -> Path:
        """The laptop's folder: vault and store."""
        return self.folder / "laptop"

    def file(self, name: str) -> Path:
        """A file of the practice itself."""
        return self.folder / name

    @property
    def port(self) -> int | None:
        """The office's port that the laptop's kit names; None until the laptop stands."""
        try:
            port = json.loads(self.file(MARK).read_text(encoding="utf-8")).get("port")
        except (OSError, ValueError):
            return None
        return int(port) if port and self.office.is_dir() else None

    def secret(self, name: str, content: str) -> Path:
        """A file only its owner may read."""
        path = self.file(name)
        path.touch(mode=0o600)
        path.write_text(content + "\n", encoding="utf-8")
        return path


def walkable(folder: Path) -> bool:
    """Whether every user may pass through the folders above; only root has to ask."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return True
    return all(above.stat().st_mode & stat.S_IXOTH for above in folder.parents if above.exists())
