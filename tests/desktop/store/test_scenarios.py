"""Scenarios other systems learnt from: drafts, withdrawals, strange names, a clock set back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.store import certificates, drafts, enrolments, receipts
from desktop.store.database import Store, check
from desktop.store.outbox import StoreOutbox, exchange_keys
from payung import clock
from sync import exchange
from sync.errors import ServerBusy
from sync.exchange import Result
from sync.revision import Kind, Revision
from sync.trust import verify
from tests.desktop.store.officers import MOTHER, NAME, NIK, officer, officers
from tests.desktop.store.offices import Line, Office
from tests.laptops import VILLAGE


@pytest.fixture
def line(store: Store, office: Office) -> Line:
    return Line(office, verify(store.laptop.device_certificate, store.laptop.root_public, None))


def send(store: Store, line: Line) -> Result:
    return exchange.run(StoreOutbox(store, store.unlocked), line, exchange_keys(store), clock=store.clock)


def test_s12_a_draft_is_never_sent_as_an_enrolment_and_gets_no_certificate(store: Store, line: Line) -> None:
    drafts.keep(store, VILLAGE, 4, "kpps-anggota", 3, {"name": NAME, "nik": NIK}, "name")
    half = enrolments.save(store, officer(nik=""))
    ready = enrolments.save(store, officer(tps=5))

    result = send(store, line)

    assert (result.sent, enrolments.counts(store)["draft"]) == (1, 1)
    (sealed,) = line.office.seen[1]
    batch, _ = line.office.open(sealed, line.device)
    assert [revision.record for revision in batch.revisions] == [ready.id]
    assert certificates.allocate(store, [half.id]) == ()
    assert [one.reason for one in certificates.left_out(store, [half.id])] == ["certificate.draft"]


def test_s12_a_record_that_became_a_draft_again_sends_nothing_new(store: Store, line: Line) -> None:
    saved = enrolments.save(store, officer())
    send(store, line)

    enrolments.save(store, officer(nik="", seat=saved.seat), record_id=saved.id)

    assert send(store, line).sent == 0


def test_s13_a_withdrawn_record_leaves_a_stone_here_and_at_the_office(store: Store, line: Line) -> None:
    saved = enrolments.save(store, officer())
    send(store, line)
    enrolments.withdraw(store, saved.id, "Mengundurkan diri")
    send(store, line)

    found = enrolments.get(store, saved.id)
    assert found.withdrawn
    assert found.facts.name == NAME
    batch, _ = line.office.open(line.office.seen[2][0], line.device)
    (revision,) = batch.revisions
    assert (revision.kind, revision.facts, revision.number) == (Kind.WITHDRAWN, None, 2)
    assert all(row.record != saved.id for row in enrolments.roster(store, VILLAGE, 4))
    assert check(store).sound


@pytest.mark.parametrize("name", ["Ma’rifatul Nu'aim", "Yosefa d'Arc", "José Çağlar", "Ni Luh Gde", "Nuraini"])
def test_s13_names_arrive_byte_for_byte(store: Store, line: Line, name: str) -> None:
    saved = enrolments.save(store, officer(name=name), accept_warnings=True)
    send(store, line)

    batch, _ = line.office.open(line.office.seen[1][0], line.device)
    (revision,) = batch.revisions
    assert revision.facts is not None
    assert revision.facts.name.encode() == name.encode()
    assert enrolments.get(store, saved.id).facts.name == name


def test_s13_an_office_that_stops_listening_half_way_is_served_from_where_it_stopped(store: Store, line: Line) -> None:
    class Tired(Line):
        """Takes one batch, is busy at the next, then goes on."""

        calls = 0

        def exchange(self, sealed: bytes) -> bytes:
            self.calls += 1
            if self.calls == 2:
                raise ServerBusy(retry_after=1)
            return super().exchange(sealed)

    enrolments.save_many(store, officers(98))
    tired = Tired(line.office, line.device)
    outbox = StoreOutbox(store, store.unlocked)
    first = outbox.next_batch(50)
    assert first is not None
    outbox.settle(1, exchange.open_reply(tired.exchange(first.data), first, exchange_keys(store)))
    with pytest.raises(ServerBusy):
        send(store, tired)
    assert outbox.pending() == 48

    send(store, tired)

    assert outbox.pending() == 0
    seen = [revision.record for number in (1, 2) for revision in _revisions(tired, number)]
    assert len(seen) == len(set(seen)) == 98


def _revisions(line: Line, number: int) -> tuple[Revision, ...]:
    batch, _ = line.office.open(line.office.seen[number][0], line.device)
    return batch.revisions


def test_s24_a_sealed_batch_shows_nobody_by_raw_scan(store: Store, tmp_path: Path) -> None:
    enrolments.save_many(store, [officer(), officer(nik="5371041508969902", tps=5)])
    sealed = StoreOutbox(store, store.unlocked).next_batch(100)
    assert sealed is not None

    for mark in (NIK, NAME, MOTHER, "5371041508969902", VILLAGE):
        assert mark.encode() not in sealed.data
        assert mark.encode("utf-16-le") not in sealed.data


def test_s31_receipts_of_a_day_are_those_of_the_servers_day(store: Store, line: Line) -> None:
    store.clock = lambda: datetime.now(UTC) - timedelta(days=1)
    saved = [enrolments.save(store, officer(nik=f"537104150896990{tps}", tps=tps)).id for tps in (4, 5, 6)]
    store.clock = lambda: datetime.now(UTC)
    send(store, line)
    today = clock.day(datetime.now(UTC), VILLAGE)

    assert {one.record for one in receipts.on(store, today)} == set(saved)
    assert receipts.on(store, today - timedelta(days=1)) == ()


def test_s31_a_clock_that_is_wrong_while_sending_moves_no_receipt(store: Store, line: Line) -> None:
    saved = enrolments.save(store, officer())
    store.clock = lambda: datetime.now(UTC) - timedelta(days=3)
    send(store, line)

    assert [one.record for one in receipts.on(store, clock.day(datetime.now(UTC), VILLAGE))] == [saved.id]
