from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from desktop.workbook import listing, reader, rows
from desktop.workbook.listing import Defaults, Progress
from desktop.workbook.rows import Refusal
from payung import enrolment, event, region
from payung.facts import Facts
from payung.problem import Problem, Severity
from payung.roster import Standing, Standings

TODAY = date(2026, 11, 22)
OEBOBO = "53.71.04.1001"
HEADINGS = ("TPS", "Nama", "NIK", "L/P", "Tempat, Tgl Lahir", "Jabatan")

Take = Callable[..., "Taken"]
TpsOf = Callable[[str], Collection[int] | None]
Make = Callable[..., Path]


@dataclass(frozen=True)
class Candidate:
    """A row without errors."""

    sheet: str
    row: int
    facts: Facts
    problems: tuple[Problem, ...]

    @property
    def warned(self) -> bool:
        return any(problem.severity is Severity.WARNING for problem in self.problems)


@dataclass(frozen=True)
class Taken:
    """What a workbook gave."""

    rows: tuple[Candidate, ...]
    refusals: tuple[Refusal, ...]
    total: int

    @property
    def refused(self) -> int:
        return len({(refusal.sheet, refusal.row) for refusal in self.refusals})


@dataclass(frozen=True)
class Said:
    problems: tuple[Problem, ...]


class Rulebook:
    """The rules of payung alone, without a store."""

    def __init__(self, others: Iterable[Standing], tps_of: TpsOf | None) -> None:
        self.standings = Standings(others)
        self._event, self._tps_of = event.load("latihan"), tps_of

    def judge(self, facts: Facts, own: Sequence[Problem]) -> Said:
        known = self._tps_of(facts.place) if self._tps_of and facts.place else None
        found = enrolment.problems(
            facts, event=self._event, on=TODAY, regions=region.load(), others=self.standings, tps_known=known
        )
        unread = {problem.field for problem in own}
        problems = (*own, *(problem for problem in found if problem.field not in unread))
        refused = any(problem.severity is Severity.ERROR for problem in problems)
        post = self._event.post(facts.post)
        number = facts.nik if len(facts.nik) == 16 else ""
        seat = None if refused else facts.seat
        term = post.term if post else None
        self.standings.add(
            Standing(str(len(list(self.standings))), number, "", facts.post, facts.place, facts.tps, seat, term)
        )
        return Said(problems)


@pytest.fixture
def take() -> Take:
    """Judge a file for Kelurahan Oebobo on 22 November 2026, unless told otherwise."""

    def taken(
        path: Path,
        sheet: str | None = None,
        *,
        villages: tuple[str, ...] = (OEBOBO,),
        place: str = "",
        remembered: Mapping[str, str] | None = None,
        others: Iterable[Standing] = (),
        tps_of: TpsOf | None = None,
        progress: Progress | None = None,
    ) -> Taken:
        known: dict[str, Any] = {"event": event.load("latihan"), "regions": region.load()}
        lists = listing.match(reader.read(path, sheet), remembered)
        listed = listing.read(lists, **known, villages=villages, on=TODAY, defaults=Defaults(place))
        good: list[Candidate] = []
        refusals: list[Refusal] = []
        for judged in rows.judge(listed, Rulebook(others, tps_of), **known, progress=progress):
            problems = judged.answer.problems
            refused = tuple(rows.refusals_of(judged.row, problems))
            refusals += refused
            if not refused:
                draft = judged.row.draft
                good.append(Candidate(draft.sheet, draft.row, judged.facts, problems))
        return Taken(tuple(good), tuple(refusals), len(listed))

    return taken


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write rows into a new XLSX."""

    def made(table: Sequence[Sequence[object]], name: str = "daftar.xlsx", sheet: str = "Lembar1") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as workbook:
            page = workbook.add_worksheet(sheet)
            for number, row in enumerate(table):
                page.write_row(number, 0, row)
        return path

    return made


def officer(tps: object, serial: int, post: str, name: str = "MARTHA TEFA") -> tuple[object, ...]:
    """One good row below HEADINGS."""
    return (tps, name, f"537104541296{serial:04}", "P", "Kupang, 14 Desember 1996", post)
