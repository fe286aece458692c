"""The office's keys are renewed: nothing sealed before is lost, nothing receipted before looks false."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from desktop import courier
from desktop.store import (
    adoption,
    anchor,
    audit,
    enrolments,
    evidence,
    operators,
    proof,
    recovery,
    reference,
    vault,
    wiping,
)
from desktop.store.database import Store, check
from desktop.store.errors import KitOfOtherOffice
from desktop.store.outbox import StoreOutbox, exchange_keys
from payung.event import Term
from payung.retention import Retention
from sync import exchange
from sync.carrier import HttpsCarrier
from sync.envelope import key_id, peek
from sync.errors import NotAuthorised
from sync.exchange import Result
from sync.server import carried, devices, keys, recoveries
from sync.server.keys import Pair
from sync.trust import OfficeRoot
from tests import central as offices
from tests.central import Central
from tests.desktop.store.officers import officer
from tests.laptops import OPERATOR, PASSPHRASE

_persons = itertools.count(1)


@pytest.fixture(scope="module")
def central() -> Iterator[Central]:
    with offices.folder() as folder:
        made = Central.start(folder)
        yield made
        made.stop()


@dataclass
class Desk:
    """A laptop with its real store, an office over real HTTP, and the next person who comes."""

    store: Store
    central: Central
    url: str

    def enrol(self) -> UUID:
        """One more officer, ready to be sent; the record's id."""
        number = next(_persons)
        return enrolments.save(self.store, officer(nik=f"53710415089699{number:02d}", tps=number % 10 + 1)).id

    def send(self) -> Result:
        """One exchange as the window and `payung sync` do it."""
        return courier.exchange_once(self.store, self.store.unlocked, server=self.url)

    def sealed(self) -> bytes:
        """The batch that would go out next, stored as it is before sending."""
        made = StoreOutbox(self.store, self.store.unlocked).next_batch(100, empty=True)
        assert made is not None
        return made.data

    def pair(self) -> Pair:
        """The office's pair the next batch is sealed to."""
        found = self.central.desk.keys.pair_of(peek(self.sealed()).key_id)
        assert found is not None
        return found

    def rotate(self) -> Pair:
        """What `payung-server keys rotate` does while the service runs."""
        return keys.rotate(self.central.config.keys, now=datetime.now(UTC)).newest


@pytest.fixture
def desk(central: Central, tmp_path: Path) -> Iterator[Desk]:
    unlocked = vault.create(tmp_path / "data", operator=OPERATOR, passphrase=PASSPHRASE)
    with central.serve() as url, Store.create(tmp_path / "data", unlocked, central.kit()) as store:
        yield Desk(store, central, url)


def test_a_batch_under_way_is_taken_and_the_next_one_goes_to_the_new_keys(desk: Desk) -> None:
    record = desk.enrol()
    before, waiting = desk.store.laptop, desk.sealed()

    made = desk.rotate()
    assert key_id(before.intake_public) == peek(waiting).key_id
    assert desk.send().accepted == 1

    assert (desk.store.laptop.intake_public, desk.store.laptop.reply_public) == (made.intake_public, made.reply_public)
    assert before.reply_public in desk.store.laptop.former_reply
    assert desk.pair().number == made.number
    desk.enrol()
    assert (desk.send().accepted, desk.send().pending) == (1, 0)
    proven = proof.verify(evidence.encoded(evidence.gather(desk.store, record)), root_public=before.root_public)
    assert (proven.verdict, proven.findings) == (proof.Verdict.GENUINE, ())


def test_receipts_of_every_pair_hold_and_the_check_finds_the_store_whole(desk: Desk) -> None:
    for _ in range(3):
        desk.enrol()
        desk.send()
        desk.rotate()
        desk.send()

    verified, report = audit.verify(desk.store), check(desk.store)
    known = anchor.read(desk.store.folder)

    assert (verified.broken_at, verified.rolled_back) == (None, False)
    assert verified.anchored == verified.entries - 2  # all but the last batch and its reply
    assert report.sound, report.findings
    assert len(desk.store.laptop.former_reply) == 3
    assert known is not None
    assert known.genuine(desk.store.laptop.reply_keys)
    with desk.store.reading() as work:
        rows = work.driver.execute("SELECT taken_at FROM data_file WHERE kind = 'server-former'").fetchall()
    assert len(rows) == 3


def test_an_exchange_of_many_batches_goes_on_over_the_change(desk: Desk) -> None:
    desk.rotate()
    for _ in range(25):
        desk.enrol()
    outbox = StoreOutbox(desk.store, desk.store.unlocked)

    result = exchange.run(
        outbox, HttpsCarrier(desk.url), lambda: exchange_keys(desk.store), clock=desk.store.clock, limit=10
    )

    assert (result.accepted, result.batches) == (25, 2)
    assert check(desk.store).sound


def test_a_laptop_that_stayed_away_over_several_changes_takes_the_newest(desk: Desk) -> None:
    desk.rotate()
    last = desk.rotate()

    result = desk.send()

    assert (result.news, desk.store.laptop.reply_public) == (1, last.reply_public)
    assert desk.send().news == 0


def test_keys_that_the_root_does_not_vouch_for_and_older_ones_change_nothing(desk: Desk) -> None:
    newest = desk.rotate()
    desk.send()
    desk.rotate()
    desk.send()
    now, held = desk.store.laptop, desk.store.moment()
    forged = replace(newest, certificate=b"").vouched(OfficeRoot.generate().private, datetime.now(UTC))
    with desk.store.writing() as work:
        with pytest.raises(NotAuthorised):
            reference.take_server_keys(work, forged, now, held)
        reference.take_server_keys(work, newest.certificate, now, held)
    desk.store.refresh()

    assert desk.store.laptop == now


def test_a_kit_made_after_carries_the_new_keys_and_one_made_before_does_not_bring_the_old_ones_back(
    desk: Desk,
) -> None:
    older = desk.central.kit()
    desk.enrol()
    desk.send()
    made = desk.rotate()
    newer = desk.central.kit()
    assert (newer.intake_public, newer.reply_public) == (made.intake_public, made.reply_public)
    assert newer.server_certificate == made.certificate

    adoption.adopt_kit(desk.store, newer)

    assert desk.store.laptop.reply_public == made.reply_public
    assert check(desk.store).sound
    adoption.adopt_kit(desk.store, older)
    assert desk.store.laptop.reply_public == made.reply_public
    desk.enrol()
    assert desk.send().accepted == 1
    assert check(desk.store).sound
    with pytest.raises(KitOfOtherOffice):
        adoption.adopt_kit(desk.store, replace(desk.central.kit(), reply_public=bytes(32)))


def test_a_recovery_and_a_roll_sealed_to_the_older_keys_are_still_opened(desk: Desk, tmp_path: Path) -> None:
    desk.enrol()
    folder, device = desk.store.folder, desk.store.laptop.device
    asked = recovery.ask(folder, operator=OPERATOR)
    wiping.write_down(desk.store, wiping.people(desk.store), tmp_path / "daftar")
    desk.rotate()
    held = desk.central.desk.keys

    with desk.central.engine.begin() as connection:
        answer = recoveries.answer(connection, asked.data, keys=held, now=datetime.now(UTC)).answer
        laptop = devices.find(connection, str(device))
        certificate = carried.certificate(connection, laptop)
    roll = carried.roll((tmp_path / "daftar").read_bytes(), laptop, certificate, held)

    assert len(roll.people) == 1
    desk.store.close()
    assert operators.recover(folder, answer, passphrase="perahu kemiri lontong sasando").name == OPERATOR


def test_the_office_slot_goes_to_the_new_keys_at_the_next_opening(desk: Desk) -> None:
    made = desk.rotate()
    desk.send()
    folder, unlocked = desk.store.folder, desk.store.unlocked
    desk.store.close()

    with Store.open(folder, unlocked):
        assert recovery.slot(folder).office == key_id(made.intake_public)


def test_data_whose_days_are_over_go_by_themselves_after_an_exchange(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    record, store = desk.enrol(), desk.store
    store.event = replace(store.event, retention=Retention(30, "rapat uji"))
    store.clock = lambda: datetime(2099, 1, 1, tzinfo=UTC)
    assert desk.send().purged == 0  # the laptop's clock is wrong: by the office's no term is over
    past = (datetime.now(UTC) - timedelta(days=40)).date()
    posts = tuple(replace(post, term=Term(past, past)) for post in store.event.posts)
    store.event = replace(store.event, posts=posts)

    with caplog.at_level("INFO", logger="desktop.courier"):
        results = [desk.send().purged, desk.send().purged]

    assert results == [1, 0]
    assert "retention: 1 persons reduced" in caplog.text
    assert str(record) not in caplog.text
    assert "5371041508" not in caplog.text
