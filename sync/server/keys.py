"""The office's private keys, as files only their owner can read. Whoever holds them is the office.

`root.pem` signs laptops' certificates, `intake.pem` opens batches, `reply.pem` signs receipts (PKCS 8, unencrypted).
`storage.key` holds 32 bytes in hexadecimal, from which the keys of the stored bodies, of the NIK index and of the web
sessions are derived; `app.password` is the application role's password. Keep a copy on a stick, locked away.

Intake and reply key are one pair and are replaced together: the second pair lies in `intake-2.pem` and `reply-2.pem`,
with `server-2.cert`, where the root vouches for it, and so on. No file is ever rewritten. The newest pair is handed
out; what was sealed to an older one is opened and answered with that one, for that is the pair its sender knows.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from sync.envelope import key_id
from sync.errors import SyncError
from sync.server.errors import KeysExist, KeysMissing
from sync.trust import OfficeRoot, ServerKeys, issue_server_keys, verify_server_keys

_TERM: Final = timedelta(days=365)
_SKEW: Final = timedelta(days=1)  # a laptop's clock may be a day behind
_FILES = ("root.pem", "intake.pem", "reply.pem", "storage.key")
_LATER = re.compile(r"server-(\d{1,6})\.cert", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pair:
    """The keys of a time: batches are sealed to `intake`, what answers them is signed with `reply`.

    `number` counts from 1. `certificate` is where the root vouches for it; the first pair's is made with each kit.
    """

    number: int
    intake: X25519PrivateKey = field(repr=False)
    reply: Ed25519PrivateKey = field(repr=False)
    certificate: bytes = b""

    @property
    def intake_public(self) -> bytes:
        """What batches are sealed to, raw."""
        return self.intake.public_key().public_bytes_raw()

    @property
    def reply_public(self) -> bytes:
        """What replies and receipts verify by, raw."""
        return self.reply.public_key().public_bytes_raw()

    def vouched(self, root: Ed25519PrivateKey, at: datetime) -> bytes:
        """The pair under the office's root: the kept certificate, or one made now."""
        if self.certificate:
            return self.certificate
        content = ServerKeys(
            intake_public=self.intake_public,
            reply_public=self.reply_public,
            not_before=at - _SKEW,
            not_after=at + _TERM,
            serial=self.number,
        )
        return issue_server_keys(OfficeRoot(root), content)


@dataclass(frozen=True, slots=True)
class Keys:
    """The office's keys in memory, `pairs` oldest first; `storage` is 32 bytes and only ever used through `derived`."""

    root: Ed25519PrivateKey
    pairs: tuple[Pair, ...]
    storage: bytes

    @property
    def newest(self) -> Pair:
        """The pair that is handed out now."""
        return self.pairs[-1]

    def pair_of(self, recipient: bytes) -> Pair | None:
        """The pair whose intake key has that `key_id`; None when none has."""
        return next((pair for pair in self.pairs if key_id(pair.intake_public) == recipient), None)

    def intakes(self) -> dict[bytes, X25519PrivateKey]:
        """Every intake key by its `key_id`."""
        return {key_id(pair.intake_public): pair.intake for pair in self.pairs}

    def derived(self, label: str) -> bytes:
        """32 bytes for one purpose; two labels never give related keys."""
        return HKDF(SHA256(), 32, salt=None, info=b"payung-server/" + label.encode()).derive(self.storage)


class Ring:
    """The keys of a folder as they are now: a service that runs while a pair is added takes it up at its next batch."""

    def __init__(self, folder: Path) -> None:
        """Read the keys; raises KeysMissing."""
        self._folder = folder
        self._seen = _names(folder)
        self._keys = load(folder)

    @property
    def keys(self) -> Keys:
        """The keys; those from before where the folder cannot be read just now."""
        names = _names(self._folder)
        if names != self._seen and names:
            with contextlib.suppress(KeysMissing):
                self._keys = load(self._folder)
                self._seen = names
        return self._keys


def exist(folder: Path) -> bool:
    """Whether any of the office's key files stands in the folder."""
    return any((folder / name).exists() for name in _FILES)


def create(folder: Path) -> Keys:
    """Make and write new keys; raises KeysExist rather than touch standing ones."""
    if exist(folder):
        raise KeysExist(folder=folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    pair = Pair(1, X25519PrivateKey.generate(), Ed25519PrivateKey.generate())
    keys = Keys(Ed25519PrivateKey.generate(), (pair,), os.urandom(32))
    write_secret(folder / "root.pem", _pem(keys.root))
    write_secret(folder / "intake.pem", _pem(pair.intake))
    write_secret(folder / "reply.pem", _pem(pair.reply))
    write_secret(folder / "storage.key", keys.storage.hex().encode() + b"\n")
    return keys


def load(folder: Path) -> Keys:
    """Read the keys from the folder; raises KeysMissing when one is absent or is not what its name says."""
    try:
        storage = bytes.fromhex((folder / "storage.key").read_text("ascii").strip())
        root = _ed25519(folder / "root.pem")
        first = Pair(1, _x25519(folder / "intake.pem"), _ed25519(folder / "reply.pem"))
        pairs = (first, *(_later(folder, number, root) for number in _numbers(folder)))
        keys = Keys(root, pairs, storage)
    except (OSError, ValueError, SyncError) as trouble:
        raise KeysMissing(folder=folder) from trouble
    if len(keys.storage) != 32:  # noqa: PLR2004 - the length of the key
        raise KeysMissing(folder=folder)
    return keys


def rotate(folder: Path, *, now: datetime) -> Keys:
    """Make the next pair and the root's word for it; the keys with it. The older pairs stay and go on being opened.

    The certificate is written last and makes the pair count: broken off before, nothing has changed and the next
    rotation takes the number anew. Raises KeysMissing.
    """
    keys = load(folder)
    number = keys.newest.number + 1
    pair = Pair(number, X25519PrivateKey.generate(), Ed25519PrivateKey.generate())
    pair = replace(pair, certificate=pair.vouched(keys.root, now))
    contents = {"intake": _pem(pair.intake), "reply": _pem(pair.reply)}
    for name, content in contents.items():
        file = folder / f"{name}-{number}.pem"
        file.unlink(missing_ok=True)  # of a rotation that was broken off: nobody was ever told of it
        write_secret(file, content)
    fresh = folder / f"server-{number}.new"
    fresh.unlink(missing_ok=True)
    write_secret(fresh, pair.certificate)
    _sync(folder)  # nobody may hear of keys that a power cut could take
    fresh.replace(folder / f"server-{number}.cert")
    _sync(folder)
    return replace(keys, pairs=(*keys.pairs, pair))


def app_password(folder: Path) -> str:
    """Read the application role's password, made and kept at the first call."""
    file = folder / "app.password"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_secret(file, secrets.token_urlsafe(24).encode() + b"\n")
    return file.read_text("ascii").strip()


def write_secret(file: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, on the disk when this returns; never replace a standing one."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _names(folder: Path) -> frozenset[str]:
    """The names in the folder, none where it cannot be read."""
    try:
        return frozenset(file.name for file in folder.iterdir())
    except OSError:
        return frozenset()


def _numbers(folder: Path) -> Iterable[int]:
    """The numbers of the later pairs, in order; ValueError where one is missing."""
    found = sorted(int(match[1]) for file in folder.iterdir() if (match := _LATER.fullmatch(file.name)))
    if found != list(range(2, len(found) + 2)):
        raise ValueError("a pair of keys is missing")
    return found


def _later(folder: Path, number: int, root: Ed25519PrivateKey) -> Pair:
    certificate = (folder / f"server-{number}.cert").read_bytes()
    pair = Pair(number, _x25519(folder / f"intake-{number}.pem"), _ed25519(folder / f"reply-{number}.pem"), certificate)
    said = verify_server_keys(certificate, root.public_key().public_bytes_raw(), None)
    if (said.intake_public, said.reply_public) != (pair.intake_public, pair.reply_public):
        raise ValueError("the certificate is of another pair")
    return pair


def _pem(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _ed25519(file: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(file.name)  # noqa: TRY004 - the caller treats every unreadable key alike
    return key


def _x25519(file: Path) -> X25519PrivateKey:
    key = load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, X25519PrivateKey):
        raise ValueError(file.name)  # noqa: TRY004 - the caller treats every unreadable key alike
    return key
