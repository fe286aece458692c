"""What the enrolment page reads from the store, in the store lane: units, rosters, one seat. No widgets here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop import settings
from desktop.settings import Settings
from desktop.store import drafts, enrolments
from desktop.store.enrolments import RosterRow, TpsSummary
from desktop.ui import former_reading
from desktop.ui.draft_text import Draft, unpacked
from desktop.ui.session import Session
from desktop.ui.unit import FILLED, Heading, SeatKey, SeatLine, SeatState, Unit, short_body
from payung import dates, nik
from payung.bodies import Level
from payung.event import Post
from payung.facts import Facts
from payung.problem import Severity
from payung.roster import Place, Standings

LONGEST_LABEL = 18  # letters that fit the column of posts
ABOVE = (Level.VILLAGE, Level.KECAMATAN, Level.KABUPATEN)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A seat at its place."""

    place: Place
    key: SeatKey


@dataclass(frozen=True, slots=True)
class Overview:
    """Every unit of this laptop, who holds which seat, and where the clerk was."""

    units: tuple[Unit, ...]
    others: Standings
    last: Whereabouts | None
    chosen: Settings


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit with its roster, and a line for everybody who held a seat there before."""

    unit: Unit
    lines: tuple[Heading | SeatLine, ...]
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatView:
    """All that is known of one seat when the clerk comes to it.

    `decree` is number and date as last written for the same body at the same place; `thrown` the seat's drafts in the
    bin, the last first.
    """

    unit: Unit
    line: SeatLine
    facts: Facts | None
    draft: Draft | None
    decree: tuple[str, str] = ("", "")
    thrown: tuple[Thrown, ...] = ()


@dataclass(frozen=True, slots=True)
class Thrown:
    """A draft in the bin: whose, and when it was thrown away."""

    id: int
    name: str
    at: datetime


def overview(session: Session) -> Overview:
    """The units above the polling stations, then the polling stations."""
    above = tuple(_above(session, level, code) for level in ABOVE for code in codes(session, level))
    summaries = enrolments.places(session.store)
    several = len({summary.place for summary in summaries}) > 1
    stations = tuple(_station(session, summary, several=several) for summary in summaries)
    chosen = settings.load(session.folder)
    return Overview((*above, *stations), enrolments.standings(session.store), _last(session), chosen)


def unit(session: Session, shown: Unit) -> UnitView:
    """The roster of a unit as it stands now, drafts included."""
    lines = tuple(_seats(session, shown.place))
    counted = [line for line in lines if not _open_ended(line)]
    fresh = replace(shown, filled=sum(line.state in FILLED for line in lines), total=len(counted))
    return UnitView(fresh, tuple(_grouped(lines)), former_reading.lines(session, shown.place))


def seat(session: Session, shown: Unit, line: SeatLine, seats: tuple[SeatLine, ...]) -> SeatView:
    """One seat: its record, its draft, and the decree its colleagues were appointed by."""
    facts = enrolments.get(session.store, line.record).facts if line.record else None
    draft = _draft(session, shown.place, line)
    decree = ("", "") if facts is not None else _decree(session, line, seats)
    return SeatView(shown, line, facts, draft, decree, _thrown(session, draft_place(shown.place, line)))


def _thrown(session: Session, where: tuple[str, int | None, str, int | None]) -> tuple[Thrown, ...]:
    found = []
    for lying in drafts.binned(session.store):
        kept = lying.draft
        draft = unpacked(kept.fields, kept.focus)
        if (kept.place, kept.tps, kept.post, kept.seat) == where and draft.begun:
            found.append(Thrown(lying.id, draft.fields.get("name", ""), lying.binned_at.astimezone(session.zone)))
    return tuple(found)


def draft_place(place: Place, line: SeatLine) -> tuple[str, int | None, str, int | None]:
    """Under what a draft of this seat is kept."""
    return (place.code, line.tps, line.draft_post, line.seat)


def codes(session: Session, level: Level) -> tuple[str, ...]:
    """The places of a level this laptop works for."""
    named = {entry.village for entry in session.store.tps} | set(session.store.laptop.villages)
    codes = {level.place_of(code) for code in named}
    return tuple(sorted(code for code in codes if code.count(".") + 1 == level.segments))


def _above(session: Session, level: Level, code: str) -> Unit:
    place = Place(level, code)
    lines = tuple(_seats(session, place, with_drafts=False))
    bodies = dict.fromkeys(short_body(line.post.body_name) for line in lines)
    filled = sum(line.state in FILLED for line in lines)
    total = sum(not _open_ended(line) for line in lines)
    return Unit(place, session.regions.title(code), ", ".join(bodies), filled, total)


def _station(session: Session, summary: TpsSummary, *, several: bool) -> Unit:
    assert summary.tps is not None
    village = session.regions.title(summary.place)
    title = f"TPS {summary.tps:03}"
    if several:
        title = f"{title} · {session.regions.name(summary.place)}"
    where = " · ".join(part for part in (summary.address, village) if part)
    return Unit(Place(Level.TPS, summary.place, summary.tps), title, where, summary.filled, summary.total)


def _last(session: Session) -> Whereabouts | None:
    draft = drafts.last(session.store)
    return None if draft is None else whereabouts(session, draft)


def whereabouts(session: Session, draft: drafts.Draft) -> Whereabouts:
    """The seat a draft is kept for."""
    post = session.store.event.post(draft.post.partition("#")[0])
    level = post.level if post is not None else Level.TPS
    place = Place(level, draft.place, draft.tps if level is Level.TPS else None)
    return Whereabouts(place, (draft.post, draft.seat or 0, draft.tps or 0))


def _seats(session: Session, place: Place, *, with_drafts: bool = True) -> Iterator[SeatLine]:
    for number, row in enumerate(enrolments.roster(session.store, place.code, place.tps), start=1):
        line = _line(session, row, number)
        if line is not None:
            yield _with_draft(session, place, line) if with_drafts else line


def _line(session: Session, row: RosterRow, number: int) -> SeatLine | None:
    post = session.store.event.post(row.post)
    if post is None:
        return None
    label = seat_label(post, row.label)
    if post.seats_per_tps is not None and row.tps is not None:
        label = f"TPS {row.tps:03}"
    wrong = next((problem for problem in row.problems if problem.severity is Severity.ERROR), None)
    return SeatLine(
        order=number,
        post=post,
        seat=row.number,
        tps=row.tps,
        label=label,
        beside=not row.label,
        state=SeatState(row.state.value),
        name=row.name,
        nik=row.nik,
        record=row.record,
        word=row.status,
        sentence=session.messages.of(wrong) if wrong else "",
    )


def seat_label(post: Post, label: str) -> str:
    """What a seat is called in a narrow column: "Anggota 3", "Ketua KPPS", "PKD"."""
    if label and "{n}" in post.seat_name:
        return label
    plain = post.name.partition(" (")[0]
    if len(plain) <= LONGEST_LABEL:
        return plain
    return short_body(post.name) if post.name.endswith(")") else label or plain


def _with_draft(session: Session, place: Place, line: SeatLine) -> SeatLine:
    if line.state is not SeatState.EMPTY:
        return line
    draft = _draft(session, place, line)
    if draft is None or not draft.begun:
        return line
    typed = nik.digits(draft.fields.get("nik", ""))
    return replace(
        line,
        state=SeatState.DRAFT,
        word="status.draft",
        name=draft.fields.get("name", ""),
        nik=nik.masked(typed) if len(typed) == len("3201011508959991") else "",
    )


def _draft(session: Session, place: Place, line: SeatLine) -> Draft | None:
    kept = drafts.load(session.store, *draft_place(place, line))
    return unpacked(kept.fields, kept.focus) if kept is not None else None


def _decree(session: Session, line: SeatLine, seats: Iterable[SeatLine]) -> tuple[str, str]:
    same = [other.record for other in seats if other.post.body == line.post.body and other.record is not None]
    for record in reversed(same):
        facts = enrolments.get(session.store, record).facts
        if facts.decree_number or facts.decree_date:
            return (facts.decree_number, dates.short(facts.decree_date) if facts.decree_date else "")
    return ("", "")


def _grouped(lines: tuple[SeatLine, ...]) -> Iterator[Heading | SeatLine]:
    body = ""
    for line in lines:
        if line.post.body != body:
            body = line.post.body
            number = sum(other.post.body == body and not _open_ended(other) for other in lines)
            people = QCoreApplication.translate("Roster", "{count} people").format(count=number)
            decree = QCoreApplication.translate("Roster", "decree of {office}").format(office=line.post.appointed_by)
            yield Heading(short_body(line.post.body_name), f"{people} · {decree}" if number else decree)
        yield line


def _open_ended(line: SeatLine) -> bool:
    """Whether this is the free seat more that a post without a fixed number shows."""
    return line.state in {SeatState.EMPTY, SeatState.DRAFT} and line.post.seats is None and line.tps is None
