"""Work that must not hold up the window: lanes for the store, the network, and copies of the store, a thread each.

A job's answer comes back in the window's thread, to bound methods of Qt objects: when such an object is destroyed, Qt
forgets the connection with it, so a closed page is never called.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from inspect import ismethod
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from payung.errors import PayungError

T = TypeVar("T")

TURN = 0.000005  # seconds a lane goes on before the window gets its turn: one painting asks for it a thousand times
PATIENCE = 3.0  # seconds a closing window waits: a batch is resent unchanged, a copy that was cut short is made anew


class Lane(StrEnum):
    """Jobs of one lane run one after the other, in the order given; the lanes run side by side.

    COPY is for long looks at the whole store, backups and checks: typing is kept meanwhile. PAPER draws pages and feeds
    the printer; it never touches the store.
    """

    STORE = "store"
    NETWORK = "network"
    COPY = "copy"
    PAPER = "paper"


class Answer(QObject):
    """What one job will say, once: `done` with its value or `failed` with the `PayungError` it met."""

    done = Signal(object)
    failed = Signal(object)


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    work: Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    value: object = None
    trouble: BaseException | None = None


class Tasks(QObject):
    """Runs jobs in their lane. `troubled` tells of a `PayungError` nobody asked to hear of."""

    troubled = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN)
        self._answers: dict[int, tuple[Answer, bool]] = {}
        self._queues: dict[Lane, SimpleQueue[_Job | None]] = {}
        self._threads: dict[Lane, Thread] = {}
        self._unheard: list[PayungError] = []
        self._count = 0
        self._open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[PayungError], None] | None = None,
    ) -> None:
        """Queue `work`; `done` and `failed` must be bound methods of Qt objects living in the window's thread."""
        if not self._open:
            return
        self._count += 1
        answer = Answer(self)
        if done is not None:
            answer.done.connect(_owned(done))
        if failed is not None:
            answer.failed.connect(_owned(failed))
        self._answers[self._count] = (answer, failed is not None)
        self._queue(lane).put(_Job(self._count, work))

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._answers)

    def close(self) -> tuple[PayungError, ...]:
        """Finish what the store lane still has to write, then let go of the threads; later jobs are not taken.

        The trouble those last jobs met is returned: nobody else hears of it.
        """
        self._open = False
        for queue in self._queues.values():
            queue.put(None)
        for lane, thread in self._threads.items():
            thread.join(None if lane is Lane.STORE else PATIENCE)
        self._answers.clear()
        return tuple(self._unheard)

    def _queue(self, lane: Lane) -> SimpleQueue[_Job | None]:
        if lane not in self._queues:
            self._queues[lane] = SimpleQueue()
            self._threads[lane] = Thread(target=self._work, args=(self._queues[lane],), name=lane.value, daemon=True)
            self._threads[lane].start()
        return self._queues[lane]

    def _work(self, jobs: SimpleQueue[_Job | None]) -> None:
        while (job := jobs.get()) is not None:
            try:
                outcome = _Outcome(job.number, job.work())
            except BaseException as trouble:  # noqa: BLE001 - one of the outermost doors: sorted in _deliver
                outcome = _Outcome(job.number, trouble=trouble)
            if self._open:
                self._arrived.emit(outcome)
            elif isinstance(outcome.trouble, PayungError) and jobs is self._queues[Lane.STORE]:
                self._unheard.append(outcome.trouble)

    def _deliver(self, outcome: _Outcome) -> None:
        answer, heard = self._answers.pop(outcome.number, (None, False))
        if answer is None:
            return
        trouble = outcome.trouble
        if trouble is None:
            answer.done.emit(outcome.value)
        elif not isinstance(trouble, PayungError):
            sys.excepthook(type(trouble), trouble, trouble.__traceback__)
        elif heard:
            answer.failed.emit(trouble)
        else:
            self.troubled.emit(trouble)
        answer.deleteLater()


def _owned(method: Callable[..., None]) -> Callable[..., None]:
    if not (ismethod(method) and isinstance(method.__self__, QObject)):
        raise TypeError("an answer goes to a bound method of a Qt object, so that Qt can forget it")
    return method
