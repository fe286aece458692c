"""What saving at the officer form does in the store, in the store lane: keep, correct, replace. No widgets here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop.store import drafts, enrolments
from desktop.store.enrolments import Refused, Saved
from desktop.ui.session import Session
from desktop.ui.unit import SeatLine, short_body
from desktop.ui.unit_reading import SeatView, draft_place
from payung.enrolment import State
from payung.facts import Facts
from payung.leaving import Leaving
from payung.region import Regions


def save(session: Session, view: SeatView, facts: Facts, reason: str) -> Saved:
    """Keep the facts as the seat's record; what was typed is forgotten once they are ready."""
    saved = enrolments.save(session.store, facts, record_id=view.line.record, reason=reason)
    if saved.state is State.READY:
        drafts.finish(session.store, *draft_place(view.unit.place, view.line))
    return saved


def replace(session: Session, view: SeatView, facts: Facts, going: Leaving) -> Saved | Refused:
    """End the term of whoever holds the seat and keep the facts as the successor's."""
    assert view.line.record is not None
    done = enrolments.replace(session.store, view.line.record, facts, going)
    if isinstance(done, Refused):
        return done
    drafts.finish(session.store, *draft_place(view.unit.place, view.line))
    return done.successor


def then_now(work: Callable[[], object]) -> Callable[[], datetime]:
    """The work, giving back when it was done."""

    def run() -> datetime:
        work()
        return datetime.now().astimezone()

    return run


def birthplaces(regions: Regions) -> tuple[str, ...]:
    """The names of regencies and cities, as KTPs write them: without "Kabupaten" and "Kota"."""
    codes = (code for province in regions.children() for code in regions.children(province))
    return tuple({regions.name(code).removeprefix("Kabupaten ").removeprefix("Kota ") for code in codes})


def post_title(line: SeatLine) -> str:
    """The post in the form's pill: "Anggota 6 · KPPS"."""
    body = short_body(line.post.body_name)
    return line.label if body in line.label or line.label in line.post.body_name else f"{line.label} · {body}"
