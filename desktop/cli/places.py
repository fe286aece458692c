"""Which of the laptop's places a command means: one TPS, or all of them and the levels above."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.cli import failures
from desktop.store.database import Store
from payung.bodies import Level
from payung.roster import Place


def every(store: Store) -> Iterator[Place]:
    """Every polling station, then the villages, kecamatan and kabupaten the laptop writes for, each once."""
    for station in store.tps:
        yield Place(Level.TPS, station.village, station.number)
    villages = sorted({station.village for station in store.tps} | set(store.laptop.villages))
    for level in (Level.VILLAGE, Level.KECAMATAN, Level.KABUPATEN):
        if any(post.level is level and post.enabled for post in store.event.posts):
            codes = {level.place_of(code) for code in villages}
            yield from (Place(level, code) for code in sorted(codes) if code.count(".") + 1 == level.segments)


def chosen(store: Store, *, tps: int | None, village: str | None) -> Iterator[Place]:
    """The polling station of that number (in that village); all places when no number is given.

    Raises UnknownTps.
    """
    found = [place for place in every(store) if tps is None or place.tps == tps]
    if village is not None:
        found = [place for place in found if place.code == village]
    if not found:
        raise failures.UnknownTps(tps=tps if tps is not None else "-")
    yield from found
