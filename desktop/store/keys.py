"""The vault's cryptography: passphrase to key, key to keys, and boxes that name what they hold.

Argon2id (RFC 9106) makes a slot's key, HKDF-SHA256 (RFC 5869) the labelled keys, ChaCha20-Poly1305 (RFC 8439)
the boxes. A new master key reaches an operator who is not there sealed to a key that only his passphrase gives
(HPKE, RFC 9180), inside a box that only the master key before it opens: nobody else can pass one off as new.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.errors import Damaged, WeakPassphrase
from payung import passphrase as passphrases
from payung.problem import Severity

KEY_BYTES = 32
TARGET_SECONDS = 0.5  # of one derivation, so that unlocking stays below a second on a busier day
_NONCE_BYTES = 12
_KIB = 1024
_FLOOR_MEMORY, _MOST_MEMORY = 64 * _KIB, _KIB * _KIB  # KiB
_FLOOR_PASSES, _MOST_PASSES = 3, 10
_SEAL = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kdf:
    """The Argon2id cost of one slot; `memory_kib` in KiB. Made only within the limits, so no header can weaken it."""

    salt: bytes
    memory_kib: int = _FLOOR_MEMORY
    passes: int = _FLOOR_PASSES
    lanes: int = 4

    def __post_init__(self) -> None:
        """Refuses a cost below what protects and above what a laptop can bear (Damaged)."""
        within = (
            _FLOOR_MEMORY <= self.memory_kib <= _MOST_MEMORY
            and _FLOOR_PASSES <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= 16  # noqa: PLR2004
            and len(self.salt) == 16  # noqa: PLR2004
        )
        if not within:
            raise Damaged(part="vault")

    def key(self, passphrase: str) -> bytes:
        """The 32-byte key of the passphrase (NFC, UTF-8); takes about as long as it was calibrated to."""
        words = unicodedata.normalize("NFC", passphrase).encode()
        return Argon2id(
            salt=self.salt, length=KEY_BYTES, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory_kib
        ).derive(words)


def calibrated() -> Kdf:
    """A new slot's cost: as much as this machine derives in half a second, never below 64 MiB and three passes."""
    memory, passes = cost(_floor_seconds(), _machine_memory())
    return Kdf(salt=os.urandom(16), memory_kib=memory, passes=passes)


def cost(floor_seconds: float, machine_kib: int) -> tuple[int, int]:
    """Memory in KiB and passes for a machine that takes that long for the floor; an eighth of its memory at most."""
    room = TARGET_SECONDS / floor_seconds
    most = min(_MOST_MEMORY, max(_FLOOR_MEMORY, machine_kib // 8))
    memory = _FLOOR_MEMORY
    while room >= 2 and memory * 2 <= most:  # noqa: PLR2004 - the next step costs twice as much
        memory, room = memory * 2, room / 2
    return memory, max(_FLOOR_PASSES, min(_MOST_PASSES, int(_FLOOR_PASSES * room)))


@cache
def _floor_seconds() -> float:
    """How long the floor takes here, measured once: the better of two runs."""
    taken = []
    for _ in range(2):
        began = time.perf_counter()
        Kdf(salt=bytes(16)).key("calibration")
        taken.append(time.perf_counter() - began)
    return min(taken)


def _machine_memory() -> int:
    """The machine's memory in KiB; 4 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _KIB
    except (AttributeError, ValueError, OSError):
        return 4 * _KIB * _KIB


def check_passphrase(passphrase: str, *, names: Iterable[str] = ()) -> None:
    """Refuses what a thief guesses in days (WeakPassphrase with the reason of `payung.passphrase`)."""
    for problem in passphrases.problems(passphrase, names=names):
        if problem.severity is Severity.ERROR:
            raise WeakPassphrase(reason=problem.code.rpartition(".")[2])


def derived(master: bytes, label: str) -> bytes:
    """The 32-byte key for one purpose from the vault's master key."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"payung vault " + label.encode()).derive(master)


def boxed(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    """`content` encrypted; it opens only together with the same `bound_to`."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, content, bound_to)


def unboxed(key: bytes, box: bytes, bound_to: bytes) -> bytes | None:
    """What `boxed` put in, None when the key, the box or what it is bound to is not the same."""
    try:
        return ChaCha20Poly1305(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        return None


def seal_public(slot_key: bytes) -> bytes:
    """The raw X25519 public key that belongs to a slot's key."""
    return _seal_private(slot_key).public_key().public_bytes_raw()


def stepped(master: bytes, successor: bytes, public: bytes, bound_to: bytes) -> bytes:
    """The master key `successor`, for whoever has `master` and the slot key of `public`."""
    sealed = _SEAL.encrypt(successor, X25519PublicKey.from_public_bytes(public), info=b"payung vault step" + bound_to)
    return boxed(derived(master, "step"), sealed, bound_to)


def unstepped(master: bytes, box: bytes, slot_key: bytes, bound_to: bytes) -> bytes | None:
    """The master key after `master`, None when the step is not for this slot or does not follow that key."""
    sealed = unboxed(derived(master, "step"), box, bound_to)
    if sealed is None:
        return None
    try:
        return _SEAL.decrypt(sealed, _seal_private(slot_key), info=b"payung vault step" + bound_to)
    except (InvalidTag, ValueError):
        return None


def _seal_private(slot_key: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(derived(slot_key, "seal"))
