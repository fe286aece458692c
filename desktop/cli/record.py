"""One record of `payung enrol`: from a JSON object to the facts of an enrolment.

Only what cannot be a record at all is refused here (unknown keys, values of the wrong kind, no post, no place);
whatever a clerk could still mend is left to the rules and kept as a draft.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from payung import dates
from payung.enrolment import placed
from payung.event import Event, Post
from payung.facts import Facts
from payung.person import Blood, Sex
from payung.problem import Problem, Severity

T = TypeVar("T")

TEXTS = ("nik", "name", "birthplace", "phone", "address", "mother", "postcode", "email", "kpj")
LARGEST = 1_000_000  # no seat, TPS, RT or RW comes near it
LONGEST = 500  # characters of one text; the longest name or address is far below
NUMBERS = ("tps", "seat", "rt", "rw")
ANSWERS = ("married", "has_kpj", "asn")
KEYS = frozenset((*TEXTS, *NUMBERS, *ANSWERS, "village", "post", "birthdate", "sex", "blood", "decree", "confirmed"))


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """What became of one JSON object: facts to save, or None and the reasons; `problems` are found here only."""

    facts: Facts | None
    problems: tuple[Problem, ...] = ()


def take(found: object, *, event: Event, villages: tuple[str, ...]) -> Taken:
    """Read one JSON object; `villages` are the places the laptop's kit names, for records that leave theirs out."""
    if not isinstance(found, Mapping):
        return _refused(_error("record", "record.object"))
    unknown = sorted(str(key) for key in found if key not in KEYS)
    if unknown:
        return _refused(*(_error(key[:40], "record.unknown_key", key=key[:40]) for key in unknown))
    wrong = [key for key in found if found[key] is not None and not _fits(key, found[key])]
    if wrong:
        return _refused(*(_error(key, "record.kind") for key in wrong))
    post = event.post(str(found.get("post") or ""))
    if post is None:
        return _refused(_error("post", "post.unknown", post=str(found.get("post") or "-")[:40]))
    place = _place(found.get("village"), post, villages)
    if place is None:
        return _refused(_error("village", "record.place"))
    read = _facts(found, post=post, place=place)
    return dataclasses.replace(read, facts=placed(read.facts, event) if read.facts else None)


def _facts(found: Mapping[str, Any], *, post: Post, place: str) -> Taken:
    problems: list[Problem] = []
    decree = found.get("decree") or {}
    decree_date = _day(decree.get("date"), "decree_date", problems)
    blood = _choice(Blood, found.get("blood"), "blood", problems)
    if problems:  # neither may be dropped from a record that would be ready without it
        return _refused(*problems)
    plain: dict[str, Any] = {key: str(found.get(key) or "") for key in TEXTS}
    plain |= {key: found.get(key) for key in (*NUMBERS, *ANSWERS)}
    facts = Facts(
        place=place,
        post=post.code,
        birthdate=_day(found.get("birthdate"), "birthdate", problems),
        sex=_choice(Sex, found.get("sex"), "sex", problems),
        blood=blood,
        decree_number=str(decree.get("number") or ""),
        decree_date=decree_date,
        confirmed=tuple(found.get("confirmed") or ()),
        **plain,
    )
    return Taken(facts, tuple(problems))


def _fits(key: str, value: object) -> bool:
    """Whether the value is of the kind the key wants; its sense is judged by the rules."""
    if key in NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST
    if key in ANSWERS:
        return isinstance(value, bool)
    if key == "decree":
        keys = {"number", "date"}
        return isinstance(value, Mapping) and set(value) <= keys and all(_is_text(one or "") for one in value.values())
    if key == "confirmed":
        return isinstance(value, list) and len(value) < LONGEST and all(map(_is_text, value))
    return _is_text(value)


def _is_text(value: object) -> bool:
    """Text that can be kept: of a length a form could have, without half characters (JSON allows lone surrogates)."""
    return isinstance(value, str) and len(value) <= LONGEST and not any("\ud800" <= char <= "\udfff" for char in value)


def _place(village: str | None, post: Post, villages: tuple[str, ...]) -> str | None:
    """The place that was named, else the one the kit leaves no choice about; None when it leaves one."""
    if village and village.strip():
        return village.strip()
    places = {post.level.place_of(one) for one in villages}
    only = places.pop() if len(places) == 1 else ""
    return only if len(only.split(".")) == post.level.segments else None


def _day(text: str | None, field: str, problems: list[Problem]) -> date | None:
    if not text:
        return None
    day = dates.read(text)
    if day is None:
        problems.append(_error(field, f"{field}.unreadable"))
    return day


def _choice(kind: Callable[[str], T], text: str | None, field: str, problems: list[Problem]) -> T | None:
    if not text:
        return None
    try:
        return kind(text.strip().upper())
    except ValueError:
        problems.append(_error(field, f"{field}.unreadable"))
        return None


def _error(field: str, code: str, **facts: str) -> Problem:
    return Problem(field, code, Severity.ERROR, facts)


def _refused(*problems: Problem) -> Taken:
    return Taken(None, problems)
