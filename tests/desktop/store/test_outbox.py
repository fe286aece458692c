"""Batches out, verdicts in: nothing leaves without a verdict, nothing is sealed twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from desktop.store import certificates, enrolments
from desktop.store.database import Store, check
from desktop.store.enrolments import Exchange, Mark
from desktop.store.outbox import StoreOutbox, exchange_keys, status
from desktop.store.vault import Unlocked
from payung import event as events
from sync import exchange
from sync.errors import SyncError
from sync.exchange import Result
from sync.feed import DataFile, Decision, FeedItem, FeedKind, LaterVerdict, Message, TpsEntry, TpsList
from sync.reply import Verdict, VerdictKind
from sync.revision import Revision
from sync.trust import verify
from tests.desktop.store.officers import officer, officers
from tests.desktop.store.offices import CutError, Line, Office, verdict
from tests.laptops import VILLAGE

DAY = date(2026, 11, 22)


@pytest.fixture
def outbox(store: Store, unlocked: Unlocked) -> StoreOutbox:
    return StoreOutbox(store, unlocked)


@pytest.fixture
def line(store: Store, office: Office) -> Line:
    return Line(office, verify(store.laptop.device_certificate, store.laptop.root_public, None))


def talk(store: Store, outbox: StoreOutbox, line: Line) -> Result:
    return exchange.run(outbox, line, exchange_keys(store), clock=store.clock)


def test_what_is_accepted_leaves_the_outbox(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)

    result = talk(store, outbox, line)

    assert (result.sent, result.accepted, result.pending) == (1, 1, 0)
    assert enrolments.get(store, saved.id).exchange is Exchange.SENT
    assert status(store).pending == 0
    assert status(store).last_receipt is not None
    assert check(store).sound


def test_a_lost_answer_is_followed_by_the_same_bytes(store: Store, outbox: StoreOutbox, line: Line) -> None:
    enrolments.save(store, officer(), on=DAY)
    line.cut = 2
    for _ in range(2):
        with pytest.raises(CutError):
            talk(store, outbox, line)
    assert status(store).pending == 1

    talk(store, outbox, line)

    assert len(set(line.office.seen[1])) == 1
    assert len(line.office.seen[1]) == 3
    assert status(store).pending == 0


def test_a_batch_under_way_survives_closing(
    store: Store, unlocked: Unlocked, folder: object, outbox: StoreOutbox
) -> None:
    enrolments.save(store, officer(), on=DAY)
    sealed = outbox.next_batch(100)
    store.close()

    with Store.open(store.folder, unlocked) as again:
        assert StoreOutbox(again, unlocked).next_batch(5, empty=True) == sealed


def test_an_edit_during_the_flight_stays_pending(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    sealed = outbox.next_batch(100)
    assert sealed is not None
    answer = line.exchange(sealed.data)
    enrolments.save(store, officer(phone="081200000001", seat=saved.seat), record_id=saved.id, on=DAY)

    outbox.settle(sealed.sequence, exchange.open_reply(answer, sealed, exchange_keys(store)))

    assert enrolments.get(store, saved.id).exchange is Exchange.QUEUED
    assert outbox.pending() == 1
    second = outbox.next_batch(100)
    assert second is not None
    assert [key.number for key in second.revisions] == [2]
    batch, _ = line.office.open(second.data, line.device)
    assert batch.revisions[0].parent == sealed.revisions[0].hash
    assert batch.previous == sealed.batch_hash


def test_settling_twice_is_settling_once(store: Store, outbox: StoreOutbox, line: Line) -> None:
    enrolments.save(store, officer(), on=DAY)
    sealed = outbox.next_batch(100)
    assert sealed is not None
    reply = exchange.open_reply(line.exchange(sealed.data), sealed, exchange_keys(store))

    outbox.settle(sealed.sequence, reply)
    entries = check(store).audit_entries
    outbox.settle(sealed.sequence, reply)

    assert check(store).audit_entries == entries


def test_a_reply_to_another_batch_settles_nothing(store: Store, outbox: StoreOutbox, line: Line) -> None:
    enrolments.save(store, officer(), on=DAY)
    sealed = outbox.next_batch(100)
    assert sealed is not None
    reply = exchange.open_reply(line.exchange(sealed.data), sealed, exchange_keys(store))
    outbox.settle(sealed.sequence, reply)
    enrolments.save(store, officer(tps=6, nik="5371041608969902", birthdate=date(1996, 8, 16)), on=DAY)
    second = outbox.next_batch(100)
    assert second is not None

    with pytest.raises(ValueError, match="verified"):
        outbox.settle(second.sequence, reply)

    assert outbox.pending() == 1


def test_an_answer_of_somebody_else_changes_nothing(store: Store, outbox: StoreOutbox, line: Line) -> None:
    enrolments.save(store, officer(), on=DAY)
    forger = replace(line.office, reply=Office().reply)

    with pytest.raises(SyncError):
        talk(store, outbox, Line(forger, line.device))

    assert outbox.pending() == 1


@pytest.mark.parametrize(
    ("kind", "comes_to", "mark", "word"),
    [
        (VerdictKind.ALREADY, Exchange.SENT, Mark.SENT, "status.sent"),
        (VerdictKind.WAITING, Exchange.WAITING, Mark.SENT, "status.waiting"),
        (VerdictKind.CONFLICT, Exchange.CONFLICT, Mark.ATTENTION, "status.conflict"),
        (VerdictKind.DUPLICATE, Exchange.DUPLICATE, Mark.ATTENTION, "status.duplicate"),
        (VerdictKind.REFUSED, Exchange.REFUSED, Mark.ATTENTION, "status.refused"),
    ],
)
def test_every_verdict_shows_in_the_roster(
    store: Store, outbox: StoreOutbox, line: Line, kind: VerdictKind, comes_to: Exchange, mark: Mark, word: str
) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    line.judge = lambda revision: verdict(revision, kind)

    talk(store, outbox, line)

    row = next(row for row in enrolments.roster(store, VILLAGE, 4) if row.record == saved.id)
    assert enrolments.get(store, saved.id).exchange is comes_to
    assert (row.state, row.status) == (mark, word)
    assert outbox.pending() == 0


def test_a_refusal_says_why_and_a_correction_is_sent(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    line.judge = lambda revision: verdict(revision, VerdictKind.REFUSED, "place.foreign")
    talk(store, outbox, line)
    row = next(row for row in enrolments.roster(store, VILLAGE, 4) if row.record == saved.id)
    assert row.problems[0].code == "place.foreign"

    enrolments.save(store, officer(phone="081200000001", seat=saved.seat), record_id=saved.id, on=DAY)
    line.judge = verdict
    talk(store, outbox, line)

    row = next(row for row in enrolments.roster(store, VILLAGE, 4) if row.record == saved.id)
    assert (row.state, enrolments.get(store, saved.id).exchange) == (Mark.SENT, Exchange.SENT)


def sent_next(line: Line, outbox: StoreOutbox) -> tuple[Revision, ...]:
    """The revisions of the next batch."""
    sealed = outbox.next_batch(100)
    assert sealed is not None
    return line.office.open(sealed.data, line.device)[0].revisions


def changed(store: Store, saved: enrolments.Saved, phone: str) -> None:
    facts = enrolments.get(store, saved.id).facts
    enrolments.save(store, replace(facts, phone=phone), record_id=saved.id, on=DAY)


def test_a_version_after_a_refused_one_follows_what_the_office_kept(
    store: Store, outbox: StoreOutbox, line: Line
) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    talk(store, outbox, line)
    first = enrolments.get(store, saved.id).revision
    changed(store, saved, "081200000001")
    line.judge = lambda revision: verdict(revision, VerdictKind.REFUSED)
    (refused,) = sent_next(line, outbox)
    talk(store, outbox, line)

    changed(store, saved, "081200000002")

    (corrected,) = sent_next(line, outbox)
    assert (first, refused.number, corrected.number) == (1, 2, 3)
    assert corrected.parent == refused.parent is not None


def test_an_edit_on_top_of_a_refused_version_is_offered_again(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    sealed = outbox.next_batch(100)
    assert sealed is not None
    line.judge = lambda revision: verdict(revision, VerdictKind.REFUSED)
    answer = line.exchange(sealed.data)
    changed(store, saved, "081200000002")

    outbox.settle(sealed.sequence, exchange.open_reply(answer, sealed, exchange_keys(store)))

    (offered,) = sent_next(line, outbox)
    assert (offered.number, offered.parent) == (3, None)
    assert offered.facts is not None
    assert offered.facts.phone == "081200000002"
    line.judge = verdict
    talk(store, outbox, line)
    assert enrolments.get(store, saved.id).exchange is Exchange.SENT
    assert outbox.pending() == 0
    assert check(store).sound


def test_a_version_that_waits_behind_a_refused_one_of_the_same_batch_is_offered_again(
    store: Store, outbox: StoreOutbox, line: Line
) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    changed(store, saved, "081200000002")
    line.judge = lambda revision: verdict(
        revision, VerdictKind.REFUSED if revision.number == 1 else VerdictKind.WAITING
    )
    sealed = outbox.next_batch(100)
    assert sealed is not None
    assert len(sealed.revisions) == 2

    outbox.settle(sealed.sequence, exchange.open_reply(line.exchange(sealed.data), sealed, exchange_keys(store)))

    (offered,) = sent_next(line, outbox)
    assert (offered.number, offered.parent) == (3, None)
    assert check(store).sound


def test_after_a_conflict_the_next_version_follows_the_offices(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    line.judge = lambda revision: replace(verdict(revision, VerdictKind.CONFLICT), head=b"o" * 32)
    talk(store, outbox, line)

    changed(store, saved, "081200000001")

    (resolved,) = sent_next(line, outbox)
    assert resolved.parent == b"o" * 32


def test_each_revision_is_sent_once_whatever_the_limit(store: Store, outbox: StoreOutbox, line: Line) -> None:
    enrolments.save_many(store, officers(30), on=DAY)
    told: list[Revision] = []

    def heard(revision: Revision) -> Verdict:
        told.append(revision)
        return verdict(revision)

    line.judge = heard
    result = exchange.run(outbox, line, exchange_keys(store), clock=store.clock, limit=10)

    assert (result.accepted, result.pending) == (30, 0)
    assert len({revision.record for revision in told}) == 30


def test_nothing_to_send_makes_no_batch_unless_asked(outbox: StoreOutbox, line: Line) -> None:
    assert outbox.next_batch(100) is None

    sealed = outbox.next_batch(100, empty=True)

    assert sealed is not None
    assert sealed.revisions == ()
    batch, _ = line.office.open(sealed.data, line.device)
    assert (batch.sequence, batch.previous, batch.epoch, batch.signatures) == (1, None, None, ())


def test_a_batch_says_how_the_laptop_is(store: Store, outbox: StoreOutbox, line: Line) -> None:
    enrolments.save(store, officer(), on=DAY)
    sealed = outbox.next_batch(100)
    assert sealed is not None

    batch, _ = line.office.open(sealed.data, line.device)

    assert batch.health.counts == {"ready": 1, "draft": 0, "sent": 0, "attention": 0}
    assert batch.health.free_bytes > 0
    assert batch.health.oldest_unsent is not None
    assert (batch.device, batch.event) == (store.laptop.device, "latihan")


def test_certificates_leave_with_the_receipt(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    certificates.allocate(store, [saved.id])
    talk(store, outbox, line)

    sealed = outbox.next_batch(100, empty=True)

    assert sealed is not None
    assert line.office.open(sealed.data, line.device)[0].ledger == ()


def test_the_feed_brings_reference_data_once(store: Store, outbox: StoreOutbox, line: Line) -> None:
    newer = replace(store.event, version=store.event.version + 1, name="Latihan Baru")
    stations = (TpsEntry(village=VILLAGE, number=77, special=True, address="Lapas", voters=200),)
    line.feed = (
        FeedItem(
            cursor=1,
            kind=FeedKind.EVENT,
            body=DataFile(code=newer.code, version=newer.version, content=events.dump(newer)),
        ),
        FeedItem(cursor=2, kind=FeedKind.TPS, body=TpsList(village=VILLAGE, version=2, entries=stations)),
        FeedItem(
            cursor=3,
            kind=FeedKind.MESSAGE,
            body=Message(at=datetime.now(UTC), sender="Kantor", text="Selamat bekerja", urgent=False),
        ),
        FeedItem(cursor=4, kind=FeedKind.EVENT, body=DataFile(code="latihan", version=9, content=b"{}")),
    )

    talk(store, outbox, line)

    assert (store.event.name, store.event.version) == ("Latihan Baru", newer.version)
    assert store.tps == stations
    sealed = outbox.next_batch(100, empty=True)
    assert sealed is not None
    assert line.office.open(sealed.data, line.device)[0].cursor == 4


def test_a_later_verdict_is_taken_in(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    sealed = outbox.next_batch(100)
    assert sealed is not None
    outbox.settle(sealed.sequence, exchange.open_reply(line.exchange(sealed.data), sealed, exchange_keys(store)))
    later = LaterVerdict(
        record=saved.id,
        revision_number=1,
        hash=sealed.revisions[0].hash,
        kind=VerdictKind.DUPLICATE,
        code="",
        detail={"tps": "9"},
    )
    line.feed = (FeedItem(cursor=1, kind=FeedKind.VERDICT, body=later),)

    talk(store, outbox, line)

    assert enrolments.get(store, saved.id).exchange is Exchange.DUPLICATE


def test_after_a_decision_the_next_version_follows_the_offices(store: Store, outbox: StoreOutbox, line: Line) -> None:
    saved = enrolments.save(store, officer(), on=DAY)
    decision = Decision(record=saved.id, decision="theirs", number=4, head=b"h" * 32, facts=None, text="", by="kantor")
    line.feed = (FeedItem(cursor=1, kind=FeedKind.DECISION, body=decision),)
    talk(store, outbox, line)

    enrolments.save(store, officer(phone="081200000001", seat=saved.seat), record_id=saved.id, on=DAY)
    sealed = outbox.next_batch(100)

    assert sealed is not None
    revision = line.office.open(sealed.data, line.device)[0].revisions[0]
    assert (revision.number, revision.parent) == (5, b"h" * 32)


def test_a_colleagues_records_wait_for_his_own_signature(store: Store, unlocked: Unlocked, outbox: StoreOutbox) -> None:
    enrolments.save(store, officer(), on=DAY)
    colleague = replace(unlocked, operator_id=uuid4())

    assert StoreOutbox(store, colleague).next_batch(100) is None
    assert outbox.next_batch(100) is not None
