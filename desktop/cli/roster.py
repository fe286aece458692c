"""`payung roster`: every seat, filled or empty, with its record's id and state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from desktop.cli import answers, failures, places, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import enrolments
from desktop.store.database import Store
from desktop.store.enrolments import Mark, RosterRow
from payung import wording
from payung.roster import Place


def run(
    ctx: typer.Context,
    *,
    tps: Annotated[int | None, typer.Option(metavar="N")] = None,
    every: Annotated[bool, typer.Option("--all")] = False,
    village: Annotated[str | None, typer.Option(metavar="CODE")] = None,
) -> int:
    """Show the seats of one polling station, or of every place of this laptop."""
    options = choice.of(ctx)
    if (tps is None) == (not every):
        raise failures.OneOf(names="--tps, --all", command="payung roster")
    with unlocking.opened(options, look=True) as (store, _):
        rosters = [
            (place, enrolments.roster(store, place.code, place.tps))
            for place in places.chosen(store, tps=tps, village=village)
        ]
        if options.json:
            answers.document(_document(store, rosters))
        else:
            for place, rows in rosters:
                _tell(options, store, place, rows)
    return failures.DONE


def _document(store: Store, rosters: list[tuple[Place, tuple[RosterRow, ...]]]) -> dict[str, object]:
    seats = [seat for place, rows in rosters for seat in _seats(store, place, rows)]
    return {"seats": seats, "filled": sum(_filled(seat["state"]) for seat in seats), "total": len(seats)}


def _seats(store: Store, place: Place, rows: tuple[RosterRow, ...]) -> Iterator[dict[str, object]]:
    for row in rows:
        yield {
            "place": place.code,
            "tps": row.tps,
            "post": row.post,
            "seat": row.number,
            "label": _label(store, row),
            "id": str(row.record) if row.record else None,
            "state": row.state.value,
            "status": row.status.removeprefix("status."),
            "name": row.name or None,
            "nik": row.nik or None,
            "problems": [{"field": problem.field, "code": problem.code} for problem in row.problems],
        }


def _filled(state: object) -> bool:
    return state not in {Mark.EMPTY.value, Mark.DRAFT.value}


def _label(store: Store, row: RosterRow) -> str:
    """The seat as people call it: "Ketua KPPS", "Anggota KPPS 3"."""
    post = store.event.post(row.post)
    if post is None:
        return row.post
    return post.name if post.seats == 1 or row.number is None else f"{post.name} {row.number}"


def _tell(options: Options, store: Store, place: Place, rows: tuple[RosterRow, ...]) -> None:
    filled = sum(_filled(row.state.value) for row in rows)
    said = {"place": place.title(store.regions), "filled": filled, "total": len(rows)}
    answers.line(answers.sentence(options, "cli.roster.place", **said))
    table = [
        {
            "label": _label(store, row),
            "name": row.name or "-",
            "nik": row.nik or "-",
            "status": wording.sentence(row.status, lang=options.lang),
        }
        for row in rows
    ]
    for text in answers.table(table, ("label", "name", "nik", "status")):
        answers.line(f"  {text}")
