"""Gives each row its seat: the one its text names, else the next that is free, in the order of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from desktop.workbook.record import Draft
from payung import roster
from payung.event import Event, Post
from payung.roster import Standings

Place = tuple[str, int | None, str]  # place, TPS, body


class Seating:
    """Knows which seats the file itself names, so that rows without a number do not sit down on them."""

    def __init__(self, drafts: Sequence[Draft], event: Event, standings: Standings) -> None:
        self._event = event
        self._standings = standings
        self._shift = _shifts(drafts, event)
        self._bodies: dict[str, frozenset[str]] = {}
        self._named: dict[Place, set[int]] = defaultdict(set)
        for draft in drafts:
            post = event.post(draft.post)
            if post is not None and (named := self._named_seat(draft, post)) is not None:
                self._named[_place(draft, post)].add(named)

    def seat(self, draft: Draft) -> int | None:
        """The seat of this row; None when it names none and none is free, or when its post is not known."""
        post = self._event.post(draft.post)
        if post is None:
            return None
        named = self._named_seat(draft, post)
        return named if named is not None else self._next_free(draft, post)

    def _named_seat(self, draft: Draft, post: Post) -> int | None:
        if draft.number is None or post.seats == 1:
            return None
        return draft.number + self._shift.get((draft.sheet, post.code), 0)

    def _next_free(self, draft: Draft, post: Post) -> int | None:
        place, tps, body = _place(draft, post)
        if body not in self._bodies:
            self._bodies[body] = frozenset(other.code for other in self._event.posts if other.body == body)
        bodies = self._bodies[body]
        taken = {standing.seat for standing in self._standings.at(place, tps) if standing.post in bodies}
        taken |= self._named[place, tps, body]
        numbers = roster.numbers(post, tps_count=None if tps is None else 1)
        seats = numbers if numbers is not None else range(post.first_seat, post.first_seat + len(taken) + 1)
        return next((number for number in seats if number not in taken), None)


def _place(draft: Draft, post: Post) -> Place:
    return draft.place, draft.tps, post.body


def _shifts(drafts: Iterable[Draft], event: Event) -> dict[tuple[str, str], int]:
    """Lists that count the members from 1 below a chair who has seat 1: 'Anggota 1' is seat 2 there."""
    lowest: dict[tuple[str, str], int] = {}
    for draft in drafts:
        if draft.number is not None:
            key = (draft.sheet, draft.post)
            lowest[key] = min(draft.number, lowest.get(key, draft.number))
    posts = {key: event.post(key[1]) for key in lowest}
    return {key: post.first_seat - 1 for key, post in posts.items() if post and lowest[key] == 1}
