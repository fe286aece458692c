"""How long full data stay on a laptop once the term is over: data of the event, no figure stands here.

No law names a number of days (UU 27/2022 asks for an end when the purpose is reached). An event that names none keeps
everything until somebody decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from payung.document import Fields, bad


@dataclass(frozen=True, slots=True)
class Retention:
    """`days` after the last day of a term the laptop's full data go; None: never. `source` says who decided that."""

    days: int | None = None
    source: str = ""

    def due(self, end: date | None, on: date) -> bool:
        """Whether data of a term that ended on `end` are to go on the day `on`; never for a term without an end."""
        return self.days is not None and end is not None and on > end + timedelta(days=self.days)


NEVER = Retention()


def taken(given: Fields) -> Retention:
    """Read the object `retention` of an event file; a number without its source is an invented one (DataError)."""
    retention = Retention(given.count_or_none("days"), given.text("source"))
    given.done()
    if retention.days is not None and not retention.source.strip():
        raise bad(given.at("source"), "missing")
    return retention


def document(retention: Retention) -> dict[str, object]:
    """Write it as `taken` reads it."""
    return {"days": retention.days, "source": retention.source}


def initials(name: str) -> str:
    """Return a name as it stays when the rest has gone: the first letter of each word, "M. X."."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalnum())
