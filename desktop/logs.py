"""The program's diary: one rotating file in the laptop's folder. Ids only, never persons.

What looks like a NIK is masked on the way in, and of an exception only its kind and places are written, not its text:
a library may have put a row of the store into it.
"""

from __future__ import annotations

import logging
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FOLDER = "logs"
FILE = "payung.log"
BYTES = 512 * 1024
KEPT = 3

# sixteen digits or more, also in the groupings people use; a hyphen does not join, so that ids stay readable
_NUMBER = re.compile(r"\d(?:[ .\u00a0]?\d){15,}")
_ROOMS = ("desktop", "sync", "payung")


def redacted(text: str) -> str:
    """The text with every run of sixteen or more digits masked."""
    return _NUMBER.sub("••••", text)


class Redaction(logging.Filter):
    """Renders a record's message once and masks it, so that no handler after it can see the numbers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, masked."""
        record.msg = redacted(record.getMessage())
        record.args = None
        return True


class Lines(logging.Formatter):
    """`time level room message`, times in UTC; an exception becomes its kind and the places it passed through."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The kind of the exception and its places, innermost last, without its text."""
        kind, _, trace = ei
        places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*places, f"  {kind.__name__ if kind else ''}"])


class Diary(RotatingFileHandler):
    """The file itself; a full disk silences it rather than stopping the work."""

    def __init__(self, folder: Path) -> None:
        place = folder / FOLDER
        place.mkdir(parents=True, exist_ok=True)
        super().__init__(place / FILE, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
        self.addFilter(Redaction())
        self.setFormatter(Lines())

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: a diary that cannot be written must not print a person's row to the terminal."""


def start(folder: Path, *, level: int = logging.INFO) -> Diary:
    """Begin writing the diary of this process under `folder`; returns the handler for `stop`."""
    diary = Diary(folder)
    for room in _ROOMS:
        logger = logging.getLogger(room)
        logger.addHandler(diary)
        logger.setLevel(level)
        logger.propagate = False
    return diary


def stop(diary: Diary) -> None:
    """Close the diary; the rooms' loggers are as they were before `start`."""
    for room in _ROOMS:
        logger = logging.getLogger(room)
        logger.removeHandler(diary)
        logger.setLevel(logging.NOTSET)
        logger.propagate = True
    diary.close()


def standing() -> tuple[Diary, ...]:
    """The diaries of this process that are being written."""
    return tuple(
        {handler: None for room in _ROOMS for handler in logging.getLogger(room).handlers if isinstance(handler, Diary)}
    )
