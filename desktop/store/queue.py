"""The queue at a drive: which number comes next on this laptop, and who was served today. It holds no person's data.

`queue.json` lies beside the store; a new day begins at 1. Laptops that serve one queue differ by their letter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from uuid import UUID

from desktop.store import durable
from desktop.store.errors import told

FILE = "queue.json"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One number that was given: "A-012", and the record it was given to."""

    number: str
    record: UUID


@dataclass(frozen=True, slots=True)
class Day:
    """The numbers given on one day, in order."""

    on: date
    served: tuple[Ticket, ...] = ()

    def number(self, letter: str) -> str:
        """The number that comes next under the letter."""
        own = sum(ticket.number.startswith(f"{letter}-") for ticket in self.served)
        return f"{letter}-{own + 1:03}"


def letter(tag: str) -> str:
    """The letter a laptop's tag gives: its first letter, else one counted from its figures."""
    found = next((char for char in tag.upper() if char in ascii_uppercase), "")
    return found or ascii_uppercase[sum(map(ord, tag)) % len(ascii_uppercase)]


def today(folder: Path, on: date) -> Day:
    """What was given on that day; nothing where the file is of another day, missing or not to be understood."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if found["on"] != on.isoformat():
            return Day(on)
        return Day(on, tuple(Ticket(str(number), UUID(record)) for number, record in found["served"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Day(on)


def serve(folder: Path, on: date, record: UUID, under: str) -> Ticket:
    """Gives the record its number; who was served today keeps the number given first. Raises StoreIO, DiskFull."""
    day = today(folder, on)
    before = next((ticket for ticket in day.served if ticket.record == record), None)
    if before is not None:
        return before
    ticket = Ticket(day.number(under), record)
    served = [[one.number, str(one.record)] for one in (*day.served, ticket)]
    document = json.dumps({"on": on.isoformat(), "served": served}, indent=1)
    with told():
        durable.write(folder / FILE, document.encode())
    return ticket
