"""What is wrong with an officer's post: its place, its seat, and who serves there or elsewhere already."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from payung import nik, roster
from payung.bodies import Level
from payung.event import Event, Post
from payung.facts import Facts
from payung.problem import Problem, Severity
from payung.region import Regions
from payung.roster import Place, Standing, Standings

TPS_NUMBERS = range(1, 1000)


def problems(
    facts: Facts, post: Post, *, event: Event, regions: Regions, others: Standings, tps_known: Collection[int] | None
) -> Iterator[Problem]:
    """Yield what is wrong with place, polling station and seat, and every overlapping post under the same NIK.

    `others` is everyone else's standing; `tps_known` the village's polling stations, None when not known.
    """
    place = list(_place(facts, post, regions))
    yield from place
    yield from _tps(facts, post, regions, tps_known)
    if not place:
        yield from _seat(facts, post, event, regions, others)
    yield from _taken(facts, post, event, regions, others)


def _place(facts: Facts, post: Post, regions: Regions) -> Iterator[Problem]:
    if not facts.place:
        yield Problem("place", "place.missing", Severity.ERROR)
    elif len(facts.place.split(".")) != post.level.segments or not regions.exists(facts.place):
        yield Problem("place", "place.unknown", Severity.ERROR, {"place": facts.place})


def _tps(facts: Facts, post: Post, regions: Regions, tps_known: Collection[int] | None) -> Iterator[Problem]:
    if facts.tps is None:
        if post.level is Level.TPS:
            yield Problem("tps", "tps.missing", Severity.ERROR, {"post": post.name})
    elif not roster.keeps_tps(post):
        yield Problem("tps", "tps.unneeded", Severity.INFORMATION, {"post": post.name})
    elif facts.tps not in TPS_NUMBERS or (tps_known is not None and facts.tps not in tps_known):
        known = {"tps": str(facts.tps), "place": regions.title(facts.place)} if regions.exists(facts.place) else {}
        yield Problem("tps", "tps.unknown", Severity.ERROR, known)


def _seat(facts: Facts, post: Post, event: Event, regions: Regions, others: Standings) -> Iterator[Problem]:
    place = Place(post.level, facts.place, facts.tps if roster.keeps_tps(post) else None)
    held = list(others.at(place.code, place.tps))
    # A village post counted by TPS is held to its number only where its polling station is told.
    tps_count = None if place.tps is None else 1
    seats = roster.numbers(post, tps_count=tps_count)
    if facts.seat is None:
        if seats is not None and roster.next_free(event, post, held, tps_count=tps_count) is None:
            yield Problem("seat", "seat.full", Severity.ERROR, {"post": post.name, "place": place.title(regions)})
    elif facts.seat < post.first_seat or (seats is not None and facts.seat not in seats):
        yield Problem("seat", "seat.unknown", Severity.ERROR, _seat_facts(post, facts.seat, seats))
    elif any(_same_seat(standing, facts.seat, post, event) for standing in held):
        known = {"seat": f"{post.body_name} {roster.label(post, facts.seat)}", "place": place.title(regions)}
        yield Problem("seat", "seat.taken", Severity.ERROR, known)


def _seat_facts(post: Post, seat: int, seats: range | None) -> dict[str, str]:
    known = {"post": post.name, "seat": str(seat)}
    return known if seats is None else known | {"first": str(seats[0]), "last": str(seats[-1])}


def _same_seat(standing: Standing, seat: int, post: Post, event: Event) -> bool:
    theirs = event.post(standing.post)
    return standing.seat == seat and theirs is not None and theirs.body == post.body


def _taken(facts: Facts, post: Post, event: Event, regions: Regions, others: Standings) -> Iterator[Problem]:
    """Yield every other post held under this NIK whose term overlaps; where a term is not known, it is taken to."""
    typed = nik.digits(facts.nik)
    if len(typed) != nik.LENGTH:
        return
    for standing in others.with_nik(typed):
        if post.term is None or standing.term is None or post.term.overlaps(standing.term):
            theirs = event.post(standing.post)
            level = theirs.level if theirs else Level.VILLAGE
            known = {
                "post": theirs.name if theirs else standing.post,
                "place": Place(level, standing.place, standing.tps).title(regions),
            }
            yield Problem("nik", "nik.taken", Severity.ERROR, known)
