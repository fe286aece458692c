"""`payung import`: the officers of a village's own workbook. Good rows in, the others in the report, nothing half."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import enrolments
from desktop.store.database import Store
from desktop.store.enrolments import Refused
from desktop.workbook import columns, reader, report, rows
from desktop.workbook.errors import NoPlace
from desktop.workbook.rows import Candidate, Refusal, Taken
from payung import wording
from payung.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a workbook: rows about officers, what came in, why the others did not, and what is doubtful."""

    rows: int
    imported: int
    warned: int
    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...] = ()  # the same shape, of rows that came in

    @property
    def refused(self) -> int:
        """How many rows were refused; one row may have several reasons."""
        return len({(refusal.sheet, refusal.row) for refusal in self.refusals})


def run(
    ctx: typer.Context,
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK")],
    *,
    sheet: Annotated[str | None, typer.Option()] = None,
    map_file: Annotated[Path | None, typer.Option("--map", metavar="FILE")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    report_file: Annotated[Path | None, typer.Option("--report", metavar="FILE.csv")] = None,
    village: Annotated[str, typer.Option(metavar="CODE")] = "",
) -> int:
    """Judge every row, write the report, then keep the good rows in one transaction."""
    options = choice.of(ctx)
    with unlocking.opened(options) as (store, _), _without_collector():
        taken = _taken(store, workbook, sheet=sheet, map_file=map_file, village=village)
        if report_file is not None:
            _report(report_file, _kept(store, taken, dry_run=True), options)
        outcome = _kept(store, taken, dry_run=dry_run)
    if options.json:
        answers.document(_document(options, outcome))
    else:
        _tell(options, outcome, report_file, dry_run=dry_run)
    return failures.DONE if not outcome.refusals else failures.PARTLY


@contextmanager
def _without_collector() -> Iterator[None]:
    """One pass over many small frozen objects: a third of the time would go in looking for cycles among them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _taken(store: Store, workbook: Path, *, sheet: str | None, map_file: Path | None, village: str) -> Taken:
    remembered = columns.read_map(map_file) if map_file is not None else None
    sheets = reader.read(workbook, sheet)
    try:
        with progress.bar() as shown:
            return rows.take(
                sheets,
                event=store.event,
                regions=store.regions,
                villages=store.laptop.villages,
                on=enrolments.today(store),
                place=village,
                remembered=remembered,
                others=enrolments.standings(store),
                tps_of=store.tps_numbers,
                progress=shown,
            )
    except NoPlace as unplaced:
        names = (f"{code} {store.regions.name(code)}" for code in store.laptop.villages)
        raise failures.ManyVillages(villages=", ".join(names)) from unplaced


def _kept(store: Store, taken: Taken, *, dry_run: bool) -> Outcome:
    """Keep the good rows, or only look what would become of them; the store has the last word on each."""
    saved = enrolments.save_many(store, (row.facts for row in taken.rows), dry_run=dry_run)
    refusals = list(taken.refusals)
    warnings: list[Refusal] = []
    warned = imported = 0
    for row, answer in zip(taken.rows, saved, strict=True):
        if isinstance(answer, Refused):
            refusals += _said(row, answer.problems, Severity.ERROR)
        else:
            imported += 1
            warned += row.warned
            warnings += _said(row, row.problems, Severity.WARNING)
    ordered = sorted(refusals, key=lambda refusal: (refusal.sheet, refusal.row))
    return Outcome(taken.total, imported, warned, tuple(ordered), tuple(warnings))


def _said(row: Candidate, problems: tuple[Problem, ...], severity: Severity) -> Iterator[Refusal]:
    """What is said of a row whose cells read well; the column is not known here any more."""
    return (Refusal(row.sheet, row.row, "", problem) for problem in problems if problem.severity is severity)


def _report(path: Path, outcome: Outcome, options: Options) -> None:
    try:
        report.write(path, outcome.refusals, lang=options.lang)
    except OSError as trouble:
        raise failures.OutUnwritable(file=path) from trouble


def _document(options: Options, outcome: Outcome) -> dict[str, object]:
    return {
        "rows": outcome.rows,
        "imported": outcome.imported,
        "refused": outcome.refused,
        "warned": outcome.warned,
        "refusals": [_line(options, refusal) for refusal in outcome.refusals],
        "warnings": [_line(options, warning) for warning in outcome.warnings],
    }


def _line(options: Options, found: Refusal) -> dict[str, object]:
    return {
        "sheet": found.sheet,
        "row": found.row,
        "column": found.column,
        "code": found.code,
        "message": wording.of(found.problem, options.lang),
    }


def _tell(options: Options, outcome: Outcome, report_file: Path | None, *, dry_run: bool) -> None:
    said = {"rows": outcome.rows, "imported": outcome.imported, "refused": outcome.refused, "warned": outcome.warned}
    answers.line(answers.sentence(options, "cli.import.total", **said))
    if dry_run:
        answers.line(answers.sentence(options, "cli.import.dry"))
    for refusal in (*outcome.refusals, *outcome.warnings):
        code = "cli.import.row" if refusal.column else "cli.import.row_only"
        answers.line("  " + answers.sentence(options, code, **_line(options, refusal)))
    if report_file is not None:
        answers.line(answers.sentence(options, "cli.import.report", file=report_file))
