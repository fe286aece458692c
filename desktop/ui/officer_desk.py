"""One officer at the form: judges what is typed, keeps it as a draft, asks about doubts, and saves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from html import escape

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLineEdit

from desktop.store import drafts, enrolments
from desktop.store.enrolments import Saved
from desktop.tasks import Lane, Tasks
from desktop.ui import typed
from desktop.ui.draft_text import Draft
from desktop.ui.officer_fields import NIK_FIGURES
from desktop.ui.officer_form import OfficerForm
from desktop.ui.question import Question, ask
from desktop.ui.session import Session
from desktop.ui.unit import SeatLine, SeatState, short_body
from desktop.ui.unit_reading import SeatView, draft_place
from desktop.ui.widgets.shaped_edit import figures
from payung import dates, enrolment, nik
from payung.bodies import Level
from payung.enrolment import State
from payung.facts import Facts
from payung.nik import Reading
from payung.person import Sex
from payung.problem import Problem, Severity, open_questions
from payung.region import Regions
from payung.roster import Standing, Standings

KEEP_AFTER = 300  # milliseconds after the last key
DATE_FIGURES = 8
PREFILLED = ("birthdate", "sex")
_UNSETTLES = {  # a settled warning is open again when one of these fields is changed
    "nik": ("nik.",),
    "birthdate": ("nik.birthdate", "nik.century", "age."),
    "sex": ("nik.sex",),
    "name": ("name.",),
}


class OfficerDesk(QObject):
    """`saved` carries the `Saved` record, `kept` the time a draft was kept."""

    saved = Signal(object)
    kept = Signal(object)
    skipped = Signal()

    def __init__(self, form: OfficerForm, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.form, self._tasks, self._session = form, tasks, session
        self._view: SeatView | None = None
        self._others = Standings()
        self._confirmed: set[str] = set()
        self._automatic: set[str] = set()
        self._question: Question | None = None
        self._mending = False
        self._dirty = False  # typed since the draft was last kept
        self._typed = False  # typed since the seat was shown
        self._saving = False
        self._submitting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.keep)
        form.fields.completing("birthplace").offer_from(birthplaces(session.regions))
        form.fields.edited.connect(self._edited)
        form.focus_moved.connect(self._focus_moved)
        form.submitted.connect(self.submit)
        form.skipped.connect(self.skip)
        form.answered.connect(self._answered)
        form.mending_wanted.connect(self._mend)

    @property
    def view(self) -> SeatView | None:
        """The seat the clerk is at."""
        return self._view

    def know(self, others: Standings) -> None:
        """Who holds which seat on this laptop."""
        self._others = others

    def home(self) -> str:
        """The village the form offers by itself; none for posts above the village."""
        place = self._view.unit.place if self._view else None
        if place is None or place.level not in {Level.TPS, Level.VILLAGE}:
            return ""
        return self._session.regions.name(place.code)

    def show(self, view: SeatView) -> None:
        """Bring a seat to the form: its draft if there is one, else its record, else an empty form."""
        self.keep()
        self._view = view
        self._confirmed, self._automatic, self._mending = set(), set(), False
        values = {"village": self.home(), "decree_number": view.decree[0], "decree_date": view.decree[1]}
        if view.facts is not None:
            values = typed.from_facts(view.facts, self.home())
            self._confirmed = set(view.facts.confirmed)
        if view.draft is not None:
            values |= view.draft.fields
            self._confirmed, self._automatic = set(view.draft.confirmed), set(view.draft.automatic)
            self._mending = view.draft.mending
        fields = self.form.fields
        fields.write_all(values)
        self.form.summary.clear()
        fields.parts["asn"].setVisible(view.line.post.asn_possible)
        self._show_state()
        self._dirty = self._typed = False
        self._judge()

    def _show_state(self) -> None:
        assert self._view is not None
        sent = self._view.line.state is SeatState.SENT and not self._mending
        self.form.fields.freeze(frozen=sent)
        self.form.set_mending(mending=self._mending)
        if sent:
            self.form.sent.say(
                self.tr("This record has been sent"), self.tr("The office has confirmed it."), (self.tr("Correct it"),)
            )
        else:
            self.form.sent.hide()
        self.form.save_button.setEnabled(not sent)
        number = self.form.fields.value("decree_number")
        fold = self.tr("Decree {number}").format(number=number) if number else self.tr("Decree number and date")
        self.form.show_decree_fold(fold)

    def facts(self) -> tuple[Facts, tuple[Problem, ...]]:
        """What the form says now, and everything the rules find in it."""
        assert self._view is not None
        today = self._today()
        facts, unread = typed.to_facts(
            self.form.fields.values(),
            place=self._view.unit.place,
            seat=self._view.line,
            confirmed=self._confirmed,
            on=today,
            home=self.home(),
        )
        found = enrolment.problems(
            facts,
            event=self._session.store.event,
            on=today,
            regions=self._session.regions,
            others=self._rivals(facts),
        )
        return facts, typed.without_echo(found, unread)

    def _rivals(self, facts: Facts) -> list[Standing]:
        assert self._view is not None
        own = str(self._view.line.record)
        held = {*self._others.with_nik(facts.nik), *self._others.at(facts.place, facts.tps)}
        return [standing for standing in held if standing.record_id != own]

    def _judge(self) -> None:
        if self._view is None:
            return
        self._read_nik()
        _, problems = self.facts()
        taken = next((problem for problem in problems if problem.code == "nik.taken"), None)
        if taken is None:
            self.form.taken.hide()
        else:
            self.form.taken.say(self.tr("NIK already enrolled"), self._session.messages.of(taken))
        self._ask(problems)

    def _read_nik(self) -> None:
        fields = self.form.fields
        digits = nik.digits(fields.value("nik"))
        if len(digits) != NIK_FIGURES:
            self.form.show_reading("")
            self._unfill()
            return
        reading = nik.read(digits, on=self._today(), regions=self._session.regions)
        blocked = any(problem.severity is Severity.ERROR for problem in reading.problems)
        self.form.show_reading(self._reading(reading) if reading.born and not blocked else "")
        if blocked:
            self._unfill()
        elif not (self._view and self._view.line.state is SeatState.SENT and not self._mending):
            self._prefill("birthdate", dates.short(reading.born) if reading.born else "")
            self._prefill("sex", reading.sex.value if reading.sex else "")

    def _reading(self, reading: Reading) -> str:
        assert reading.born is not None
        regions = self._session.regions
        text = self.tr("Read from the NIK: <b>{sex}</b>, born <b>{born}</b>").format(
            sex=self.tr("Male") if reading.sex is Sex.L else self.tr("Female"), born=dates.long(reading.born)
        )
        if reading.region and regions.exists(reading.region):
            place = escape(regions.title(reading.region))
            text += self.tr(" · first registered in {place}").format(place=place)
        return text

    def _prefill(self, name: str, value: str) -> None:
        if value and (name in self._automatic or not self.form.fields.value(name)):
            self.form.fields.write(name, value)
            self.form.fields.tell(name, None)
            self._automatic.add(name)

    def _unfill(self) -> None:
        for name in PREFILLED:
            if name in self._automatic:
                self.form.fields.write(name, "")
        self._automatic.clear()

    def _ask(self, problems: tuple[Problem, ...]) -> None:
        doubts = [
            one
            for one in open_questions(problems, self._confirmed)
            if one.severity is Severity.WARNING and not self._half_typed(one)
        ]
        self._question = ask(doubts[0], self._session.messages) if doubts else None
        if self._question is None or (self._view and self._view.line.state is SeatState.SENT and not self._mending):
            self.form.hide_warning()
            return
        question = self._question
        self.form.show_warning(question.field, question.title, question.text, question.answers)

    def _half_typed(self, doubt: Problem) -> bool:
        """Whether the doubt is about a field that is just being typed and may well be right when it is done."""
        name = typed.form_field(doubt)
        if name != self.form.fields.name_of(self.form.focusWidget()) or self._submitting:
            return False
        return name == "name" or (name == "birthdate" and len(figures(self.form.fields.value(name))) < DATE_FIGURES)

    def _edited(self, name: str) -> None:
        self._automatic.discard(name)
        prefixes = _UNSETTLES.get(name, ())
        self._confirmed = (
            {code for code in self._confirmed if not code.startswith(prefixes)} if prefixes else (self._confirmed)
        )
        self.form.fields.tell(name, None)
        self._touch()
        self._judge()

    def _touch(self) -> None:
        self._dirty = self._typed = True
        self._timer.start()

    def _focus_moved(self, name: str) -> None:
        if name and self._typed:
            self._dirty = True
            self.keep()
            self._judge()

    def keep(self) -> None:
        """Write the draft now, if anything was typed since the last time."""
        self._timer.stop()
        if self._view is None or not self._dirty:
            return
        self._dirty = False
        view, draft = self._view, self.draft()
        where = draft_place(view.unit.place, view.line)
        work = partial(drafts.keep, self._session.store, *where, draft.packed(), draft.focus)
        self._tasks.run(Lane.STORE, _then_now(work), done=self._kept)

    def leave(self) -> None:
        """The last word before the page goes: the typing, or at least where the clerk was."""
        if self._view is None:
            return
        self._timer.stop()
        untouched = not self._dirty and self._view.draft is None and not self._typed
        draft = Draft(fields={}, focus=self.draft().focus) if untouched else self.draft()
        where = draft_place(self._view.unit.place, self._view.line)
        work = partial(drafts.keep, self._session.store, *where, draft.packed(), draft.focus)
        self._tasks.run(Lane.STORE, work)

    def draft(self) -> Draft:
        """The form as it stands, cursor included."""
        form = self.form
        focused = form.focusWidget()
        name = form.fields.name_of(focused)
        cursor = focused.cursorPosition() if isinstance(focused, QLineEdit) else 0
        return Draft(
            fields=form.fields.values(),
            focus=name,
            cursor=cursor,
            confirmed=tuple(sorted(self._confirmed)),
            automatic=tuple(sorted(self._automatic)),
            mending=self._mending,
        )

    def _kept(self, at: datetime) -> None:
        self.form.show_kept(self.tr("Typing kept by itself {time}").format(time=at.strftime("%H.%M.%S")))
        self.kept.emit(at)

    def submit(self) -> None:
        """Save, or tell what is in the way: errors in a summary, a doubt as its question."""
        if self._view is None or self._saving or not self.form.save_button.isEnabled():
            return
        self._submitting = True
        self._judge()
        self._submitting = False
        facts, problems = self.facts()
        if self._mending and not self.form.fields.value("reason").strip():
            problems = (Problem("reason", "reason.missing", Severity.ERROR), *problems)
        if any(problem.severity is Severity.ERROR for problem in problems):
            self._dirty = True
            self.keep()
            self.tell(problems)
            return
        if self._question is not None:
            self.form.warning.answers[0].setFocus()
            return
        self._save(facts)

    def _save(self, facts: Facts) -> None:
        assert self._view is not None
        self._timer.stop()
        self._dirty, self._saving = False, True
        self.form.summary.clear()
        reason = self.form.fields.value("reason").strip() if self._mending else ""
        work = partial(_save, self._session, self._view, facts, reason)
        self._tasks.run(Lane.STORE, work, done=self._saved, failed=self._not_saved)

    def _saved(self, saved: Saved) -> None:
        self._saving = False
        if saved.state is not State.READY:
            self._dirty = True
            self.tell(saved.problems)
            return
        QAccessible.updateAccessibility(QAccessibleEvent(self.form.save_button, QAccessible.Event.Alert))
        self.saved.emit(saved)

    def _not_saved(self, trouble: object) -> None:
        self._saving = False
        self._dirty = True
        self._tasks.troubled.emit(trouble)

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Show errors at their fields and above them, and lead there."""
        wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
        lines: dict[str, str] = {}
        for problem in wrong:
            lines.setdefault(typed.form_field(problem), self._session.messages.of(problem))
        for name, sentence in lines.items():
            self.form.fields.tell(name, Severity.ERROR, sentence, spoken=self.tr("Mistake: {0}").format(sentence))
        ordered = tuple((name, lines[name]) for name in self.form.fields.parts if name in lines)
        title = self.tr("One thing must be mended before saving")
        if len(ordered) > 1:
            title = self.tr("{count} things must be mended before saving").format(count=len(ordered))
        self.form.summary.say(title, ordered)
        self.form.summary.links[0].setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self.form.summary, QAccessible.Event.Alert))

    def skip(self) -> None:
        """Leave the seat as a draft and go on."""
        if self._view is not None and any(self.form.fields.value(name) for name in ("nik", "name")):
            self._dirty = True
        self.keep()
        self.skipped.emit()

    def _answered(self, place: int) -> None:
        question = self._question
        if question is None:
            return
        if place == 0 and question.take is not None:
            field, value = question.take
            self.form.fields.write(field, value)
            self._automatic.add(field)
        elif place == 0 or question.take is not None:
            self._confirmed.add(question.code)
        else:
            self.form.go_to(question.field)
            return
        self._touch()
        self._judge()
        if self.form.fields.name_of(self.form.focusWidget()) == "":
            self.form.go_to(question.field)

    def _mend(self) -> None:
        self._mending = True
        self._show_state()
        self.form.go_to("reason")

    def _today(self) -> date:
        return self._session.store.clock().astimezone().date()


def birthplaces(regions: Regions) -> tuple[str, ...]:
    """The names of regencies and cities, as KTPs write them: without "Kabupaten" and "Kota"."""
    codes = (code for province in regions.children() for code in regions.children(province))
    return tuple({regions.name(code).removeprefix("Kabupaten ").removeprefix("Kota ") for code in codes})


def _save(session: Session, view: SeatView, facts: Facts, reason: str) -> Saved:
    saved = enrolments.save(session.store, facts, record_id=view.line.record, reason=reason)
    if saved.state is State.READY:
        drafts.discard(session.store, *draft_place(view.unit.place, view.line))
    return saved


def _then_now(work: Callable[[], object]) -> Callable[[], datetime]:
    def run() -> datetime:
        work()
        return datetime.now().astimezone()

    return run


def post_title(line: SeatLine) -> str:
    """The post in the form's pill: "Anggota 6 · KPPS"."""
    body = short_body(line.post.body_name)
    return line.label if body in line.label or line.label in line.post.body_name else f"{line.label} · {body}"
