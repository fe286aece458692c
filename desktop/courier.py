"""The exchange as the laptop does it: once when asked, and by itself in the background.

`Lane` only decides when; it owns no thread. The screens run it on their network lane.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial

from desktop.store import purge
from desktop.store.database import Store
from desktop.store.errors import StoreError
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.vault import Unlocked
from payung import clock as region_clock
from payung.errors import PayungError
from sync import exchange
from sync.carrier import HttpsCarrier
from sync.errors import Offline, ServerBusy, ServerTrouble
from sync.exchange import Result

GATHER = 2.0  # seconds a save waits for its neighbours, so that a filled TPS travels in one batch
JITTER = 0.3  # share of every wait that is left to chance: laptops must not all come back at once

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


def exchange_once(
    store: Store,
    unlocked: Unlocked,
    *,
    server: str | None = None,
    progress: Callable[[Result], None] = lambda _result: None,
) -> Result:
    """One exchange with the office, over when nothing is waiting on either side. Raises SyncError and StoreError.

    `server` overrides the kit's address, `progress` hears of every settled batch. Only one exchange runs at a time; a
    second caller waits for the first. Afterwards full data go whose time by the event is over (`purged` of the result).
    """
    with _one_at_a_time:
        outbox, keys = StoreOutbox(store, unlocked), partial(exchange_keys, store)
        carrier = HttpsCarrier(server or store.laptop.server_url)
        result = exchange.run(outbox, carrier, keys, clock=store.clock, progress=progress)
        _log.info("exchange: sent %s accepted %s pending %s", result.sent, result.accepted, result.pending)
        return replace(result, purged=_purged(store, result.skew_seconds))


def _purged(store: Store, skew_seconds: int) -> int:
    """Carries out the event's retention; how many persons were reduced. Trouble there is no trouble of the exchange.

    The day is the office's where this laptop's clock is ahead of it: a clock set wrong must take nobody's data early.
    """
    at = store.moment() - timedelta(seconds=max(0, skew_seconds))
    try:
        reduced = purge.by_policy(store, region_clock.day(at, store.laptop.villages[0]))
    except StoreError as trouble:
        _log.warning("retention: broken off, goes on after the next exchange: %s", trouble.code)
        return 0
    if reduced:
        _log.info("retention: %s persons reduced", reduced)
    return reduced


class Line(StrEnum):
    """What is known of the way to the office."""

    UNKNOWN = "unknown"
    SENDING = "sending"
    UP = "up"
    DOWN = "down"
    REFUSED = "refused"  # the office was reached and does not take what this laptop sends: a person must act


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the background exchange stands, for the strip. `trouble` is the last exchange's, None after success."""

    line: Line = Line.UNKNOWN
    last_success: datetime | None = None
    next_try: datetime | None = None
    trouble: PayungError | None = None
    result: Result | None = None


class Lane:
    """When to exchange: at the start, soon after saves, at the interval; after a broken line ever later.

    Waits are seconds of the injected monotonic `clock`. Whoever has a thread calls `run` when `wait` is over; it never
    runs twice at once.
    """

    def __init__(
        self,
        exchange_now: Callable[[], Result],
        *,
        interval: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
        chance: random.Random | None = None,
    ) -> None:
        self._exchange_now = exchange_now
        self._interval = interval
        self._clock = clock
        self._chance = chance or random.SystemRandom()
        self._running = threading.Lock()
        self._due = self._not_before = clock()
        self._failures = 0
        self._saved_meanwhile = False
        self._standing = Standing()

    @property
    def standing(self) -> Standing:
        """How the exchange stands now."""
        return self._standing

    def wait(self) -> float:
        """Seconds until the next exchange is due; 0 when it is due now."""
        return max(0.0, max(self._due, self._not_before) - self._clock())

    def saved(self) -> None:
        """A record was saved: go soon, but not before a line known to be broken may have recovered."""
        self._saved_meanwhile = True
        self._due = min(self._due, self._clock() + GATHER)

    def asked(self) -> None:
        """A person asks for it now: what was learnt about a broken line counts no more."""
        self._due = self._not_before = self._clock()

    def run(self) -> Standing:
        """Exchange if it is due and nobody else is at it; known trouble is told in the standing, bugs are raised."""
        if self.wait() > 0 or not self._running.acquire(blocking=False):
            return self._standing
        try:
            self._saved_meanwhile = False
            self._standing = replace(self._standing, line=Line.SENDING, next_try=None)
            self._succeeded(self._exchange_now())
        except (Offline, ServerBusy, ServerTrouble) as trouble:
            self._failed(Line.DOWN, trouble)
        except PayungError as trouble:
            self._failed(Line.REFUSED, trouble)
        finally:
            self._running.release()
        return self._standing

    def _succeeded(self, result: Result) -> None:
        self._failures = 0
        self._due = self._clock() + self._spread(self._interval)
        if self._saved_meanwhile:
            self.saved()
        self._standing = Standing(line=Line.UP, last_success=datetime.now(UTC), next_try=self._next(), result=result)

    def _failed(self, line: Line, trouble: PayungError) -> None:
        self._failures += 1
        if line is Line.REFUSED:
            wait = self._spread(self._interval)
        else:
            asked_for = trouble.retry_after if isinstance(trouble, ServerBusy) else None
            wait = exchange.wait_before_retry(self._failures, asked_for, chance=self._chance)
        self._due = self._not_before = self._clock() + wait
        _log.info("exchange: %s, next try in %.0f s", trouble.code, wait)
        self._standing = replace(self._standing, line=line, trouble=trouble, next_try=self._next(), result=None)

    def _spread(self, seconds: float) -> float:
        """Give or take a share by chance: laptops must not all come back in the same second after a power cut."""
        return seconds * (1 + JITTER * (2 * self._chance.random() - 1))

    def _next(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.wait())
