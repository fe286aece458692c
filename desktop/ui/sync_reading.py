"""What the page of sending reads from the store: the outbox by batch, and what the office wants looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from desktop.store import batches, outbox
from desktop.store.batches import Held, Line
from desktop.store.outbox import Status
from desktop.store.revisions import Exchange
from desktop.store.seating import TROUBLED
from desktop.ui import home_reading
from desktop.ui.page import Errand
from desktop.ui.session import Session
from payung import clock
from payung.bodies import Level
from payung.roster import Place

translate = QCoreApplication.translate

KILOBYTE = 1024
SLOW = 1000  # bytes a second over a weak mobile signal
_NAMED = 3  # places that are named before "and others"


class PacketState(StrEnum):
    """How far a batch has come."""

    WAITING = "waiting"
    RECEIVED = "received"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class Officer:
    """One record of a batch: whose, on which seat, how it stands; `errand` leads to it."""

    name: str
    seat: str
    state: str
    troubled: bool
    errand: Errand


@dataclass(frozen=True, slots=True)
class Packet:
    """One row of the outbox. `number` is None for what is not sealed yet, `open` counts records to be mended."""

    number: int | None
    title: str
    content: str
    state: PacketState
    note: str
    open: int
    mend: Errand | None


@dataclass(frozen=True, slots=True)
class Matter:
    """What the office wants looked at: whose record, what about it, and the way there."""

    name: str
    seat: str
    sentence: str
    icon: str
    deed: str
    errand: Errand


@dataclass(frozen=True, slots=True)
class SyncView:
    """All the page shows; `size` is the bytes that wait, `last` when the office last gave a receipt."""

    status: Status
    now: datetime
    last: str
    size: int
    packets: tuple[Packet, ...]
    matters: tuple[Matter, ...]

    @property
    def kilobytes(self) -> int:
        """What waits, in KB, at least one."""
        return max(1, round(self.size / KILOBYTE))

    @property
    def minutes(self) -> int:
        """How long a weak line takes, at least one minute."""
        return max(1, round(self.size / SLOW / 60))


def read(session: Session) -> SyncView:
    """Read what stands now."""
    store = session.store
    now = store.clock().astimezone(clock.zone(store.laptop.villages[0]))
    status, found = outbox.status(store), batches.outgoing(store)
    return SyncView(
        status=status,
        now=now,
        last="" if status.last_receipt is None else home_reading.moment(status.last_receipt, now),
        size=found.size,
        packets=tuple(_packet(session, line, now) for line in found.lines),
        matters=tuple(_matter(session, held) for held in batches.matters(store)),
    )


def officers(session: Session, number: int | None) -> tuple[Officer, ...]:
    """The records of one batch as they stand now."""
    return tuple(
        Officer(
            name=held.name or translate("Sync", "without a name"),
            seat=_seat(session, held),
            state=_word(session, held),
            troubled=held.newest and held.exchange in TROUBLED,
            errand=errand(session, held),
        )
        for held in batches.contents(session.store, number)
    )


def errand(session: Session, held: Held) -> Errand:
    """To the record, and to the field the office named."""
    post = session.store.event.post(held.post)
    level = post.level if post is not None else Level.TPS
    place = Place(level, held.place, held.tps if level is Level.TPS else None)
    field = held.problem.field if held.problem is not None and held.problem.field != "record" else ""
    key = (held.post, held.seat or 0, held.tps or 0)
    return Errand("enrolment", place=place, seat=key, record=held.record, field=field)


def _packet(session: Session, line: Line, now: datetime) -> Packet:
    title = translate("Sync", "Packet {number}").format(number=f"{line.number:04}") if line.number else ""
    content = translate("Sync", "{count} officers").format(count=line.count)
    where = _places(session, line.places)
    if line.received_at is None:
        state, note = PacketState.WAITING, translate("Sync", "Not sent yet")
    elif line.open:
        state, note = PacketState.PARTLY, translate("Sync", "{good} accepted · {open} to be mended")
        note = note.format(good=line.count - len(line.open), open=len(line.open))
    else:
        state, note = PacketState.RECEIVED, translate("Sync", "Receipt {receipt} · {when}")
        note = note.format(receipt=line.receipt, when=home_reading.moment(line.received_at, now))
    return Packet(
        number=line.number,
        title=title or translate("Sync", "Next packet"),
        content=" · ".join(part for part in (content, where) if part),
        state=state,
        note=note,
        open=len(line.open),
        mend=errand(session, line.open[0]) if line.open else None,
    )


def _matter(session: Session, held: Held) -> Matter:
    deeds = {
        Exchange.CONFLICT: ("copy", translate("Sync", "Compare")),
        Exchange.DUPLICATE: ("users", translate("Sync", "Check")),
    }
    icon, deed = deeds.get(held.exchange, ("circle-alert", translate("Sync", "Mend")))
    sentence = session.messages.of(held.problem) if held.problem is not None else ""
    return Matter(
        name=held.name or translate("Sync", "without a name"),
        seat=_seat(session, held),
        sentence=sentence,
        icon=icon,
        deed=deed,
        errand=errand(session, held),
    )


def _seat(session: Session, held: Held) -> str:
    return home_reading.place_title(session, held.post, held.seat, held.place, held.tps)


def _word(session: Session, held: Held) -> str:
    if not held.newest:
        return translate("Sync", "changed since")
    words = {Exchange.QUEUED: "status.ready", Exchange.NONE: "status.draft"}
    return session.messages.sentence(words.get(held.exchange, f"status.{held.exchange.value}"))


def _places(session: Session, places: Iterable[tuple[str, int | None]]) -> str:
    """The stations in runs: "TPS 001–004, 006"; other places by their names."""
    parts = []
    several = len({entry.village for entry in session.store.tps}) > 1
    for place, group in groupby(sorted(places, key=lambda at: (at[0], at[1] or 0)), key=lambda at: at[0]):
        numbers = [tps for _, tps in group]
        stations = [tps for tps in numbers if tps is not None]
        if None in numbers:
            parts.append(session.regions.title(place))
        if stations:
            text = "TPS " + ", ".join(_runs(stations))
            parts.append(f"{text} {session.regions.name(place)}" if several else text)
    named = ", ".join(parts[:_NAMED])
    return translate("Sync", "{places} and others").format(places=named) if len(parts) > _NAMED else named


def _runs(numbers: list[int]) -> Iterable[str]:
    """Neighbours from three on as a run."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        if len(run) > 2:  # noqa: PLR2004 - two neighbours are shorter as they are
            yield f"{run[0]:03}–{run[-1]:03}"
        else:
            yield from (f"{number:03}" for number in run)
