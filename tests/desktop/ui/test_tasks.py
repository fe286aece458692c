"""Work off the window's thread, and answers that never reach a closed widget."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from desktop.tasks import Lane, Tasks
from payung.errors import DataError, PayungError

HEARD: list[object] = []


class Listener(QWidget):
    def __init__(self) -> None:
        super().__init__()
        HEARD.clear()
        self.threads: list[int] = []

    def hear(self, value: object) -> None:
        self.threads.append(threading.get_ident())
        HEARD.append(value)

    def hear_trouble(self, trouble: PayungError) -> None:
        HEARD.append(trouble.code)


def wait(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)


def test_the_answer_comes_back_in_the_windows_thread(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    qtbot.addWidget(listener)

    tasks.run(Lane.STORE, threading.get_ident, done=listener.hear)
    wait(qtbot, tasks)

    assert listener.threads == [threading.get_ident()]
    assert [threading.get_ident()] != HEARD


def test_jobs_of_one_lane_run_in_the_order_given_and_the_lanes_side_by_side(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    qtbot.addWidget(listener)
    gate = threading.Event()

    def network() -> str:
        gate.wait(5)
        return "network"

    def store(number: int) -> Callable[[], int]:
        return lambda: number

    tasks.run(Lane.NETWORK, network, done=listener.hear)
    for number in range(5):
        tasks.run(Lane.STORE, store(number), done=listener.hear)
    qtbot.waitUntil(lambda: len(HEARD) == 5)
    gate.set()
    wait(qtbot, tasks)

    assert HEARD == [0, 1, 2, 3, 4, "network"]


def test_a_destroyed_widget_is_never_called(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    gate = threading.Event()

    tasks.run(Lane.STORE, lambda: gate.wait(5), done=listener.hear, failed=listener.hear_trouble)
    shiboken6.delete(listener)
    gate.set()
    wait(qtbot, tasks)

    assert HEARD == []


def test_known_trouble_is_told_to_whoever_asked(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    qtbot.addWidget(listener)

    def work() -> None:
        raise DataError(path="$")

    tasks.run(Lane.STORE, work, failed=listener.hear_trouble)
    wait(qtbot, tasks)

    assert HEARD == ["data"]


def test_known_trouble_nobody_asked_for_is_told_to_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    def work() -> None:
        raise DataError(path="$")

    with qtbot.waitSignal(tasks.troubled) as told:
        tasks.run(Lane.STORE, work)

    assert told.args is not None
    assert told.args[0].code == "data"


def test_a_bug_goes_to_the_crash_hook(qtbot: QtBot, tasks: Tasks) -> None:
    with capture_exceptions() as crashes:
        tasks.run(Lane.STORE, lambda: 1 // 0)
        wait(qtbot, tasks)

    assert [kind for kind, _, _ in crashes] == [ZeroDivisionError]


def test_closing_finishes_what_the_store_has_to_write(qtbot: QtBot) -> None:
    tasks = Tasks()
    written: list[int] = []
    for number in range(20):
        tasks.run(Lane.STORE, lambda number=number: written.append(number))  # type: ignore[misc]

    tasks.close()

    assert written == list(range(20))
    assert not [thread for thread in threading.enumerate() if thread.name in {"store", "network"}]


def test_after_closing_nothing_is_taken(qtbot: QtBot) -> None:
    tasks = Tasks()
    tasks.close()
    tasks.run(Lane.STORE, lambda: pytest.fail("ran"))

    assert not tasks.busy


def test_a_free_function_cannot_be_an_answer(tasks: Tasks) -> None:
    with pytest.raises(TypeError, match="bound method"):
        tasks.run(Lane.STORE, lambda: 1, done=print)
    assert isinstance(tasks, QObject)
