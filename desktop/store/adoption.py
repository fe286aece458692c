"""A new identity for a store that goes on elsewhere: restored from a backup, salvaged, or found copied.

What the office has received stays settled. What it has not is given back to waiting and sealed anew under the new
device; the office answers "already" to what it had from the old one. Certificate numbers go on under the new tag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update

from desktop.store import audit, reference
from desktop.store.audit import Action, Deed
from desktop.store.errors import KitNeeded, KitOfOtherEvent, KitOfOtherOffice, KitTooNarrow, KitUsed
from desktop.store.revisions import Exchange
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import AuditEntry, Laptop, Progress, Record, SavedRevision, SealedBatch, Waiting
from desktop.store.vault import Unlocked
from payung import event as events
from sync import trust
from sync.errors import SyncError
from sync.trust import DeviceCertificate

if TYPE_CHECKING:
    from desktop.store.database import Store
    from desktop.store.reference import Laptop as Identity
    from sync.kit import Kit

NO_KEY = b""


@dataclass(frozen=True, slots=True)
class Adopted:
    """The identity before and the one now; `batches` of the old one were given up, `waiting` revisions will be sent."""

    before: UUID
    device: UUID
    batches: int
    waiting: int


_IDENTITIES = Query(
    select(AuditEntry.subject).where(
        (AuditEntry.action == Action.SET_UP.value) | (AuditEntry.action == Action.ADOPTED.value)
    )
)
_TAKE_KIT = Command(
    update(Laptop),
    (
        "device",
        "tag",
        "villages",
        "institution",
        "server_url",
        "office_name",
        "office_contact",
        "device_certificate",
        "sign_private",
        "seal_private",
        "kit_made_at",
    ),
)
_DROP_KEYS = Command(update(Laptop), ("sign_private", "seal_private"))
_GIVE_BACK = Command(update(Waiting).where(Waiting.batch.is_not(None)), ("batch",))
_GIVE_UP = Command(update(SealedBatch).where(SealedBatch.settled_at.is_(None)), ("sealed", "settled_at"))
_NEW_CHAIN = Command(update(Progress), ("batch_head", "cursor", "epoch"))
_HELD = Query(
    select(SavedRevision.record, SavedRevision.ordinal)
    .where(SavedRevision.verdict == "waiting")
    .order_by(SavedRevision.record, SavedRevision.ordinal)
)
_ASK_AGAIN = Command(
    update(SavedRevision).where(SavedRevision.record == bindparam("of"), SavedRevision.ordinal == bindparam("nth")),
    ("verdict", "verdict_code", "verdict_detail", "verdict_at"),
)
_QUEUED = Command(
    update(Record).where(Record.id == bindparam("of"), Record.exchange == Exchange.WAITING.value), ("exchange",)
)
_QUEUE = Command(insert(Waiting), ("record", "ordinal", "queued_at"))
_WAITING = Query(select(func.count()).where(Waiting.record.is_not(None)))
# Items of another identity's feed keep their order below nought, out of the way of the new one's numbers.
_OLD_FEED = "UPDATE feed SET cursor = (SELECT min(0, min(cursor)) FROM feed) - cursor WHERE cursor > 0"


def require_identity(laptop: Identity) -> None:
    """Raises KitNeeded where the store was restored and has no device keys: nothing may be signed in its name."""
    if not laptop.sign_private or not laptop.seal_private:
        raise KitNeeded


def drop_keys(work: Work, unlocked: Unlocked, deed: Deed, at: datetime) -> None:
    """Takes the device keys out of a restored store, so that two laptops can never count on under one identity."""
    audit.append(work, unlocked, at, [deed])
    work.run(_DROP_KEYS, sign_private=NO_KEY, seal_private=NO_KEY)


def adopt_kit(store: Store, kit: Kit) -> Adopted:
    """Goes on under the kit's identity; one transaction. The kit must be fresh, of the same office and event.

    Raises KitUsed, KitOfOtherEvent, KitOfOtherOffice, KitTooNarrow, and what `sync.trust.verify` raises; then nothing
    was changed.
    """
    at, before = store.moment(), store.laptop
    certificate = trust.verify(kit.device_certificate, kit.root_public, store.clock())
    with store.writing() as work:
        _check(work, before, kit, certificate)
        batches = work.run(_GIVE_UP, sealed=None, settled_at=at)
        work.run(_GIVE_BACK, batch=None)
        _ask_again(work, at)
        work.run(_NEW_CHAIN, batch_head=None, cursor=0, epoch=None)
        work.driver.execute(_OLD_FEED)
        _take(work, kit, certificate)
        if kit.reply_public not in reference.known_reply_keys(work):
            reference.use_server_keys(work, kit.intake_public, kit.reply_public, at)
        reference.take_kit_data(work, kit, at)
        made_of = hashlib.sha256(kit.device_certificate).digest()
        audit.append(work, store.unlocked, at, [Deed(Action.ADOPTED, certificate.device.bytes, made_of)])
        waiting = work.all(_WAITING)[0][0]
    store.refresh()
    return Adopted(before.device, certificate.device, batches, waiting)


def _check(work: Work, before: Identity, kit: Kit, certificate: DeviceCertificate) -> None:
    # The same root, and keys that served here already or that it vouches for: a kit from before the office renewed its
    # keys does not bring the older ones back.
    if kit.root_public != before.root_public or not _of_office(work, kit):
        raise KitOfOtherOffice
    if certificate.institution != before.institution:
        raise KitOfOtherOffice
    if events.from_json(kit.event_json).code != before.event or certificate.event != before.event:
        raise KitOfOtherEvent
    if certificate.device == before.device or (certificate.device.bytes,) in work.all(_IDENTITIES):
        raise KitUsed
    missing = [village for village in before.villages if not _within(certificate.villages, village)]
    if missing:
        raise KitTooNarrow(villages=", ".join(missing))


def _of_office(work: Work, kit: Kit) -> bool:
    if kit.reply_public in reference.known_reply_keys(work):
        return True
    try:
        keys = trust.verify_server_keys(kit.server_certificate, kit.root_public, None)
    except SyncError:
        return False
    return (keys.intake_public, keys.reply_public) == (kit.intake_public, kit.reply_public)


def _within(villages: Sequence[str], village: str) -> bool:
    return any(village == one or village.startswith(f"{one}.") for one in villages)


def _ask_again(work: Work, at: datetime) -> None:
    """What the office holds until its parent comes would be answered to the old identity: it is offered again."""
    for record, ordinal in work.all(_HELD):
        nothing = {"verdict": None, "verdict_code": None, "verdict_detail": None, "verdict_at": None}
        work.run(_ASK_AGAIN, of=record, nth=ordinal, **nothing)
        work.run(_QUEUED, of=record, exchange=Exchange.QUEUED.value)
        work.run(_QUEUE, record=record, ordinal=ordinal, queued_at=at)


def _take(work: Work, kit: Kit, certificate: DeviceCertificate) -> None:
    work.run(
        _TAKE_KIT,
        device=certificate.device,
        tag=certificate.tag,
        villages=" ".join(certificate.villages),
        institution=str(certificate.institution),
        server_url=kit.server_url,
        office_name=kit.office_name,
        office_contact=kit.office_contact,
        device_certificate=kit.device_certificate,
        sign_private=kit.sign_private,
        seal_private=kit.seal_private,
        kit_made_at=kit.made_at,
    )
