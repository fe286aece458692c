"""What the service counts of itself, for whoever watches it; numbers only."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Meter:
    """Batches, bytes and seconds of the intake since the process began; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.batches = 0
        self.failures = 0
        self.received_bytes = 0
        self.seconds = 0.0

    @contextmanager
    def timed(self, size: int) -> Iterator[None]:
        """Count one batch of that many sealed bytes, and how long it took."""
        began = time.perf_counter()
        failed = True
        try:
            yield
            failed = False
        finally:
            with self._lock:
                self.batches += 1
                self.failures += failed
                self.received_bytes += size
                self.seconds += time.perf_counter() - began


def text(meter: Meter) -> str:
    """Write the counts in Prometheus' text exposition format 0.0.4."""
    rows = (
        ("payung_batches_total", "Batches answered or failed.", meter.batches),
        ("payung_batch_failures_total", "Batches that ended in database trouble or a bug.", meter.failures),
        ("payung_received_bytes_total", "Sealed bytes received.", meter.received_bytes),
        ("payung_intake_seconds_total", "Seconds spent in the intake.", round(meter.seconds, 6)),
    )
    return "".join(f"# HELP {name} {said}\n# TYPE {name} counter\n{name} {value}\n" for name, said, value in rows)
