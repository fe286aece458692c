"""The office's private keys, as files only their owner can read. Whoever holds them is the office.

`root.pem` signs laptops' certificates, `intake.pem` opens batches, `reply.pem` signs receipts (PKCS 8, unencrypted).
`storage.key` holds 32 bytes in hexadecimal, from which the keys of the stored bodies, of the NIK index and of the web
sessions are derived; `app.password` is the application role's password. Keep a copy on a stick, locked away.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

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

from sync.server.errors import KeysExist, KeysMissing

_FILES = ("root.pem", "intake.pem", "reply.pem", "storage.key")


@dataclass(frozen=True, slots=True)
class Keys:
    """The office's keys in memory; `storage` is 32 bytes and only ever used through `derived`."""

    root: Ed25519PrivateKey
    intake: X25519PrivateKey
    reply: Ed25519PrivateKey
    storage: bytes

    def derived(self, label: str) -> bytes:
        """32 bytes for one purpose; two labels never give related keys."""
        return HKDF(SHA256(), 32, salt=None, info=b"payung-server/" + label.encode()).derive(self.storage)


def exist(folder: Path) -> bool:
    """Whether any of the office's key files stands in the folder."""
    return any((folder / name).exists() for name in _FILES)


def create(folder: Path) -> Keys:
    """Make and write new keys; raises KeysExist rather than touch standing ones."""
    if exist(folder):
        raise KeysExist(folder=folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    keys = Keys(Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), Ed25519PrivateKey.generate(), os.urandom(32))
    write_secret(folder / "root.pem", _pem(keys.root))
    write_secret(folder / "intake.pem", _pem(keys.intake))
    write_secret(folder / "reply.pem", _pem(keys.reply))
    write_secret(folder / "storage.key", keys.storage.hex().encode() + b"\n")
    return keys


def load(folder: Path) -> Keys:
    """Read the keys from the folder; raises KeysMissing when one is absent or is not what its name says."""
    try:
        storage = bytes.fromhex((folder / "storage.key").read_text("ascii").strip())
        keys = Keys(
            _ed25519(folder / "root.pem"),
            _x25519(folder / "intake.pem"),
            _ed25519(folder / "reply.pem"),
            storage,
        )
    except (OSError, ValueError) as trouble:
        raise KeysMissing(folder=folder) from trouble
    if len(keys.storage) != 32:  # noqa: PLR2004 - the length of the key
        raise KeysMissing(folder=folder)
    return keys


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
