"""Disks as a power cut may leave them, rebuilt from the log of what a program did.

Of each file there is everything up to its last sync, and of the later writes none, the first few, any few, or all; one
in five of those is torn at a 512-byte sector. What was pending when a sync failed may be lost for good. Directory
entries (a file made, renamed, deleted) count as durable at once: the model says nothing of disks that lose them or that
lie about a sync. A shared-memory file (-shm) never survives.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disk import Call

SECTOR = 512
TORN = 0.2
FATES = ("none", "prefix", "subset", "all")


@dataclass
class _File:
    """A file's durable bytes, and the calls after its last sync."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        for call in self.pending:
            _apply(self.durable, call)
        self.pending = []


class Replay:
    """Walks through a log; at every point it can write a disk that may be found after a power cut just there."""

    def __init__(self, folder: Path, start: Path, calls: Sequence[Call], chance: random.Random) -> None:
        """`folder` is what was watched, `start` a copy of it from before the first call."""
        self.acknowledged: list[str] = []
        self._calls = calls
        self._chance = chance
        self._next = 0
        self._files: dict[str, _File] = {}
        self._open: dict[int, _File] = {}
        self._root = str(folder.resolve())
        for path in start.rglob("*"):
            if path.is_file():
                self._files[path.relative_to(start).as_posix()] = _File(bytearray(path.read_bytes()))

    def advance(self, point: int) -> None:
        """Takes in the calls before that point of the log; points only grow."""
        for call in self._calls[self._next : point]:
            self._take(call)
        self._next = max(self._next, point)

    def _take(self, call: Call) -> None:
        match call.op:
            case "O":
                name = self._name(call.words)
                if call.number:
                    self._files[name] = _File()
                self._open[call.fd] = self._files.setdefault(name, _File())
            case "W" | "T":
                self._open[call.fd].pending.append(call)
            case "S":
                self._open[call.fd].sync()
            case "F" if self._chance.random() < 0.5:
                # The system may have dropped what it could not write: a later sync that succeeds says nothing of it.
                file = self._open[call.fd]
                file.pending = [waiting for waiting in file.pending if waiting.op != "W"]
            case "U":
                self._files.pop(self._name(call.words), None)
            case "R":
                old, new = (self._name(path) for path in call.words.split("\0"))
                self._files[new] = self._files.pop(old)
            case "A":
                self.acknowledged.append(call.words)
            case _:
                pass

    def _name(self, path: str) -> str:
        return path[len(self._root) + 1 :]

    def write(self, target: Path, fate: str | None = None) -> str:
        """Writes one possible disk into `target`, which is emptied first; gives what became of the pending writes."""
        shutil.rmtree(target, ignore_errors=True)
        chosen = fate or self._chance.choice(FATES)
        for name, file in self._files.items():
            if name.endswith("-shm"):
                continue
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_survived(file, chosen, self._chance))
        return chosen


def _survived(file: _File, fate: str, chance: random.Random) -> bytearray:
    content = bytearray(file.durable)
    kept = _kept(file.pending, fate, chance)
    for call in kept:
        torn = call.op == "W" and chance.random() < TORN and len(call.data) > SECTOR
        _apply(content, _torn(call, chance) if torn else call)
    return content


def _kept(pending: list[Call], fate: str, chance: random.Random) -> list[Call]:
    match fate:
        case "none":
            return []
        case "prefix":
            return pending[: chance.randrange(len(pending) + 1)]
        case "subset":
            return [call for call in pending if chance.random() < 0.5]
        case _:
            return pending


def _torn(call: Call, chance: random.Random) -> Call:
    sectors = -(-len(call.data) // SECTOR)
    cut = SECTOR * chance.randrange(1, sectors)
    # the head of the write or its tail has reached the disk
    if chance.random() < 0.5:
        return Call(call.op, call.fd, call.number, call.data[:cut])
    return Call(call.op, call.fd, call.number + cut, call.data[cut:])


def _apply(content: bytearray, call: Call) -> None:
    if call.op == "T":
        del content[call.number :]
        content.extend(bytes(call.number - len(content)))
        return
    content.extend(bytes(max(0, call.number - len(content))))
    content[call.number : call.number + len(call.data)] = call.data
