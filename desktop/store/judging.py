"""What is found about an enrolment against what this store knows: the rules, who holds which seat, whose village."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select

from desktop.store.statements import Query, Work
from desktop.store.tables import Record
from payung import enrolment, nik, roster
from payung.bodies import Level
from payung.enrolment import State
from payung.event import Event, Post
from payung.facts import Facts
from payung.problem import Problem, Severity, open_questions
from payung.roster import Standing, Standings
from sync import trust

if TYPE_CHECKING:
    from desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Judged:
    """Facts with the seat they were given, what was found, and whether they are ready."""

    facts: Facts
    problems: tuple[Problem, ...]
    state: State
    open_warnings: tuple[str, ...]


@dataclass(slots=True)
class Holders:
    """Who holds a seat: `standings` those who count for the rules, `drafts` those who only keep a seat warm."""

    standings: Standings
    drafts: Standings

    def take(self, standing: Standing, state: State) -> None:
        """Counts one more record."""
        (self.standings if state is State.READY else self.drafts).add(standing)


def _who(*conditions: ColumnElement[bool]) -> Query[UUID, str, str, str, str, int | None, int | None, str]:
    return Query(
        select(
            Record.id, Record.nik, Record.name, Record.post, Record.place, Record.tps, Record.seat, Record.state
        ).where(Record.withdrawn == False, *conditions)  # noqa: E712
    )


_EVERYONE = _who()
_BY_NIK = _who(Record.nik == bindparam("nik"), Record.nik != "")
_AT_TPS = _who(Record.place == bindparam("place"), Record.tps == bindparam("tps"))
_AT_PLACE = _who(Record.place == bindparam("place"), Record.tps.is_(None))


def near(work: Work, event: Event, placed: Facts, *, without: UUID | None) -> Holders:
    """Who matters for these facts: the same NIK anywhere and everyone at the same place, by index."""
    rows = work.all(_BY_NIK, nik=nik.digits(placed.nik))
    if placed.tps is None:
        rows += work.all(_AT_PLACE, place=placed.place)
    else:
        rows += work.all(_AT_TPS, place=placed.place, tps=placed.tps)
    return _holders((row for row in rows if row[0] != without), event)


def everyone(work: Work, event: Event) -> Holders:
    """Everyone on this laptop, for judging many."""
    return _holders(work.each(_EVERYONE), event)


def _holders(rows: Iterable[tuple[UUID, str, str, str, str, int | None, int | None, str]], event: Event) -> Holders:
    posts = {post.code: post for post in event.posts}
    holders = Holders(Standings(), Standings())
    for record, number, name, post, place, tps, seat, state in rows:
        term = posts[post].term if post in posts else None
        holders.take(Standing(str(record), number, name, post, place, tps, seat, term), State(state))
    return holders


def standing(record: UUID, facts: Facts, event: Event) -> Standing:
    """The seat these facts hold."""
    post = event.post(facts.post)
    term = post.term if post else None
    return Standing(
        str(record), nik.digits(facts.nik), facts.name, facts.post, facts.place, facts.tps, facts.seat, term
    )


def judge(store: Store, placed: Facts, holders: Holders, *, on: date, accept_warnings: bool = False) -> Judged:
    """Everything found about the facts, and a seat for them when they name none and one is free.

    `placed` are facts as `payung.enrolment.placed` gives them.
    """
    post = store.event.post(placed.post)
    if post is not None and placed.seat is None and placed.place:
        placed = replace(placed, seat=_free_seat(store.event, post, placed, holders))
    problems = (
        *enrolment.problems(
            placed,
            event=store.event,
            on=on,
            regions=store.regions,
            others=holders.standings,
            tps_known=store.tps_numbers(placed.place) if post is not None and roster.keeps_tps(post) else None,
        ),
        *_foreign(store, placed, post),
    )
    questions = open_questions(problems, placed.confirmed)
    warned = tuple(problem.code for problem in questions if problem.severity is Severity.WARNING)
    ready = len(warned) == len(questions) and (accept_warnings or not warned)
    return Judged(placed, problems, State.READY if ready else State.DRAFT, warned if ready else ())


def _free_seat(event: Event, post: Post, facts: Facts, holders: Holders) -> int | None:
    held = [*holders.standings.at(facts.place, facts.tps), *holders.drafts.at(facts.place, facts.tps)]
    count = 1 if facts.tps is not None and post.level is not Level.TPS else None
    return roster.next_free(event, post, held, tps_count=count)


def _foreign(store: Store, facts: Facts, post: Post | None) -> tuple[Problem, ...]:
    known = post is not None and store.regions.exists(facts.place)
    if not known or trust.covers(store.laptop.villages, facts.place):
        return ()
    return (Problem("place", "place.foreign", Severity.ERROR, {"place": store.regions.title(facts.place)}),)
