"""Answering a laptop whose passphrase is forgotten: only for a known laptop that was not revoked, and written down.

Who asks is for the people of the office to know: the program cannot see who holds the laptop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from sync import recovery
from sync.canonical import canonical
from sync.server import tables
from sync.server.cabinet import Cabinet
from sync.server.errors import ServerError, UnknownDevice
from sync.server.keys import Keys

KIND = "recovery"


class RecoveryRevoked(ServerError):
    """The laptop's right was taken back: its passphrase is not given anew. Fact `device`: its tag."""

    code = "server.recover.revoked"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer's file, and what to compare with the laptop before it is handed over."""

    answer: bytes
    code: str
    device: UUID
    tag: str
    villages: tuple[str, ...]
    vault: UUID
    operator: str


def answer(connection: Connection, request: bytes, *, keys: Keys, now: datetime) -> Answered:
    """Opens the request and answers it; the office's log tells that it did.

    Raises UnknownDevice, RecoveryRevoked, and `sync.recovery`'s errors for a request that is not of this office.
    """
    plain = recovery.bytes_of(request)
    asked = recovery.read_request(plain)
    row = connection.execute(select(tables.device).where(tables.device.c.id == asked.device)).first()
    if row is None:
        raise UnknownDevice(device=asked.device)
    if row.state == "revoked":
        raise RecoveryRevoked(device=row.tag)
    # the slot names the pair it was sealed to, and the laptop checks the answer with that one
    pair = keys.pair_of(asked.office) or keys.newest
    made = recovery.answer(plain, intake=pair.intake, reply=pair.reply, at=now)
    _note(connection, plain, asked, keys=keys, now=now, sequence=row.sequence)
    return Answered(
        answer=made,
        code=recovery.code(plain),
        device=row.id,
        tag=row.tag,
        villages=tuple(row.villages),
        vault=asked.vault,
        operator=asked.operator,
    )


def _note(
    connection: Connection, request: bytes, asked: recovery.Request, *, keys: Keys, now: datetime, sequence: int
) -> None:
    """Who asked stands locked in the log; the same request answered again is one entry."""
    digest = sha256(request).digest()
    said = canonical({"operator": asked.operator, "vault": asked.vault.bytes, "code": recovery.code(request)})
    connection.execute(
        insert(tables.incident)
        .values(
            device=asked.device,
            kind=KIND,
            sequence=sequence,
            hash=digest,
            body=Cabinet(keys).lock_as(said, digest),
            at=now,
        )
        .on_conflict_do_nothing()
    )
