"""Takes the officers out of a workbook: candidates for enrolment, and refusals by row, column and code.

Nothing is stored here. A whole list is refused when Excel has cut its NIKs (`ExcelNik`); a row that repeats the NIK of
an earlier row whose term overlaps is refused, the earlier one stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.workbook import columns, damage, persons, posts, titles
from desktop.workbook.columns import Columns
from desktop.workbook.errors import ExcelNik, NoHeader
from desktop.workbook.persons import Person
from desktop.workbook.places import Villages
from desktop.workbook.reader import Sheet
from desktop.workbook.record import Draft, RowReader, Setting
from desktop.workbook.seating import Seating
from payung import enrolment, nik
from payung.event import Event
from payung.facts import Facts
from payung.problem import Problem, Severity
from payung.region import Regions
from payung.roster import Place, Standing, Standings

Progress = Callable[[int, int], None]
_STEP = 500  # rows between two reports of progress
_COLUMN_OF = {
    "birthdate": ("birthdate", "birth"),
    "birthplace": ("birthplace", "birth"),
    "place": ("village", "kecamatan"),
    "seat": ("post",),
    "rt": ("rt", "rtrw"),
    "rw": ("rw", "rtrw"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row without errors. `row` is the spreadsheet's own number; `problems` are warnings and informations."""

    sheet: str
    row: int
    facts: Facts
    problems: tuple[Problem, ...]

    @property
    def warned(self) -> bool:
        """Whether something about the row is doubtful."""
        return any(problem.severity is Severity.WARNING for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a row is not taken; `column` is the spreadsheet's letter, "" where there is no such column."""

    sheet: str
    row: int
    column: str
    problem: Problem

    @property
    def code(self) -> str:
        """The code of the reason."""
        return self.problem.code


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook gave; `total` counts the rows about officers, a refused row may have several refusals."""

    rows: tuple[Candidate, ...]
    refusals: tuple[Refusal, ...]
    total: int

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len({(refusal.sheet, refusal.row) for refusal in self.refusals})


@dataclass(frozen=True, slots=True)
class _List:
    """A sheet with its headings found and its officers' rows picked out."""

    sheet: Sheet
    columns: Columns
    persons: tuple[Person, ...]


def take(
    sheets: Sequence[Sheet],
    *,
    event: Event,
    regions: Regions,
    villages: Iterable[str],
    on: date,
    place: str = "",
    remembered: Mapping[str, str] | None = None,
    others: Iterable[Standing] = (),
    tps_of: Callable[[str], Collection[int] | None] | None = None,
    progress: Progress | None = None,
) -> Taken:
    """Judge every row of the sheets that have headings.

    `villages` are the codes the laptop serves, `place` the village meant where the file names none, `others` who holds
    a seat already, `tps_of` the known polling stations of a village (None: not known), `on` today. `progress` is told
    (rows done, rows in all). Raises NoHeader, BadMap, ExcelNik, NoPlace.
    """
    lists = _lists(sheets, remembered)
    _refuse_cut_niks(lists)
    served = Villages(villages, regions)
    drafts = [
        draft
        for found in lists
        for draft in _drafts(found, _setting(found, event, regions, served, on=on, place=place))
    ]
    letters = {found.sheet.name: found.columns for found in lists}
    judge = _Judge(drafts, event=event, regions=regions, on=on, others=others, tps_of=tps_of)
    return _sort(drafts, judge, letters, progress or _silent)


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def _lists(sheets: Sequence[Sheet], remembered: Mapping[str, str] | None) -> list[_List]:
    """The sheets that have headings; NoHeader when none has."""
    lists = []
    for sheet in sheets:
        try:
            found = columns.guess(sheet.rows, remembered)
        except NoHeader:
            continue
        lists.append(_List(sheet, found, tuple(persons.find(sheet.rows, found))))
    if not lists:
        raise NoHeader(rows=columns.SEARCHED)
    return lists


def _refuse_cut_niks(lists: Sequence[_List]) -> None:
    for found in lists:
        if damage.cut_by_excel(found.persons, found.columns):
            total = sum(len(other.persons) for other in lists)
            raise ExcelNik(sheet=found.sheet.name, column=found.columns.letter_of("nik"), rows=total)


def _setting(found: _List, event: Event, regions: Regions, villages: Villages, *, on: date, place: str) -> Setting:
    """What the titles, the headings and the sheet's name say for every row."""
    above = titles.above(found.sheet.rows[: max(found.columns.header_row, 0)])
    return Setting(
        event=event,
        regions=regions,
        villages=villages,
        on=on,
        sheet=found.sheet.name,
        body=posts.context((found.sheet.name, *reversed(above), " ".join(found.columns.headings))),
        village=place or villages.named_in(above) or villages.only,
        decree_number=titles.decree_number(above),
        decree_date=titles.decree_date(above, on),
    )


def _drafts(found: _List, setting: Setting) -> Iterator[Draft]:
    carrier = persons.Carrier(found.persons, found.columns)
    sheet_tps = titles.section_tps((found.sheet.name,))
    for person in found.persons:
        carried = {"tps": sheet_tps} | carrier.take(person)
        yield RowReader(setting, found.columns.fields, person, carried).draft()


class _Judge:
    """Seats the rows in order and asks the rules about each; what was taken in counts for the rows after it."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        *,
        event: Event,
        regions: Regions,
        on: date,
        others: Iterable[Standing],
        tps_of: Callable[[str], Collection[int] | None] | None,
    ) -> None:
        self._event = event
        self._regions = regions
        self._on = on
        self._tps_of = tps_of
        self._standings = Standings(others)
        self._seating = Seating(drafts, event, self._standings)

    def judge(self, draft: Draft) -> tuple[Facts, tuple[Problem, ...]]:
        """The facts with their seat, and everything wrong with them."""
        facts = replace(draft.facts, seat=self._seating.seat(draft))
        own = (*draft.problems, *self._full(facts))
        unread = {problem.field for problem in own}
        found = enrolment.problems(
            facts,
            event=self._event,
            on=self._on,
            regions=self._regions,
            others=self._standings,
            tps_known=self._tps_of(facts.place) if self._tps_of and facts.place else None,
        )
        problems = (*own, *(problem for problem in found if problem.field not in unread))
        self._standings.add(self._standing(draft, facts, refused=bool(_errors(problems))))
        return facts, problems

    def _full(self, facts: Facts) -> Iterator[Problem]:
        """No seat left: all are held, or named by other rows of the file."""
        post = self._event.post(facts.post)
        if post is not None and facts.seat is None and facts.place:
            place = Place(post.level, facts.place, facts.tps).title(self._regions)
            yield Problem("seat", "seat.full", Severity.ERROR, {"post": post.name, "place": place})

    def _standing(self, draft: Draft, facts: Facts, *, refused: bool) -> Standing:
        """The row as the rows after it meet it: a refused one keeps its NIK but leaves its seat."""
        post = self._event.post(facts.post)
        return Standing(
            record_id=f"{draft.sheet}:{draft.row}",
            nik=facts.nik if len(facts.nik) == nik.LENGTH else "",
            name="",
            post=facts.post,
            place=facts.place,
            tps=facts.tps,
            seat=None if refused else facts.seat,
            term=post.term if post else None,
        )


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _sort(drafts: Sequence[Draft], judge: _Judge, letters: Mapping[str, Columns], progress: Progress) -> Taken:
    rows: list[Candidate] = []
    refusals: list[Refusal] = []
    for done, draft in enumerate(drafts):
        if done % _STEP == 0:
            progress(done, len(drafts))
        facts, problems = judge.judge(draft)
        errors = _errors(problems)
        if not errors:
            rows.append(Candidate(draft.sheet, draft.row, facts, problems))
        for problem in errors:
            column = letters[draft.sheet].letter_of(*_COLUMN_OF.get(problem.field, (problem.field,)))
            refusals.append(Refusal(draft.sheet, draft.row, column, problem))
    progress(len(drafts), len(drafts))
    return Taken(tuple(rows), tuple(refusals), len(drafts))
