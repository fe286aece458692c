"""The service: one process or several behind one port, until it is told to stop."""

from __future__ import annotations

import uvicorn

from sync.server import database, keys
from sync.server.config import Config
from sync.server.errors import RolesDenied

FACTORY = "sync.server.app:from_environment"


def check(config: Config) -> None:
    """Look at everything the service needs before it starts; raises the ServerError that names what is missing."""
    keys.load(config.keys)
    with database.ready(config) as home:
        if not database.app_role_is_safe(home):
            raise RolesDenied(user=database.APP_ROLE)


def run(config: Config, *, host: str, port: int, workers: int) -> None:
    """Serve until a signal ends it; requests under way are answered first."""
    config.to_environment()
    uvicorn.run(
        FACTORY,
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=20,
        h11_max_incomplete_event_size=64 * 1024,
    )
    database.stop_embedded(config)
