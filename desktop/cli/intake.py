"""`payung import`: the officers of a village's own workbook. Good rows in, the others in the report, nothing half."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import enrolments, intake
from desktop.store.database import Store
from desktop.store.intake import Desk
from desktop.store.saving import Refused, Saved
from desktop.workbook import columns, listing, reader, report, rows
from desktop.workbook.errors import NoPlace
from desktop.workbook.listing import Defaults, Row
from desktop.workbook.rows import Judged, Refusal
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
    with unlocking.opened(options) as (store, _), _without_collector(), progress.bar() as shown:
        listed = _listed(store, workbook, sheet=sheet, map_file=map_file, village=village)

        def judged(desk: Desk) -> Outcome:
            return _outcome(rows.judge(listed, desk, event=store.event, regions=store.regions, progress=shown))

        def told(outcome: Outcome) -> None:
            if report_file is not None:
                _report(report_file, outcome, options)

        outcome = intake.take_in(store, judged, expected=len(listed), before=told, dry_run=dry_run)
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


def _listed(store: Store, workbook: Path, *, sheet: str | None, map_file: Path | None, village: str) -> tuple[Row, ...]:
    remembered = columns.read_map(map_file) if map_file is not None else None
    lists = listing.match(reader.read(workbook, sheet), remembered)
    try:
        return listing.read(
            lists,
            event=store.event,
            regions=store.regions,
            villages=store.laptop.villages,
            on=enrolments.today(store),
            defaults=Defaults(village),
        )
    except NoPlace as unplaced:
        names = (f"{code} {store.regions.name(code)}" for code in store.laptop.villages)
        raise failures.ManyVillages(villages=", ".join(names)) from unplaced


def _outcome(found: Iterable[Judged[Saved | Refused]]) -> Outcome:
    """What became of each row: the store has said it."""
    refusals: list[Refusal] = []
    warnings: list[Refusal] = []
    total = imported = warned = 0
    for total, judged in enumerate(found, start=1):  # noqa: B007 - counted to the last
        answer = judged.answer
        if isinstance(answer, Refused):
            refusals += rows.refusals_of(judged.row, answer.problems)
        else:
            imported += 1
            doubts = tuple(_doubts(judged.row, answer.problems))
            warned += bool(doubts)
            warnings += doubts
    ordered = sorted(refusals, key=lambda refusal: (refusal.sheet, refusal.row))
    return Outcome(total, imported, warned, tuple(ordered), tuple(warnings))


def _doubts(row: Row, problems: tuple[Problem, ...]) -> Iterator[Refusal]:
    """What is doubtful about a row that came in."""
    draft = row.draft
    return (
        Refusal(draft.sheet, draft.row, "", problem) for problem in problems if problem.severity is Severity.WARNING
    )


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
