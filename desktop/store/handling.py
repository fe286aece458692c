"""What becomes of every printed certificate: in hand, handed over, spoiled or void; and the day's balance of them.

A paper is one print of one number. It leaves the office's hands once: to a person, to the waste, or because its number
is void. All of it goes to the office, but for what was said (to whom, why): that stays on this laptop.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from sqlalchemy import select

from desktop.store import audit, certificates
from desktop.store.audit import Action, Deed
from desktop.store.revisions import Exchange
from desktop.store.statements import Query, Work
from desktop.store.tables import CertificateNumber, LedgerEntry, Record
from payung import clock
from sync.ledger import LedgerEvent, LedgerKind

if TYPE_CHECKING:
    from desktop.store.database import Store

Key: TypeAlias = tuple[str, int]  # a certificate's number and which print of it
_Until: TypeAlias = Callable[[datetime], bool]


class Fate(StrEnum):
    """Where a paper is. `RECALL`: handed over, and void since."""

    IN_HAND = "in_hand"
    HANDED_OVER = "handed_over"
    SPOILED = "spoiled"
    VOID = "void"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class Paper:
    """One print: when it was made, where it is and since when; `note` says to whom it went or why it is lost."""

    number: str
    copy: int
    record: UUID
    revision: int
    printed_at: datetime
    fate: Fate
    since: datetime
    handed_at: datetime | None = None
    note: str = ""

    @property
    def key(self) -> Key:
        """What names it."""
        return (self.number, self.copy)


@dataclass(frozen=True, slots=True)
class Day:
    """A day's balance in papers: `before` + `printed` = `handed` + `spoiled` + `void` + `in_hand`.

    `lost` are the papers spoiled or void that day, and those void after they were handed over (not in the sum).
    """

    before: int
    printed: int
    handed: int
    spoiled: int
    void: int
    in_hand: int
    lost: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Unsent:
    """A certificate in the world whose record the office does not have; `days` since it was first printed."""

    number: str
    record: UUID
    name: str
    place: str
    tps: int | None
    days: int


_KIND_OF = {Action.HANDED_OVER: LedgerKind.HANDED_OVER, Action.SPOILED: LedgerKind.SPOILED}
_FATES = {LedgerKind.HANDED_OVER: Fate.HANDED_OVER, LedgerKind.SPOILED: Fate.SPOILED}
_ENTRIES = Query(
    select(
        LedgerEntry.number,
        LedgerEntry.kind,
        LedgerEntry.record,
        LedgerEntry.revision,
        LedgerEntry.copy,
        LedgerEntry.at,
        LedgerEntry.note,
    ).order_by(LedgerEntry.id)
)
_UNSENT = Query(
    select(
        CertificateNumber.number,
        CertificateNumber.record,
        CertificateNumber.issued_at,
        Record.name,
        Record.place,
        Record.tps,
    )
    .join(Record, Record.id == CertificateNumber.record)
    .where(
        CertificateNumber.voided_at.is_(None),
        Record.exchange != Exchange.SENT.value,
        Record.exchange != Exchange.WAITING.value,
    )
    .order_by(CertificateNumber.issued_at, CertificateNumber.sequence)
)


def papers(store: Store) -> tuple[Paper, ...]:
    """Every paper ever printed, in the order of printing."""
    with store.reading() as work:
        return tuple(_replayed(work).values())


def hand_over(store: Store, keys: Collection[Key], to: str) -> int:
    """Records that these papers were given to somebody; those no longer in hand are left alone. How many were."""
    return _settle(store, keys, Action.HANDED_OVER, to)


def spoil(store: Store, keys: Collection[Key], reason: str) -> int:
    """Records that these papers cannot be given to anybody; those no longer in hand are left alone. How many were."""
    return _settle(store, keys, Action.SPOILED, reason)


def void(store: Store, record: UUID, reason: str) -> int:
    """Takes the worth from the record's certificate, wherever its papers are; how many numbers were void by it."""
    with store.writing() as work:
        at = store.moment()
        count = certificates.void(work, store.unlocked, record, at, reason)
        if count:
            audit.append(work, store.unlocked, at, [Deed(Action.VOIDED, record.bytes, reason.encode())])
    return count


def day(store: Store, on: date) -> Day:
    """The balance of a day by the village's clock; everything later is left out."""
    region = store.laptop.villages[0]
    with store.reading() as work:
        before = _replayed(work, until=lambda at: clock.day(at, region) < on)
        after = _replayed(work, until=lambda at: clock.day(at, region) <= on)
    left = [paper for paper in after.values() if _gone_on(paper, on, region)]
    counts = {fate: sum(_first_fate(paper) is fate for paper in left) for fate in Fate}
    return Day(
        before=sum(paper.fate is Fate.IN_HAND for paper in before.values()),
        printed=len(after) - len(before),
        handed=counts[Fate.HANDED_OVER],
        spoiled=counts[Fate.SPOILED],
        void=counts[Fate.VOID],
        in_hand=sum(paper.fate is Fate.IN_HAND for paper in after.values()),
        lost=tuple(
            paper
            for paper in after.values()
            if paper.fate in {Fate.SPOILED, Fate.VOID, Fate.RECALL} and clock.day(paper.since, region) == on
        ),
    )


def unsent(store: Store, on: date) -> tuple[Unsent, ...]:
    """The certificates whose records wait for the office, the oldest first."""
    with store.reading() as work:
        rows = work.all(_UNSENT)
    return tuple(
        Unsent(number, record, name, place, tps, max(0, (on - clock.day(at, place)).days))
        for number, record, at, name, place, tps in rows
    )


def _settle(store: Store, keys: Collection[Key], action: Action, note: str) -> int:
    with store.writing() as work:
        at = store.moment()
        known = _replayed(work)
        found = [known[key] for key in dict.fromkeys(keys) if key in known and known[key].fate is Fate.IN_HAND]
        events = [
            LedgerEvent(
                number=paper.number,
                kind=_KIND_OF[action],
                record=paper.record,
                revision=paper.revision,
                at=at,
                operator=store.unlocked.operator_id,
                copy=paper.copy,
            )
            for paper in found
        ]
        certificates.enter(work, events, note or None)
        deeds = [Deed(action, paper.number.encode(), paper.record.bytes) for paper in found]
        if deeds:
            audit.append(work, store.unlocked, at, deeds)
    return len(found)


def _gone_on(paper: Paper, on: date, region: str) -> bool:
    """Whether it left the office's hands that day."""
    if paper.fate is Fate.IN_HAND:
        return False
    return clock.day(paper.handed_at or paper.since, region) == on


def _first_fate(paper: Paper) -> Fate:
    return Fate.HANDED_OVER if paper.fate is Fate.RECALL else paper.fate


def _replayed(work: Work, until: _Until | None = None) -> dict[Key, Paper]:
    """Every paper by its key, as the ledger tells it in its order."""
    found: dict[Key, Paper] = {}
    copies: dict[str, list[Key]] = {}
    for number, kind, record, revision, copy, at, note in work.each(_ENTRIES):
        if until is not None and not until(at):
            continue
        key = (number, copy)
        if kind == LedgerKind.PRINTED:
            found[key] = Paper(number, copy, record, revision, at, Fate.IN_HAND, at)
            copies.setdefault(number, []).append(key)
        elif kind == LedgerKind.VOID:
            for other in copies.get(number, ()):
                found[other] = _voided(found[other], at, note or "")
        elif kind in _FATES and key in found:
            fate = _FATES[LedgerKind(kind)]
            handed = at if fate is Fate.HANDED_OVER else None
            found[key] = replace(found[key], fate=fate, since=at, handed_at=handed, note=note or "")
    return found


def _voided(paper: Paper, at: datetime, note: str) -> Paper:
    if paper.fate is Fate.HANDED_OVER:
        return replace(paper, fate=Fate.RECALL, since=at, note=note)
    return replace(paper, fate=Fate.VOID, since=at, note=note) if paper.fate is Fate.IN_HAND else paper
