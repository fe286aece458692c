"""`payung evidence`: what this laptop can prove about one enrolment, into a file; or whether such a file is true."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import durable, evidence, proof
from desktop.store.errors import UnknownRecord
from desktop.store.proof import Proven, Verdict
from payung import dates

KEY_BYTES = 32


def run(
    ctx: typer.Context,
    *,
    record: Annotated[str | None, typer.Option("--id", metavar="ID")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE.json")] = None,
    verify: Annotated[Path | None, typer.Option(metavar="FILE.json")] = None,
    root: Annotated[str | None, typer.Option(metavar="HEX")] = None,
) -> int:
    """Write the evidence of one record, or judge a file; with `--root` no laptop is needed for that."""
    options = choice.of(ctx)
    if verify is not None and record is None and out is None:
        return _judge(options, verify, root)
    if record is None or out is None or verify is not None:
        raise failures.OneOf(names="--id --out, --verify", command="payung evidence")
    if not out.parent.is_dir() or out.exists():
        raise failures.OutUnwritable(file=out)
    return _write(options, record, out)


def _write(options: Options, named: str, out: Path) -> int:
    try:
        record = UUID(named)
    except ValueError as trouble:
        raise UnknownRecord from trouble
    with unlocking.opened(options) as (store, _):
        document = evidence.gather(store, record)
        try:
            durable.write(out, evidence.encoded(document))
        except PermissionError as trouble:
            raise failures.OutUnwritable(file=out) from trouble
    said = {
        "revisions": len(document["revisions"]),
        "receipts": sum(bool(one["receipt"]) for one in document["batches"]),
        "prints": len(document["prints"]),
    }
    if options.json:
        answers.document({"file": str(out), **said})
    else:
        answers.line(answers.sentence(options, "cli.evidence.done", file=out, **said))
    return failures.DONE


def _judge(options: Options, path: Path, root: str | None) -> int:
    content = failures.read(path)
    if root is not None:
        proven = proof.verify(content, root_public=_key(root))
    else:
        with unlocking.opened(options) as (store, _):
            laptop = store.laptop
            proven = proof.verify(content, root_public=laptop.root_public, reply_keys=laptop.reply_keys)
    if options.json:
        answers.document(_document(proven))
    else:
        _tell(options, proven)
    return failures.DONE if proven.verdict is Verdict.GENUINE else failures.PARTLY


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise failures.WrongValue(name="--root", command="payung evidence")
    return key


def _document(proven: Proven) -> dict[str, object]:
    return {
        "verdict": proven.verdict.value,
        "record": str(proven.record) if proven.record else None,
        "enrolled_at": [_time(at) for at in proven.enrolled],
        "received": [{"revision": one.revision, "at": _time(one.at)} for one in proven.received],
        "findings": list(proven.findings),
        "unproven": proven.unproven,
    }


def _tell(options: Options, proven: Proven) -> None:
    answers.line(answers.sentence(options, f"cli.evidence.{proven.verdict.value}"))
    for at in proven.enrolled:
        answers.line("  " + answers.sentence(options, "cli.evidence.enrolled", at=_local(at)))
    for one in proven.received:
        answers.line("  " + answers.sentence(options, "cli.evidence.received", at=_local(one.at), number=one.revision))
    for code in proven.findings:
        answers.line("  " + answers.sentence(options, code))
    if proven.unproven:
        answers.line("  " + answers.sentence(options, "cli.evidence.unproven", count=proven.unproven))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _local(at: datetime) -> str:
    there = at.astimezone()
    return f"{dates.short(there.date())} {dates.clock(there.time())}"
