"""From the store to paper: certificates, numbers allocated and prints recorded first, and the recovery card.

The screens and the terminal print the same way; nothing here asks or tells anybody.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.paper import certificate as paper_certificate
from desktop.paper import day_sheet, recovery_card
from desktop.paper.certificate import Arranged, Certificate, Written
from desktop.paper.day_sheet import DaySheet
from desktop.paper.receipts import ReceiptHead
from desktop.paper.recovery_card import Card
from desktop.store import certificates, enrolments, handling
from desktop.store.certificates import Allocated, LeftOut
from desktop.store.database import Store
from desktop.store.handling import Fate, Key
from payung import certificate, clock, contribution, dates, tariff
from payung.certificate import Print
from payung.cover import CoverState, OnRecord
from payung.errors import DataError
from payung.event import Kind, Post
from sync import certificate_code, trust
from sync.certificate_code import JKK, JKM, PROPOSED, Claims
from sync.trust import DeviceCertificate

SCHEME = "pu"  # the officers' contribution is paid by the government
OPEN_TERM = timedelta(days=365)  # how long a code holds where the event does not know the post's term
_SENT = {enrolments.Exchange.SENT, enrolments.Exchange.WAITING}
_CODE = 540  # characters of a real code, about: what is shown before printing looks as dense as the real one


@dataclass(frozen=True, slots=True)
class Choices:
    """How it is to be printed: layout, paper, with a copy to keep, with the list of receipts to sign."""

    layout: str = "2up"
    paper: str = "A4"
    archive: bool = False
    receipts: bool = False


PLAIN = Choices()


@dataclass(frozen=True, slots=True)
class Issued:
    """What was written to `path`, and which of the wanted records are not in it."""

    path: Path
    certificates: int
    pages: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Certificates about to be drawn, the records and papers they are, and who is not among them."""

    certificates: tuple[Certificate, ...]
    records: tuple[UUID, ...]
    keys: tuple[Key, ...]
    arranged: Arranged
    left_out: tuple[LeftOut, ...] = ()


def issue(
    store: Store,
    ids: Collection[UUID],
    path: Path,
    choices: Choices = PLAIN,
    *,
    progress: Callable[[int], None] | None = None,
) -> Issued:
    """Write the certificates of the records in their order; those that are not ready are left out, with the reason.

    Without a ready record no file is written. Raises Expired when this laptop may no longer certify, TooLong,
    CodeTooLong, StoreError; OSError when the file cannot be written (the numbers are then kept for the next print).
    """
    arranged = _arranged(store, choices)
    wanted, left_out = _wanted(store, ids)
    if not wanted:
        return Issued(path, 0, 0, left_out)
    device = trust.verify(store.laptop.device_certificate, store.laptop.root_public, store.clock())
    given = certificates.allocate(store, wanted)
    written = paper_certificate.write(path, _certificates(store, device, given), arranged, progress=progress)
    return Issued(path, written.certificates, written.pages, left_out)


def prepare(store: Store, ids: Collection[UUID], choices: Choices = PLAIN, *, spoiled: Collection[Key] = ()) -> Batch:
    """Allocate the numbers and record the prints; what is then to be drawn. Nothing is written to the disk.

    `spoiled` are papers that these take the place of, after a jam. Raises Expired, StoreError.
    """
    arranged = _arranged(store, choices)
    wanted, left_out = _wanted(store, ids)
    device = trust.verify(store.laptop.device_certificate, store.laptop.root_public, store.clock())
    if spoiled:
        handling.spoil(store, spoiled, certificate.texts()["reason.jam"])
    given = certificates.allocate(store, wanted)
    drawn = tuple(_certificates(store, device, given))
    return Batch(
        drawn, tuple(one.record for one in given), tuple((one.number, one.copy) for one in given), arranged, left_out
    )


def preview(store: Store, ids: Collection[UUID], choices: Choices = PLAIN) -> Batch:
    """The same papers before they are printed: nothing is allocated, none has a code, each is marked as a preview."""
    words = certificate.texts()
    seen = certificates.prospect(store, ids)
    special = _special(store)
    drawn = tuple(
        Certificate(_statement(store, _numbered(store, one), special), _filler(), words["mark.preview"], one.copy)
        for one in seen
    )
    return Batch(drawn, tuple(one.record for one in seen), (), _arranged(store, choices))


def drawn(batch: Batch, *, progress: Callable[[int], None] | None = None) -> tuple[bytes, Written]:
    """The PDF of a batch, in memory. Raises TooLong, CodeTooLong."""
    buffer = io.BytesIO()
    written = paper_certificate.bind(buffer, batch.certificates, batch.arranged, progress=progress)
    return buffer.getvalue(), written


def again(batch: Batch, sheet: int) -> tuple[Sequence[UUID], Sequence[Key]]:
    """The records and papers on one sheet of a batch, counted from 0; none for a sheet of the list of receipts."""
    places = batch.arranged.on_sheet(sheet, len(batch.records))
    return batch.records[places.start : places.stop], batch.keys[places.start : places.stop]


def write_day(store: Store, path: Path, *, paper: str = "A4") -> DaySheet:
    """Write the sheet of today: the balance of papers, and what is printed and not sent. Raises OSError, StoreError."""
    made = _day(store)
    day_sheet.write(path, made, paper=paper)
    return made


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


def _wanted(store: Store, ids: Collection[UUID]) -> tuple[list[UUID], tuple[LeftOut, ...]]:
    left_out = certificates.left_out(store, ids)
    missing = {one.id for one in left_out}
    return [record for record in ids if record not in missing], left_out


def _arranged(store: Store, choices: Choices) -> Arranged:
    head = _receipt_head(store) if choices.receipts else None
    return Arranged(choices.layout, choices.paper, choices.archive, head)


def _receipt_head(store: Store) -> ReceiptHead:
    laptop = store.laptop
    return ReceiptHead(
        event=store.event.name,
        where=_where(store),
        office=laptop.office_name,
        moment=clock.moment(store.moment(), laptop.villages[0]),
        tag=laptop.tag,
    )


def _where(store: Store) -> str:
    return ", ".join(store.regions.title(code) for code in store.laptop.villages)


def _special(store: Store) -> frozenset[tuple[str, int]]:
    return frozenset((entry.village, entry.number) for entry in store.tps if entry.special)


def _certificates(store: Store, device: DeviceCertificate, given: Iterable[Allocated]) -> Iterator[Certificate]:
    sign = Ed25519PrivateKey.from_private_bytes(store.laptop.sign_private)
    special = _special(store)
    for one in given:
        statement = _statement(store, one, special)
        post = store.event.post(one.facts.post)
        assert post is not None, "a ready record has a post of the event"
        claims = _claims(one, post, device, at=store.clock())
        code = certificate_code.encode(claims, sign=sign, certificate=store.laptop.device_certificate)
        yield Certificate(statement, code, copy=one.copy)


def _statement(store: Store, one: Allocated, special: frozenset[tuple[str, int]]) -> certificate.Statement:
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
    return certificate.statement(one.facts, event=store.event, regions=store.regions, printing=printing)


def _numbered(store: Store, one: Allocated) -> Allocated:
    """With what stands in the number's place until there is one."""
    return (
        one
        if one.number
        else replace(one, number=f"{certificate.PREFIX}-{store.laptop.tag}-\u00b7\u00b7\u00b7\u00b7\u00b7")
    )


def _filler() -> str:
    """What a code says before printing: that it is none."""
    said = certificate.texts()["preview.code"] + " "
    return (said * (_CODE // len(said) + 1))[:_CODE]


def _day(store: Store) -> DaySheet:
    laptop, now = store.laptop, store.moment()
    today = clock.day(now, laptop.villages[0])
    day = handling.day(store, today)
    moment = clock.moment(now, laptop.villages[0])
    foot = certificate.texts()["receipts.foot"].format(office=laptop.office_name, moment=moment, tag=laptop.tag)
    return DaySheet(
        where=_where(store),
        day=dates.full(today),
        foot=foot,
        before=day.before,
        printed=day.printed,
        handed=day.handed,
        spoiled=day.spoiled,
        void=day.void,
        in_hand=day.in_hand,
        recall=sum(paper.fate is Fate.RECALL for paper in day.lost),
        lost=tuple(
            (paper.number, paper.copy, enrolments.get(store, paper.record).facts.name, paper.fate.value, paper.note)
            for paper in day.lost
        ),
        unsent=tuple((one.number, one.name, _named(store, one), one.days) for one in handling.unsent(store, today)),
        practice=store.event.kind is Kind.PRACTICE,
    )


def _named(store: Store, one: handling.Unsent) -> str:
    title = store.regions.title(one.place)
    return title if one.tps is None else f"TPS {one.tps:03}, {title}"


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
