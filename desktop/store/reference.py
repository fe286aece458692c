"""What the office gave the laptop to work with: its identity, the election event, the polling stations."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from desktop.store.errors import Damaged
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import DataFile, OperatorKey, Progress, Tps
from desktop.store.tables import Laptop as LaptopRow
from desktop.store.vault import Unlocked
from payung import event as events
from payung.errors import DataError
from payung.event import Event
from sync import trust
from sync.envelope import key_id
from sync.errors import NotAuthorised, SyncError
from sync.feed import TpsEntry
from sync.trust import DeviceCertificate

if TYPE_CHECKING:
    from sync.kit import Kit

SENTINEL = "payung"
EVENT = "event"
TARIFF = "tariff"
SERVER = "server"  # what the root signed about keys of the office, each under the id of its reply key
FORMER = "server-former"  # intake and reply key, raw, that others replaced; taken_at says when
FROM_KIT = "kit"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """This laptop as the office knows it. The private keys are shown by no repr.

    `former_reply` are the office's raw reply keys of other times: they verify receipts, never a reply.
    """

    vault: UUID
    device: UUID
    tag: str
    villages: tuple[str, ...]
    institution: str
    event: str
    server_url: str
    office_name: str
    office_contact: str
    root_public: bytes
    intake_public: bytes
    reply_public: bytes
    device_certificate: bytes
    sign_private: bytes = field(repr=False)
    seal_private: bytes = field(repr=False)
    former_reply: tuple[bytes, ...] = ()

    @property
    def reply_keys(self) -> tuple[bytes, ...]:
        """Every reply key of the office that a receipt may be signed with, the one in use first."""
        return (self.reply_public, *self.former_reply)


_LAPTOP = Query(
    select(
        LaptopRow.sentinel,
        LaptopRow.vault,
        LaptopRow.device,
        LaptopRow.tag,
        LaptopRow.villages,
        LaptopRow.institution,
        LaptopRow.event,
        LaptopRow.server_url,
        LaptopRow.office_name,
        LaptopRow.office_contact,
        LaptopRow.root_public,
        LaptopRow.intake_public,
        LaptopRow.reply_public,
        LaptopRow.device_certificate,
        LaptopRow.sign_private,
        LaptopRow.seal_private,
    )
)
_ADD_LAPTOP = Command(insert(LaptopRow))
_ADD_PROGRESS = Command(insert(Progress))
_ADD_FILE = Command(insert(DataFile).prefix_with("OR REPLACE"))
_USE_CERTIFICATE = Command(update(LaptopRow), ("device_certificate", "tag", "villages", "institution"))
_IN_USE = Query(select(LaptopRow.intake_public, LaptopRow.reply_public))
_USE_SERVER_KEYS = Command(update(LaptopRow), ("intake_public", "reply_public"))
_BODIES = Query(select(DataFile.body).where(DataFile.kind == bindparam("kind")).order_by(DataFile.taken_at))
_NEWEST = Query(
    select(DataFile.body)
    .where(DataFile.kind == bindparam("kind"), DataFile.code == bindparam("code"))
    .order_by(DataFile.version.desc())
    .limit(1)
)
_ADD_TPS = Command(insert(Tps))
_CLOSE_VILLAGE = Command(delete(Tps).where(Tps.village == bindparam("village")))
_TPS = Query(select(Tps.village, Tps.number, Tps.special, Tps.address, Tps.voters).order_by(Tps.village, Tps.number))
_ADD_OPERATOR = Command(insert(OperatorKey).prefix_with("OR IGNORE"))


def lay(work: Work, unlocked: Unlocked, kit: Kit, certificate: DeviceCertificate, at: datetime) -> None:
    """Writes a kit into an empty database: the laptop's row, its event, its polling stations, its operator."""
    work.run(
        _ADD_LAPTOP,
        id=1,
        sentinel=SENTINEL,
        vault=unlocked.vault_id,
        device=certificate.device,
        tag=certificate.tag,
        villages=" ".join(certificate.villages),
        institution=str(certificate.institution),
        event=events.from_json(kit.event_json).code,
        server_url=kit.server_url,
        office_name=kit.office_name,
        office_contact=kit.office_contact,
        root_public=kit.root_public,
        intake_public=kit.intake_public,
        reply_public=kit.reply_public,
        device_certificate=kit.device_certificate,
        sign_private=kit.sign_private,
        seal_private=kit.seal_private,
        kit_made_at=kit.made_at,
        made_at=at,
    )
    work.run(_ADD_PROGRESS, id=1, batch_number=0, certificate_number=0, cursor=0)
    take_kit_data(work, kit, at)
    know_operator(work, unlocked, at)


def take_kit_data(work: Work, kit: Kit, at: datetime) -> None:
    """Keeps what a kit brings beside the identity: event, tariff, and the polling stations of its villages."""
    take_event(work, kit.event_json, at)
    if kit.tariff_json:
        work.run(_ADD_FILE, kind=TARIFF, code=FROM_KIT, version=0, body=kit.tariff_json, taken_at=at)
    if kit.server_certificate:
        _keep_certificate(work, kit.server_certificate, kit.reply_public, at)
    for village in sorted({entry.village for entry in kit.tps}):
        take_polling_stations(work, village, [entry for entry in kit.tps if entry.village == village])


def server_certificates(work: Work, root_public: bytes) -> dict[bytes, bytes]:
    """What the office's root signed about its own keys, by the reply key it vouches for; oldest first."""
    found = {}
    for (body,) in work.all(_BODIES, kind=SERVER):
        with contextlib.suppress(SyncError):
            found[trust.verify_server_keys(body, root_public, None).reply_public] = body
    return found


def take_server_keys(work: Work, certificate: bytes, of: Laptop, at: datetime) -> None:
    """Uses the office's next keys from now on and remembers those before; keys that served already change nothing.

    No time is asked for: a clock set wrong must not keep a laptop from its office. Raises NotAuthorised, Unreadable.
    """
    taken = trust.verify_server_keys(certificate, of.root_public, None)
    if taken.reply_public not in known_reply_keys(work):
        use_server_keys(work, taken.intake_public, taken.reply_public, at)
    _keep_certificate(work, certificate, taken.reply_public, at)


def use_server_keys(work: Work, intake: bytes, reply: bytes, at: datetime) -> None:
    """Puts the office's keys in the place of those in use, which are remembered."""
    intake_before, reply_before = work.all(_IN_USE)[0]
    if (intake_before, reply_before) != (intake, reply):
        body = intake_before + reply_before
        work.run(_ADD_FILE, kind=FORMER, code=key_id(reply_before).hex(), version=0, body=body, taken_at=at)
        work.run(_USE_SERVER_KEYS, intake_public=intake, reply_public=reply)


def known_reply_keys(work: Work) -> frozenset[bytes]:
    """The reply keys that are or were in use here."""
    (_, in_use), former = work.all(_IN_USE)[0], work.all(_BODIES, kind=FORMER)
    return frozenset({in_use, *(body[-KEY_BYTES:] for (body,) in former)})


def _keep_certificate(work: Work, certificate: bytes, reply: bytes, at: datetime) -> None:
    work.run(_ADD_FILE, kind=SERVER, code=key_id(reply).hex(), version=0, body=certificate, taken_at=at)


def know_operator(work: Work, unlocked: Unlocked, at: datetime) -> None:
    """Keeps the operator's public key, so that his signatures verify after he has gone."""
    work.run(
        _ADD_OPERATOR,
        id=unlocked.operator_id,
        name=unlocked.operator,
        role=unlocked.role.value,
        public_key=unlocked.signing_key.public_key().public_bytes_raw(),
        added_at=at,
    )


def laptop(work: Work) -> Laptop:
    """The laptop's row; Damaged when it or its sentinel is not there."""
    row = work.one(_LAPTOP)
    if row is None or row[0] != SENTINEL:
        raise Damaged(part="database")
    (_, vault, device, tag, villages, institution, event, url, name, contact, *keys) = row
    root, intake, reply, certificate, sign, seal = keys
    former = [body[-KEY_BYTES:] for (body,) in work.all(_BODIES, kind=FORMER)]
    return Laptop(
        vault=vault,
        device=device,
        tag=tag,
        villages=tuple(villages.split()),
        institution=institution,
        event=event,
        server_url=url,
        office_name=name,
        office_contact=contact,
        root_public=root,
        intake_public=intake,
        reply_public=reply,
        device_certificate=certificate,
        sign_private=sign,
        seal_private=seal,
        former_reply=tuple(dict.fromkeys(key for key in (*former, *server_certificates(work, root)) if key != reply)),
    )


def event(work: Work, code: str) -> Event:
    """The newest version of the event that the office has sent; Damaged when there is none."""
    row = work.one(_NEWEST, kind=EVENT, code=code)
    if row is None:
        raise Damaged(part="database")
    try:
        return events.from_json(row[0])
    except DataError as error:  # it was one when it was kept; SQLCipher reads a damaged overflow page as noughts
        raise Damaged(part="database") from error


def take_event(work: Work, body: bytes, at: datetime) -> Event:
    """Keeps a version of an event beside the older ones. DataError when the file is not an event."""
    taken = events.from_json(body)
    work.run(_ADD_FILE, kind=EVENT, code=taken.code, version=taken.version, body=body, taken_at=at)
    return taken


def polling_stations(work: Work) -> tuple[TpsEntry, ...]:
    """Every polling station of the laptop's villages, by village and number."""
    return tuple(
        TpsEntry(village=village, number=number, special=special, address=address, voters=voters)
        for village, number, special, address, voters in work.all(_TPS)
    )


def take_polling_stations(work: Work, village: str, entries: Iterable[TpsEntry]) -> None:
    """Replaces a village's polling stations; records at a closed one stay and are shown as such."""
    work.run(_CLOSE_VILLAGE, village=village)
    work.many(_ADD_TPS, (_row(entry) for entry in entries))


def take_tariff(work: Work, code: str, version: int, body: bytes, at: datetime) -> None:
    """Keeps a version of a tariff beside the older ones."""
    work.run(_ADD_FILE, kind=TARIFF, code=code, version=version, body=body, taken_at=at)


def take_certificate(work: Work, certificate: bytes, of: Laptop, at: datetime) -> None:
    """Uses a renewed device certificate from now on. Raises NotAuthorised when it is another device's, or false."""
    taken = trust.verify(certificate, of.root_public, at)
    if taken.device != of.device:
        raise NotAuthorised("device")
    work.run(
        _USE_CERTIFICATE,
        device_certificate=certificate,
        tag=taken.tag,
        villages=" ".join(taken.villages),
        institution=str(taken.institution),
    )


def _row(entry: TpsEntry) -> dict[str, object]:
    return {
        "village": entry.village,
        "number": entry.number,
        "special": entry.special,
        "address": entry.address,
        "voters": entry.voters,
    }
