"""What the queue reads and does, in the store lane: the day's numbers, and serving one person. No widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from desktop import settings
from desktop.store import enrolments, queue
from desktop.store.errors import StoreError
from desktop.ui import documents
from desktop.ui.certificate_making import NotWritten
from desktop.ui.home_reading import place_title
from desktop.ui.session import Session

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ServedLine:
    """One person who was served today."""

    number: str
    name: str
    where: str
    record: UUID


@dataclass(frozen=True, slots=True)
class QueueDay:
    """The number that comes next, how many were served today, and the last of them first."""

    following: str
    count: int
    lines: tuple[ServedLine, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """Who got a number and a certificate just now; `path` is None when the record gets none yet."""

    line: ServedLine
    path: Path | None
    day: QueueDay


def day(session: Session) -> QueueDay:
    """The queue as it stands today."""
    found = queue.today(session.folder, _today(session))
    lines = (_line(session, ticket) for ticket in reversed(found.served[-MOST_SHOWN:]))
    return QueueDay(found.number(_letter(session)), len(found.served), tuple(line for line in lines if line))


def serve(session: Session, record: UUID) -> Served:
    """Give the record its number and write its certificate. Raises NotWritten, StoreError; the number is kept then."""
    from desktop import printing  # noqa: PLC0415 - reportlab is slow to load, and many a day nothing is printed

    ticket = queue.serve(session.folder, _today(session), record, _letter(session))
    path = documents.free(documents.folder_of(session) / f"sertifikat-{ticket.number}.pdf")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        issued = printing.issue(session.store, [record], path)
    except OSError as error:
        raise NotWritten(folder=path.parent) from error
    line = _line(session, ticket) or ServedLine(ticket.number, "", "", record)
    return Served(line, issued.path if issued.certificates else None, day(session))


def _line(session: Session, ticket: queue.Ticket) -> ServedLine | None:
    """None when the record is not here any more."""
    try:
        facts = enrolments.get(session.store, ticket.record).facts
    except StoreError:
        return None
    where = place_title(session, facts.post, facts.seat, facts.place, facts.tps)
    return ServedLine(ticket.number, facts.name, where, ticket.record)


def _letter(session: Session) -> str:
    return settings.load(session.folder).queue_letter or queue.letter(session.store.laptop.tag)


def _today(session: Session) -> date:
    return session.store.clock().astimezone().date()
