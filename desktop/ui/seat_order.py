"""The order of seats at a unit: which one to begin with, which one comes next, and where one stands among them."""

from __future__ import annotations

from uuid import UUID

from desktop.ui.unit import FILLED, SeatKey, SeatLine

Seats = tuple[SeatLine, ...]


def line(seats: Seats, key: SeatKey | None) -> SeatLine | None:
    """The seat of that key."""
    return next((one for one in seats if one.key == key), None)


def place(seats: Seats, key: SeatKey | None) -> int:
    """Where the seat stands, counted from 1; 0 when it is not among them."""
    return next((number for number, one in enumerate(seats, start=1) if one.key == key), 0)


def first(seats: Seats, *, record: UUID | None, wanted: SeatKey | None) -> SeatLine | None:
    """Where to begin: at the record asked for, else the seat wanted, else the first unfilled, else the first."""
    by_record = next((one for one in seats if record is not None and one.record == record), None)
    asked = by_record if record is not None else line(seats, wanted)
    return asked or next((one for one in seats if one.state not in FILLED), None) or next(iter(seats), None)


def following(seats: Seats, key: SeatKey | None) -> SeatLine | None:
    """The next seat to fill: after that one, else from the top; None when every seat is filled but it."""
    here = place(seats, key)
    around = (*seats[here:], *seats[: max(here - 1, 0)])
    return next((one for one in around if one.state not in FILLED), None)


def beside(seats: Seats, key: SeatKey | None, step: int) -> SeatLine | None:
    """The seat so many steps on, whatever its state; None beyond the ends."""
    here = place(seats, key)
    there = here - 1 + step if here else 0
    return seats[there] if 0 <= there < len(seats) else None
