"""The composition of the service: intake, health, and the office's pages, over one database."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from anyio import CapacityLimiter, to_thread
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.datastructures import State
from psycopg_pool import ConnectionPool, PoolTimeout
from sqlalchemy import Engine

from sync.envelope import SEALED_CAP
from sync.server import config, database, desk, intake, keys, metrics
from sync.server.config import Config
from sync.server.desk import Desk
from sync.server.metrics import Meter
from sync.server.pages import routes

PAYUNG_MEDIA = "application/vnd.payung"
CONNECTIONS = 8
_RETRY_SECONDS = 15
_SWEEP_SECONDS = 60.0
_SWEEP_MARGIN = timedelta(minutes=10)
_BODY_CAP = 4 * SEALED_CAP  # what is over the cap of a batch is still refused in signed words, within reason
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Central:
    """Everything a request may need."""

    pool: ConnectionPool
    engine: Engine
    desk: Desk
    limiter: CapacityLimiter
    door: CapacityLimiter  # every password checked at once costs 64 MiB
    meter: Meter = field(default_factory=Meter)

    def take(self, sealed: bytes) -> bytes:
        """Take one batch on a connection of the pool."""
        with self.meter.timed(len(sealed)), self.pool.connection() as connection:
            return intake.take(connection, sealed, desk=self.desk)


def from_environment() -> Litestar:
    """Make the service from the environment: the entry point of server processes."""
    return create(config.resolve())


def create(settings: Config, *, now: Callable[[], datetime] | None = None) -> Litestar:
    """Make the service on the database of the configuration, which must be set up."""
    ring = keys.Ring(settings.keys)
    home = database.open_database(settings)
    with home.connect_app() as connection:
        ready = desk.opened(connection, ring, now=now)
    central = Central(
        home.app_pool(CONNECTIONS), home.app_engine(), ready, CapacityLimiter(CONNECTIONS), CapacityLimiter(2)
    )
    return Litestar(
        route_handlers=[exchange, healthz, readyz, metrics_page, *routes.handlers()],
        state=State({"central": central}),
        lifespan=[_lifespan],
        after_request=routes.secured,
        exception_handlers=routes.exception_handlers(),
        openapi_config=None,
        request_max_body_size=64 * 1024,
        debug=False,
    )


@asynccontextmanager
async def _lifespan(app: Litestar) -> AsyncIterator[None]:
    central: Central = app.state.central
    stop = threading.Event()
    sweeper = threading.Thread(target=_sweep, args=(central, stop), name="duplicates", daemon=True)
    sweeper.start()
    try:
        yield
    finally:
        stop.set()
        await to_thread.run_sync(sweeper.join)
        await to_thread.run_sync(central.pool.close)
        central.engine.dispose()


@post("/api/v1/exchange", status_code=200, request_max_body_size=_BODY_CAP)
async def exchange(request: Request[Any, Any, State]) -> Response[bytes]:
    """Take a sealed batch, answer with a sealed reply or a signed refusal."""
    sealed = await request.body()
    central: Central = request.app.state.central
    try:
        answer = await to_thread.run_sync(central.take, sealed, limiter=central.limiter)
    except (psycopg.OperationalError, PoolTimeout) as trouble:
        _log.warning("intake: database trouble %s", type(trouble).__name__)
        return Response(b"", status_code=503, headers={"Retry-After": str(_RETRY_SECONDS)}, media_type=PAYUNG_MEDIA)
    return Response(answer, media_type=PAYUNG_MEDIA)


@get("/healthz", media_type=MediaType.TEXT, sync_to_thread=False)
def healthz() -> str:
    """Say that the process lives."""
    return "ok\n"


@get("/readyz", media_type=MediaType.TEXT, sync_to_thread=True)
def readyz(state: State) -> Response[str]:
    """Say whether work can be done: the database answers and stands at this program's schema."""
    central: Central = state.central
    try:
        with central.pool.connection(timeout=5) as connection:
            current = database.schema_is_current(connection)
    except (psycopg.Error, PoolTimeout):
        return Response("database\n", status_code=503)
    return Response("ready\n") if current else Response("schema\n", status_code=503)


@get("/metrics", media_type=MediaType.TEXT, sync_to_thread=False)
def metrics_page(state: State) -> str:
    """Count what was taken, in Prometheus' text format; no names, no places."""
    return metrics.text(state.central.meter)


def _sweep(central: Central, stop: threading.Event) -> None:
    """Find the persons whom two laptops brought in the same moment: neither transaction could see the other's."""
    since = datetime(1970, 1, 1, tzinfo=UTC)
    while not stop.is_set():
        started = datetime.now(UTC)
        try:
            with central.pool.connection() as connection:
                connection.execute("SELECT payung_sweep_duplicates(%s)", [since])
            since = started - _SWEEP_MARGIN
        except (psycopg.Error, PoolTimeout) as trouble:
            _log.warning("sweep: database trouble %s", type(trouble).__name__)
        stop.wait(_SWEEP_SECONDS)


__all__ = ["Central", "create", "from_environment"]
