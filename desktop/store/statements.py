"""Statements made once from the typed tables and run straight on the driver.

SQLAlchemy writes the SQL and converts the values; running it costs what the driver costs, so that a durable save is
one commit and little else (Core's own execution doubled it). Pool, errors and schema stay SQLAlchemy's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVarTuple

from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

Ts = TypeVarTuple("Ts")
Convert = Callable[[Any], Any]
_DIALECT = sqlite.dialect(paramstyle="qmark")


class _Prepared:
    """SQL text, the names of its parameters in order, and what turns each value into a stored one."""

    def __init__(
        self, statement: Select[*tuple[Any, ...]] | Insert | Update | Delete, columns: Iterable[str] | None
    ) -> None:
        compiled = statement.compile(dialect=_DIALECT, column_keys=None if columns is None else list(columns))
        assert isinstance(compiled, SQLCompiler)
        self.sql = str(compiled)
        self._parts = tuple(_part(compiled, name) for name in compiled.positiontup or ())

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values in order, converted; a literal of the statement stands in where none is given."""
        return tuple(
            [
                fixed if name not in values else values[name] if convert is None else convert(values[name])
                for name, fixed, convert in self._parts
            ]
        )


class Command(_Prepared):
    """An INSERT (of all columns, or of `columns`), UPDATE or DELETE."""

    def __init__(self, statement: Insert | Update | Delete, columns: Iterable[str] | None = None) -> None:
        super().__init__(statement, columns)


class Query(_Prepared, Generic[*Ts]):
    """A SELECT; its rows come back as tuples of the selected types."""

    def __init__(self, statement: Select[*Ts]) -> None:
        super().__init__(statement, None)
        self._loaders = tuple(
            (place, loader)
            for place, column in enumerate(statement.selected_columns)
            if (loader := column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)) is not None
        )

    def loaded(self, row: tuple[Any, ...]) -> tuple[*Ts]:
        """The row with its values converted back."""
        values = list(row)
        for place, loader in self._loaders:
            values[place] = loader(values[place])
        return tuple(values)


class Work:
    """One transaction under way: everything run here is kept together or not at all."""

    __slots__ = ("driver",)

    def __init__(self, driver: Any) -> None:  # noqa: ANN401  the driver has no types
        self.driver = driver

    def run(self, command: Command, **values: Any) -> int:  # noqa: ANN401
        """Runs the command; how many rows it touched."""
        return int(self.driver.execute(command.sql, command.parameters(values)).rowcount)

    def add(self, command: Command, **values: Any) -> int:  # noqa: ANN401
        """Runs an INSERT; the row's number."""
        return int(self.driver.execute(command.sql, command.parameters(values)).lastrowid)

    def many(self, command: Command, rows: Iterable[Mapping[str, Any]]) -> None:
        """Runs the command once for each row."""
        self.driver.executemany(command.sql, (command.parameters(row) for row in rows))

    def all(self, query: Query[*Ts], **values: Any) -> list[tuple[*Ts]]:  # noqa: ANN401
        """Every row of the query."""
        rows = self.driver.execute(query.sql, query.parameters(values)).fetchall()
        return [query.loaded(row) for row in rows]

    def each(self, query: Query[*Ts], **values: Any) -> Iterator[tuple[*Ts]]:  # noqa: ANN401
        """The rows one after the other, for tables too large to hold."""
        for row in self.driver.execute(query.sql, query.parameters(values)):
            yield query.loaded(row)

    def one(self, query: Query[*Ts], **values: Any) -> tuple[*Ts] | None:  # noqa: ANN401
        """The first row, None when there is none."""
        row = self.driver.execute(query.sql, query.parameters(values)).fetchone()
        return None if row is None else query.loaded(row)


def _part(compiled: SQLCompiler, name: str) -> tuple[str, Any, Convert | None]:
    parameter = compiled.binds[name]
    convert = parameter.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    given = parameter.value is not None and not parameter.required
    return name, convert(parameter.value) if given and convert else parameter.value if given else None, convert
