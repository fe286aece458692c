"""Taking in the office's reply to one batch: receipt, verdicts and feed, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from desktop.store import anchor, audit, reference, revisions
from desktop.store.anchor import Anchor
from desktop.store.audit import Action, Deed
from desktop.store.revisions import Exchange, Version
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import FeedEntry, Manifest, Progress, Record, SavedRevision, SealedBatch, Waiting
from desktop.store.vault import Unlocked
from payung.errors import PayungError
from sync.feed import (
    DataFile,
    Decision,
    FeedItem,
    FeedKind,
    LaterVerdict,
    NewDeviceCertificate,
    NewServerKeys,
    TpsList,
    encode_body,
)
from sync.reply import Reply, Verdict, VerdictKind
from sync.revision import Revision

if TYPE_CHECKING:
    from desktop.store.database import Store

_COMES_TO: Mapping[VerdictKind, Exchange] = {
    VerdictKind.ACCEPTED: Exchange.SENT,
    VerdictKind.ALREADY: Exchange.SENT,
    VerdictKind.WAITING: Exchange.WAITING,
    VerdictKind.CONFLICT: Exchange.CONFLICT,
    VerdictKind.DUPLICATE: Exchange.DUPLICATE,
    VerdictKind.REFUSED: Exchange.REFUSED,
}
REPLACED = "replaced"  # no verdict of the office: what it said is said again in a later version
_NEEDS_WORDS = frozenset({VerdictKind.CONFLICT, VerdictKind.DUPLICATE, VerdictKind.REFUSED})

_BATCH = Query(
    select(SealedBatch.settled_at, SealedBatch.hash, SealedBatch.count).where(
        SealedBatch.sequence == bindparam("sequence")
    )
)
_VOUCHED = Query(select(Manifest.counter, Manifest.audit_head).where(Manifest.sequence == bindparam("sequence")))
_SETTLED = Command(
    update(SealedBatch).where(SealedBatch.sequence == bindparam("of")),
    ("sealed", "receipt", "receipt_signature", "settled_at"),
)
_REVISION_OF = Query(
    select(SavedRevision.ordinal, SavedRevision.body, SavedRevision.verdict).where(
        SavedRevision.record == bindparam("record"),
        SavedRevision.number == bindparam("number"),
        SavedRevision.hash == bindparam("hash"),
        SavedRevision.for_office == True,  # noqa: E712
    )
)
_GIVE_VERDICT = Command(
    update(SavedRevision).where(SavedRevision.record == bindparam("of"), SavedRevision.ordinal == bindparam("nth")),
    ("verdict", "verdict_code", "verdict_detail", "verdict_at"),
)
_SHOW_VERDICT = Command(
    update(Record).where(Record.id == bindparam("of"), Record.hash == bindparam("version")),
    ("exchange", "verdict_code", "verdict_detail"),
)
_LEAVE = Command(delete(Waiting).where(Waiting.record == bindparam("record"), Waiting.ordinal == bindparam("ordinal")))
_LEAVE_AFTER = Command(
    delete(Waiting).where(
        Waiting.record == bindparam("record"),
        Waiting.ordinal > bindparam("refused"),
        # what lies in a later batch that is sealed already is answered with that batch
        Waiting.batch.is_(None) | (Waiting.batch == bindparam("batch")),
    )
)
_REPLACED = Command(
    update(SavedRevision).where(
        SavedRevision.record == bindparam("of"),
        SavedRevision.ordinal > bindparam("refused"),
        SavedRevision.for_office == True,  # noqa: E712
        SavedRevision.verdict.is_(None),
    ),
    ("verdict", "verdict_at"),
)
_LEAVE_EVENTS = Command(delete(Waiting).where(Waiting.batch == bindparam("sequence"), Waiting.ledger.is_not(None)))
_BACK = Command(update(Waiting).where(Waiting.batch == bindparam("of")), ("batch",))
_READ_UP_TO = Query(select(Progress.cursor, Progress.epoch, Progress.receipt_at))
_ADVANCE = Command(update(Progress), ("cursor", "epoch", "receipt_at"))
_ADD_FEED = Command(insert(FeedEntry).prefix_with("OR IGNORE"))
_DECIDE = Command(update(Record).where(Record.id == bindparam("of")), ("number", "parent"))
_FOLLOW = Command(update(Record).where(Record.id == bindparam("of"), Record.hash == bindparam("version")), ("parent",))
_NEWEST = Query(
    select(SavedRevision.ordinal, SavedRevision.hash, SavedRevision.body, SavedRevision.verdict)
    .where(SavedRevision.record == bindparam("record"), SavedRevision.for_office == True)  # noqa: E712
    .order_by(SavedRevision.ordinal.desc())
    .limit(1)
)


def settle(store: Store, unlocked: Unlocked, sequence: int, reply: Reply) -> None:
    """Takes in a verified reply. Revisions without a verdict go back to waiting; a settled batch stays as it is."""
    with store.writing() as work:
        batch = work.one(_BATCH, sequence=sequence)
        if batch is None or batch[0] is not None:
            return
        receipt = reply.receipt.receipt
        if (receipt.batch_hash, receipt.count) != (batch[1], batch[2]):
            raise ValueError("a reply must be verified against its batch before it settles anything")
        at = store.moment()
        fresh = [verdict for verdict in reply.verdicts if _give(work, verdict, at)]
        for verdict in fresh:
            if verdict.kind is VerdictKind.REFUSED:
                _offer_again(work, unlocked, verdict, at, batch=sequence)
        work.run(_LEAVE_EVENTS, sequence=sequence)
        work.run(_BACK, of=sequence, batch=None)
        work.run(
            _SETTLED,
            of=sequence,
            sealed=None,
            receipt=reply.receipt.data,
            receipt_signature=reply.receipt.signature,
            settled_at=at,
        )
        changed = [_take(store, work, item, at) for item in reply.feed]
        _advance(work, reply)
        deed = Deed(Action.SETTLED, sequence.to_bytes(8, "big"), receipt.batch_hash)
        audit.append(work, unlocked, at, [deed])
        vouched = work.one(_VOUCHED, sequence=sequence)
    if vouched is not None:
        _anchor(store, vouched, reply)
    if any(changed):
        store.refresh()


def _anchor(store: Store, vouched: tuple[int, bytes], reply: Reply) -> None:
    counter, head = vouched
    signed = reply.receipt
    device = signed.receipt.device
    standing = anchor.read(store.folder)
    if standing is not None and standing.device == device and standing.counter > counter:
        return  # a later batch was answered first: its receipt vouches for more
    anchor.write(
        store.folder,
        Anchor(device=device, counter=counter, head=head, receipt=signed.data, signature=signed.signature),
    )


def _advance(work: Work, reply: Reply) -> None:
    """The feed is read as far as this reply goes, if it is not an old one that came by a slower road."""
    cursor, epoch, receipt_at = work.all(_READ_UP_TO)[0]
    at = reply.receipt.receipt.at
    newest = receipt_at is None or at >= receipt_at
    if reply.epoch == epoch:
        cursor = max(cursor, reply.cursor)
    elif newest:  # the office was set back and counts anew
        cursor, epoch = reply.cursor, reply.epoch
    work.run(_ADVANCE, cursor=cursor, epoch=epoch, receipt_at=at if newest else receipt_at)


def _give(work: Work, verdict: Verdict, at: datetime) -> bool:
    """Keeps the verdict; whether it says anything new: a version that was replaced on its way has none any more."""
    row = work.one(_REVISION_OF, record=verdict.record, number=verdict.revision_number, hash=verdict.hash)
    if row is None:
        return False
    if row[2] == REPLACED:
        work.run(_LEAVE, record=verdict.record, ordinal=row[0])
        return False
    kind = VerdictKind(verdict.kind)
    code = verdict.code or (f"verdict.{kind.name.lower()}" if kind in _NEEDS_WORDS else None)
    differences = [[part.field, part.ours, part.theirs] for part in verdict.fields]
    whole = {"detail": dict(verdict.detail), "fields": differences, "head": (verdict.head or b"").hex()}
    work.run(
        _GIVE_VERDICT,
        of=verdict.record,
        nth=row[0],
        verdict=kind.name.lower(),
        verdict_code=code,
        verdict_detail=json.dumps(whole, ensure_ascii=False),
        verdict_at=at,
    )
    # Only where nothing newer was saved during the flight: that stays to be sent.
    work.run(
        _SHOW_VERDICT,
        of=verdict.record,
        version=verdict.hash,
        exchange=_COMES_TO[kind].value,
        verdict_code=code,
        verdict_detail=json.dumps(dict(verdict.detail), ensure_ascii=False),
    )
    work.run(_LEAVE, record=verdict.record, ordinal=row[0])
    if kind is VerdictKind.REFUSED:
        # What was refused is not kept over there: the next version follows the one before it, or would wait for ever.
        work.run(_FOLLOW, of=verdict.record, version=verdict.hash, parent=Revision.decode(row[1]).parent)
    elif kind is VerdictKind.CONFLICT and verdict.head is not None:
        # Who saves now has seen both: the next version follows the office's.
        work.run(_FOLLOW, of=verdict.record, version=verdict.hash, parent=verdict.head)
    return True


def _offer_again(work: Work, unlocked: Unlocked, verdict: Verdict, at: datetime, *, batch: int) -> None:
    """Saves the newest version once more, upon the last one kept by the office, when it followed a refused one."""
    refused = work.one(_REVISION_OF, record=verdict.record, number=verdict.revision_number, hash=verdict.hash)
    newest = work.one(_NEWEST, record=verdict.record)
    if refused is None or newest is None or newest[0] <= refused[0] or newest[3] not in {None, "waiting"}:
        return
    head, last = revisions.head(work, verdict.record), Revision.decode(newest[2])
    parent = Revision.decode(refused[1]).parent
    again = replace(last, number=head.number + 1, parent=parent, at=at)
    work.run(_LEAVE_AFTER, record=verdict.record, refused=refused[0], batch=batch)
    work.run(_REPLACED, of=verdict.record, refused=refused[0], verdict=REPLACED, verdict_at=at)
    facts = revisions.newest_facts(work, verdict.record)
    found = revisions.found(work, verdict.record)
    revisions.keep(work, unlocked, at, [Version(head, again, facts, head.state, found, for_office=True)])


def _take(store: Store, work: Work, item: FeedItem, at: datetime) -> bool:
    """Keeps one item of the feed and does what it says; whether it changed the reference data.

    A file that does not hold what it must is kept and left unused: it must not stop what else the reply brings.
    """
    body = encode_body(item.kind, item.body)
    if work.run(_ADD_FEED, cursor=item.cursor, kind=item.kind, body=body, taken_at=at) == 0:
        return False
    try:
        return _followed(store, work, item, at)
    except PayungError:
        return False


def _followed(store: Store, work: Work, item: FeedItem, at: datetime) -> bool:
    match item.body:
        case DataFile(content=content) if item.kind == FeedKind.EVENT:
            reference.take_event(work, content, at)
        case DataFile(code=code, version=version, content=content):
            reference.take_tariff(work, code, version, content, at)
        case TpsList(village=village, entries=entries):
            reference.take_polling_stations(work, village, entries)
        case NewDeviceCertificate(certificate=certificate):
            reference.take_certificate(work, certificate, store.laptop, at)
        case NewServerKeys(certificate=certificate):
            reference.take_server_keys(work, certificate, store.laptop, at)
        case LaterVerdict() as later:
            _give(work, _verdict(later), at)
            return False
        case Decision(record=record, number=number, head=head):
            _decide(work, record, number, head)
            return False
        case _:
            return False
    return True


def _verdict(later: LaterVerdict) -> Verdict:
    return Verdict(
        record=later.record,
        revision_number=later.revision_number,
        hash=later.hash,
        kind=VerdictKind(later.kind),
        code=later.code,
        detail=later.detail,
    )


def _decide(work: Work, record: UUID, number: int, head: bytes) -> None:
    """From now on the office's version is the parent of the next one saved here."""
    work.run(_DECIDE, of=record, number=number, parent=head)
