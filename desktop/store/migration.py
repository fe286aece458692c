"""Making the tables, and bringing an older database up to date: copied first, then changed in one transaction."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, StaticPool, create_engine

from desktop import crash
from desktop.store import backup, connection, durable
from desktop.store.errors import StoreError, TooNew, UpgradeFailed, told
from desktop.store.statements import Work
from desktop.store.tables import SCHEMA
from desktop.store.vault import DATABASE_NAME

__all__ = ["SCHEMA", "SCRIPTS", "bring_up_to_date", "make", "upgrade"]

SCRIPTS = Path(__file__).parent / "migrations"


def make(path: Path, key: bytes, fill: Callable[[Work], None]) -> None:
    """Makes the database at `path` with everything `fill` writes; until it is whole it stands under another name."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    driver = connection.created(fresh, key)
    try:
        driver.execute(f"PRAGMA application_id = {connection.APPLICATION_ID}")
        upgrade(driver)
        driver.execute("BEGIN IMMEDIATE")
        fill(Work(driver))
        driver.execute("COMMIT")
    except BaseException:
        driver.close()
        fresh.unlink(missing_ok=True)
        raise
    driver.close()
    handle = os.open(fresh, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(path)
    durable.sync_folder(path.parent)


def bring_up_to_date(folder: Path, key: bytes, at: datetime, *, scripts: Path = SCRIPTS, target: int = SCHEMA) -> bool:
    """Upgrades the folder's database when it is older than this program; whether it did.

    The file as it was is kept under backups/ until the next upgrade's copy has its place. Raises TooNew,
    DatabaseMissing, Damaged, UpgradeFailed and what the disk says; then the database is as before.
    """
    copies = folder / backup.FOLDER_NAME
    driver = connection.opened(folder / DATABASE_NAME, key)
    try:
        version = int(driver.execute("PRAGMA user_version").fetchone()[0])
        if version > target:
            raise TooNew(part="database", version=version)
        if version == target:
            _keep_last(copies)
            return False
        _copy(driver, key, copies, f"before-{target:04}", at)
        try:
            with told():
                upgrade(driver, scripts=scripts, target=target)
        except StoreError:
            raise
        except Exception as error:  # whatever a migration does wrong, the file stays as it was and this is told
            report = crash.write(error, folder=folder, doing="upgrade")
            raise UpgradeFailed(report=report.name) from error
    finally:
        driver.close()
    return True


def _copy(driver: Any, key: bytes, folder: Path, prefix: str, at: datetime) -> None:  # noqa: ANN401
    """One copy for each upgrade: a start that fails again and again must not fill the disk."""
    earlier = set(folder.glob(f"{prefix}-*.db")) if folder.is_dir() else set()
    target = folder / f"{prefix}-{at:%Y%m%d-%H%M%S}.db"
    if target in earlier:
        return
    backup.copy(driver, key, target)
    for path in earlier:
        path.unlink(missing_ok=True)


def _keep_last(folder: Path) -> None:
    """After a start without an upgrade only the copy made before the last one is kept."""
    for path in sorted(folder.glob("before-*.db"))[:-1] if folder.is_dir() else ():
        path.unlink(missing_ok=True)


def check_age(engine: Engine) -> None:
    """Raises TooNew for a database this program is too old for."""
    pooled = engine.raw_connection()
    try:
        driver = pooled.driver_connection
        assert driver is not None
        version = int(driver.execute("PRAGMA user_version").fetchone()[0])
    finally:
        pooled.close()
    if version > SCHEMA:
        raise TooNew(part="database", version=version)


def upgrade(driver: Any, *, scripts: Path = SCRIPTS, target: int = SCHEMA) -> None:  # noqa: ANN401
    """Runs the missing migrations and marks the file with its new version, all in one transaction."""
    # Only a new or an older file needs these; an ordinary start is spared their import.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    engine = create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=lambda: driver, poolclass=StaticPool, hide_parameters=True
    )
    # Switching foreign keys off lets a migration rebuild a table; inside a transaction the switch has no effect.
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with engine.connect() as sql:
            # Not before: SQLAlchemy's first look at a database ends with a rollback.
            driver.execute("BEGIN IMMEDIATE")
            config.attributes["connection"] = sql
            command.upgrade(config, f"{target:04}")
            driver.execute(f"PRAGMA user_version = {target}")
            broken = driver.execute("PRAGMA foreign_key_check").fetchone()
            (sound,) = driver.execute("PRAGMA quick_check(1)").fetchone()
            if broken is not None or sound != "ok" or not driver.in_transaction:
                raise ValueError("a migration left a broken database")  # noqa: TRY301  a bug, never a person's
            sql.commit()
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise
    driver.execute("PRAGMA foreign_keys = ON")
