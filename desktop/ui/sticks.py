"""Which sticks are plugged in, as the system tells: asked in a lane, since a sick drive answers late."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_LINUX = ("/media/", "/run/media/")
_MAC = "/Volumes/"
_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW


@dataclass(frozen=True, slots=True)
class Stick:
    """One removable drive: what it is called, and where its files are."""

    name: str
    folder: Path


def plugged() -> tuple[Stick, ...]:
    """Every removable drive that can be looked into, by name."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and _removable(root):
            folder = Path(root)
            found.append(Stick(volume.name() or folder.name or root, folder))
    return tuple(sorted(found, key=lambda stick: (stick.name, stick.folder)))


def _removable(root: str) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == _REMOVABLE)
    return root.startswith(_MAC if sys.platform == "darwin" else _LINUX)
