"""One officer's enrolment: the facts as taken from the paper, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum

from payung import particulars, posting
from payung.event import Event, Post
from payung.facts import Facts
from payung.problem import Problem, Severity, open_questions
from payung.region import Regions
from payung.roster import Standing, Standings, keeps_tps

__all__ = ["Facts", "Standing", "Standings", "State", "missing_for_bpjs", "placed", "problems", "state"]

_WANTED_BY_BPJS = tuple(
    (field, Problem(field, f"bpjs.{field}", Severity.INFORMATION))
    for field in ("mother", "married", "blood", "address", "postcode")
)
_BLANK = (None, "")


class State(StrEnum):
    """How complete an enrolment is on the laptop."""

    DRAFT = "draft"
    READY = "ready"


def problems(
    facts: Facts,
    *,
    event: Event,
    on: date,
    regions: Regions,
    others: Standings | Iterable[Standing] = (),
    tps_known: Collection[int] | None = None,
) -> tuple[Problem, ...]:
    """Return everything wrong, doubtful or missing: about the post, the person, and what BPJS will want.

    Ages are counted on the event's voting day; `on` is today. `others` is who holds a seat on this laptop, without the
    record itself: give `Standings` when many enrolments are judged. `tps_known` is the village's polling stations.
    """
    return (
        *_post(facts, event=event, regions=regions, others=others, tps_known=tps_known),
        *particulars.problems(facts, event=event, on=on, regions=regions),
        *_asn(facts, event.post(facts.post)),
        *missing_for_bpjs(facts),
    )


def state(problems: Iterable[Problem], confirmed: Iterable[str]) -> State:
    """Tell whether an enrolment with these problems is ready, given the codes of the warnings that were settled."""
    return State.DRAFT if open_questions(problems, confirmed) else State.READY


def missing_for_bpjs(facts: Facts) -> tuple[Problem, ...]:
    """Return one information `bpjs.<field>` for each thing that only BPJS's intake wants and that is still missing."""
    return tuple(problem for field, problem in _WANTED_BY_BPJS if getattr(facts, field) in _BLANK)


def placed(facts: Facts, event: Event) -> Facts:
    """Return the facts with place and TPS cut to what the post has: a PPK's village becomes its kecamatan, without TPS.

    For facts whose place is wherever the laptop or the workbook stands. A post the event does not know changes nothing.
    """
    post = event.post(facts.post)
    if post is None:
        return facts
    tps = facts.tps if keeps_tps(post) else None
    place = post.level.place_of(facts.place)
    return facts if (place, tps) == (facts.place, facts.tps) else replace(facts, place=place, tps=tps)


def _post(
    facts: Facts,
    *,
    event: Event,
    regions: Regions,
    others: Standings | Iterable[Standing],
    tps_known: Collection[int] | None,
) -> Iterator[Problem]:
    post = event.post(facts.post)
    if not facts.post:
        yield Problem("post", "post.missing", Severity.ERROR)
    elif post is None:
        yield Problem("post", "post.unknown", Severity.ERROR, {"post": facts.post})
    elif not post.enabled:
        yield Problem("post", "post.closed", Severity.ERROR, {"post": post.name})
    else:
        held = others if isinstance(others, Standings) else Standings(others)
        yield from posting.problems(facts, post, event=event, regions=regions, others=held, tps_known=tps_known)


def _asn(facts: Facts, post: Post | None) -> Iterator[Problem]:
    if facts.asn:
        yield Problem("asn", "asn.notice", Severity.INFORMATION)
    elif facts.asn is None and post is not None and post.asn_possible:
        yield Problem("asn", "asn.missing", Severity.INFORMATION)
