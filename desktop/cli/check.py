"""`payung check`: whether what lies on the disk is what was written; says what is not, and changes nothing."""

from __future__ import annotations

import typer

from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import database
from desktop.store.database import Report


def run(ctx: typer.Context) -> int:
    """Check every page, the audit, every revision and every sealed batch."""
    options = choice.of(ctx)
    with unlocking.opened(options) as (store, _), progress.bar():
        report = database.check(store)
    if options.json:
        answers.document(_document(options, report))
    else:
        _tell(options, report)
    return failures.DONE if report.sound else failures.DAMAGED


def _document(options: Options, report: Report) -> dict[str, object]:
    return {
        "sound": report.sound,
        "findings": [
            {
                "code": finding.code,
                "detail": finding.detail,
                "message": answers.sentence(options, finding.code, detail=finding.detail),
            }
            for finding in report.findings
        ],
        "records": report.records,
        "audit_entries": report.audit_entries,
        "unsettled_batches": report.unsettled_batches,
    }


def _tell(options: Options, report: Report) -> None:
    counted = {"records": _counted(report.records), "entries": _counted(report.audit_entries)}
    answers.line(answers.sentence(options, "cli.check.good" if report.sound else "cli.check.bad", **counted))
    for finding in report.findings:
        answers.line("  " + answers.sentence(options, finding.code, detail=finding.detail))


def _counted(number: int | None) -> str:
    return "-" if number is None else str(number)
