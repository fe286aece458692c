from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync import envelope, exchange
from sync.batch import Batch, batch_hash
from sync.carrier import Carrier, HttpsCarrier
from sync.envelope import MessageKind
from sync.errors import (
    CaptivePortal,
    DeviceRevoked,
    NotAuthorised,
    Offline,
    SequenceForked,
    ServerBusy,
    SyncError,
    Unreadable,
)
from sync.exchange import Result, Sealed
from sync.feed import FeedItem, FeedKind
from sync.news import Message
from sync.reply import Reply, Verdict, VerdictKind, sign_receipt
from sync.revision import Revision
from tests.sync import samples
from tests.sync.office import Answer, running


class Outbox:
    """An outbox in memory that keeps the promises of the store's: one batch in flight, the same bytes until settled."""

    def __init__(self, waiting: list[Revision]) -> None:
        self.waiting = waiting
        self.flight: tuple[Sealed, int] | None = None
        self.replies: list[Reply] = []
        self.previous: bytes | None = None
        self.cursor = 0

    def next_batch(self, limit: int, *, empty: bool = False) -> Sealed | None:
        if self.flight is None and (self.waiting or empty):
            made = samples.batch(
                tuple(self.waiting[:limit]),
                sequence=len(self.replies) + 1,
                previous=self.previous,
                cursor=self.cursor,
            )
            self.flight = samples.in_flight(made), len(made.revisions)
        return self.flight[0] if self.flight else None

    def settle(self, sequence: int, reply: Reply) -> None:
        assert self.flight is not None
        sealed, count = self.flight
        assert sealed.sequence == sequence
        self.previous, self.cursor, self.flight = sealed.batch_hash, reply.cursor, None
        self.replies.append(reply)
        del self.waiting[:count]

    def pending(self) -> int:
        return len(self.waiting)


class Server:
    """An honest office: opens, answers each revision once, and the same bytes with the same receipt again."""

    def __init__(self, news: int = 0) -> None:
        self.batches: dict[bytes, Reply] = {}
        self.stored: list[bytes] = []
        self.news = news
        self.asked: list[bytes] = []

    def exchange(self, sealed: bytes) -> bytes:
        self.asked.append(sealed)
        body = envelope.open_sealed(
            sealed, kind=MessageKind.BATCH, keys=samples.INTAKE_KEYS, verifier=samples.knows_device
        ).body
        name = batch_hash(body)
        if name not in self.batches:
            self.batches[name] = self.taken_in(Batch.decode(body))
        return samples.sealed_reply(self.batches[name])

    def taken_in(self, made: Batch) -> Reply:
        keys = made.keys()
        self.stored += [key.hash for key in keys]
        page = [
            FeedItem(
                cursor=cursor,
                kind=FeedKind.MESSAGE,
                body=Message(at=samples.NOW, sender="Kantor", text=f"Pesan {cursor}", urgent=False),
            )
            for cursor in range(made.cursor + 1, min(made.cursor + 3, self.news + 1))
        ]
        cursor = page[-1].cursor if page else made.cursor
        return samples.reply(made, feed=tuple(page), cursor=cursor, more=cursor < self.news)


class Line:
    """A line that spoils what it carries: `fault` sees the answer on its way back."""

    def __init__(self, server: Server, fault: Callable[[bytes], bytes]) -> None:
        self.server = server
        self.fault = fault

    def exchange(self, sealed: bytes) -> bytes:
        return self.fault(self.server.exchange(sealed))


def run(outbox: Outbox, carrier: Carrier) -> Result:
    return exchange.run(outbox, carrier, samples.KEYS, clock=lambda: samples.NOW + timedelta(seconds=90))


def some(count: int) -> list[Revision]:
    return [samples.revision(row) for row in range(1, count + 1)]


def test_everything_waiting_is_sent_and_settled() -> None:
    outbox, server = Outbox(some(250)), Server()
    heard: list[Result] = []
    result = exchange.run(outbox, server, samples.KEYS, clock=lambda: samples.NOW, limit=100, progress=heard.append)

    assert (result.sent, result.accepted, result.pending, result.batches) == (250, 250, 0, 2)
    assert len(server.stored) == len(set(server.stored)) == 250
    assert [one.pending for one in heard] == [150, 0]
    assert result.bytes_sent == sum(map(len, server.asked))


def test_with_nothing_to_send_one_empty_batch_fetches_the_feed() -> None:
    outbox, server = Outbox([]), Server(news=5)
    result = run(outbox, server)

    assert (result.sent, result.news, result.batches) == (0, 5, 3)
    assert [item.cursor for reply in outbox.replies for item in reply.feed] == [1, 2, 3, 4, 5]


def test_the_clocks_difference_is_told() -> None:
    assert run(Outbox([]), Server()).skew_seconds == 90


def test_a_lost_reply_makes_the_same_bytes_go_again_and_nothing_is_stored_twice() -> None:
    outbox, server = Outbox(some(3)), Server()

    def lost(_answer: bytes) -> bytes:
        raise Offline(reason="broken")

    with pytest.raises(Offline):
        run(outbox, Line(server, lost))
    assert outbox.pending() == 3
    assert run(outbox, server).accepted == 3
    assert server.asked[0] == server.asked[1]
    assert len(server.stored) == 3


def test_a_record_edited_during_the_flight_waits_for_the_next_batch() -> None:
    outbox, server = Outbox(some(2)), Server()

    def edited(answer: bytes) -> bytes:
        if len(outbox.waiting) == 2:
            outbox.waiting.append(samples.revision(9))
        return answer

    result = run(outbox, Line(server, edited))
    assert (result.sent, result.batches, result.pending) == (3, 2, 0)


def test_verdicts_are_counted_by_kind() -> None:
    class Strict(Server):
        def taken_in(self, made: Batch) -> Reply:
            reply = super().taken_in(made)
            verdicts = tuple(
                replace(verdict, kind=kind, code="place.foreign" if kind is VerdictKind.REFUSED else "")
                for verdict, kind in zip(reply.verdicts, VerdictKind, strict=False)
            )
            return replace(reply, verdicts=verdicts)

    result = run(Outbox(some(6)), Strict())
    counts = (result.accepted, result.already, result.waiting, result.conflict, result.duplicate, result.refused)
    assert counts == (1, 1, 1, 1, 1, 1)


def test_an_answer_cut_at_any_byte_settles_nothing() -> None:
    outbox, server = Outbox(some(2)), Server()
    sealed = outbox.next_batch(10)
    assert sealed is not None
    answer = server.exchange(sealed.data)
    for length in range(len(answer)):
        with pytest.raises(SyncError):
            exchange.open_reply(answer[:length], sealed, samples.KEYS)
    assert exchange.open_reply(answer, sealed, samples.KEYS).receipt.receipt.count == 2


def test_two_thousand_spoilt_answers_settle_nothing() -> None:
    chance = random.Random(1)
    outbox, server = Outbox(some(2)), Server()
    sealed = outbox.next_batch(10)
    assert sealed is not None
    answer = server.exchange(sealed.data)
    for _ in range(2000):
        spoilt = bytearray(answer)
        spoilt[chance.randrange(len(answer))] ^= 1 << chance.randrange(8)
        with pytest.raises(SyncError):
            exchange.open_reply(bytes(spoilt), sealed, samples.KEYS)


Lie = Callable[[Batch], Reply]


@pytest.mark.parametrize(
    "lie",
    [
        lambda made: samples.reply(made, verdicts=samples.reply(made).verdicts[:-1]),
        lambda made: samples.reply(made, verdicts=samples.reply(made).verdicts[::-1]),
        lambda made: samples.reply(made, verdicts=()),
        lambda made: samples.reply(made, receipt=samples.reply(samples.batch(())).receipt),
        lambda made: samples.reply(made, receipt=sign_receipt(samples.receipt(made, count=1), samples.REPLY)),
        lambda made: samples.reply(made, receipt=sign_receipt(samples.receipt(made, sequence=9), samples.REPLY)),
        lambda made: samples.reply(
            made, receipt=sign_receipt(samples.receipt(made, device=samples.OPERATOR), samples.REPLY)
        ),
        lambda made: samples.reply(made, receipt=sign_receipt(samples.receipt(made), samples.STRANGER)),
    ],
)
def test_a_reply_that_is_not_about_this_batch_settles_nothing(lie: Lie) -> None:
    outbox, server = Outbox(some(3)), Server()
    setattr(server, "taken_in", lie)  # noqa: B010 - an office that lies about one thing
    with pytest.raises((Unreadable, NotAuthorised)):
        run(outbox, server)
    assert outbox.pending() == 3


@pytest.mark.parametrize(
    ("key", "to"),
    [(samples.STRANGER, samples.SEAL), (samples.REPLY, X25519PrivateKey.from_private_bytes(b"\x0b" * 32))],
)
def test_a_reply_of_another_server_or_for_another_laptop_settles_nothing(
    key: Ed25519PrivateKey, to: X25519PrivateKey
) -> None:
    made = samples.batch(tuple(some(1)))
    answer = samples.sealed_reply(samples.reply(made), key=key, to=to)
    with pytest.raises((Unreadable, NotAuthorised)):
        exchange.open_reply(answer, samples.in_flight(made), samples.KEYS)


def test_a_batch_sent_back_is_no_reply() -> None:
    made = samples.in_flight(samples.batch())
    with pytest.raises(Unreadable):
        exchange.open_reply(made.data, made, samples.KEYS)


def test_replies_verify_by_an_older_key_while_keys_change() -> None:
    made = samples.batch(tuple(some(1)))
    newer = replace(samples.KEYS, reply_public=(samples.STRANGER.public_key().public_bytes_raw(), samples.REPLY_PUBLIC))
    reply = exchange.open_reply(samples.sealed_reply(samples.reply(made)), samples.in_flight(made), newer)
    assert isinstance(reply.verdicts[0], Verdict)


@pytest.mark.parametrize(("reason", "trouble"), [("revoked", DeviceRevoked), ("fork", SequenceForked)])
def test_a_signed_refusal_keeps_everything_and_says_why(reason: str, trouble: type[SyncError]) -> None:
    class Refusing(Server):
        def exchange(self, sealed: bytes) -> bytes:
            return envelope.refuse(sealed, reason=reason, at=samples.NOW, reply_key=samples.REPLY)

    outbox = Outbox(some(2))
    with pytest.raises(trouble):
        run(outbox, Refusing())
    assert outbox.pending() == 2


def test_over_a_real_line_the_same_promises_hold() -> None:
    server, outbox = Server(news=3), Outbox(some(120))
    faults = iter([Answer(b"<html>", kind="text/html"), Answer(b"", status=503), None])

    def answer(body: bytes) -> Answer | None:
        said = server.exchange(body)
        return next(faults, Answer(said))

    with running(answer) as office:
        carrier = HttpsCarrier(office.url, timeout=(5.0, 5.0))
        for trouble in (CaptivePortal, ServerBusy, Offline):
            with pytest.raises(trouble):
                run(outbox, carrier)
        result = run(outbox, carrier)
        carrier.close()

    assert (result.accepted, result.pending, result.news) == (120, 0, 3)
    assert len({sha256(sealed).digest() for sealed in server.asked[:4]}) == 1
    assert len(server.stored) == 120


def test_waiting_grows_is_jittered_and_obeys_the_server() -> None:
    chance = random.Random(4)
    waits = [exchange.wait_before_retry(failures, chance=chance) for failures in range(1, 30)]
    assert all(2.5 <= wait <= 900 for wait in waits)
    assert waits[-1] >= 450
    assert len(set(waits)) == len(waits)
    assert exchange.wait_before_retry(1, 120, chance=chance) >= 120


def test_batches_grow_after_good_transfers_and_shrink_after_broken_ones() -> None:
    assert exchange.limit_after(100, good=True) == 200
    assert exchange.limit_after(1000, good=True) == 1000
    assert exchange.limit_after(100, good=False) == 50
    assert exchange.limit_after(10, good=False) == 10
