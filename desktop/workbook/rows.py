"""From the rows of a list to judged enrolments, and refusals by row, column and code.

Nothing is stored or judged here: the rows are seated in their order and given to the `Rules`, which are the store's own
within the transaction that keeps them. What was taken in counts for the rows after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from desktop.workbook.listing import STEP, Progress, Row
from desktop.workbook.seating import Seating
from payung.event import Event
from payung.facts import Facts
from payung.problem import Problem, Severity
from payung.region import Regions
from payung.roster import Place, Standings

_COLUMN_OF = {
    "birthdate": ("birthdate", "birth"),
    "birthplace": ("birthplace", "birth"),
    "place": ("village", "kecamatan"),
    "seat": ("post",),
    "rt": ("rt", "rtrw"),
    "rw": ("rw", "rtrw"),
}


class Answer(Protocol):
    """What the rules say of a row."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found about it; with an error among them the row is refused."""


A_co = TypeVar("A_co", bound=Answer, covariant=True)


class Rules(Protocol[A_co]):
    """Who judges the rows, one after the other."""

    @property
    def standings(self) -> Standings:
        """Who holds a seat by now, the rows judged so far included."""

    def judge(self, facts: Facts, own: Sequence[Problem]) -> A_co:
        """What becomes of a row; `own` are the problems of reading it."""


A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, slots=True)
class Judged(Generic[A]):
    """A row with its seat, and what the rules say of it."""

    row: Row
    facts: Facts
    answer: A


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


def judge(
    rows: Sequence[Row], rules: Rules[A], *, event: Event, regions: Regions, progress: Progress | None = None
) -> Iterator[Judged[A]]:
    """Seat the rows in their order and ask the rules about each. `progress` is told (rows done, rows in all)."""
    seating = Seating([row.draft for row in rows], event, rules.standings)
    for done, row in enumerate(rows):
        if progress is not None and done % STEP == 0:
            progress(done, len(rows))
        facts = row.draft.seated(seating.seat(row.draft))
        own = (*row.draft.problems, *_full(facts, event, regions)) if facts.seat is None else row.draft.problems
        yield Judged(row, facts, rules.judge(facts, own))
    if progress is not None:
        progress(len(rows), len(rows))


def refusals_of(row: Row, problems: Iterable[Problem]) -> Iterator[Refusal]:
    """The errors among the problems, each with the column of the list that it speaks of."""
    for problem in problems:
        if problem.severity is Severity.ERROR:
            column = row.columns.letter_of(*_COLUMN_OF.get(problem.field, (problem.field,)))
            yield Refusal(row.draft.sheet, row.draft.row, column, problem)


def _full(facts: Facts, event: Event, regions: Regions) -> Iterator[Problem]:
    """No seat left: all are held, or named by other rows of the list."""
    post = event.post(facts.post)
    if post is not None and facts.place:
        place = Place(post.level, facts.place, facts.tps).title(regions)
        yield Problem("seat", "seat.full", Severity.ERROR, {"post": post.name, "place": place})
