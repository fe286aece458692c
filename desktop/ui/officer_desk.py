"""One officer at the form: judges what is typed, keeps it as a draft, asks about doubts, and saves."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLineEdit

from desktop.store import drafts
from desktop.store.enrolments import Refused, Saved
from desktop.tasks import Lane, Tasks
from desktop.ui import officer_saving, typed
from desktop.ui.draft_text import Draft
from desktop.ui.officer_form import OfficerForm
from desktop.ui.officer_judge import Judge
from desktop.ui.second_keying import SecondKeying
from desktop.ui.session import Session
from desktop.ui.unit import FILLED, SeatState
from desktop.ui.unit_reading import SeatView, draft_place
from payung.enrolment import State
from payung.facts import Facts
from payung.leaving import Leaving
from payung.problem import Problem, Severity
from payung.roster import Standings

KEEP_AFTER = 300  # milliseconds after the last key


class OfficerDesk(QObject):
    """`saved` carries the `Saved` record, `kept` the time a draft was kept."""

    saved = Signal(object)
    kept = Signal(object)
    skipped = Signal()

    def __init__(self, form: OfficerForm, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.form, self._tasks, self._session = form, tasks, session
        self._view: SeatView | None = None
        self.judge = Judge(form, session)
        self.keying = SecondKeying(form)
        self.keying.emptied.connect(self._keyed_again)
        self._mending = self._replacing = False
        self._dirty = False  # typed since the draft was last kept
        self._typed = False  # typed since the seat was shown
        self._saving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.keep)
        form.fields.completing("birthplace").offer_from(officer_saving.birthplaces(session.regions))
        form.fields.edited.connect(self._edited)
        form.focus_moved.connect(self._focus_moved)
        form.submitted.connect(self.submit)
        form.skipped.connect(self.skip)
        form.answered.connect(self._answered)
        form.mending_wanted.connect(self._mend)
        form.replacing_wanted.connect(self.replace)
        form.leaving.answered.connect(self._keep_holder)

    @property
    def view(self) -> SeatView | None:
        """The seat the clerk is at."""
        return self._view

    @property
    def typed(self) -> bool:
        """Whether the clerk has changed anything since the seat was shown."""
        return self._typed

    def know(self, others: Standings) -> None:
        """Who holds which seat on this laptop."""
        self.judge.others = others

    def show(self, view: SeatView) -> None:
        """Bring a seat to the form: its draft if there is one, else its record, else an empty form."""
        self.keep()
        self._view, home = view, self.judge.home(view)
        values = {"village": home, "decree_number": view.decree[0], "decree_date": view.decree[1]}
        confirmed: set[str] = set()
        automatic: set[str] = set()
        if view.facts is not None:
            values = typed.from_facts(view.facts, home)
            confirmed = set(view.facts.confirmed)
        draft = view.draft if view.draft is not None and view.draft.fields else None
        self._mending = draft is not None and draft.mending
        self._replacing = draft is not None and draft.replacing
        if draft is not None:
            values = {**dict.fromkeys(values, ""), **draft.fields}
            confirmed, automatic = set(draft.confirmed), set(draft.automatic)
        self._lay_out(view, values, confirmed=confirmed, automatic=automatic)

    def _lay_out(self, view: SeatView, values: Mapping[str, str], *, confirmed: set[str], automatic: set[str]) -> None:
        fields = self.form.fields
        fields.write_all(values)
        self.form.summary.clear()
        fields.parts["asn"].setVisible(view.line.post.asn_possible)
        self._dirty = self._typed = False
        self.keying.open(view.facts.nik if view.facts is not None and not self._replacing else "")
        self.form.discard_button.setVisible(self.begun)
        frozen = self._show_state()
        self.judge.open(view, confirmed=confirmed, automatic=automatic, frozen=frozen)

    def _show_state(self) -> bool:
        assert self._view is not None
        line = self._view.line
        sent = line.state is SeatState.SENT and not (self._mending or self._replacing)
        self.form.fields.freeze(frozen=sent)
        self.form.set_mending(mending=self._mending)
        self.form.set_replacing(replacing=self._replacing)
        self.form.sent.setVisible(sent)
        self.form.leaving.setVisible(self._replacing)
        if sent:
            self.form.sent.say(
                self.tr("This record has been sent"),
                self.tr("The office has confirmed it."),
                (self.tr("Correct it"), self.tr("Replace the officer…")),
            )
        if self._replacing:
            title = self.tr("Replacement of {name}").format(name=line.name)
            text = self.tr(
                "Say why and when this officer leaves, then fill in the successor, who begins the day after."
            )
            self.form.leaving.say(title, text, (self.tr("Do not replace"),))
        self.form.save_button.setEnabled(not sent)
        number = self.form.fields.value("decree_number")
        fold = self.tr("Decree {number}").format(number=number) if number else self.tr("Decree number and date")
        self.form.show_decree_fold(fold)
        return sent

    def _edited(self, name: str) -> None:
        self._touch()
        if name != "nik" or not self.keying.keyed():
            self.judge.edited(name)

    def _keyed_again(self) -> None:
        self.judge.edited("nik")

    def _touch(self) -> None:
        self._dirty = self._typed = True
        self.form.discard_button.setVisible(self.begun)
        self._timer.start()

    def _focus_moved(self, name: str) -> None:
        if name and self._typed and self._view is not None:
            self._dirty = True
            self.keep()
            self.judge.look()

    @property
    def begun(self) -> bool:
        """Whether there is a draft that could be thrown away: typed now, or kept before."""
        if self._view is None or self._saving:
            return False
        kept = self._view.draft
        return self._typed or (kept is not None and kept.begun)

    def give_up(self) -> Draft | None:
        """What stands in the form, which the form lets go of: it is not kept as the seat's draft again."""
        if not self.begun:
            return None
        draft = self.draft()
        self._timer.stop()
        self._dirty = self._typed = False
        return draft

    def keep(self) -> None:
        """Write the draft now, if anything was typed since the last time."""
        self._timer.stop()
        if self._view is None or not self._dirty:
            return
        self._dirty = False
        view, draft = self._view, self.draft()
        where = draft_place(view.unit.place, view.line)
        work = partial(drafts.keep, self._session.store, *where, draft.packed(), draft.focus)
        self._tasks.run(Lane.STORE, officer_saving.then_now(work), done=self._kept)

    def leave(self) -> None:
        """The last word before the page goes: the typing, or at least where the clerk was."""
        if self._view is None:
            return
        self._timer.stop()
        untouched = not self._typed and (self._view.draft is None or not self._view.draft.fields)
        draft = Draft(fields={}, focus=self.draft().focus) if untouched else self.draft()
        where = draft_place(self._view.unit.place, self._view.line)
        work = partial(drafts.keep, self._session.store, *where, draft.packed(), draft.focus)
        self._tasks.run(Lane.STORE, work)
        self._view = None  # a form that is taken apart still loses its focus: nobody is here to keep it

    def draft(self) -> Draft:
        """The form as it stands, cursor included."""
        form = self.form
        focused = form.focusWidget()
        name = form.fields.name_of(focused)
        cursor = focused.cursorPosition() if isinstance(focused, QLineEdit) else 0
        return Draft(
            fields=self.keying.kept(form.fields.values()),
            focus=name,
            cursor=cursor,
            confirmed=tuple(sorted(self.judge.confirmed)),
            automatic=tuple(sorted(self.judge.automatic)),
            mending=self._mending,
            replacing=self._replacing,
        )

    def _kept(self, at: datetime) -> None:
        here = at.astimezone(self._session.zone)
        self.form.show_kept(self.tr("Typing kept by itself {time}").format(time=here.strftime("%H.%M.%S")))
        self.kept.emit(here)

    def submit(self) -> None:
        """Save, or tell what is in the way: errors in a summary, a doubt as its question."""
        if self._view is None or self._saving or not self.form.save_button.isEnabled():
            return
        if self.keying.keyed():
            return
        self.judge.look(final=True)
        facts, problems = self.judge.facts()
        if self._mending and not self.form.fields.value("reason").strip():
            problems = (Problem("reason", "reason.missing", Severity.ERROR), *problems)
        going: Leaving | None = None
        if self._replacing:
            going, missing = typed.leaving(self.form.fields.values(), on=self._today())
            problems = (*missing, *problems)
        if any(problem.severity is Severity.ERROR for problem in problems):
            self._dirty = True
            self.keep()
            self.judge.tell(problems)
            return
        if self.judge.question is not None:
            self.form.warning.answers[0].setFocus()
            return
        self._save(facts, going)

    def _save(self, facts: Facts, going: Leaving | None) -> None:
        assert self._view is not None
        self._timer.stop()
        self._dirty, self._saving = False, True
        self.form.summary.clear()
        if going is not None:
            work = partial(officer_saving.replace, self._session, self._view, facts, going)
            self._tasks.run(Lane.STORE, work, done=self._saved, failed=self._not_saved)
            return
        reason = self.form.fields.value("reason").strip() if self._mending else ""
        keep = partial(officer_saving.save, self._session, self._view, facts, reason)
        self._tasks.run(Lane.STORE, keep, done=self._saved, failed=self._not_saved)

    def _saved(self, saved: Saved | Refused) -> None:
        self._saving = False
        if isinstance(saved, Refused) or saved.state is not State.READY:
            self._dirty = True
            self.judge.tell(saved.problems)
            return
        self._timer.stop()
        self._dirty = self._typed = False
        QAccessible.updateAccessibility(QAccessibleEvent(self.form.save_button, QAccessible.Event.Alert))
        self.saved.emit(saved)

    def _not_saved(self, trouble: object) -> None:
        self._saving = False
        self._dirty = True
        self._tasks.troubled.emit(trouble)

    def skip(self) -> None:
        """Leave the seat as a draft and go on."""
        if self._view is not None and any(self.form.fields.value(name) for name in ("nik", "name")):
            self._dirty = True
        self.keep()
        self.skipped.emit()

    def _answered(self, place: int) -> None:
        if self.judge.answer(place):
            self._touch()

    def _mend(self) -> None:
        self._mending = True
        self.judge.frozen = self._show_state()
        self.judge.look()
        self.form.go_to("reason")

    def replace(self) -> None:
        """Begin the replacement of whoever holds the seat: an empty form for the successor."""
        view = self._view
        if view is None or view.line.record is None or view.line.state not in FILLED or self._replacing:
            return
        self.keep()
        self._replacing, self._mending = True, False
        self._lay_out(view, {"village": self.judge.home(view)}, confirmed=set(), automatic=set())
        self.form.go_to("cause")

    def _keep_holder(self, _answer: int) -> None:
        """Nobody is replaced after all: what was typed goes into the bin, the record stands."""
        if self.begun:
            self.form.discard_wanted.emit()
        elif self._view is not None:
            self.show(dataclasses.replace(self._view, draft=None))

    def _today(self) -> date:
        return self._session.store.clock().astimezone().date()
