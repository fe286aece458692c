"""A ruled list on as many sheets as it needs: head, columns, groups of rows, room to sign, and a foot on every page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.paper import sheet
from desktop.paper.sheet import MEDIUM, PLAIN, STRONG

_MARGIN = 15 * mm
_SIZE, _LEADING, _PAD = 9.0, 11.5, 3.5
_FOOT = 8.0


@dataclass(frozen=True, slots=True)
class Column:
    """A title and its share of the width; all shares together make 1."""

    title: str
    share: float


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading (one for each column); `tall` is their least height in points, for signatures."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    tall: float = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its title, lines below it, tables, lines after them, and what stands at the foot of every page.

    `page` is the wording of the page's number with {page} and {pages}.
    """

    title: str
    head: tuple[str, ...]
    tables: tuple[Table, ...]
    tail: tuple[str, ...]
    foot: str
    page: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """What is never torn between two pages; `cells` are wrapped already, one tuple of lines a column."""

    height: float
    face: str
    size: float
    cells: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    ruled: bool
    heads: tuple[_Block, ...] = ()  # repeated above it where a page begins


def pdf(listing: Listing, paper: str) -> bytes:
    """The list as a PDF; no person in its properties."""
    sheet.register()
    width, height = sheet.PAPERS[paper]
    buffer = io.BytesIO()
    initial: Any = PLAIN
    canvas = Canvas(buffer, pagesize=(width, height), pageCompression=0, invariant=1, initialFontName=initial)
    canvas.setTitle(listing.title)
    pages = _paged(_blocks(listing, width - 2 * _MARGIN), height - 2 * _MARGIN - 14)
    for number, blocks in enumerate(pages, start=1):
        _mark(canvas, listing.mark, width, height)
        y = height - _MARGIN
        for block in blocks:
            _draw(canvas, block, y)
            y -= block.height
        canvas.setFont(PLAIN, _FOOT)
        canvas.drawString(_MARGIN, _MARGIN - 4, listing.foot)
        canvas.drawRightString(width - _MARGIN, _MARGIN - 4, listing.page.format(page=number, pages=len(pages)))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _blocks(listing: Listing, room: float) -> list[_Block]:
    blocks = [_line(listing.title, STRONG, 14, room), *(_line(text, PLAIN, 10, room) for text in listing.head)]
    for table in listing.tables:
        heads = [_line(table.heading, STRONG, 11, room, above=8)] if table.heading else []
        heads.append(_row([column.title for column in table.columns], table, room, face=MEDIUM))
        rows = [_row(row, table, room, heads=tuple(heads)) for row in table.rows]
        blocks += [*heads, *rows]
    return [*blocks, *(_line(text, PLAIN, 10, room, above=6) for text in listing.tail)]


def _line(text: str, face: str, size: float, room: float, above: float = 0) -> _Block:
    lines = sheet.wrapped(text, face, size, room)
    blank = ("",) if above else ()
    return _Block(len(lines) * size * 1.28 + above + 2, face, size, ((*blank, *lines),), (room,), ruled=False)


def _row(
    cells: Sequence[str], table: Table, room: float, *, face: str = PLAIN, heads: tuple[_Block, ...] = ()
) -> _Block:
    widths = tuple(column.share * room for column in table.columns)
    wrapped = tuple(
        tuple(line for part in cell.split("\n") for line in sheet.wrapped(part, face, _SIZE, wide - 2 * _PAD))
        for cell, wide in zip(cells, widths, strict=True)
    )
    least = table.tall if heads else 0
    height = max(least, max(len(lines) for lines in wrapped) * _LEADING + 2 * _PAD)
    return _Block(height, face, _SIZE, wrapped, widths, ruled=True, heads=heads)


def _paged(blocks: Iterable[_Block], room: float) -> list[list[_Block]]:
    """The blocks of each page; a table's head is repeated, and never left alone at a page's end."""
    pages: list[list[_Block]] = [[]]
    left = room
    for block in blocks:
        if block.height > left and pages[-1]:
            orphans = _taken_off(pages[-1], block)
            pages.append([*(block.heads or orphans)])
            left = room - sum(one.height for one in pages[-1])
        pages[-1].append(block)
        left -= block.height
    return pages


def _taken_off(page: list[_Block], block: _Block) -> list[_Block]:
    """Take the heads of `block` off the end of the page, where no row follows them."""
    taken: list[_Block] = []
    while page and block.heads and page[-1] in block.heads:
        taken.insert(0, page.pop())
    return taken


def _draw(canvas: Canvas, block: _Block, top: float) -> None:
    x, leading = _MARGIN, _LEADING if block.ruled else block.size * 1.28
    for lines, wide in zip(block.cells, block.widths, strict=True):
        if block.ruled:
            canvas.setLineWidth(0.5)
            canvas.rect(x, top - block.height, wide, block.height)
        base = top - block.size - (_PAD if block.ruled else 0)
        shown = [line for line in lines if line]
        base -= block.height - 2 - len(shown) * leading if not block.ruled else 0
        canvas.setFont(block.face, block.size)
        for number, line in enumerate(shown):
            canvas.drawString(x + (_PAD if block.ruled else 0), base - number * leading, line)
        x += wide


def _mark(canvas: Canvas, mark: str, width: float, height: float) -> None:
    if not mark:
        return
    size = 0.8 * width / sheet.width(mark, STRONG, 1)
    canvas.saveState()
    canvas.setFillGray(0.92)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(30)
    canvas.setFont(STRONG, size)
    canvas.drawCentredString(0, -size / 3, mark)
    canvas.restoreState()
