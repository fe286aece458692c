"""`payung check`: whether what lies on the disk is what was written; says what is not, and changes nothing."""

from __future__ import annotations

import typer

from desktop.cli import answers, failures, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import damage, database, header
from desktop.store.database import Report, Store
from desktop.store.errors import Damaged, NotSetUp, StoreIO
from desktop.store.vault import DATABASE_NAME


def run(ctx: typer.Context) -> int:
    """Check every page, the audit, every revision and every sealed batch."""
    options = choice.of(ctx)
    report = _report(options)
    if options.json:
        answers.document(_document(options, report))
    else:
        _tell(options, report)
    return failures.DONE if report.sound else failures.DAMAGED


def _report(options: Options) -> Report:
    """What the check finds; where the store does not open, why."""
    try:
        unlocked = unlocking.who(options)
    except (Damaged, NotSetUp):
        if not any((options.data / name).exists() for name in (DATABASE_NAME, header.NAME, header.OLDER)):
            raise
        return Report(damage.of_vault(options.data), None, None, None)
    try:
        store = Store.open(options.data, unlocked)
    except (Damaged, StoreIO) as trouble:
        return Report(damage.of_database(options.data, unlocked, trouble), None, None, None)
    with store, progress.bar():
        report = database.check(store)
        store.note_seen(in_use=True, torn=False)
    return report


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
