"""`payung certificates`: the PDF of provisional certificates for whoever is ready."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from desktop import printing
from desktop.cli import answers, failures, places, progress, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.paper import sheet
from desktop.paper.certificate import LAYOUTS
from desktop.printing import Choices, Issued
from desktop.store import enrolments
from desktop.store.certificates import LeftOut
from desktop.store.database import Store


def run(
    ctx: typer.Context,
    *,
    out: Annotated[Path, typer.Option(metavar="FILE.pdf")],
    tps: Annotated[int | None, typer.Option(metavar="N")] = None,
    ids: Annotated[list[str] | None, typer.Option("--id", metavar="ID")] = None,
    every: Annotated[bool, typer.Option("--all")] = False,
    village: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    layout: Annotated[str, typer.Option(metavar="|".join(LAYOUTS))] = "2up",
    paper: Annotated[str, typer.Option(metavar="|".join(sheet.PAPERS))] = "A4",
    archive: Annotated[bool, typer.Option("--archive")] = False,
    receipts: Annotated[bool, typer.Option("--receipts")] = False,
) -> int:
    """Allocate the numbers, record the prints, then write the file."""
    options = choice.of(ctx)
    if sum((tps is not None, bool(ids), every)) != 1:
        raise failures.OneOf(names="--tps, --id, --all", command="payung certificates")
    for name, value, known in (("--layout", layout, LAYOUTS), ("--paper", paper, sheet.PAPERS)):
        if value not in known:
            raise failures.WrongValue(name=name, command="payung certificates")
    if not out.parent.is_dir() or out.is_dir():
        raise failures.OutUnwritable(file=out)
    with unlocking.opened(options) as (store, _):
        wanted, unknown = _wanted(store, ids=ids, tps=tps, village=village)
        issued = _issued(store, wanted, out, Choices(layout, paper, archive=archive, receipts=receipts))
    left_out = [*({"id": text, "reason": "certificate.unknown"} for text in unknown), *map(_left_out, issued.left_out)]
    if options.json:
        answers.document(_document(issued, left_out))
    else:
        _tell(options, issued, left_out)
    return failures.DONE if issued.certificates and not left_out else failures.PARTLY


def _wanted(
    store: Store, *, ids: list[str] | None, tps: int | None, village: str | None
) -> tuple[list[UUID], list[str]]:
    """The records meant, in the roster's order or as named; and the named ids that are none."""
    if ids:
        known: list[UUID] = []
        unknown: list[str] = []
        for text in ids:
            try:
                known.append(UUID(text))
            except ValueError:
                unknown.append(_safe(text))
        return known, unknown
    rows = (
        row
        for place in places.chosen(store, tps=tps, village=village)
        for row in enrolments.roster(store, place.code, place.tps)
    )
    return [row.record for row in rows if row.record is not None], []


def _safe(text: str) -> str:
    """What was given for an id may be anything, a NIK too: only its end is repeated."""
    return f"…{text[-4:]}"


def _issued(store: Store, wanted: list[UUID], out: Path, choices: Choices) -> Issued:
    try:
        with progress.bar() as shown:
            return printing.issue(store, wanted, out, choices, progress=lambda done: shown(done, len(wanted)))
    except PermissionError as trouble:
        raise failures.OutUnwritable(file=out) from trouble


def _left_out(one: LeftOut) -> dict[str, str]:
    return {"id": str(one.id), "reason": one.reason}


def _document(issued: Issued, left_out: list[dict[str, str]]) -> dict[str, object]:
    return {
        "file": str(issued.path) if issued.certificates else None,
        "certificates": issued.certificates,
        "pages": issued.pages,
        "left_out": left_out,
    }


def _tell(options: Options, issued: Issued, left_out: list[dict[str, str]]) -> None:
    if issued.certificates:
        said = {"certificates": issued.certificates, "pages": issued.pages, "file": issued.path}
        answers.line(answers.sentence(options, "cli.certificates.total", **said))
    else:
        answers.line(answers.sentence(options, "cli.certificates.none"))
    for one in left_out:
        message = answers.sentence(options, one["reason"])
        answers.line("  " + answers.sentence(options, "cli.certificates.left_out", id=one["id"], message=message))
