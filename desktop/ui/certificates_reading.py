"""What the page of certificates reads from the store, in the store lane: places, officers, papers. No widgets here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from desktop.store import certificates, handling
from desktop.store.handling import Fate, Key, Paper
from desktop.ui import documents, unit_reading
from desktop.ui.certificate_making import NotWritten
from desktop.ui.session import Session
from desktop.ui.unit import SeatLine, SeatState, Unit
from payung import clock, dates
from payung.bodies import Level

if TYPE_CHECKING:
    from desktop.printing import Batch, Choices, Issued

SHOWN = 200  # certificates drawn for the preview at most


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer in the list. `blocked` says in words why there is no certificate yet; `keys` are papers in hand."""

    record: UUID | None
    name: str
    post: str
    blocked: str = ""
    told: str = ""
    printed: bool = False
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Officers:
    """Who serves at a place, in the roster's order."""

    unit: Unit
    lines: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF of `shown` pages; `batch` is what it was drawn of.

    `pages` are those that printing takes, `sheets` of them bear certificates. `beyond`: more was chosen than is drawn.
    """

    content: bytes
    shown: int
    pages: int
    sheets: int
    batch: Batch
    beyond: bool = False


def places(session: Session) -> tuple[Unit, ...]:
    """The polling stations, then the places above them, those with anybody first."""
    units = unit_reading.overview(session).units
    stations = [unit for unit in units if unit.place.level is Level.TPS]
    others = [unit for unit in units if unit.place.level is not Level.TPS]
    return (*stations, *others)


def officers(session: Session, unit: Unit) -> Officers:
    """Who is there, whether a certificate can be printed, and what became of those printed."""
    view = unit_reading.unit(session, unit)
    lines = [line for line in view.lines if isinstance(line, SeatLine) and line.state is not SeatState.EMPTY]
    records = [line.record for line in lines if line.record is not None]
    reasons = {one.id: one.reason for one in certificates.left_out(session.store, records)}
    papers = _papers(session, records)
    return Officers(view.unit, tuple(_candidate(session, line, reasons, papers) for line in lines))


def _papers(session: Session, records: Collection[UUID]) -> dict[UUID, list[Paper]]:
    wanted, found = set(records), dict[UUID, list[Paper]]()
    for paper in handling.papers(session.store):
        if paper.record in wanted:
            found.setdefault(paper.record, []).append(paper)
    return found


def _candidate(
    session: Session, line: SeatLine, reasons: dict[UUID, str], papers: dict[UUID, list[Paper]]
) -> Candidate:
    made = papers.get(line.record, []) if line.record else []
    worth = [paper for paper in made if paper.fate in {Fate.IN_HAND, Fate.HANDED_OVER}]
    return Candidate(
        record=line.record,
        name=line.name or QCoreApplication.translate("Certificates", "(no name yet)"),
        post=line.label,
        blocked=_blocked(session, line, reasons),
        told=_told(session, made),
        printed=bool(worth),
        keys=tuple(paper.key for paper in made if paper.fate is Fate.IN_HAND),
    )


def _blocked(session: Session, line: SeatLine, reasons: dict[UUID, str]) -> str:
    if line.record is None or line.state is SeatState.DRAFT or line.record in reasons:
        return QCoreApplication.translate("Certificates", "Draft \u2013 complete it first")
    if line.state is SeatState.ATTENTION:
        word = session.messages.sentence(line.word)
        return QCoreApplication.translate("Certificates", "{word} \u2013 mend it first").format(word=word)
    return ""


def _told(session: Session, papers: list[Paper]) -> str:
    """What became of the newest paper, in a few words."""
    if not papers:
        return ""
    last = papers[-1]
    day = dates.short(clock.day(last.since, session.store.laptop.villages[0]))
    words = {
        Fate.IN_HAND: QCoreApplication.translate("Certificates", "not handed over"),
        Fate.HANDED_OVER: QCoreApplication.translate("Certificates", "handed over {day}"),
        Fate.SPOILED: QCoreApplication.translate("Certificates", "paper spoiled"),
        Fate.VOID: QCoreApplication.translate("Certificates", "void {day}"),
        Fate.RECALL: QCoreApplication.translate("Certificates", "void {day}, take it back"),
    }
    return words[last.fate].format(day=day)


def preview(session: Session, records: tuple[UUID, ...], choices: Choices) -> Batch:
    """What the papers will look like; nothing is allocated."""
    from desktop import printing  # noqa: PLC0415 - reportlab is slow to load, and many a day nothing is printed

    return printing.preview(session.store, records[:SHOWN], choices)


def prepare(session: Session, records: tuple[UUID, ...], choices: Choices, spoiled: tuple[Key, ...] = ()) -> Batch:
    """Allocate the numbers and record the prints."""
    from desktop import printing  # noqa: PLC0415 - as above

    return printing.prepare(session.store, records, choices, spoiled=spoiled)


def draw(batch: Batch, wanted: int) -> Drawn:
    """The PDF of a batch, in the lane of paper; `wanted` is how many were chosen."""
    from desktop import printing  # noqa: PLC0415 - as above

    content, written = printing.drawn(batch)
    beyond = wanted > len(batch.records)
    sheets = batch.arranged.sheets(wanted) if beyond else written.sheets
    return Drawn(content, written.pages, sheets if beyond else written.pages, sheets, batch, beyond)


def save(session: Session, records: tuple[UUID, ...], choices: Choices, path: Path) -> Issued:
    """Write the PDF, numbers recorded first. Raises NotWritten."""
    from desktop import printing  # noqa: PLC0415 - as above

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return printing.issue(session.store, records, path, choices)
    except OSError as error:
        raise NotWritten(folder=path.parent) from error


def keep(content: bytes, path: Path) -> Path:
    """Write a PDF that is drawn already: nothing is counted anew. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise NotWritten(folder=path.parent) from error
    return path


def day_sheet(session: Session, paper: str) -> Path:
    """Write the sheet of the day into the documents' folder. Raises NotWritten."""
    from desktop import printing  # noqa: PLC0415 - as above

    village = session.store.laptop.villages[0]
    day = clock.day(session.store.moment(), village)
    path = documents.free(documents.folder_of(session) / f"lembar-akhir-hari-{village}-{day:%Y%m%d}.pdf")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        printing.write_day(session.store, path, paper=paper)
    except OSError as error:
        raise NotWritten(folder=path.parent) from error
    return path


def hand_over(session: Session, keys: tuple[Key, ...], to: str) -> int:
    """Record that the papers were handed over; how many."""
    return handling.hand_over(session.store, keys, to)


def void(session: Session, records: Iterable[UUID], reason: str) -> int:
    """Take the worth from the officers' certificates; how many."""
    return sum(handling.void(session.store, record, reason) for record in records)


def in_hand(lines: Iterable[Candidate]) -> Iterator[Key]:
    """The papers of these officers that nobody has got yet."""
    return (key for line in lines for key in line.keys)
