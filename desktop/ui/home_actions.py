"""What needs the clerk: at most five things, the most severe first, each with the errand that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from PySide6.QtCore import QCoreApplication

from desktop.store import backup, tally
from desktop.store.revisions import Exchange
from desktop.store.seating import Mark
from desktop.store.tally import Cell
from desktop.ui import pages
from desktop.ui.home_reading import Figures, place_title
from desktop.ui.page import Errand
from desktop.ui.session import Session
from payung.bodies import Level
from payung.roster import Place

translate = QCoreApplication.translate

MOST = 5
LONG_WAIT = timedelta(days=3)  # a record that waits longer needs another road: a stick, or the office
OLD_BACKUP = timedelta(days=2)
_PLACES = 3  # named before "and others"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to be done: `button` says the deed, `errand` leads to the place."""

    icon: str
    tone: str
    title: str
    detail: str
    button: str
    errand: Errand


def actions(session: Session, figures: Figures) -> tuple[Action, ...]:
    """The first five."""
    return tuple(islice(_everything(session, figures), MOST))


def _everything(session: Session, figures: Figures) -> Iterator[Action]:
    yield from _troubled(session, figures)
    yield from _waiting(figures)
    yield from _backup(session, figures)
    yield from _certificates(session, figures)


def _troubled(session: Session, figures: Figures) -> Iterator[Action]:
    """Records the office did not take as they are, then those that are not complete."""
    words = {
        Exchange.CONFLICT: (
            translate("Home", "{count} records in two versions"),
            "copy",
            "err",
            translate("Home", "Compare"),
        ),
        Exchange.DUPLICATE: (
            translate("Home", "{count} NIK entered twice"),
            "circle-alert",
            "err",
            translate("Home", "Check"),
        ),
        Exchange.REFUSED: (
            translate("Home", "{count} records not taken by the office"),
            "triangle-alert",
            "warn",
            translate("Home", "Mend"),
        ),
    }
    for exchange, (title, icon, tone, button) in words.items():
        cells = [cell for cell in figures.cells if cell.exchange is exchange]
        yield from _about(session, cells, (title, icon, tone, button))
    drafts = [cell for cell in figures.cells if cell.mark is Mark.DRAFT]
    yield from _about(
        session,
        drafts,
        (translate("Home", "{count} records not complete"), "pencil", "warn", translate("Home", "Complete")),
    )


def _about(session: Session, cells: list[Cell], words: tuple[str, str, str, str]) -> Iterator[Action]:
    holder = tally.first(session.store, cells[0]) if cells else None
    if holder is None:
        return
    title, icon, tone, button = words
    cell, count = cells[0], sum(cell.count for cell in cells)
    if count == 1:
        seat = place_title(session, cell.post, holder.seat, cell.place, cell.tps)
        detail = f"{holder.name} · {seat}" if holder.name else seat
    else:
        detail = _places(session, cells)
    place = _place(session, cell)
    errand = Errand("enrolment", place=place, seat=(cell.post, holder.seat or 0, cell.tps or 0), record=holder.record)
    yield Action(icon, tone, title.format(count=count), detail, button, errand)


def _waiting(figures: Figures) -> Iterator[Action]:
    if figures.oldest is None or figures.now - figures.oldest <= LONG_WAIT:
        return
    days = (figures.now - figures.oldest).days
    title = translate("Home", "{count} records wait to be sent").format(count=figures.waiting)
    detail = translate("Home", "The oldest for {days} days. A USB stick works without internet.").format(days=days)
    yield Action("clock", "warn", title, detail, translate("Home", "Send"), Errand(_page("sync")))


def _backup(session: Session, figures: Figures) -> Iterator[Action]:
    last = backup.newest(session.store)
    if last is None:
        if figures.cells:
            title, detail = (
                translate("Home", "No backup yet"),
                translate("Home", "Keep a copy on a USB stick"),
            )
            yield Action(
                "hard-drive",
                "info",
                title,
                detail,
                translate("Home", "Back up"),
                Errand(_page("settings"), field="backup"),
            )
        return
    age = figures.now - last.manifest.made_at
    if age > OLD_BACKUP:
        title = translate("Home", "Last backup {days} days ago").format(days=age.days)
        detail = translate("Home", "Keep an encrypted copy")
        yield Action(
            "hard-drive", "info", title, detail, translate("Home", "Back up"), Errand(_page("settings"), field="backup")
        )


def _certificates(session: Session, figures: Figures) -> Iterator[Action]:
    cells = list(tally.unprinted(session.store, figures.cells))
    if not cells:
        return
    title = translate("Home", "{count} certificates ready to print").format(count=sum(cell.count for cell in cells))
    errand = Errand(_page("certificates"), place=_place(session, cells[0]))
    yield Action("printer", "brand", title, _places(session, cells), translate("Home", "Print"), errand)


def _place(session: Session, cell: Cell) -> Place:
    post = session.store.event.post(cell.post)
    level = post.level if post is not None else Level.TPS
    return Place(level, cell.place, cell.tps if level is Level.TPS else None)


def _places(session: Session, cells: list[Cell]) -> str:
    """The first places named: "TPS 002, TPS 004, TPS 006 and others"."""
    where = list(dict.fromkeys((cell.place, cell.tps) for cell in cells))
    named = ", ".join(place_title(session, "", None, place, tps) for place, tps in where[:_PLACES])
    return translate("Home", "{places} and others").format(places=named) if len(where) > _PLACES else named


def _page(name: str) -> str:
    """The page, or the one of the officers while there is none of that name."""
    return name if any(kind.name == name for kind in pages.KINDS) else "enrolment"
