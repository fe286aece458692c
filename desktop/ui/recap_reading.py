"""What the recapitulation page reads from the store, in the store lane, and the files it makes. No widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from desktop.store import recap as counting
from desktop.store.recap import Line
from desktop.ui import documents
from desktop.ui.session import Session
from desktop.ui.unit import short_body
from payung import clock
from payung.bodies import Level
from payung.errors import PayungError
from payung.event import Kind
from payung.recap import Part, Recap, Row, seats, texts
from payung.roster import Place

PDF, WORKBOOK = ".pdf", ".xlsx"


class NotWritten(PayungError):
    """The recapitulation could not be written where it should lie; `folder` says where."""

    code: ClassVar[str] = "recap.folder"
    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part of the recapitulation with the place behind each of its rows."""

    part: Part
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class RecapView:
    """The whole, ready to be shown or written."""

    recap: Recap
    sheets: tuple[Sheet, ...]


def read(session: Session) -> RecapView:
    """Count everything as it stands now."""
    lines = counting.lines(session.store)
    stations = tuple(line for line in lines if line.place.level is Level.TPS)
    above = tuple(line for line in lines if line.place.level is not Level.TPS)
    found = [("part.tps", stations), ("part.above", above)]
    sheets = tuple(_sheet(session, texts()[title], some) for title, some in found if some)
    store, regions = session.store, session.regions
    home = store.laptop.villages[0]
    made = Recap(
        event=store.event.name,
        where=", ".join(regions.title(code) for code in store.laptop.villages),
        town=regions.name(Level.KABUPATEN.place_of(home)),
        tag=store.laptop.tag,
        moment=clock.moment(store.moment(), home),
        practice=store.event.kind is Kind.PRACTICE,
        parts=tuple(sheet.part for sheet in sheets),
    )
    return RecapView(made, sheets)


def save(session: Session, path: Path) -> Path:
    """Write the recapitulation as it stands now: a PDF, or a spreadsheet where the name ends so. Raises NotWritten."""
    from desktop.paper import recap as paper  # noqa: PLC0415 - reportlab is slow to load
    from desktop.workbook import recap as workbook  # noqa: PLC0415 - loaded when it is wanted

    made = read(session).recap
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == WORKBOOK:
            workbook.write(path, made)
        else:
            paper.write(path, made)
    except OSError as error:
        raise NotWritten(folder=path.parent) from error
    return path


def file_name(session: Session, suffix: str) -> str:
    """A name without persons: the village's code and the day."""
    day = clock.day(session.store.moment(), session.store.laptop.villages[0])
    return f"rekap-{session.store.laptop.villages[0]}-{day:%Y%m%d}{suffix}"


def default_path(session: Session, suffix: str) -> Path:
    """Where it lies unless the clerk says otherwise; never an older file."""
    return documents.free(documents.folder_of(session) / file_name(session, suffix))


def _sheet(session: Session, title: str, lines: Sequence[Line]) -> Sheet:
    bodies = dict.fromkeys(body for line in lines for body in line.bodies)
    names = {post.body: short_body(post.body_name) for post in session.store.event.posts}
    several = len({line.place.code for line in lines if line.place.level is Level.TPS}) > 1
    rows = tuple(_row(_name(session, line, several=several), tuple(bodies), line) for line in lines)
    columns = tuple(names[body] for body in bodies)
    return Sheet(Part(title, columns, rows, _sum(tuple(bodies), lines)), tuple(line.place for line in lines))


def _name(session: Session, line: Line, *, several: bool) -> str:
    place = line.place
    if place.tps is None:
        return session.regions.title(place.code)
    title = f"TPS {place.tps:03}"
    if several:
        title = f"{title} · {session.regions.name(place.code)}"
    return f"{title} · {line.address}" if line.address else title


def _row(place: str, bodies: tuple[str, ...], line: Line) -> Row:
    tallies = (line.bodies.get(body) for body in bodies)
    shown = tuple("" if tally is None else seats(tally.filled, tally.total) for tally in tallies)
    return Row(place, shown, line.filled, line.total, line.sent, line.printed)


def _sum(bodies: tuple[str, ...], lines: Sequence[Line]) -> Row:
    shown = []
    for body in bodies:
        tallies = [line.bodies[body] for line in lines if body in line.bodies]
        totals = [tally.total for tally in tallies if tally.total is not None]
        shown.append(
            seats(sum(tally.filled for tally in tallies), sum(totals) if len(totals) == len(tallies) else None)
        )
    return Row(
        texts()["total"],
        tuple(shown),
        sum(line.filled for line in lines),
        sum(line.total for line in lines),
        sum(line.sent for line in lines),
        sum(line.printed for line in lines),
    )
