"""From the store to paper: certificates, numbers allocated and prints recorded first, and the recovery card.

The screens and the terminal print the same way; nothing here asks or tells anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.paper import certificate as paper_certificate
from desktop.paper import recovery_card
from desktop.paper.certificate import Certificate
from desktop.paper.recovery_card import Card
from desktop.store import certificates, enrolments
from desktop.store.certificates import Allocated, LeftOut
from desktop.store.database import Store
from payung import certificate, contribution, tariff
from payung.certificate import Print
from payung.cover import CoverState, OnRecord
from payung.errors import DataError
from payung.event import Post
from sync import certificate_code, trust
from sync.certificate_code import JKK, JKM, PROPOSED, Claims
from sync.trust import DeviceCertificate

SCHEME = "pu"  # the officers' contribution is paid by the government
OPEN_TERM = timedelta(days=365)  # how long a code holds where the event does not know the post's term
_SENT = {enrolments.Exchange.SENT, enrolments.Exchange.WAITING}


@dataclass(frozen=True, slots=True)
class Issued:
    """What was written to `path`, and which of the wanted records are not in it."""

    path: Path
    certificates: int
    pages: int
    left_out: tuple[LeftOut, ...]


def issue(
    store: Store,
    ids: Collection[UUID],
    path: Path,
    *,
    layout: str = "2up",
    paper: str = "A4",
    progress: Callable[[int], None] | None = None,
) -> Issued:
    """Write the certificates of the records in their order; those that are not ready are left out, with the reason.

    Without a ready record no file is written. Raises Expired when this laptop may no longer certify, TooLong,
    CodeTooLong, StoreError; OSError when the file cannot be written (the numbers are then kept for the next print).
    """
    left_out = certificates.left_out(store, ids)
    missing = {one.id for one in left_out}
    wanted = [record for record in ids if record not in missing]
    if not wanted:
        return Issued(path, 0, 0, left_out)
    device = trust.verify(store.laptop.device_certificate, store.laptop.root_public, store.clock())
    given = certificates.allocate(store, wanted)
    written = paper_certificate.write(
        path, _certificates(store, device, given), layout=layout, paper=paper, progress=progress
    )
    return Issued(path, written.certificates, written.pages, left_out)


def card_of(store: Store) -> Card:
    """What stands on the laptop's recovery card; nothing secret."""
    laptop = store.laptop
    return Card(
        tag=laptop.tag,
        device=laptop.device,
        vault=store.unlocked.vault_id,
        villages=", ".join(store.regions.title(code) for code in laptop.villages),
        event=store.event.name,
        office=laptop.office_name,
        contact=laptop.office_contact,
        made=store.moment().astimezone().date(),
    )


def write_card(path: Path, card: Card) -> None:
    """Write the recovery card, whole or not at all. Raises OSError."""
    recovery_card.write(path, card)


def _certificates(store: Store, device: DeviceCertificate, given: Iterable[Allocated]) -> Iterator[Certificate]:
    sign = Ed25519PrivateKey.from_private_bytes(store.laptop.sign_private)
    special = {(entry.village, entry.number) for entry in store.tps if entry.special}
    for one in given:
        post = store.event.post(one.facts.post)
        assert post is not None, "a ready record has a post of the event"
        printing = Print(
            number=one.number,
            copy=one.copy,
            at=store.clock(),
            device=store.laptop.tag,
            office=store.laptop.office_name,
            office_contact=store.laptop.office_contact,
            record=OnRecord(_state(store, one)),
            wage_base=_wage_base(post, one),
            special_tps=(one.facts.place, one.facts.tps) in special,
        )
        statement = certificate.statement(one.facts, event=store.event, regions=store.regions, printing=printing)
        claims = _claims(one, post, device, at=store.clock())
        code = certificate_code.encode(claims, sign=sign, certificate=store.laptop.device_certificate)
        yield Certificate(statement, code)


def _state(store: Store, one: Allocated) -> CoverState:
    """How far the record has come by what this laptop knows: kept here, or with the office."""
    return CoverState.TERKIRIM if enrolments.get(store, one.record).exchange in _SENT else CoverState.TERSIMPAN


def _wage_base(post: Post, one: Allocated) -> int | None:
    try:
        return contribution.wage_base(
            post, tariffs=tariff.load(), scheme=SCHEME, region=one.facts.place, on=one.issued_at.date()
        )
    except DataError:
        return None  # no rule for that day: the paper says that the base is not known


def _claims(one: Allocated, post: Post, device: DeviceCertificate, *, at: datetime) -> Claims:
    """What the code says. It holds until the term's last day is over everywhere in Indonesia."""
    in_time = device.not_before <= one.issued_at <= device.not_after
    issued = one.issued_at if in_time else at
    if post.term is None:
        expires = issued + OPEN_TERM
    else:
        expires = datetime.combine(post.term.end + timedelta(days=1), time(), tzinfo=at.tzinfo)
    return Claims(
        number=one.number,
        name=one.facts.name,
        nik4=one.facts.nik[-4:],
        place=one.facts.place,
        post=one.facts.post,
        programmes=JKK | JKM,
        status=PROPOSED,
        issued=issued,
        expires=expires,
        tps=one.facts.tps,
        seat=one.facts.seat,
        start=post.term.start if post.term else None,
        end=post.term.end if post.term else None,
    )
