"""Where the central office keeps its data and which PostgreSQL it uses."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATABASE_VARIABLE = "PAYUNG_DATABASE_URL"
DATA_VARIABLE = "PAYUNG_SERVER_DATA"
DEFAULT_PORT = 8765
DEFAULT_SERVER_URL = f"http://127.0.0.1:{DEFAULT_PORT}"


@dataclass(frozen=True, slots=True)
class Config:
    """The data folder (keys, and the embedded PostgreSQL when there is no `url`) and the database owner's address."""

    data: Path
    url: str | None = None

    @property
    def keys(self) -> Path:
        """The folder of the office's private keys."""
        return self.data / "keys"

    @property
    def cluster(self) -> Path:
        """The folder of the embedded PostgreSQL."""
        return self.data / "postgres"

    def to_environment(self) -> None:
        """Write the choice where worker processes of the same server find it."""
        os.environ[DATA_VARIABLE] = str(self.data)
        if self.url is not None:
            os.environ[DATABASE_VARIABLE] = self.url
        else:
            os.environ.pop(DATABASE_VARIABLE, None)


def resolve(*, data: Path | None = None, url: str | None = None) -> Config:
    """Read the configuration from what was named, else from the environment, else the defaults of the system."""
    named = data or (Path(os.environ[DATA_VARIABLE]) if os.environ.get(DATA_VARIABLE) else default_data())
    return Config(data=named.expanduser().resolve(), url=url or os.environ.get(DATABASE_VARIABLE) or None)


def default_data() -> Path:
    """Choose the system's folder for a service run by root, else the user's own data folder."""
    # The embedded PostgreSQL never runs as root and must be able to walk to its files, which a root home forbids.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/payung-server")
    return Path(platformdirs.user_data_dir("payung-server", appauthor=False))
