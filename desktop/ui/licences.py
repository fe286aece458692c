"""What Payung and its parts may be used under: the texts shipped with it, and the names of the libraries."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import resources

_SHIPPED = (("fonts", "OFL.txt"), ("icons", "LICENCE.txt"), ("regions", "LICENCES.txt"))
_OWN = ("NOTICE", "LICENSE")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def text() -> str:
    """Everything, one after the other; takes files and the list of installed packages."""
    parts = [*_own(), *(_shipped(*place) for place in _SHIPPED), _libraries()]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _own() -> list[str]:
    """Payung's own: beside its package's metadata when installed, else at the root of the tree."""
    root = Path(resources.path()).parent
    found = []
    for name in _OWN:
        files = [file for file in metadata.files("payung") or () if file.name == name]
        paths = [*(Path(str(file.locate())) for file in files), root / name]
        found += [path.read_text(encoding="utf-8") for path in paths if path.is_file()][:1]
    return found


def _shipped(*place: str) -> str:
    try:
        content = resources.read(*place).decode("utf-8", "replace")
    except OSError:
        return ""
    return f"--- resources/{'/'.join(place)}\n\n{content}"


def _libraries() -> str:
    """Name, version and licence of every library Payung asks for."""
    lines = []
    for wanted in metadata.requires("payung") or ():
        name = _NAME.match(wanted)
        if name is None or "extra ==" in wanted:
            continue
        try:
            said = metadata.metadata(name[0])
        except metadata.PackageNotFoundError:
            continue
        named = [said[key] for key in ("License-Expression", "License") if key in said]
        licence = named[0].split("\n")[0] if named else ""
        lines.append(f"{said['Name']} {said['Version']}  {licence}".rstrip())
    return "\n".join(["--- libraries", "", *sorted(lines, key=str.casefold)])
