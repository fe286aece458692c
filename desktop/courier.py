"""The exchange as the laptop does it: one talk with the office, and the pace of the talks in the background."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable

from sync.carrier import HttpsCarrier
from sync.exchange import Result

from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import Unlocked
from payung.errors import PayungError
from sync import exchange
from sync.errors import Offline, ServerBusy, ServerTrouble

FIRST_RETRY = 15.0  # seconds until the first new try after a broken line
GATHER = 2.0  # seconds a save waits for its neighbours, so that a filled TPS travels in one batch
JITTER = 0.3  # share of every wait that is left to chance: laptops must not all come back at once
TIMEOUT = 60.0  # seconds for one answer; a batch at 9.6 kbit/s takes its time

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


def exchange_once(store: Store, unlocked: Unlocked, *, server: str | None = None) -> Result:
    """One exchange with the office, over until nothing is waiting on either side. Raises SyncError and StoreError.

    `server` overrides the kit's address. Only one exchange runs at a time; a second caller waits for the first.
    """
    with _one_at_a_time:
        outbox = StoreOutbox(store, unlocked)
        carrier = HttpsCarrier(server or store.laptop.server_url, timeout=TIMEOUT)
        result = exchange.run(outbox, carrier)
    _log.info("exchange: sent %s accepted %s pending %s", result.sent, result.accepted, result.pending)
    return result


class Pace:
    """How long to wait until the next exchange; every answer is in seconds. Holds no clock and no thread.

    After success the interval; after a broken line ever longer, never earlier than the office asked for (Retry-After),
    never longer than the interval unless the office asks. After a refusal the interval: a person must act first.
    """

    def __init__(self, *, interval: float, chance: Callable[[], float] = random.random) -> None:
        self._interval = interval
        self._chance = chance
        self._failures = 0

    def saved(self) -> float | None:
        """A record was saved: go soon. None while the line is known to be broken; its next try stands."""
        return GATHER if self._failures == 0 else None

    def succeeded(self, *, more: bool = False) -> float:
        """The office answered; `more` says that something was saved during the flight."""
        self._failures = 0
        return GATHER if more else self._spread(self._interval)

    def failed(self, trouble: PayungError) -> float:
        """The exchange ended in known trouble."""
        self._failures += 1
        if not isinstance(trouble, Offline | ServerBusy | ServerTrouble):
            return self._spread(self._interval)
        backed_off = min(self._interval, FIRST_RETRY * 2.0 ** min(self._failures - 1, 10))
        asked_for = float(getattr(trouble, "retry_after", None) or 0)
        return max(self._spread(backed_off), asked_for * (1 + JITTER * self._chance()))

    def _spread(self, seconds: float) -> float:
        """Give or take a share by chance: laptops must not all come back in the same second after a power cut."""
        return seconds * (1 + JITTER * (2 * self._chance() - 1))
