"""Several batches sealed one upon the other before the first is answered, and their replies in any order."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.store import anchor, audit, enrolments
from desktop.store.database import Store, check
from desktop.store.enrolments import Exchange
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.vault import Unlocked
from sync import exchange
from sync.exchange import Sealed
from sync.feed import FeedItem, FeedKind, Message
from sync.reply import Reply, VerdictKind, sign_receipt
from sync.trust import verify
from tests.desktop.store.officers import officer, officers
from tests.desktop.store.offices import Line, Office, verdict


@pytest.fixture
def outbox(store: Store, unlocked: Unlocked) -> StoreOutbox:
    return StoreOutbox(store, unlocked)


@pytest.fixture
def line(store: Store, office: Office) -> Line:
    laptop = store.laptop
    return Line(office, verify(laptop.device_certificate, laptop.root_public, datetime.now(UTC)))


def ahead(outbox: StoreOutbox, limit: int = 100) -> list[Sealed]:
    found = [outbox.posted(sequence) for sequence in outbox.seal_all(limit)]
    return [one.sealed for one in found if one and one.sealed]


def reply_to(store: Store, line: Line, sealed: Sealed) -> Reply:
    return exchange.open_reply(line.exchange(sealed.data), sealed, exchange_keys(store))


def test_all_that_waits_is_sealed_each_upon_the_one_before(store: Store, outbox: StoreOutbox, line: Line) -> None:
    for facts in officers(7):
        enrolments.save(store, facts)

    sealed = ahead(outbox, 3)

    batches = [line.office.open(one.data, line.device)[0] for one in sealed]
    assert [len(one.revisions) for one in batches] == [3, 3, 1]
    assert [one.previous for one in batches[1:]] == [one.batch_hash for one in sealed[:-1]]
    assert ahead(outbox) == sealed
    assert outbox.next_batch(100) == sealed[0]
    assert check(store).sound


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_replies_in_any_order_settle_everything(
    store: Store, outbox: StoreOutbox, line: Line, order: tuple[int, ...]
) -> None:
    for facts in officers(3):
        enrolments.save(store, facts)
    sealed = ahead(outbox, 1)
    news = Message(at=store.moment(), sender="KPU", text="Halo", urgent=False)
    line.feed = (FeedItem(cursor=5, kind=int(FeedKind.MESSAGE), body=news),)
    replies = [reply_to(store, line, one) for one in sealed]
    line.feed = ()

    for place in order:
        outbox.settle(sealed[place].sequence, replies[place])

    assert outbox.pending() == 0
    (after,) = ahead(outbox)
    batch, _ = line.office.open(after.data, line.device)
    assert (batch.cursor, batch.sequence, batch.previous) == (5, 4, sealed[-1].batch_hash)
    standing = anchor.read(store.folder)
    assert standing is not None
    assert standing.counter == line.office.open(sealed[-1].data, line.device)[0].counter
    assert audit.verify(store).broken_at is None


@pytest.mark.parametrize("second", [VerdictKind.WAITING, VerdictKind.REFUSED])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_version_sealed_behind_a_refused_one_is_offered_once_more(
    store: Store, outbox: StoreOutbox, line: Line, second: VerdictKind, order: tuple[int, int]
) -> None:
    saved = enrolments.save(store, officer())
    ahead(outbox)
    facts = enrolments.get(store, saved.id).facts
    enrolments.save(store, replace(facts, phone="081200000002"), record_id=saved.id)
    sealed = ahead(outbox)
    line.judge = lambda revision: verdict(revision, VerdictKind.REFUSED if revision.number == 1 else second)
    replies = [reply_to(store, line, one) for one in sealed]

    for place in order:
        outbox.settle(sealed[place].sequence, replies[place])

    line.judge = verdict
    waiting = outbox.next_batch(100)
    if waiting is None:  # refused after all: it waits for a person
        assert (second, order) == (VerdictKind.REFUSED, (1, 0))
        assert enrolments.get(store, saved.id).exchange is Exchange.REFUSED
        return
    (offered,) = line.office.open(waiting.data, line.device)[0].revisions
    assert (offered.number, offered.parent) == (3, None)
    assert offered.facts is not None
    assert offered.facts.phone == "081200000002"
    outbox.settle(waiting.sequence, reply_to(store, line, waiting))
    assert (outbox.pending(), enrolments.get(store, saved.id).exchange) == (0, Exchange.SENT)
    assert check(store).sound


def test_an_old_reply_of_an_office_that_was_set_back_does_not_count(
    store: Store, outbox: StoreOutbox, line: Line
) -> None:
    for facts in officers(2):
        enrolments.save(store, facts)
    first, second = ahead(outbox, 1)
    before = reply_to(store, line, first)
    line.office = replace(line.office, epoch=os.urandom(16))
    after = reply_to(store, line, second)
    late = replace(after.receipt.receipt, at=before.at + timedelta(minutes=5))
    after = replace(after, cursor=2, receipt=sign_receipt(late, line.office.reply))

    outbox.settle(second.sequence, after)
    outbox.settle(first.sequence, replace(before, cursor=90))

    (sealed,) = ahead(outbox)
    batch, _ = line.office.open(sealed.data, line.device)
    assert (batch.epoch, batch.cursor) == (line.office.epoch, 2)
