"""When the laptop exchanges by itself, told by a clock that only the test moves."""

from __future__ import annotations

import random
import threading

import pytest

from desktop import courier
from desktop.courier import Lane, Line
from payung.errors import PayungError
from sync.errors import Offline, Refused, ServerBusy
from sync.exchange import Result


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Office:
    """Answers as told, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.trouble: PayungError | None = None

    def __call__(self) -> Result:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return Result(sent=1, accepted=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def lane(office: Office, clock: Clock) -> Lane:
    return Lane(office, interval=300.0, clock=clock, chance=random.Random(1))


def test_the_first_exchange_is_due_at_once(lane: Lane, office: Office) -> None:
    assert lane.wait() == 0

    assert lane.run().line is Line.UP
    assert office.asked == 1


def test_after_success_the_interval_passes_give_or_take_a_share(lane: Lane, clock: Clock, office: Office) -> None:
    lane.run()

    assert 300 * (1 - courier.JITTER) <= lane.wait() <= 300 * (1 + courier.JITTER)
    lane.run()
    assert office.asked == 1
    clock.now += 300 * (1 + courier.JITTER)
    lane.run()
    assert office.asked == 2


def test_a_save_is_sent_soon_together_with_its_neighbours(lane: Lane, clock: Clock) -> None:
    lane.run()
    lane.saved()
    clock.now += courier.GATHER / 2
    lane.saved()

    assert lane.wait() == pytest.approx(courier.GATHER / 2)


def test_what_is_saved_during_a_flight_goes_soon_after_it(clock: Clock) -> None:
    def exchange() -> Result:
        under_way.saved()
        return Result(sent=1)

    under_way = Lane(exchange, clock=clock)
    under_way.run()

    assert under_way.wait() == pytest.approx(courier.GATHER)


def test_a_broken_line_is_tried_ever_later_and_a_save_does_not_hurry_it(
    lane: Lane, clock: Clock, office: Office
) -> None:
    office.trouble = Offline(reason="refused")
    waits = []
    for _ in range(8):
        assert lane.run().line is Line.DOWN
        lane.saved()
        waits.append(lane.wait())
        clock.now += lane.wait()

    assert all(wait > courier.GATHER for wait in waits)
    assert waits[-1] > 10 * waits[0]
    assert office.asked == 8


def test_a_busy_office_is_left_alone_for_as_long_as_it_asks(lane: Lane, office: Office) -> None:
    office.trouble = ServerBusy(retry_after=1200)
    lane.run()

    assert lane.wait() >= 1200


def test_a_person_who_asks_does_not_wait(lane: Lane, office: Office) -> None:
    office.trouble = Offline(reason="dns")
    lane.run()
    office.trouble = None

    lane.asked()

    assert lane.run().line is Line.UP
    assert lane.standing.trouble is None


def test_a_refusal_is_told_and_not_repeated_in_haste(lane: Lane, office: Office) -> None:
    office.trouble = Refused(reason="signature")

    standing = lane.run()

    assert standing.line is Line.REFUSED
    assert standing.trouble is office.trouble
    assert lane.wait() >= 300 * (1 - courier.JITTER)


def test_the_last_success_is_remembered_while_the_line_is_down(lane: Lane, clock: Clock, office: Office) -> None:
    at = lane.run().last_success
    office.trouble = Offline(reason="timeout")
    clock.now += 1000

    assert lane.run().last_success == at


def test_two_never_exchange_at_once(clock: Clock) -> None:
    entered, leave = threading.Event(), threading.Event()
    count = []

    def exchange() -> Result:
        count.append(1)
        entered.set()
        leave.wait(10)
        return Result()

    lane = Lane(exchange, clock=clock)
    first = threading.Thread(target=lane.run)
    first.start()
    assert entered.wait(10)

    assert lane.run().line is Line.SENDING
    leave.set()
    first.join()
    assert count == [1]
