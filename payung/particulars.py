"""What is wrong with the facts about the person: NIK, name, birth, age by the post's rule, contact, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from payung import dates, name, nik, phone
from payung.event import Event, Post
from payung.facts import Facts
from payung.problem import Problem, Severity
from payung.region import Regions

KPJ_DIGITS = 11
DECREE_LONGEST = 100
_HOUSE_NUMBERS = range(1000)  # RT and RW have three digits on the KTP
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_POSTCODE = re.compile(r"[0-9]{5}")


def problems(facts: Facts, *, event: Event, on: date, regions: Regions) -> Iterator[Problem]:
    """Yield what is wrong with the person's facts; ages are counted on voting day, `on` is today."""
    reading = nik.read(facts.nik, on=event.voting_day, regions=regions, born=facts.birthdate, sex=facts.sex)
    yield from reading.problems
    yield from name.problems(facts.name)
    if not facts.birthplace.strip():
        yield Problem("birthplace", "birthplace.missing", Severity.ERROR)
    yield from _birth(facts, event, on)
    if facts.sex is None:
        yield Problem("sex", "sex.missing", Severity.ERROR)
    number = phone.read(facts.phone)
    if isinstance(number, Problem):
        yield number
    yield from _home(facts)
    yield from _kpj(facts)
    if len(facts.decree_number) > DECREE_LONGEST:
        counts = {"count": str(len(facts.decree_number)), "limit": str(DECREE_LONGEST)}
        yield Problem("decree_number", "decree.long", Severity.ERROR, counts)


def _birth(facts: Facts, event: Event, on: date) -> Iterator[Problem]:
    if facts.birthdate is None:
        yield Problem("birthdate", "birthdate.missing", Severity.ERROR)
    elif facts.birthdate > on:
        yield Problem("birthdate", "birthdate.future", Severity.ERROR, {"date": dates.short(facts.birthdate)})
    else:
        post = event.post(facts.post)
        yield from _age(post, dates.age(facts.birthdate, event.voting_day), event.voting_day) if post else ()


def _age(post: Post, age: int, voting_day: date) -> Iterator[Problem]:
    """Weigh an age by the post's rule: below the floor (and below the age of a KTP) nobody serves."""
    known = {"age": str(age), "on": dates.short(voting_day), "post": post.name}
    floor = max(post.age_floor or nik.KTP_AGE, nik.KTP_AGE)
    if age < floor:
        yield Problem("birthdate", "age.min", Severity.ERROR, known | {"limit": str(floor)})
    elif post.age_min is not None and age < post.age_min:
        severity = Severity(post.age_min_severity)
        yield Problem("birthdate", "age.min", severity, known | {"limit": str(post.age_min)})
    elif post.age_max is not None and age > post.age_max:
        yield Problem("birthdate", "age.max", Severity.WARNING, known | {"limit": str(post.age_max)})


def _home(facts: Facts) -> Iterator[Problem]:
    if facts.rt is not None and facts.rt not in _HOUSE_NUMBERS:
        yield Problem("rt", "rt.range", Severity.ERROR)
    if facts.rw is not None and facts.rw not in _HOUSE_NUMBERS:
        yield Problem("rw", "rw.range", Severity.ERROR)
    if facts.postcode.strip() and not _POSTCODE.fullmatch(facts.postcode.strip()):
        yield Problem("postcode", "postcode.unreadable", Severity.WARNING)
    if facts.email.strip() and not _EMAIL.fullmatch(facts.email.strip()):
        yield Problem("email", "email.unreadable", Severity.WARNING)


def _kpj(facts: Facts) -> Iterator[Problem]:
    """Doubt a member number, never refuse it: BPJS alone knows its length (usually 11 digits)."""
    typed = nik.digits(facts.kpj)
    if facts.has_kpj and not typed:
        yield Problem("kpj", "kpj.missing", Severity.INFORMATION)
    elif typed and not (typed.isascii() and typed.isdigit()):
        yield Problem("kpj", "kpj.characters", Severity.WARNING)
    elif typed and len(typed) != KPJ_DIGITS:
        counts = {"count": str(len(typed)), "limit": str(KPJ_DIGITS)}
        yield Problem("kpj", "kpj.length", Severity.WARNING, counts)
