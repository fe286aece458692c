"""The list on which officers sign for their certificates: one table for each place, in the order of the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop.paper import listing
from desktop.paper.listing import Column, Listing, Table
from payung.certificate import Statement, texts

_TALL = 30.0  # points a signature needs
_SHARES = (0.06, 0.33, 0.18, 0.20, 0.23)


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One officer who signs; `place` is where he serves."""

    place: str
    name: str
    post: str
    nik: str
    number: str


@dataclass(frozen=True, slots=True)
class ReceiptHead:
    """What stands above and below the list: the election, the laptop's place, office, when it was printed, its tag."""

    event: str
    where: str
    office: str
    moment: str
    tag: str


def row(statement: Statement) -> ReceiptRow:
    """The row of one certificate."""
    place = ", ".join(filter(None, (statement.value(key) for key in ("tps", "village", "kecamatan", "kabupaten"))))
    name, post, nik = (statement.value(key) for key in ("name", "post", "nik"))
    return ReceiptRow(place, name, post, nik, statement.number)


def pdf(head: ReceiptHead, rows: Sequence[ReceiptRow], *, paper: str, mark: str = "") -> bytes:
    """The list as a PDF."""
    words = texts()
    titles = [words[f"receipts.column.{name}"] for name in ("order", "officer", "nik", "number", "signature")]
    columns = tuple(Column(title, share) for title, share in zip(titles, _SHARES, strict=True))
    tables = []
    order = 0
    for place, some in groupby(rows, key=lambda one: one.place):
        cells = []
        for one in some:
            order += 1
            cells.append((str(order), f"{one.name}\n{one.post}", one.nik, one.number, f"{order}."))
        tables.append(Table(place, columns, tuple(cells), _TALL))
    foot = words["receipts.foot"].format(office=head.office, moment=head.moment, tag=head.tag)
    head_lines = (f"{head.event} · {head.where}", words["receipts.said"])
    tail = (words["receipts.handed"], words["receipts.giver"])
    made = Listing(words["receipts.title"], head_lines, tuple(tables), tail, foot, words["page"], mark)
    return listing.pdf(made, paper)
