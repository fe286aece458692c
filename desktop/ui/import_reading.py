"""Reads, checks and takes in a list of officers, in the store lane. Nothing is written before `take_in`."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from desktop.store import intake, taking_back
from desktop.store.database import Store
from desktop.store.intake import Desk
from desktop.store.saving import Refused, Saved, today
from desktop.store.taking_back import Import
from desktop.ui.session import Session
from desktop.ui.unit_reading import seat_label
from desktop.workbook import listing, memory, persons, reader, rows
from desktop.workbook.cells import text
from desktop.workbook.columns import Columns
from desktop.workbook.errors import NoHeader
from desktop.workbook.listing import Defaults, Matched, Row
from desktop.workbook.reader import Sheet
from desktop.workbook.rows import Judged, Refusal
from payung import dates, nik, phone, roster
from payung.errors import PayungError
from payung.facts import Facts
from payung.problem import Problem, Severity

FIELDS = ("tps", "post", "name", "nik", "birthplace", "birthdate", "sex", "phone")
ESSENTIAL = ("nik", "name")
WIDEST = 60  # columns offered for matching


class Stopped(PayungError):
    """The clerk stopped the work; nothing was written."""

    code = "import.stopped"


class Kind(StrEnum):
    """What becomes of a row: it would come in, says who is here already, must be mended, or has come in."""

    NEW = "new"
    KNOWN = "known"
    MEND = "mend"


@dataclass(slots=True)
class Watch:
    """How far the work is, for whoever looks from the window's thread; `stop` asks it to end at the next step."""

    done: int = 0
    total: int = 0
    stop: bool = False

    def tell(self, done: int, total: int) -> None:
        """The work is that far. Raises Stopped when it was asked to end."""
        self.done, self.total = done, total
        if self.stop:
            raise Stopped


@dataclass(frozen=True, slots=True)
class Guess:
    """One sheet's columns: what they hold (field to column), their headings, and a row that shows what they look like.

    `known` says that this source was matched before.
    """

    matched: Matched
    headings: tuple[str, ...]
    sample: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A file or a pasted table, its sheets that may be lists."""

    name: str
    guesses: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the table shows it. `cells` are those of FIELDS; `problems` what keeps it out, or is doubtful."""

    number: int  # its place among the rows
    sheet: str
    row: int
    kind: Kind
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def doubtful(self) -> bool:
        """Whether it comes in with something to compare."""
        return self.kind is Kind.NEW and bool(self.problems)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every row with what would become of it, and the reasons of those that stay out."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    refusals: tuple[Refusal, ...]

    def count(self, kind: Kind) -> int:
        """How many rows are of that kind."""
        return sum(line.kind is kind for line in self.lines)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many came in, the rows that did not, and the import as it can be taken back."""

    count: int
    left: Checked
    made: Import | None


def open_file(session: Session, path: Path) -> Opened:
    """The sheets of a file. Raises WorkbookError."""
    with _gently():
        return _opened(session, path.name, reader.read(path))


def open_text(session: Session, typed: str, name: str) -> Opened:
    """A table copied from a spreadsheet. Raises WorkbookError."""
    return _opened(session, name, (reader.pasted(typed, name),))


def read_rows(session: Session, lists: Sequence[Matched], defaults: Defaults, watch: Watch) -> tuple[Row, ...]:
    """The rows about officers. Raises ExcelNik, NoPlace, Stopped."""
    store = session.store
    return listing.read(
        lists,
        event=store.event,
        regions=store.regions,
        villages=store.laptop.villages,
        on=today(store),
        defaults=defaults,
        progress=watch.tell,
    )


def check(session: Session, lists: Sequence[Matched], defaults: Defaults, watch: Watch) -> Checked:
    """What would become of every row; nothing is written. Raises ExcelNik, NoPlace, Stopped."""
    with _gently():
        return check_rows(session, read_rows(session, lists, defaults, watch), watch)


def check_rows(session: Session, listed: tuple[Row, ...], watch: Watch) -> Checked:
    """The same for rows that were read before. Raises Stopped."""
    store = session.store
    with _gently():
        judged = intake.take_in(
            store, lambda desk: tuple(_judged(store, listed, desk, watch)), expected=len(listed), dry_run=True
        )
        return _checked(store, judged)


def take_in(session: Session, listed: tuple[Row, ...], watch: Watch) -> TakenIn:
    """Judge every row once more and keep the good ones, in one transaction. Raises Stopped, NoRoom, StoreError."""
    store = session.store
    with _gently():
        judged = intake.take_in(store, lambda desk: tuple(_judged(store, listed, desk, watch)), expected=len(listed))
    left = tuple(one for one in judged if isinstance(one.answer, Refused))
    count = len(judged) - len(left)
    return TakenIn(count, _checked(store, left), taking_back.last(store) if count else None)


def rematched(guess: Guess, fields: Mapping[str, int]) -> Guess:
    """The guess with other columns."""
    return replace(guess, matched=_with_fields(guess.matched, fields))


def remember(session: Session, guesses: Iterable[Guess]) -> None:
    """Keep what the columns of these sources hold, for their next list."""
    for guess in guesses:
        held = guess.matched.columns
        memory.remember(session.folder, memory.source(held.headings, len(guess.headings)), held.fields)


def _opened(session: Session, name: str, sheets: Sequence[Sheet]) -> Opened:
    try:
        lists = listing.match(sheets)
    except NoHeader:
        lists = tuple(Matched(sheet, Columns(-1, 0, {}, ())) for sheet in sheets[:1])
    return Opened(name, tuple(_guess(session.folder, found) for found in lists))


def _guess(folder: Path, found: Matched) -> Guess:
    width = min(WIDEST, max((len(row) for row in found.sheet.rows[:200]), default=0))
    before = memory.recall(folder, memory.source(found.columns.headings, width))
    if before is not None:
        found = _with_fields(found, {field: column for field, column in before.items() if column < width})
    headings = tuple(
        found.columns.headings[place] if place < len(found.columns.headings) else "" for place in range(width)
    )
    return Guess(found, headings, _sample(found, width), before is not None)


def _with_fields(found: Matched, fields: Mapping[str, int]) -> Matched:
    return replace(found, columns=replace(found.columns, fields=dict(fields)))


def _sample(found: Matched, width: int) -> tuple[str, ...]:
    """The first row about an officer, else the first below the headings."""
    person = next(persons.find(found.sheet.rows[: found.columns.first_row + 50], found.columns), None)
    below = found.sheet.rows[found.columns.first_row : found.columns.first_row + 1]
    row = person.row if person is not None else below[0] if below else ()
    return tuple(text(row[place]) if place < len(row) else "" for place in range(width))


def _judged(store: Store, listed: Sequence[Row], desk: Desk, watch: Watch) -> Iterator[Judged[Saved | Refused]]:
    return rows.judge(listed, desk, event=store.event, regions=store.regions, progress=watch.tell)


def _checked(store: Store, judged: Sequence[Judged[Saved | Refused]]) -> Checked:
    lines = tuple(_line(store, number, one) for number, one in enumerate(judged))
    refusals = tuple(refusal for one in judged for refusal in rows.refusals_of(one.row, one.answer.problems))
    return Checked(tuple(one.row for one in judged), lines, refusals)


def _line(store: Store, number: int, judged: Judged[Saved | Refused]) -> Line:
    answer, draft = judged.answer, judged.row.draft
    kind = Kind.NEW
    if isinstance(answer, Refused):
        kind = Kind.KNOWN if answer.known is not None else Kind.MEND
    told = tuple(problem for problem in answer.problems if problem.severity is Severity.ERROR)
    if not told:
        told = tuple(problem for problem in answer.problems if problem.severity is Severity.WARNING)
    return Line(number, draft.sheet, draft.row, kind, _cells(store, judged.row, judged.facts), told)


def _cells(store: Store, row: Row, facts: Facts) -> tuple[str, ...]:
    """What is shown for FIELDS: as understood, else as it stands in the list."""
    post = store.event.post(facts.post)
    seat = roster.label(post, facts.seat) if post is not None and facts.seat is not None else ""
    born = facts.birthdate
    return (
        f"{facts.tps:03}" if facts.tps is not None else row.typed("tps"),
        _post_word(post.name, seat_label(post, seat)) if post is not None else row.typed("post"),
        facts.name,
        nik.grouped(facts.nik),
        facts.birthplace,
        dates.short(born) if born is not None else row.typed("birthdate") or row.typed("birth"),
        facts.sex.value if facts.sex is not None else row.typed("sex"),
        phone.shown(facts.phone),
    )


def _post_word(name: str, seat: str) -> str:
    """The post with the number of its seat: "Anggota KPPS 3"."""
    number = seat.rpartition(" ")[2]
    plain = name.partition(" (")[0]
    return f"{plain} {number}" if number.isdecimal() and not plain.endswith(number) else plain


@contextmanager
def _gently() -> Iterator[None]:
    """A pass over many small frozen objects beside a window that must answer.

    Looking for cycles among them would hold up the window, then and later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
