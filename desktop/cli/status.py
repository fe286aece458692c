"""`payung status`: how this laptop stands, in numbers: records, outbox, receipts, disk and clock."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import typer

from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import outbox, remarks
from desktop.store.outbox import Status
from desktop.store.remarks import Remark
from payung import dates, wording


def run(ctx: typer.Context) -> int:
    """Count what is there and what waits."""
    options = choice.of(ctx)
    with unlocking.opened(options, look=True) as (store, _):
        status = outbox.status(store)
        found = remarks.remarks(store)
    free = shutil.disk_usage(options.data).free
    if options.json:
        answers.document(_document(status, free) | {"findings": [_finding(options, one) for one in found]})
    else:
        _tell(options, status, free)
        for one in found:
            answers.line(answers.sentence(options, one.code, detail=one.detail))
    return failures.DONE


def _finding(options: Options, one: Remark) -> dict[str, str]:
    message = answers.sentence(options, one.code, detail=one.detail)
    return {"code": one.code, "level": one.level.value, "detail": one.detail, "message": message}


def _document(status: Status, free: int) -> dict[str, object]:
    return {
        "records": sum(status.by_state.values()),
        "by_state": dict(status.by_state),
        "pending": status.pending,
        "oldest_unsent": _moment(status.oldest_unsent),
        "last_receipt": _moment(status.last_receipt),
        "disk_free": free,
        "clock": _moment(datetime.now(UTC)),
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _tell(options: Options, status: Status, free: int) -> None:
    words = ", ".join(
        f"{number} {wording.sentence(f'status.{state}', lang=options.lang).lower()}"
        for state, number in status.by_state.items()
    )
    records = sum(status.by_state.values())
    answers.line(answers.sentence(options, "cli.status.records", records=records, by_state=words))
    if status.oldest_unsent is None:
        answers.line(answers.sentence(options, "cli.status.pending_none"))
    else:
        oldest = _local(status.oldest_unsent)
        answers.line(answers.sentence(options, "cli.status.pending", pending=status.pending, oldest=oldest))
    receipt = "cli.status.receipt_none" if status.last_receipt is None else "cli.status.receipt"
    at = _local(status.last_receipt) if status.last_receipt else ""
    answers.line(answers.sentence(options, receipt, at=at))
    answers.line(answers.sentence(options, "cli.status.disk", free=_gibibytes(free)))
    answers.line(answers.sentence(options, "cli.status.clock", clock=_local(datetime.now(UTC))))


def _local(at: datetime) -> str:
    there = at.astimezone()
    return f"{dates.short(there.date())} {dates.clock(there.time())}"


def _gibibytes(size: int) -> str:
    return f"{size / 2**30:.1f}".replace(".", ",") + " GiB"
