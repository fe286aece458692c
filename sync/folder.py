"""Batches and answers as files in a folder, on a stick: the same sealed bytes that HTTPS carries.

Every laptop has a folder of its own below the one that was chosen, named by its tag: `PAYUNG-7K3M`. A batch lies there
as `0007-5f214c90a1b2c3d4.payung` (its number, and the first half of the SHA-256 of its bytes), the office's answer
beside it as `0007-5f214c90a1b2c3d4.jawaban.payung`. Two batches never share a name, so nothing is ever written over but
by the same bytes; a file whose bytes are not those of its name was damaged. Nothing else on a stick is touched.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sync.envelope import REPLY_CAP, SEALED_CAP, MessageKind, peek
from sync.errors import StickError, StickFull, StickGone, StickReadOnly, StickTrouble, SyncError, Unreadable

PREFIX: Final = "PAYUNG-"
INDEX: Final = "BACA SAYA.txt"
MOST_LETTERS: Final = 20_000
MOST_FOLDERS: Final = 2_000
_MARK_LENGTH: Final = 16
_FRESH: Final = ".baru"
_ASIDE: Final = ".rusak"
_FOLDER: Final = re.compile(rf"{PREFIX}([0-9A-Z]{{4}})", re.ASCII)
_NAME: Final = re.compile(rf"(\d{{4,12}})-([0-9a-f]{{{_MARK_LENGTH}}})(\.jawaban)?\.payung", re.ASCII)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE})


@dataclass(frozen=True, slots=True, order=True)
class Letter:
    """One batch in a laptop's folder, by its name alone; `batch` and `answer` are where the two files lie."""

    sequence: int
    mark: str
    folder: Path

    @classmethod
    def of(cls, folder: Path, sequence: int, sealed_hash: bytes) -> Letter:
        """The place of the batch whose sealed bytes have that SHA-256."""
        return cls(sequence, sealed_hash.hex()[:_MARK_LENGTH], folder)

    @property
    def batch(self) -> Path:
        """The batch's file."""
        return self.folder / f"{self.sequence:04}-{self.mark}.payung"

    @property
    def answer(self) -> Path:
        """The file of the office's answer."""
        return self.folder / f"{self.sequence:04}-{self.mark}.jawaban.payung"


def folder_of(root: Path, tag: str) -> Path:
    """The laptop's own folder below the chosen one, which may also be that folder itself."""
    name = PREFIX + tag
    return root if root.name == name else root / name


def folders(root: Path) -> tuple[tuple[str, Path], ...]:
    """Every laptop's folder there, with the laptop's tag, in order; links are not followed. Raises StickError."""
    own = _FOLDER.fullmatch(root.name)
    with told(), os.scandir(root) as entries:
        if own:
            return ((own[1], root),)
        found = [
            (match[1], Path(entry.path))
            for entry in entries
            if (match := _FOLDER.fullmatch(entry.name)) and entry.is_dir(follow_symlinks=False)
        ]
    return tuple(sorted(found)[:MOST_FOLDERS])


def require(root: Path) -> None:
    """Raises StickGone unless the folder is there: one that was pulled is not made anew on the disk below."""
    with told():
        if not root.is_dir():
            raise StickGone


def letters(folder: Path) -> tuple[Letter, ...]:
    """Every batch that has a file in the folder, or an answer, by number; none where there is no folder."""
    _not_a_link(folder)
    found = set()
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _stick(error) from error
    with told(), entries:
        for entry in entries:
            match = _NAME.fullmatch(entry.name)
            if match and entry.is_file(follow_symlinks=False):
                found.add(Letter(int(match[1]), match[2], folder))
            if len(found) > MOST_LETTERS:
                raise Unreadable("letters")
    return tuple(sorted(found))


def read_batch(letter: Letter) -> bytes | None:
    """The sealed batch, None when its file is not there. Raises Unreadable for what its name does not vouch for."""
    data = _read(letter.batch, SEALED_CAP)
    if data is None:
        return None
    if hashlib.sha256(data).hexdigest()[:_MARK_LENGTH] != letter.mark or peek(data).kind is not MessageKind.BATCH:
        raise Unreadable("batch")
    return data


def read_answer(letter: Letter) -> bytes | None:
    """The answer as it lies there, None when there is none. Raises Unreadable for what cannot be one."""
    data = _read(letter.answer, REPLY_CAP)
    if data is None:
        return None
    if peek(data).kind not in {MessageKind.REPLY, MessageKind.REFUSAL}:
        raise Unreadable("answer")
    return data


def answered(letter: Letter) -> bool:
    """Whether an answer lies there that need not be asked for again: a refusal may be another one by now."""
    try:
        data = read_answer(letter)
    except Unreadable:
        return False
    return data is not None and peek(data).kind is MessageKind.REPLY


def lay(path: Path, data: bytes) -> None:
    """Writes the file so that the old or the new one stands whole, and reads it back. Raises StickError.

    A file that holds these bytes already is left alone.
    """
    _not_a_link(path.parent)
    with told():
        if _holds(path, data):
            return
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_name(path.name + _FRESH)
        try:
            _write(fresh, data)
            _check(fresh, data)
            fresh.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink()
            raise
        _sync(path.parent)


def remove(letter: Letter) -> bool:
    """Takes batch and answer off the stick; whether they are gone. One that is written protected keeps them."""
    try:
        letter.batch.unlink(missing_ok=True)  # before its answer: a batch alone would be carried once more
        letter.answer.unlink(missing_ok=True)
        _sync(letter.folder)
    except OSError as error:
        if error.errno in _READ_ONLY or error.errno == errno.EISDIR:
            return False
        raise _stick(error) from error
    return True


def set_aside(letter: Letter) -> bool:
    """Gives an answer that is none a name that nobody looks for, so that the batch is answered anew; whether it was."""
    try:
        letter.answer.replace(letter.answer.with_name(letter.answer.name + _ASIDE))
    except OSError:
        return False
    return True


def clean(folder: Path) -> None:
    """Takes away what a stick pulled in the middle of writing left behind."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*.payung{_FRESH}"):
            path.unlink()


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Trouble of the stick under its own name."""
    try:
        yield
    except OSError as error:
        raise _stick(error) from error


def _not_a_link(folder: Path) -> None:
    """Whoever made the stick must not lead the laptop elsewhere."""
    if folder.is_symlink():
        raise StickTrouble


def _stick(error: OSError) -> StickError:
    if error.errno in _FULL:
        return StickFull()
    if error.errno in _READ_ONLY:
        return StickReadOnly()
    return StickGone() if error.errno in _GONE else StickTrouble()


def _read(path: Path, cap: int) -> bytes | None:
    """A plain file's bytes, at most `cap`; None when it is not there. Neither links nor devices are opened."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ELOOP or path.is_symlink():
            raise Unreadable("link") from error
        raise _stick(error) from error
    with told(), os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable("file")
        data = stream.read(cap + 1)
    if len(data) > cap:
        raise Unreadable("size")
    return data


def _check(path: Path, data: bytes) -> None:
    if not _holds(path, data):
        raise StickTrouble


def _holds(path: Path, data: bytes) -> bool:
    try:
        return _read(path, len(data)) == data
    except SyncError:
        return False


def _write(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
        if hasattr(os, "posix_fadvise"):  # read back what the stick holds, not what memory remembers of it
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
