"""The schema: what the migrations make is what the code believes, and nothing but PostgreSQL will do."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from sync.server import database
from sync.server.tables import metadata
from tests.central import Central


def test_migrated_and_declared_schema_are_the_same(central: Central) -> None:
    with central.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_schema_is_current_and_known_by_its_number(central: Central) -> None:
    with central.database.connect_app() as connection:
        assert database.schema_is_current(connection)
    assert database.current_revision(central.engine) == database.newest_revision()


def test_a_commit_waits_for_the_disk(central: Central) -> None:
    with central.database.connect_app() as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_another_schema_is_not_current(central: Central) -> None:
    with central.database.connect_owner() as connection, connection.transaction(force_rollback=True):
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        assert not database.schema_is_current(connection)
