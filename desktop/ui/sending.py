"""Sending by itself: the courier's lane decides when, the network lane of the tasks does it, the strip tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import courier
from desktop.courier import Line, Standing
from desktop.store import outbox
from desktop.store.outbox import Status
from desktop.tasks import Lane, Tasks
from desktop.ui.session import Session
from desktop.ui.strip import Network, Traffic
from sync.exchange import Result

_NETWORKS = {
    Line.UNKNOWN: Network.UNKNOWN,
    Line.SENDING: Network.SENDING,
    Line.UP: Network.ONLINE,
    Line.DOWN: Network.OFFLINE,
    Line.REFUSED: Network.REFUSED,
}
_ANSWERED = ("sync.busy", "sync.server", "sync.tls")  # the internet is there, the office is not


class Sending(QObject):
    """`changed` carries a `Traffic`; `counted` the outbox's `Status`, read after every talk and every save.

    Of a practice nothing is ever sent.
    """

    changed = Signal(object)
    counted = Signal(object)

    def __init__(self, tasks: Tasks, session: Session, exchange: Callable[[], Result] | None = None) -> None:
        super().__init__()
        self._tasks, self._session = tasks, session
        self._lane = courier.Lane(exchange or self._over_network, interval=session.settings.sync_minutes * 60.0)
        self._running = False
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)

    def start(self) -> None:
        """Begin, with a first talk at once."""
        self.count()
        self.now()

    def stop(self) -> None:
        """No further talk begins."""
        self._stopped = True
        self._timer.stop()

    def now(self) -> None:
        """The clerk asks: send at once, unless it is being done."""
        self._lane.asked()
        self._go()

    def soon(self) -> None:
        """Something new waits: count it at once, send it in a few seconds together with its neighbours."""
        self.count()
        self._lane.saved()
        self._wait()

    def count(self) -> None:
        """Ask the store what waits."""
        self._tasks.run(Lane.STORE, partial(outbox.status, self._session.store), done=self._told)

    def _over_network(self) -> Result:
        session = self._session
        return courier.exchange_once(session.store, session.unlocked, server=session.settings.server or None)

    def _wait(self) -> None:
        if not self._running and not self._stopped and not self._session.practice:
            self._timer.start(round(self._lane.wait() * 1000) + 1)

    def _go(self) -> None:
        if self._running or self._stopped or self._session.practice:
            return
        self._timer.stop()
        self._running = True
        self.changed.emit(Traffic(Network.SENDING))
        self._tasks.run(Lane.NETWORK, self._lane.run, done=self._ran)

    def _ran(self, standing: Standing) -> None:
        self._running = False
        network, sentence = _NETWORKS[standing.line], ""
        if standing.trouble is not None and standing.line in {Line.DOWN, Line.REFUSED}:
            sentence = self._session.messages.of(standing.trouble)
            if standing.line is Line.DOWN and standing.trouble.code in _ANSWERED:
                network = Network.NO_ANSWER
        self.changed.emit(Traffic(network, sentence, standing.next_try))
        self.count()
        self._wait()

    def _told(self, status: Status) -> None:
        self.counted.emit(status)
