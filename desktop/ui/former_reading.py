"""Who held a seat at a unit and does not any more, as the fold below the roster tells it. Read in the store lane."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.store import enrolments
from desktop.store.enrolments import Former
from desktop.ui.session import Session
from payung import dates, roster
from payung.leaving import Cause
from payung.roster import Place


def causes() -> Mapping[Cause, str]:
    """The words for why a term ended."""
    return {
        Cause.RESIGNED: QCoreApplication.translate("Former", "resigned"),
        Cause.DISMISSED: QCoreApplication.translate("Former", "dismissed"),
        Cause.DIED: QCoreApplication.translate("Former", "died"),
        Cause.UNABLE: QCoreApplication.translate("Former", "unable to serve"),
    }


def lines(session: Session, place: Place) -> tuple[str, ...]:
    """One line for each: name, seat, and how it ended."""
    return tuple(_line(session, one) for one in enrolments.former(session.store, place.code, place.tps))


def _line(session: Session, one: Former) -> str:
    post = session.store.event.post(one.post)
    seat = one.post if post is None else post.name
    if post is not None and one.seat is not None and "{n}" in post.seat_name:
        seat = roster.label(post, one.seat)
    if one.leaving is None:
        day = dates.short(one.at.astimezone().date())
        how = QCoreApplication.translate("Former", "withdrawn {day}: {reason}").format(day=day, reason=one.reason)
    else:
        day = dates.short(one.leaving.last_day)
        how = QCoreApplication.translate("Former", "{cause}, last day {day}").format(
            cause=causes()[one.leaving.cause], day=day
        )
    return f"{one.name} · {seat} · {how}"
