"""What the tables have in common: how times, ids and truth stand in a STRICT table, and how constraints are named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, stored as whole milliseconds since 1970."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """The stored number; ValueError for a time without its zone."""
        return None if value is None else stored_moment(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The time in UTC."""
        return None if value is None else _EPOCH + value * _MILLISECOND


class Identity(TypeDecorator[UUID]):
    """An id, stored as its 16 bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """The 16 bytes."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> UUID | None:  # noqa: ARG002
        """The id."""
        return None if value is None else UUID(bytes=value)


class Truth(TypeDecorator[bool]):
    """True or false, stored as 1 or 0 (a STRICT table knows no BOOLEAN)."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """True or false."""
        return None if value is None else bool(value)


def stored_moment(value: datetime) -> int:
    """Milliseconds since 1970 UTC; ValueError for a time without its zone."""
    if value.tzinfo is None:
        raise ValueError("a stored time needs its zone")
    return (value - _EPOCH) // _MILLISECOND


class Schema(DeclarativeBase):
    """What the models have in common: column types and constraint names."""

    metadata = MetaData(
        naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"}
    )
    type_annotation_map = {  # noqa: RUF012
        UUID: Identity,
        datetime: Moment,
        bool: Truth,
        bytes: LargeBinary,
        str: Text,
        int: Integer,
    }


STRICT: dict[str, Any] = {"sqlite_strict": True}
BY_KEY: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}
