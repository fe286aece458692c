"""Where the files lie that Payung makes for the clerk: Payung's own folder among the documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

if TYPE_CHECKING:
    from desktop.ui.session import Session


def folder() -> Path:
    """Where the clerk looks for files."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found or Path.home()) / "Payung"


def folder_of(session: Session) -> Path:
    """The same for an opened laptop: what a practice makes stays in its own folder and goes with it."""
    return session.folder / "berkas" if session.practice else folder()


def free(path: Path) -> Path:
    """The path, or the next numbered one: a file that may be open in a viewer is never written over."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found
