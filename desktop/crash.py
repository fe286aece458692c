"""The report of a bug: where it happened and in what version, without a person's data.

No local variables are written; an exception's text stays only where Python itself makes it from program names, and even
there long numbers and quoted text are masked. The program's data lie safe in the store whatever happens here.
"""

from __future__ import annotations

import platform
import re
import sys
import tempfile
import traceback
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import payung

FOLDER = "crashes"
KEPT = 20

# these name attributes, modules and parameters; every other kind may carry what was typed
_PROGRAM_TEXT = (AttributeError, ImportError, NameError, TypeError)
_DIGITS = re.compile(r"\d(?:[ .-]?\d){5,}")
_QUOTED = re.compile(r"'[^'\n]*[^'\w.\n][^'\n]*'|\"[^\"\n]*\"")


def masked(text: str) -> str:
    """The text without runs of six or more digits and without quoted text that is more than one program name."""
    return _DIGITS.sub("######", _QUOTED.sub("'…'", text))


def write(error: BaseException, *, folder: Path, doing: str) -> Path:
    """Write the report and say where it lies. `doing` is a command's or a screen's name, never what was typed.

    When the laptop's folder cannot be written the report goes to the system's temporary folder.
    """
    lines = "\n".join(_report(error, doing)) + "\n"
    name = f"payung-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}.txt"
    for place in (folder / FOLDER, Path(tempfile.gettempdir()) / "payung-crashes"):
        try:
            place.mkdir(parents=True, exist_ok=True)
            path = place / name
            path.write_text(lines, encoding="utf-8")
            _forget_oldest(place)
        except OSError:
            continue
        return path
    return Path("-")


def _report(error: BaseException, doing: str) -> Iterator[str]:
    yield f"Payung {version()}, Python {platform.python_version()}, {sys.platform} {platform.release()}"
    yield f"{datetime.now(UTC).isoformat(timespec='seconds')} {doing}"
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield ""
        for frame in traceback.extract_tb(current.__traceback__):
            yield f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            yield f"    {frame.line}"
        yield f"{type(current).__module__}.{type(current).__qualname__}: {_text(current)}"
        current = current.__cause__ or current.__context__


def _text(error: BaseException) -> str:
    if isinstance(error, _PROGRAM_TEXT):
        return masked(str(error))
    if isinstance(error, OSError) and error.errno is not None:
        return f"errno {error.errno}"
    return "(text left out)"


def _place(filename: str) -> str:
    """The file from its package on: the folder above may carry the user's name."""
    parts = Path(filename).parts
    for mark in ("site-packages", "desktop", "payung", "sync", "resources"):
        if mark in parts:
            return "/".join(parts[parts.index(mark) :])
    return Path(filename).name


def _forget_oldest(place: Path) -> None:
    reports = sorted(place.glob("payung-*.txt"))
    for old in reports[:-KEPT]:
        old.unlink(missing_ok=True)


def version() -> str:
    """The program's version."""
    return payung.__version__
