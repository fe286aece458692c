"""The order of units at the left: which one is meant, which one to begin with, which one is beside it."""

from __future__ import annotations

from desktop.ui.unit import Unit
from payung.roster import Place

Units = tuple[Unit, ...]


def find(units: Units, place: Place | None) -> Unit | None:
    """The unit of that place."""
    return next((unit for unit in units if unit.place == place), None)


def start(units: Units, last: Place | None) -> Unit | None:
    """Where the clerk was, else the first polling station that is not complete, else the first unit."""
    unfinished = (one for one in units if one.place.tps is not None and not one.complete)
    return find(units, last) or next(unfinished, None) or next(iter(units), None)


def beside(units: Units, unit: Unit | None, step: int) -> Unit | None:
    """The unit so many steps on; the first one when none is shown, None beyond the ends."""
    places = [one.place for one in units]
    there = places.index(unit.place) + step if unit is not None and unit.place in places else 0
    return units[there] if 0 <= there < len(units) else None
