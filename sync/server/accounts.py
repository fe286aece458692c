"""People of the offices: their accounts, their passwords, and the sessions of the pages.

A password is kept as Argon2id (RFC 9106, second recommended choice). A session is known by the SHA-256 of a token that
only the browser holds. Ten wrong passwords close an account for a quarter of an hour.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from sync.server import tables
from sync.server.errors import AccountExists, WeakPassword
from sync.server.offices import Office, Side

MIN_PASSWORD = 8
MAX_PASSWORD = 1024
SESSION_LENGTH = timedelta(hours=12)
IDLE_LENGTH = timedelta(minutes=60)
_FAILURES = 10
_LOCK = timedelta(minutes=15)
_ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"


class Role(StrEnum):
    """What a person of an office may do: enter decisions, check, only read, or look after people and laptops."""

    OPERATOR = "operator"
    PEMERIKSA = "pemeriksa"
    PEMBACA = "pembaca"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is looking at a page, and for which office."""

    account: UUID
    login: str
    role: Role
    office: Office


def add(connection: Connection, *, office: Office, login: str, role: Role, password: str) -> UUID:
    """Add an account; raises AccountExists or WeakPassword."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise WeakPassword(length=MIN_PASSWORD)
    account = uuid4()
    row = {"id": account, "office": office.id, "login": _login(login), "role": role.value, "password": hashed(password)}
    try:
        connection.execute(insert(tables.account).values(row))
    except IntegrityError as trouble:
        raise AccountExists(login=login) from trouble
    return account


def new_password() -> str:
    """Make a password of four groups of four characters that are hard to mistake, about 78 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def hashed(password: str) -> str:
    """Turn a password into its PHC string: Argon2id, 64 MiB, 3 passes, 4 lanes."""
    return _argon().derive_phc_encoded(password.encode())


def enter(connection: Connection, login: str, password: str) -> str | None:
    """Check a password and open a session: its token, or None when login and password do not belong together.

    Takes as long for an unknown login as for a wrong password.
    """
    connection.execute(text("SELECT set_config('payung.login', :login, true)"), {"login": _login(login)})
    table = tables.account
    row = connection.execute(select(table).where(table.c.login == _login(login)).with_for_update()).mappings().first()
    now = datetime.now(UTC)
    if row is None or not row["active"] or (row["locked_until"] is not None and row["locked_until"] > now):
        _matches(_nobody(), password)
        return None
    if not _matches(row["password"], password):
        failures = row["failures"] + 1
        locked = now + _LOCK if failures % _FAILURES == 0 else None
        connection.execute(update(table).where(table.c.id == row["id"]).values(failures=failures, locked_until=locked))
        return None
    connection.execute(update(table).where(table.c.id == row["id"]).values(failures=0, locked_until=None))
    return _open_session(connection, row["id"], now)


def visitor(connection: Connection, token: str) -> Visitor | None:
    """Find whose session the token opens, and note that it was used; None for an unknown or ended one."""
    _present(connection, token)
    session, account, office = tables.session, tables.account, tables.office
    query = (
        select(account.c.id, account.c.login, account.c.role, office)
        .select_from(
            session.join(account, session.c.account == account.c.id).join(office, office.c.id == account.c.office)
        )
        .where(session.c.token_hash == _token_hash(token), account.c.active)
        .where(session.c.ends_at > func.now(), session.c.seen_at > func.now() - IDLE_LENGTH)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    connection.execute(update(session).where(session.c.token_hash == _token_hash(token)).values(seen_at=func.now()))
    return Visitor(row[0], row[1], Role(row[2]), _office(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name


def leave(connection: Connection, token: str) -> None:
    """End the session of the token, if there is one."""
    _present(connection, token)
    connection.execute(delete(tables.session).where(tables.session.c.token_hash == _token_hash(token)))


def _open_session(connection: Connection, account: UUID, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    _present(connection, token)
    row = {"token_hash": _token_hash(token), "account": account, "ends_at": now + SESSION_LENGTH}
    connection.execute(insert(tables.session).values(row))
    return token


def _present(connection: Connection, token: str) -> None:
    connection.execute(text("SELECT set_config('payung.session', :hash, true)"), {"hash": _token_hash(token).hex()})


def _office(row: Mapping[Any, Any]) -> Office:
    column = tables.office.c
    return Office(
        row[column.id], row[column.region], Side(row[column.institution]), row[column.name], row[column.contact]
    )


def _login(login: str) -> str:
    return login.strip().casefold()


def _token_hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _argon() -> Argon2id:
    return Argon2id(salt=os.urandom(16), length=32, iterations=3, lanes=4, memory_cost=64 * 1024)


def _matches(phc: str, password: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(password.encode(), phc)
    except InvalidKey:
        return False
    return True


@cache
def _nobody() -> str:
    return hashed(secrets.token_hex(16))
