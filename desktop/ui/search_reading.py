"""What a search finds, in the store lane: polling stations, records, and what is only typed yet. No widgets here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QCoreApplication

from desktop.store import drafts, searching
from desktop.store.searching import Found, Index
from desktop.ui.draft_text import unpacked
from desktop.ui.home_reading import draft_errand, place_title, seat_title
from desktop.ui.page import Errand
from desktop.ui.roster import status_words
from desktop.ui.session import Session
from desktop.ui.unit import SeatState
from payung import nik
from payung.bodies import Level
from payung.roster import Place

MOST_STATIONS = 3
_WHOLE_NIK = 16


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list: who, where, the NIK masked, the state as sign and word, and how to get there."""

    title: str
    where: str
    nik: str
    state: SeatState | None
    word: str
    errand: Errand

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(part for part in (self.title, self.where, self.nik, self.word) if part)


def find(session: Session, index: Index, text: str) -> tuple[Hit, ...]:
    """What the typed text means: stations, drafts, records, at most as many as the list holds."""
    asked = searching.asked(text)
    stations = islice(_stations(session, asked), MOST_STATIONS)
    typed = list(_typed(session, asked)) if asked.enough else []
    saved = [_record(session, found) for found in index.find(text)]
    known = {(hit.errand.place, hit.errand.seat) for hit in saved}
    fresh = (hit for hit in typed if (hit.errand.place, hit.errand.seat) not in known)
    return tuple(islice((*stations, *fresh, *saved), searching.MOST))


def _stations(session: Session, asked: searching.Asked) -> Iterator[Hit]:
    """The polling stations of that number, where nothing else is asked."""
    if len(asked.few) != 1 or asked.words or asked.runs:
        return
    for entry in session.store.tps:
        if entry.number == int(asked.few[0]):
            place = Place(Level.TPS, entry.village, entry.number)
            where = session.regions.title(entry.village)
            yield Hit(f"TPS {entry.number:03}", where, "", None, _whole(), Errand("enrolment", place=place))


def _typed(session: Session, asked: searching.Asked) -> Iterator[Hit]:
    """Drafts that were never saved, or whose typing goes further than what was."""
    words = status_words()
    for kept in drafts.standing(session.store):
        fields = unpacked(kept.fields, kept.focus).fields
        number = nik.digits(fields.get("nik", ""))
        name = fields.get("name", "")
        if (name or number) and asked.matches(searching.line(name, number, kept.tps)):
            masked = nik.masked(number) if len(number) == _WHOLE_NIK else ""
            where, errand = seat_title(session, kept), draft_errand(session, kept)
            yield Hit(name or _nameless(), where, masked, SeatState.DRAFT, words["status.draft"], errand)


def _record(session: Session, found: Found) -> Hit:
    post = session.store.event.post(found.post)
    level = post.level if post is not None else Level.TPS
    place = Place(level, found.place, found.tps if level is Level.TPS else None)
    words = status_words()
    return Hit(
        title=found.name or _nameless(),
        where=place_title(session, found.post, found.seat, found.place, found.tps),
        nik=found.nik,
        state=SeatState(found.mark.value),
        word=words.get(found.status) or words[f"status.{found.mark.value}"],
        errand=Errand(
            "enrolment", place=place, seat=(found.post, found.seat or 0, found.tps or 0), record=found.record
        ),
    )


def _nameless() -> str:
    return QCoreApplication.translate("Search", "Without a name yet")


def _whole() -> str:
    return QCoreApplication.translate("Search", "Open the polling station")
