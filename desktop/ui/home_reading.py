"""What the home page reads from the store, in the store lane: figures, tiles, the last draft, what is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from desktop.store import drafts, tally
from desktop.store.seating import Mark
from desktop.store.tally import Cell, Stamp
from desktop.ui import unit_reading
from desktop.ui.draft_text import unpacked
from desktop.ui.page import Errand
from desktop.ui.session import Session
from desktop.ui.unit import short_body
from payung import clock, dates, roster
from payung.bodies import Level
from payung.enrolment import State
from payung.roster import Place


@dataclass(frozen=True, slots=True)
class Tile:
    """A place with seats: `filled` of `total` are taken, `sent`, `waiting` and `wrong` tell how far they came."""

    place: Place
    title: str
    filled: int
    total: int
    sent: int = 0
    waiting: int = 0
    wrong: int = 0

    @property
    def complete(self) -> bool:
        """Whether every seat is taken and nothing is to be mended."""
        return 0 < self.total <= self.filled and not self.wrong


@dataclass(frozen=True, slots=True)
class Beginning:
    """The next body of the event whose term begins: "KPPS", the day, and how many days are left."""

    body: str
    day: date
    days: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was typed last and is not saved: whose, for which seat, when; and how to get there."""

    name: str
    seat: str
    at: datetime
    errand: Errand


@dataclass(frozen=True, slots=True)
class Figures:
    """All the home page shows but what is to be done. Times are of the clock on the wall where the laptop works."""

    stamp: Stamp
    now: datetime
    operator: str
    region: str
    beginning: Beginning | None
    tiles: tuple[Tile, ...]
    cells: tuple[Cell, ...]
    sent: int
    waiting: int
    oldest: datetime | None
    last_receipt: datetime | None
    unfinished: Unfinished | None

    @property
    def stations(self) -> tuple[Tile, ...]:
        """The tiles of polling stations; every tile where there is none."""
        return tuple(tile for tile in self.tiles if tile.place.level is Level.TPS) or self.tiles

    def count(self, *marks: Mark) -> int:
        """How many records show one of these."""
        return sum(cell.count for cell in self.cells if cell.mark in marks)


def figures(session: Session, known: Figures | None) -> Figures:
    """Count what stands; what is `known` is taken over where nothing has been done since."""
    store = session.store
    now = store.clock().astimezone(clock.zone(_home(session)))
    stamp = tally.stamp(store)
    cells = known.cells if known is not None and known.stamp == stamp else tally.cells(store)
    tiles = known.tiles if known is not None and known.stamp == stamp else _tiles(session, cells)
    queue = tally.queue(store)
    return Figures(
        stamp=stamp,
        now=now,
        operator=session.unlocked.operator,
        region=session.regions.title(_home(session)),
        beginning=_beginning(session, now.date()),
        tiles=tiles,
        cells=cells,
        sent=sum(cell.count for cell in cells if cell.mark is Mark.SENT),
        waiting=queue.waiting,
        oldest=queue.oldest,
        last_receipt=queue.last_receipt,
        unfinished=_unfinished(session, now),
    )


def _home(session: Session) -> str:
    return session.store.laptop.villages[0]


def _tiles(session: Session, cells: Iterable[Cell]) -> tuple[Tile, ...]:
    """The polling stations, then village, kecamatan and kabupaten."""
    found: dict[Place, Counter[str]] = {}
    for cell in cells:
        post = session.store.event.post(cell.post)
        if post is not None:
            place = Place(post.level, cell.place, cell.tps if post.level is Level.TPS else None)
            found.setdefault(place, Counter()).update(
                _share(cell, open_ended=roster.numbers(post, tps_count=0) is None)
            )
    stations = Counter(entry.village for entry in session.store.tps)
    several = len(stations) > 1
    seats = len(roster.seats_of(session.store.event, Level.TPS))
    made = []
    for entry in session.store.tps:
        place = Place(Level.TPS, entry.village, entry.number)
        title = f"TPS {entry.number:03}"
        full = f"{title} · {session.regions.name(entry.village)}" if several else title
        made.append(_tile(place, full, seats, found.get(place, {})))
    for level in unit_reading.ABOVE:
        for code in unit_reading.codes(session, level):
            place = Place(level, code)
            seats = _seats(session, level, stations[code])
            made.append(_tile(place, session.regions.title(code), seats, found.get(place, {})))
    return tuple(made)


def _share(cell: Cell, *, open_ended: bool) -> dict[str, int]:
    """What a cell adds to its tile; in a post without a fixed number each officer is a seat."""
    ready = cell.count if cell.state is State.READY else 0
    share = {Mark.SENT: "sent", Mark.READY: "waiting"}.get(cell.mark, "wrong")
    return {"filled": ready, share: cell.count, "open": ready if open_ended else 0}


def _seats(session: Session, level: Level, stations: int) -> int:
    posts = (post for post in session.store.event.posts if post.level is level and post.enabled)
    return sum(len(roster.numbers(post, tps_count=stations) or ()) for post in posts)


def _tile(place: Place, title: str, seats: int, share: Mapping[str, int]) -> Tile:
    numbers = (share.get(name, 0) for name in ("sent", "waiting", "wrong"))
    return Tile(place, title, share.get("filled", 0), seats + share.get("open", 0), *numbers)


def _beginning(session: Session, today: date) -> Beginning | None:
    """The nearest term at the polling stations that is still to begin; None where the event names none."""
    terms = [
        (post.term.start, short_body(post.body_name))
        for post in session.store.event.posts
        if post.level is Level.TPS and post.enabled and post.term is not None and post.term.start > today
    ]
    if not terms:
        return None
    day, body = min(terms, key=lambda term: term[0])
    return Beginning(body, day, (day - today).days)


def _unfinished(session: Session, now: datetime) -> Unfinished | None:
    kept = next((one for one in drafts.standing(session.store) if unpacked(one.fields, one.focus).begun), None)
    if kept is None:
        return None
    name = kept.fields.get("name", "").strip()
    return Unfinished(name, seat_title(session, kept), kept.kept_at.astimezone(now.tzinfo), draft_errand(session, kept))


def draft_errand(session: Session, kept: drafts.Draft) -> Errand:
    """To the seat a draft is kept for."""
    where = unit_reading.whereabouts(session, kept)
    return Errand("enrolment", place=where.place, seat=where.key)


def seat_title(session: Session, kept: drafts.Draft) -> str:
    """Seat and place of a draft: "Anggota 6, TPS 004"."""
    return place_title(session, kept.post.partition("#")[0], kept.seat, kept.place, kept.tps)


def place_title(session: Session, code: str, seat: int | None, place: str, tps: int | None) -> str:
    """A seat with its place: "Anggota 6, TPS 004", "PKD, Kel. Oebobo"."""
    post = session.store.event.post(code)
    label = unit_reading.seat_label(post, roster.label(post, seat) if seat is not None else "") if post else ""
    where = session.regions.title(place) if tps is None else f"TPS {tps:03}"
    if tps is not None and len({entry.village for entry in session.store.tps}) > 1:
        where = f"{where} {session.regions.name(place)}"
    return ", ".join(part for part in (label, where) if part)


def moment(at: datetime, now: datetime) -> str:
    """A time as people say it: "hari ini 10.31", "kemarin 16.42", "22-11-2026 08.00"."""
    local = at.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days == 0:
        return QCoreApplication.translate("Home", "today {clock}").format(clock=dates.clock(local))
    if days == 1:
        return QCoreApplication.translate("Home", "yesterday {clock}").format(clock=dates.clock(local))
    return f"{dates.short(local.date())} {dates.clock(local)}"


def first_open(tiles: Iterable[Tile]) -> Place | None:
    """Where to begin: the first place with a free seat."""
    listed = tuple(tiles)
    return next((tile.place for tile in listed if tile.filled < tile.total), listed[0].place if listed else None)
