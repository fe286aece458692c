"""What the form says now, judged while it is typed: the NIK read, fields offered, doubts asked, duplicates told."""

from __future__ import annotations

import dataclasses
from datetime import date
from html import escape
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent

from desktop.ui import typed
from desktop.ui.officer_fields import NIK_FIGURES
from desktop.ui.officer_form import OfficerForm
from desktop.ui.question import Question, ask
from desktop.ui.session import Session
from desktop.ui.unit_reading import SeatView
from desktop.ui.widgets.shaped_edit import figures
from payung import dates, enrolment, nik
from payung.bodies import Level
from payung.facts import Facts
from payung.nik import Reading
from payung.person import Sex
from payung.problem import Problem, Severity, open_questions
from payung.roster import Place, Standing, Standings

DATE_FIGURES = 8
PREFILLED = ("birthdate", "sex")
_UNSETTLES = {  # a settled warning is open again when one of these fields is changed
    "nik": ("nik.",),
    "birthdate": ("nik.birthdate", "nik.century", "age."),
    "sex": ("nik.sex",),
    "name": ("name.",),
}


class Judge(QObject):
    """Knows one seat at a time. `confirmed` are settled warnings, `automatic` the fields the NIK filled in."""

    def __init__(self, form: OfficerForm, session: Session) -> None:
        super().__init__()
        self.form, self._session = form, session
        self.others = Standings()
        self.confirmed: set[str] = set()
        self.automatic: set[str] = set()
        self.frozen = False  # a sent record is only shown
        self.question: Question | None = None
        self.holder: UUID | None = None  # the record that has the NIK typed here
        self.standing: Place | None = None  # where that record serves
        self._view: SeatView | None = None

    def open(self, view: SeatView, *, confirmed: set[str], automatic: set[str], frozen: bool) -> None:
        """Turn to a seat whose text stands in the form."""
        self._view = view
        self.confirmed, self.automatic, self.frozen = confirmed, automatic, frozen
        self.look()

    def home(self, view: SeatView) -> str:
        """The village the form offers by itself; none for posts above the village."""
        place = view.unit.place
        if place.level not in {Level.TPS, Level.VILLAGE}:
            return ""
        return self._session.regions.name(place.code)

    def facts(self) -> tuple[Facts, tuple[Problem, ...]]:
        """What the form says now, and everything the rules find in it."""
        assert self._view is not None
        today = self._today()
        facts, unread = typed.to_facts(
            self.form.fields.values(),
            place=self._view.unit.place,
            seat=self._view.line,
            confirmed=self.confirmed,
            on=today,
            home=self.home(self._view),
        )
        before = self._view.facts
        if before is not None and before.nik == facts.nik:  # what the form does not ask stays as a list brought it
            facts = dataclasses.replace(facts, email=before.email, has_kpj=before.has_kpj, kpj=before.kpj)
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
        held = {*self.others.with_nik(facts.nik), *self.others.at(facts.place, facts.tps)}
        return [standing for standing in held if standing.record_id != own]

    def look(self, *, final: bool = False) -> None:
        """Judge what stands there; `final` also asks about a field that is still being typed."""
        if self._view is None:
            return
        self._read_nik()
        _, problems = self.facts()
        taken = next((problem for problem in problems if problem.code == "nik.taken"), None)
        if taken is None:
            self.form.taken.hide()
        else:
            self._tell_taken()
        self._ask(() if taken is not None else problems, final=final)

    def _tell_taken(self) -> None:
        facts, _ = self.facts()
        holder = next((one for one in self._rivals(facts) if one.nik == facts.nik), None)
        self.holder = UUID(holder.record_id) if holder is not None else None
        if holder is None:
            self.standing = None
            return
        post = self._session.store.event.post(holder.post)
        level = post.level if post is not None else Level.VILLAGE
        place = Place(level, holder.place, holder.tps)
        self.standing = place
        where = (
            self.tr("TPS {number}").format(number=f"{place.tps:03}")
            if place.tps
            else place.title(self._session.regions)
        )
        title = self.tr("This NIK is already enrolled: {name}, {place}.").format(name=holder.name, place=where)
        answers = (self.tr("Look"), self.tr("Move here"))
        self.form.taken.say(title, post.name if post is not None else "", answers, ("Alt+1", "Alt+2"))

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Show errors at their fields and above them, and lead there."""
        wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
        if not wrong:
            self.look(final=True)
            return
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
        elif not self.frozen:
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
        if value and (name in self.automatic or not self.form.fields.value(name)):
            self.form.fields.write(name, value)
            self.form.fields.tell(name, None)
            self.automatic.add(name)

    def _unfill(self) -> None:
        for name in PREFILLED:
            if name in self.automatic:
                self.form.fields.write(name, "")
        self.automatic.clear()

    def _ask(self, problems: tuple[Problem, ...], *, final: bool) -> None:
        doubts = [
            one
            for one in open_questions(problems, self.confirmed)
            if one.severity is Severity.WARNING and (final or not self._half_typed(one))
        ]
        self.question = ask(doubts[0], self._session.messages) if doubts else None
        question = self.question
        if question is None or self.frozen:
            self.form.hide_warning()
        else:
            self.form.show_warning(question.field, question.title, question.text, question.answers)

    def _half_typed(self, doubt: Problem) -> bool:
        """Whether the doubt is about a field that is just being typed and may well be right when it is done."""
        name = typed.form_field(doubt)
        if name != self.form.fields.name_of(self.form.focusWidget()):
            return False
        return name == "name" or (name == "birthdate" and len(figures(self.form.fields.value(name))) < DATE_FIGURES)

    def edited(self, name: str) -> None:
        """A person changed a field: what was settled or offered about it is open again."""
        self.automatic.discard(name)
        prefixes = _UNSETTLES.get(name)
        if prefixes:
            self.confirmed = {code for code in self.confirmed if not code.startswith(prefixes)}
        self.form.fields.tell(name, None)
        self.look()

    def answer(self, place: int) -> bool:
        """Take the answer to the open question; False when it only leads back to the field."""
        question = self.question
        if question is None:
            return False
        if place == 0 and question.take is not None:
            field, value = question.take
            self.form.fields.write(field, value)
            self.automatic.add(field)
        elif place == 0 or question.take is not None:
            self.confirmed.add(question.code)
        else:
            self.form.go_to(question.field)
            return False
        self.look()
        if not self.form.fields.name_of(self.form.focusWidget()):
            self.form.go_to(question.field)
        return True

    def _today(self) -> date:
        return self._session.store.clock().astimezone().date()
