"""From typed text to the facts of an enrolment, and back. What cannot be read is a problem, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from desktop.ui.unit import SeatLine
from desktop.ui.widgets.shaped_edit import figures, shape_nik
from payung import dates, nik, phone
from payung.facts import Facts
from payung.leaving import Cause, Leaving
from payung.person import Blood, Sex
from payung.problem import Problem, Severity
from payung.roster import Place

TEXTS = ("name", "birthplace", "address", "mother", "postcode", "decree_number")
ALL = ("nik", *TEXTS, "birthdate", "sex", "phone", "rt_rw", "village", "married", "blood", "asn", "decree_date")
NOT_A_FORM_FIELD = {"rt": "rt_rw", "rw": "rt_rw", "seat": "nik", "post": "nik", "place": "nik", "tps": "nik"}
BESIDE = ("reason", "cause", "last_day")  # asked of a correction and of a replacement
YES, NO = "yes", "no"

Member = TypeVar("Member", Sex, Blood)


def to_facts(
    fields: Mapping[str, str], *, place: Place, seat: SeatLine, confirmed: Iterable[str], on: date, home: str
) -> tuple[Facts, tuple[Problem, ...]]:
    """The facts, and problems for text that could not be read. `home` is the village the form offers by itself."""
    problems: list[Problem] = []
    texts = {name: " ".join(fields.get(name, "").split()) for name in TEXTS}
    rt, rw = _rt_rw(fields.get("rt_rw", ""), problems)
    village = " ".join(fields.get("village", "").split())
    if village and village.casefold() != home.casefold() and village.casefold() not in texts["address"].casefold():
        texts["address"] = ", ".join(part for part in (texts["address"], village) if part)
    facts = Facts(
        place=place.code,
        tps=seat.tps,
        post=seat.post.code,
        seat=seat.seat,
        nik=nik.digits(fields.get("nik", "")),
        birthdate=_day(fields, "birthdate", problems, on=on, youngest=17),
        sex=_member(Sex, fields.get("sex", "")),
        phone=_phone(fields.get("phone", ""), problems),
        rt=rt,
        rw=rw,
        married=_answer(fields.get("married", "")),
        blood=_member(Blood, fields.get("blood", "")),
        asn=_answer(fields.get("asn", "")),
        decree_date=_day(fields, "decree_date", problems, on=on, youngest=0),
        confirmed=tuple(sorted(confirmed)),
        name=texts["name"],
        birthplace=texts["birthplace"],
        address=texts["address"],
        mother=texts["mother"],
        postcode=texts["postcode"],
        decree_number=texts["decree_number"],
    )
    return facts, tuple(problems)


def leaving(fields: Mapping[str, str], *, on: date) -> tuple[Leaving | None, tuple[Problem, ...]]:
    """Why and when the holder of the seat leaves, None with problems while it is not all there."""
    problems: list[Problem] = []
    cause = fields.get("cause", "")
    if not cause:
        problems.append(Problem("cause", "cause.missing", Severity.ERROR))
    day = _day(fields, "last_day", problems, on=on, youngest=0)
    if not fields.get("last_day", "").strip():
        problems.append(Problem("last_day", "last_day.missing", Severity.ERROR))
    if problems or day is None:
        return None, tuple(problems)
    return Leaving(Cause(cause), day), ()


def from_facts(facts: Facts, home: str) -> dict[str, str]:
    """The form's fields of a saved enrolment."""
    fields = {name: str(getattr(facts, name)) for name in TEXTS}
    fields["nik"] = shape_nik(facts.nik)
    fields["birthdate"] = dates.short(facts.birthdate) if facts.birthdate else ""
    fields["decree_date"] = dates.short(facts.decree_date) if facts.decree_date else ""
    fields["sex"] = facts.sex.value if facts.sex else ""
    fields["phone"] = phone.shown(facts.phone).replace("-", " ")
    fields["rt_rw"] = "/".join(f"{number:03}" for number in (facts.rt, facts.rw) if number is not None)
    fields["married"] = "" if facts.married is None else (YES if facts.married else NO)
    fields["asn"] = "" if facts.asn is None else (YES if facts.asn else NO)
    fields["blood"] = facts.blood.value if facts.blood else ""
    fields["village"] = home
    return fields


def form_field(problem: Problem) -> str:
    """The form's field for a problem; what belongs to no field is shown at the NIK, the first one."""
    name = NOT_A_FORM_FIELD.get(problem.field, problem.field)
    return name if name in ALL or name in BESIDE else "nik"


def without_echo(problems: Iterable[Problem], unread: Iterable[Problem]) -> tuple[Problem, ...]:
    """`unread` and `problems` together, less those that call a field empty whose text merely could not be read."""
    first = tuple(unread)
    fields = {problem.field for problem in first}
    rest = (problem for problem in problems if problem.field not in fields)
    return (*first, *rest)


def _day(fields: Mapping[str, str], name: str, problems: list[Problem], *, on: date, youngest: int) -> date | None:
    text = fields.get(name, "").strip()
    day = dates.read(text, on=on, youngest=youngest) if text else None
    if text and day is None:
        problems.append(Problem(name, f"{name}.unreadable", Severity.ERROR))
    return day


def _phone(text: str, problems: list[Problem]) -> str:
    read = phone.read(text)
    if isinstance(read, Problem):
        problems.append(read)
        return text.strip()
    return read


def _rt_rw(text: str, problems: list[Problem]) -> tuple[int | None, int | None]:
    parts = [figures(part) for part in text.split("/")] if "/" in text else [figures(text)[:3], figures(text)[3:]]
    if len(parts) != len(("rt", "rw")) or any(len(part) > len("000") for part in parts):
        problems.append(Problem("rt_rw", "rt_rw.unreadable", Severity.ERROR))
        return None, None
    rt, rw = (int(part) if part else None for part in parts)
    return rt, rw


def _member(kind: type[Member], text: str) -> Member | None:
    return kind(text) if text in [member.value for member in kind] else None


def _answer(text: str) -> bool | None:
    return {YES: True, NO: False}.get(text)
