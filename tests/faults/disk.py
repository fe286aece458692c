"""The library that stands between a program and the disk (disk.c): made, steered, and its log read."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("disk.c")
_HEAD = struct.Struct("=ciqI")


@dataclass(frozen=True, slots=True)
class Call:
    """One record of the log; disk.c says what `op`, `number` and `data` are."""

    op: str
    fd: int
    number: int
    data: bytes

    @property
    def words(self) -> str:
        """The data as text: a path, or what was acknowledged."""
        return self.data.decode()


def compiled(folder: Path) -> Path:
    """The library, compiled into `folder`; an AssertionError that says what to install where no compiler is."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "the fault tests compile tests/faults/disk.c: install a C compiler (Debian: gcc and libc6-dev)"
    library = folder / "disk.so"
    command = [compiler, "-O1", "-Wall", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-lpthread"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"disk.c does not compile (Debian: gcc and libc6-dev): {done.stderr}"
    return library


class Disk:
    """The library as it is loaded in this very process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.disk_calls.restype = ctypes.c_long

    def fail(self, nth: int, number: int, *, forever: bool) -> None:
        """The n-th call fails with that errno; with `forever` all after it too."""
        self._library.disk_fail(ctypes.c_long(nth), number, int(forever))

    def kill(self, nth: int) -> None:
        """The process is killed just before its n-th call."""
        self._library.disk_kill(ctypes.c_long(nth))

    def watch(self, folder: Path, log: Path | None = None) -> None:
        """From now on calls under the folder are counted, and written into the log."""
        into = -1 if log is None else os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._library.disk_watch(os.fsencode(folder.resolve()), into)

    def calls(self) -> int:
        """How many calls that change or sync a watched file there have been."""
        return int(self._library.disk_calls())

    def acknowledge(self, words: str) -> None:
        """Puts into the log what the program has just promised."""
        self._library.disk_acknowledge(words.encode())


def read(log: Path) -> tuple[Call, ...]:
    """The whole log, in order."""
    return tuple(_calls(log.read_bytes()))


def _calls(content: bytes) -> Iterator[Call]:
    place = 0
    while place < len(content):
        op, fd, number, length = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        yield Call(op.decode(), fd, number, content[place : place + length])
        place += length
