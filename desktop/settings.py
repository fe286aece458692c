"""What a laptop's people chose once: text size, colours, language, printer, server. No person's data stands here.

The file `settings.json` lies beside the store. A damaged one is set aside and the defaults hold: settings never stop
the work.
"""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = "settings.json"
TEXT_SIZES = (100, 125, 150)
LOCK_MINUTES = (1, 60)  # the shortest and the longest
LANGUAGES = ("id", "en")


class Theme(StrEnum):
    """Which colours the window wears; `SYSTEM` follows the desktop's own choice."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One laptop's choices. `text_size` is percent; `server` overrides the kit's address; empty text means unset.

    `backup_folder` is where scheduled backups go as well: a stick, which may be missing. `checked_on` is the day, as
    ISO 8601 has it, of the last full check of the store. `queue_open`: the queue
    is served on this laptop. `nik_twice`: every NIK is keyed a second time. `queue_letter`
    is that of this laptop's queue numbers, empty for the one its tag gives. `stick_folder` is where batches were
    written to last. `print_layout` and `print_paper` are those certificates were printed with last.
    """

    text_size: int = 100
    theme: Theme = Theme.LIGHT
    language: str = "id"
    printer: str = ""
    server: str = ""
    sync_minutes: int = 5
    lock_minutes: int = 10
    last_operator: str = ""
    backup_folder: str = ""
    checked_on: str = ""
    nik_twice: bool = False
    queue_letter: str = ""
    queue_open: bool = False
    stick_folder: str = ""
    print_layout: str = ""
    print_paper: str = ""


def load(folder: Path) -> Settings:
    """The settings of the laptop's folder, or the defaults where there are none or they cannot be understood."""
    path = folder / FILE
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError):
        return _set_aside(path)
    try:
        return _understood(json.loads(content))
    except (ValueError, TypeError, KeyError):
        return _set_aside(path)


def save(folder: Path, settings: Settings) -> None:
    """Write the settings so that either the old or the new file stands whole. Raises OSError when the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    fresh = path.with_suffix(".json.new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(dataclasses.asdict(settings), file, indent=1, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def change(folder: Path, **choices: object) -> Settings:
    """The settings with these choices, kept; whatever else was chosen meanwhile stays. Raises OSError."""
    changed = dataclasses.replace(load(folder), **choices)  # type: ignore[arg-type]
    save(folder, changed)
    return changed


def _understood(found: object) -> Settings:
    """Known names with values of the right kind; names of a newer version are left out, not refused."""
    if not isinstance(found, dict):
        raise TypeError(FILE)
    kinds = {field.name: type(getattr(Settings(), field.name)) for field in dataclasses.fields(Settings)}
    taken: dict[str, object] = {}
    for name, kind in kinds.items():
        if name not in found:
            continue
        value = found[name]
        wanted = str if kind is Theme else kind
        if type(value) is not wanted:
            raise TypeError(name)
        taken[name] = Theme(value) if kind is Theme else value
    settings = dataclasses.replace(Settings(), **taken)  # type: ignore[arg-type]
    known = settings.text_size in TEXT_SIZES and settings.language in LANGUAGES
    if not known or settings.sync_minutes < 1 or settings.lock_minutes < 1:
        raise ValueError(FILE)
    return settings


def _set_aside(path: Path) -> Settings:
    """Keep the damaged file under another name for whoever wants to look, and go on with the defaults."""
    aside = path.with_suffix(".json.damaged")
    try:
        path.replace(aside)
    except OSError:
        return Settings()
    return Settings()
