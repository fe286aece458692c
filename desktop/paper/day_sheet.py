"""The sheet at the end of a day: what became of every paper, and whose certificate the office has not heard of yet."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from desktop.paper import listing
from desktop.paper.listing import Column, Listing, Table
from payung.certificate import texts


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The day's balance in papers: `before` + `printed` = `handed` + `spoiled` + `void` + `in_hand`.

    `recall` are papers handed over and void since. `lost` are (number, copy, name, state, reason) with a state of
    "spoiled", "void" or "recall"; `unsent` are (number, name, place, days since printing), the oldest first.
    """

    where: str
    day: str
    foot: str
    before: int
    printed: int
    handed: int
    spoiled: int
    void: int
    in_hand: int
    recall: int
    lost: tuple[tuple[str, int, str, str, str], ...]
    unsent: tuple[tuple[str, str, str, int], ...]
    practice: bool = False

    @property
    def balances(self) -> bool:
        """Whether every paper is accounted for."""
        return self.before + self.printed == self.handed + self.spoiled + self.void + self.in_hand


def write(path: Path, made: DaySheet, *, paper: str = "A4") -> None:
    """Write the sheet to `path`, whole or not at all. Raises OSError."""
    handle, temporary = tempfile.mkstemp(prefix=".payung-", suffix=".pdf", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf(made, paper=paper))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def pdf(made: DaySheet, *, paper: str = "A4") -> bytes:
    """The sheet as a PDF."""
    words = texts()
    head = (words["day.day"].format(where=made.where, day=made.day),)
    tables = (_balance(made), _lost(made), _unsent(made))
    mark = words["mark.sample"] if made.practice else ""
    sheet = Listing(words["day.title"], head, tables, (words["day.signed"],), made.foot, words["page"], mark)
    return listing.pdf(sheet, paper)


def _balance(made: DaySheet) -> Table:
    words = texts()
    counts = {
        "before": made.before,
        "printed": made.printed,
        "sum": made.before + made.printed,
        "handed": made.handed,
        "spoiled": made.spoiled,
        "void": made.void,
        "in_hand": made.in_hand,
        "recall": made.recall,
    }
    rows = tuple((words[f"day.{name}"], str(count)) for name, count in counts.items())
    columns = (Column(words["day.column.what"], 0.8), Column(words["day.column.count"], 0.2))
    return Table(words["day.balance"], columns, rows)


def _lost(made: DaySheet) -> Table:
    words = texts()
    rows = [
        (words["day.copy"].format(number=number, copy=copy), name, f"{words[f'day.state.{state}']}. {reason}".strip())
        for number, copy, name, state, reason in made.lost
    ]
    titles = ("number", "officer", "reason")
    columns = tuple(
        Column(words[f"day.column.{title}"], share) for title, share in zip(titles, (0.3, 0.35, 0.35), strict=True)
    )
    return Table(words["day.lost"], columns, tuple(rows) or (("", words["day.none"], ""),))


def _unsent(made: DaySheet) -> Table:
    words = texts()
    ages = ((words["day.age"].format(days=days) if days else words["day.age.today"]) for *_, days in made.unsent)
    rows = [(number, name, place, age) for (number, name, place, _), age in zip(made.unsent, ages, strict=True)]
    titles = ("number", "officer", "place", "age")
    columns = tuple(
        Column(words[f"day.column.{title}"], share)
        for title, share in zip(titles, (0.22, 0.33, 0.31, 0.14), strict=True)
    )
    return Table(words["day.unsent"], columns, tuple(rows) or (("", words["day.none"], "", ""),))
