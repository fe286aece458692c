"""Taking a batch: open, verify, decide, keep, receipt. A plain function; HTTP and folders only carry its bytes.

The reply leaves after everything it says is committed and on the disk. The same batch again gets the same reply; eight
at once are one. What cannot be read or trusted is refused whole, by signed words, and leaves no row of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import psycopg

from payung.event import Event
from sync.batch import Batch, batch_hash, verify_operators
from sync.envelope import MessageKind, open_sealed
from sync.errors import NotAuthorised, SyncError, TooLarge, VersionTooOld
from sync.reply import Receipt, Reply, SignedReceipt, Verdict, VerdictKind, sign_receipt
from sync.server import feeds, logbook, objections, storage
from sync.server.desk import Desk, Sender
from sync.server.keys import Pair
from sync.server.storage import Origin
from sync.server.verdicts import Arrival, Decision, Effect, Known, Outcome, decide

Connection = psycopg.Connection[Any]

_REPLY_LABEL = b"reply"
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class _Received:
    """A verified batch on its way into the tables."""

    sealed: bytes
    batch: Batch
    hash: bytes
    sender: Sender
    pair: Pair  # the office's keys as the sender knows them
    now: datetime

    @property
    def origin(self) -> Origin:
        """By which batch rows come in."""
        return Origin(self.batch.device, self.batch.sequence, self.sender.certificate.villages, self.now)

    @property
    def label(self) -> bytes:
        """What the stored reply is locked to."""
        return _REPLY_LABEL + self.batch.device.bytes + self.hash


class _Whole(Exception):
    """The whole batch is refused; `reason` is a word of `sync.envelope.Refusal`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def take(connection: Connection, sealed: bytes, *, desk: Desk) -> bytes:
    """Take one sealed batch and answer it: a sealed reply, or a signed refusal of these very bytes.

    The connection is the application role's, outside of a transaction. psycopg's errors pass through: then nothing was
    kept and nothing was promised.
    """
    try:
        received = _open(connection, sealed, desk)
        storage.prepare(connection)
        return desk.seal(_settle(connection, received, desk), received.sender, by=received.pair)
    except _Whole as refusal:
        return desk.refusal(sealed, refusal.reason)
    except SyncError as trouble:
        return desk.refusal(sealed, _reason(trouble))


def _reason(trouble: SyncError) -> str:
    if isinstance(trouble, NotAuthorised):
        return "device" if trouble.reason == "signer" else "signature"
    if isinstance(trouble, VersionTooOld):
        return "version"
    return "too_large" if isinstance(trouble, TooLarge) else "unreadable"


def _open(connection: Connection, sealed: bytes, desk: Desk) -> _Received:
    found: list[Sender] = []

    def verifier(signer: bytes) -> Any:  # noqa: ANN401 - the envelope names the type
        sender = desk.sender(connection, signer)
        if sender is None:
            return None
        found.append(sender)
        return sender.sign_key

    pair = desk.pair_for(sealed)
    opened = open_sealed(sealed, kind=MessageKind.BATCH, keys=desk.keys.intakes(), verifier=verifier)
    sender, now = found[0], desk.now()
    batch = Batch.decode(opened.body)
    # The certificate's time limits what the laptop may print, not whose cover it may propose: a lapsed laptop is heard.
    if batch.device != sender.device:
        raise NotAuthorised("device")
    if batch.event != sender.certificate.event:
        raise _Whole("event")
    verify_operators(batch)
    return _Received(sealed, batch, batch_hash(opened.body), sender, pair, now)


def _settle(connection: Connection, received: _Received, desk: Desk) -> bytes:
    """Keep the batch, trying again when another connection brought one of its records at the same moment."""
    arrivals: tuple[Arrival, ...] | None = None
    for attempt in range(_ATTEMPTS):
        try:
            with connection.transaction():
                page = logbook.enter(connection, received.batch, received.sender.certificate.villages)
                answered = _answered(connection, received, page, desk)
                if answered is not None:
                    break
                event = desk.event(page.event)
                arrivals = arrivals or _arrivals(received, event, desk)
                return _keep(connection, received, _Work(page, event, arrivals, careful=attempt > 0), desk)
        except (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected):
            if attempt + 1 == _ATTEMPTS:
                raise
    assert answered is not None
    if isinstance(answered, str):
        raise _Whole(answered)
    return answered


@dataclass(frozen=True, slots=True)
class _Work:
    """What stands before the decision; `careful` reads everything instead of trusting that new records are new."""

    page: logbook.Page
    event: Event
    arrivals: tuple[Arrival, ...]
    careful: bool


def _answered(connection: Connection, received: _Received, page: logbook.Page, desk: Desk) -> bytes | str | None:
    """What is known before any revision is looked at: the reply given before, or the word of a refusal."""
    batch = received.batch
    if page.state == "revoked":
        return "revoked"
    if page.known_hash == received.hash:
        return desk.cabinet.unlock_as(page.known_reply, received.label)
    chain_broken = batch.previous is not None and page.previous_hash not in (None, batch.previous)
    if page.known_hash is not None or chain_broken:
        logbook.note_fork(connection, received.sealed, batch=batch, digest=received.hash, now=received.now)
        return "fork"
    if any(page.operators.get(one.operator, one.public_key) != one.public_key for one in batch.signatures):
        return "signature"
    return None


def _arrivals(received: _Received, event: Event, desk: Desk) -> tuple[Arrival, ...]:
    certificate, batch = received.sender.certificate, received.batch
    today = desk.today(certificate.villages[0])
    out = []
    for revision in batch.revisions:
        body = revision.body()
        problem = objections.against(revision, certificate=certificate, event=event, on=today, regions=desk.regions)
        out.append(Arrival(revision, sha256(body).digest(), body, batch.device, batch.sequence, problem))
    return tuple(out)


def _keep(connection: Connection, received: _Received, work: _Work, desk: Desk) -> bytes:
    decision = decide(work.arrivals, _known(connection, work, desk))
    effects = {one.effect for one in decision.kept}
    if decision.kept:
        storage.stage(connection, decision.kept, event=work.event, cabinet=desk.cabinet, now=received.now)
    moved = [one.arrival.revision.record for one in decision.kept if one.effect in (Effect.BEGINS, Effect.HEADS)]
    twice = storage.keep(connection, work.event, effects, moved) if decision.kept else {}
    _set_aside(connection, received, decision, desk)
    feeds.tell(connection, decision.released, twice)
    verdicts = tuple(
        _verdict(one, outcome, twice) for one, outcome in zip(work.arrivals, decision.outcomes, strict=True)
    )
    told = _renewed(connection, received, desk) or bool(decision.released)
    news = feeds.page(connection, received.batch, work.page, told=told)
    return _receipt(connection, received, _Answer(verdicts, news), page=work.page, desk=desk)


def _renewed(connection: Connection, received: _Received, desk: Desk) -> bool:
    """Tell a laptop that seals to an older pair of the newest one; whether it is news."""
    newest = desk.keys.newest
    if received.pair.number >= newest.number:
        return False
    return feeds.announce(connection, received.batch.device, newest.certificate)


def _known(connection: Connection, work: _Work, desk: Desk) -> Known:
    """What is held of the batch's records; nothing is read for records that begin here, until a key collides."""
    begin_only = all(one.revision.parent is None for one in work.arrivals)
    if begin_only and not work.careful and not work.page.backlog:
        return Known()
    return storage.known(connection, desk.cabinet, sorted({one.revision.record for one in work.arrivals}))


def _set_aside(connection: Connection, received: _Received, decision: Decision, desk: Desk) -> None:
    origin, cabinet = received.origin, desk.cabinet
    storage.hold_back(connection, decision.waiting, cabinet=cabinet, origin=origin)
    storage.set_aside(connection, decision.refused, cabinet=cabinet, origin=origin)
    storage.forget_waiting(connection, [one for one, _ in decision.released])


def _verdict(arrival: Arrival, outcome: Outcome, twice: dict[Any, dict[str, str]]) -> Verdict:
    revision, problem = arrival.revision, outcome.problem
    kind, code, detail = outcome.kind, "", dict[str, str]()
    if problem is not None:
        code, detail = problem.code, {**problem.facts} | ({"field": problem.field} if problem.field else {})
    elif kind is VerdictKind.ACCEPTED and revision.record in twice:
        kind, code, detail = VerdictKind.DUPLICATE, "nik.taken", twice[revision.record]
    return Verdict(
        record=revision.record,
        revision_number=revision.number,
        hash=arrival.hash,
        kind=kind,
        code=code,
        detail=detail,
        head=outcome.head,
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the reply will say beside its receipt."""

    verdicts: tuple[Verdict, ...]
    news: feeds.News


def _receipt(connection: Connection, received: _Received, answer: _Answer, *, page: logbook.Page, desk: Desk) -> bytes:
    batch = received.batch
    receipt = Receipt(
        device=batch.device,
        batch_hash=received.hash,
        sequence=batch.sequence,
        count=len(batch.revisions),
        at=received.now,
        epoch=desk.epoch,
    )
    signed: SignedReceipt = sign_receipt(receipt, received.pair.reply)
    reply = Reply(
        at=received.now,
        epoch=desk.epoch,
        receipt=signed,
        verdicts=answer.verdicts,
        feed=answer.news.items,
        cursor=answer.news.cursor,
        more=answer.news.more,
    ).encode()
    entry = logbook.Entry(
        digest=received.hash, receipt=signed.data + signed.signature, reply=desk.cabinet.lock_as(reply, received.label)
    )
    logbook.close(connection, batch, entry, page=page, now=received.now)
    return reply
