"""What becomes of printed certificates, and a day's balance that always balances."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.store import certificates, enrolments, handling, purge, vault
from desktop.store.database import Store, check
from desktop.store.handling import Fate
from desktop.store.outbox import StoreOutbox
from desktop.store.vault import Unlocked
from payung import certificate, clock
from sync.ledger import LedgerKind
from tests import laptops
from tests.desktop.store.officers import officers
from tests.desktop.store.offices import Office
from tests.desktop.store.test_certificates import ledger


class Clock:
    """The laptop's clock, set by the test."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def wall() -> Clock:
    return Clock()


@pytest.fixture
def timed(tmp_path: Path, wall: Clock) -> Iterator[Store]:
    folder = tmp_path / "laptop"
    unlocked = vault.create(folder, operator=laptops.OPERATOR, passphrase=laptops.PASSPHRASE)
    with Store.create(folder, unlocked, laptops.kit(), clock=wall) as made:
        yield made


def printed(store: Store, count: int) -> tuple[certificates.Allocated, ...]:
    saved = [enrolments.save(store, facts).id for facts in officers(count)]
    return certificates.allocate(store, saved)


def fates(store: Store) -> list[tuple[int, Fate, str]]:
    return [(paper.copy, paper.fate, paper.note) for paper in handling.papers(store)]


def test_a_paper_is_in_hand_until_it_is_given_spoiled_or_void(store: Store) -> None:
    one, two, three, four = printed(store, 4)

    assert handling.hand_over(store, [(one.number, 1)], "yang bersangkutan") == 1
    assert handling.spoil(store, [(two.number, 1)], "kertas macet") == 1
    assert handling.void(store, three.record, "salah orang") == 1

    assert fates(store) == [
        (1, Fate.HANDED_OVER, "yang bersangkutan"),
        (1, Fate.SPOILED, "kertas macet"),
        (1, Fate.VOID, "salah orang"),
        (1, Fate.IN_HAND, ""),
    ]
    assert four.copy == 1
    assert check(store).sound


def test_a_paper_leaves_the_hands_only_once(store: Store) -> None:
    (one,) = printed(store, 1)
    handling.spoil(store, [(one.number, 1)], "")

    assert handling.hand_over(store, [(one.number, 1), ("PYG-7K3M-99999", 1)], "") == 0
    assert fates(store) == [(1, Fate.SPOILED, "")]


def test_a_reprint_after_a_jam_keeps_the_number_and_the_spoiled_paper_is_known(store: Store) -> None:
    (one,) = printed(store, 1)
    handling.spoil(store, [(one.number, 1)], "kertas macet")
    (again,) = certificates.allocate(store, [one.record])

    assert (again.number, again.copy) == (one.number, 2)
    assert [fate for _, fate, _ in fates(store)] == [Fate.SPOILED, Fate.IN_HAND]


def test_what_was_handed_over_and_is_void_since_is_to_be_recalled(store: Store) -> None:
    (one,) = printed(store, 1)
    handling.hand_over(store, [(one.number, 1)], "yang bersangkutan")
    handling.void(store, one.record, "nama salah")

    assert fates(store) == [(1, Fate.RECALL, "nama salah")]
    (fresh,) = certificates.allocate(store, [one.record])
    assert fresh.number != one.number
    assert handling.void(store, one.record, "") == 1
    assert handling.void(store, one.record, "") == 0


def test_the_office_hears_what_happened_but_not_to_whom(store: Store, unlocked: Unlocked, office: Office) -> None:
    one, two = printed(store, 2)
    handling.hand_over(store, [(one.number, 1)], "Yohanes Penerima")
    handling.spoil(store, [(two.number, 1)], "kopi tumpah")
    handling.void(store, two.record, "salah cetak")

    told = ledger(store, unlocked, office)

    assert told[-3:] == [
        (one.number, LedgerKind.HANDED_OVER, 1),
        (two.number, LedgerKind.SPOILED, 1),
        (two.number, LedgerKind.VOID, 1),
    ]
    assert StoreOutbox(store, unlocked).pending() > 0


def test_nothing_is_given_by_looking_at_what_would_be_given(store: Store) -> None:
    saved = [enrolments.save(store, facts).id for facts in officers(2)]
    certificates.allocate(store, saved[:1])

    seen = certificates.prospect(store, saved)

    assert [(bool(one.number), one.copy) for one in seen] == [(True, 2), (False, 1)]
    assert len(handling.papers(store)) == 1
    (given,) = certificates.allocate(store, saved[1:])
    assert given.number == certificate.number(store.laptop.tag, 2)


def test_every_day_balances_whatever_happened(timed: Store, wall: Clock) -> None:
    chance = random.Random(7)
    given = list(printed(timed, 12))
    days = []
    for _ in range(6):
        for _ in range(8):
            papers = handling.papers(timed)
            one = chance.choice(papers)
            act = chance.randrange(4)
            if act == 0:
                handling.hand_over(timed, [one.key], "")
            elif act == 1:
                handling.spoil(timed, [one.key], "")
            elif act == 2:
                handling.void(timed, one.record, "")
            else:
                certificates.allocate(timed, [chance.choice(given).record])
        days.append(clock.day(wall.at, timed.laptop.villages[0]))
        wall.at += timedelta(days=1)

    before = 0
    for on in days:
        day = handling.day(timed, on)
        assert day.before == before
        assert day.before + day.printed == day.handed + day.spoiled + day.void + day.in_hand
        before = day.in_hand
    assert sum(handling.day(timed, on).printed for on in days) == len(handling.papers(timed))


def test_what_is_printed_and_not_sent_is_listed_by_age(timed: Store, wall: Clock) -> None:
    first, second = (enrolments.save(timed, facts).id for facts in officers(2))
    certificates.allocate(timed, [first])
    wall.at += timedelta(days=3)
    certificates.allocate(timed, [second])
    today = clock.day(wall.at, timed.laptop.villages[0])

    found = handling.unsent(timed, today)

    assert [(one.record, one.days) for one in found] == [(first, 3), (second, 0)]
    assert found[0].name == next(officers(1)).name


def test_to_whom_it_went_is_gone_with_the_persons_data(store: Store) -> None:
    (one,) = printed(store, 1)
    handling.hand_over(store, [(one.number, 1)], "Yohanes Penerima")
    with store.writing() as work:
        purge._reduce(work, one.record)

    assert fates(store) == [(1, Fate.HANDED_OVER, "")]


def test_a_day_before_anything_was_printed_is_empty(store: Store) -> None:
    printed(store, 1)
    day = handling.day(store, date(2020, 1, 1))

    assert (day.before, day.printed, day.in_hand, day.lost) == (0, 0, 0, ())


def test_a_newer_version_makes_the_older_paper_void(store: Store) -> None:
    (one,) = printed(store, 1)
    facts = enrolments.get(store, one.record).facts
    enrolments.save(store, replace(facts, phone="081200000001"), record_id=one.record)
    certificates.allocate(store, [one.record])

    assert [paper.fate for paper in handling.papers(store)] == [Fate.VOID, Fate.IN_HAND]
