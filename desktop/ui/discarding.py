"""A draft thrown away, and taken back: at once from where it stood, for seven days from the empty seat."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.store import drafts
from desktop.tasks import Lane, Tasks
from desktop.ui.draft_text import Draft
from desktop.ui.officer_desk import OfficerDesk
from desktop.ui.session import Session
from desktop.ui.unit_reading import SeatView, Thrown, draft_place
from payung import dates


class Discarding(QObject):
    """`changed`: the seat's draft is another now, read it anew."""

    changed = Signal()

    def __init__(self, desk: OfficerDesk, tasks: Tasks, session: Session) -> None:
        super().__init__(desk)
        self._desk, self._tasks, self._session = desk, tasks, session
        self._just: int | None = None  # thrown away a moment ago, from the seat shown
        self._thrown: tuple[Thrown, ...] = ()
        self._place = 0  # which of them is offered
        desk.form.discard_wanted.connect(self.discard)
        desk.form.bin.answered.connect(self._answered)

    def discard(self) -> None:
        """Put what stands in the form into the bin, the last key included."""
        view, draft = self._desk.view, self._desk.give_up()
        if view is not None and draft is not None:
            work = partial(_discard, self._session, view, draft)
            self._tasks.run(Lane.STORE, work, done=self._discarded)

    def show(self, view: SeatView, *, same: bool) -> None:
        """Say what the bin holds of this seat; `same` when the clerk was at it before."""
        if not same:
            self._just = None
        empty = view.line.record is None and (view.draft is None or not view.draft.begun)
        just = any(thrown.id == self._just for thrown in view.thrown)
        self._thrown, self._place = (view.thrown if empty or just else ()), 0
        self._say()

    def _say(self) -> None:
        notice = self._desk.form.bin
        if not self._thrown:
            notice.hide()
            return
        offered = self._thrown[self._place]
        name = offered.name or self.tr("no name yet")
        if offered.id == self._just:
            title, answer = self.tr("Draft discarded: {name}").format(name=name), self.tr("Undo")
        else:
            title, answer = self.tr("There is a discarded draft: {name}").format(name=name), self.tr("Take it back")
        when = f"{dates.short(offered.at.date())} {dates.clock(offered.at.time())}"
        text = self.tr("Discarded {when}. It can be taken back for 7 days.").format(when=when)
        answers: tuple[str, ...] = (answer,)
        if len(self._thrown) > 1:
            other = self.tr("Another ({place} of {total})").format(place=self._place + 1, total=len(self._thrown))
            answers = (answer, other)
        notice.say(title, text, answers, ("Alt+Z",))

    def _answered(self, place: int) -> None:
        if not self._thrown:
            return
        if place == 1:
            self._place = (self._place + 1) % len(self._thrown)
            self._say()
            return
        number = self._thrown[self._place].id
        self._just = None
        self._desk.keep()
        work = partial(drafts.restore, self._session.store, number)
        self._tasks.run(Lane.STORE, work, done=self._restored)

    def _discarded(self, number: int | None) -> None:
        self._just = number
        self.changed.emit()

    def _restored(self, _draft: object) -> None:
        self._desk.give_up()  # the store has it: the bin took what was typed in between
        self.changed.emit()


def _discard(session: Session, view: SeatView, draft: Draft) -> int | None:
    where = draft_place(view.unit.place, view.line)
    drafts.keep(session.store, *where, draft.packed(), draft.focus)
    binned = drafts.discard(session.store, *where)
    return binned.id if binned is not None else None
