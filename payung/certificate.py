"""The provisional certificate: its number, and every line it says.

A number is a device's tag, a running number and a check character in an alphabet without letters that look like digits.
What the paper says is built here and only here, so that one test can hold what it must and must not say: it is evidence
of a proposal, not of cover (Permenaker 1/2025 art. 3A).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import resources
from payung import clock, cover, dates, money, nik
from payung.bodies import Institution
from payung.cover import CoverState, OnRecord
from payung.event import Event, Kind, Post
from payung.facts import Facts
from payung.region import Regions

ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
PREFIX = "PYG"
LAST = len(ALPHABET) ** 4 - 1
_TAG = 4
_BODY = 8
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "S": "5", "U": "V"})
_REGION_LINES = ("kabupaten", "kecamatan", "village")  # codes of two, three and four segments
_INSTITUTIONS = {Institution.KPU: "KPU", Institution.BAWASLU: "Bawaslu"}
_STATUS = {
    CoverState.DRAF: "draft",
    CoverState.TERSIMPAN: "saved",
    CoverState.TERKIRIM: "sent",
    CoverState.DIUSULKAN: "proposed",
    CoverState.TERDAFTAR: "registered",
    CoverState.DITOLAK: "rejected",
    CoverState.PERBAIKAN: "correction",
    CoverState.NONAKTIF: "inactive",
}


@dataclass(frozen=True, slots=True)
class Print:
    """What one printing adds to an enrolment: the number, which copy it is, when (aware) and where."""

    number: str
    copy: int
    at: datetime
    device: str
    office: str
    office_contact: str
    record: OnRecord
    wage_base: int | None = None  # rupiah a month
    special_tps: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line; `key` names it for the layout ("name", "nik", "village")."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything a provisional certificate says, in Indonesian and in reading order; the sheet adds only its QR code.

    `practice` is "" unless the event is for learning.
    """

    number: str
    title: str
    programmes: str
    lines: tuple[Line, ...]
    status: str
    status_meaning: str
    disclaimer: str
    other_benefit: str
    incident_title: str
    incident: tuple[str, ...]
    contact: str
    office: str
    check: str
    superseded: str
    practice: str

    def value(self, key: str) -> str:
        """Find the value of a line; "" when the certificate has no such line."""
        return next((line.value for line in self.lines if line.key == key), "")

    def text(self) -> str:
        """Return all of it as plain text, one line each."""
        labelled = (f"{line.label}: {line.value}" for line in self.lines)
        head = (self.practice, self.title, self.programmes, self.number, self.status, self.status_meaning)
        tail = (self.disclaimer, self.other_benefit, self.incident_title, *self.incident)
        return "\n".join((*head, *labelled, *tail, self.contact, self.office, self.check, self.superseded))


@cache
def texts() -> Mapping[str, str]:
    """Return the certificate's wording by key, from resources/texts/certificate.id.json."""
    rows = json.loads(resources.read("texts", "certificate.id.json"))["texts"]
    return {key: str(row["text"]) for key, row in rows.items()}


def statement(facts: Facts, *, event: Event, regions: Regions, printing: Print) -> Statement:
    """Say what the certificate of an enrolment says; the NIK masked, no mother's name, no phone.

    ValueError when the event does not have the enrolment's post.
    """
    post = event.post(facts.post)
    if post is None:
        raise ValueError("the event has no such post")
    words = texts()
    status = _STATUS[cover.on_paper(printing.record)]
    contact = {key: words[f"contact.{key}"] for key in ("phone", "hours", "email")}
    return Statement(
        number=printing.number,
        title=words["title"],
        programmes=words["programmes"],
        lines=tuple(Line(key, words[f"label.{key}"], value) for key, value in _lines(facts, post, regions, printing)),
        status=words[f"status.{status}"],
        status_meaning=words[f"status.{status}.meaning"],
        disclaimer=words["statement"],
        other_benefit=words["other_benefit"],
        incident_title=words["incident.title"],
        incident=tuple(words[key] for key in sorted(words) if key.removeprefix("incident.").isdigit()),
        contact=words["contact.line"].format(**contact),
        office=words["contact.office"].format(office=printing.office, contact=printing.office_contact),
        check=words["check"],
        superseded=words["superseded"],
        practice=words["practice"] if event.kind is Kind.PRACTICE else "",
    )


def number(tag: str, sequence: int) -> str:
    """Return the number of the `sequence`-th certificate of the device with that tag: "PYG-7K3M-0001X".

    ValueError when the tag is not four characters of the alphabet or the sequence outside 1 to `LAST`.
    """
    if len(tag) != _TAG or not set(tag) <= _VALUE.keys():
        raise ValueError("a device tag is four characters of the alphabet")
    if not 1 <= sequence <= LAST:
        raise ValueError("a device has no such certificate number")
    running = ""
    for _ in range(_BODY - _TAG):
        sequence, rest = divmod(sequence, len(ALPHABET))
        running = ALPHABET[rest] + running
    return f"{PREFIX}-{tag}-{running}{_check_character(tag + running)}"


def normalise(text: str) -> str | None:
    """Return a number as typed by a person in its printed form; None when the text cannot be one.

    Case, blanks and hyphens do not matter and look-alikes are read as meant (O as 0, I as 1): the check character
    decides whether that was right.
    """
    typed = "".join(char for char in text.upper() if char.isalnum())
    if len(typed) == len(PREFIX) + _BODY + 1:
        typed = typed.removeprefix(PREFIX)
    typed = typed.translate(_MISREAD)
    if len(typed) != _BODY + 1 or not set(typed) <= _VALUE.keys():
        return None
    return f"{PREFIX}-{typed[:_TAG]}-{typed[_TAG:]}"


def check(text: str) -> bool:
    """Whether the text is a certificate number with the right check character.

    One wrong character and two swapped ones are always noticed.
    """
    plain = normalise(text)
    if plain is None:
        return False
    typed = plain.removeprefix(PREFIX).replace("-", "")
    return _check_character(typed[:-1]) == typed[-1]


def _check_character(body: str) -> str:
    """Weights 2 to 9 differ and 31 is prime, so every single change and every swap moves the sum."""
    return ALPHABET[sum(weight * _VALUE[char] for weight, char in enumerate(body, start=2)) % len(ALPHABET)]


def _lines(facts: Facts, post: Post, regions: Regions, printing: Print) -> Iterator[tuple[str, str]]:
    words = texts()
    yield "name", facts.name
    yield "nik", nik.masked(facts.nik)
    yield "post", f"{post.name} {facts.seat}" if "{n}" in post.seat_name and facts.seat else post.name
    yield "body", post.body_name
    if facts.tps is not None:
        template = words["value.tps_special" if printing.special_tps else "value.tps"]
        yield "tps", template.format(number=f"{facts.tps:03}")
    yield from _regions(facts.place, regions)
    kabupaten = ".".join(facts.place.split(".")[:2])
    yield "institution", f"{_INSTITUTIONS[post.institution]} {regions.name(kabupaten)}"
    yield "decree", facts.decree_number or words["value.decree_none"]
    yield "decree_date", dates.long(facts.decree_date) if facts.decree_date else words["value.decree_none"]
    yield "term", _term(post)
    yield "programmes", words["value.programmes"]
    base = printing.wage_base
    yield "wage_base", words["value.wage_none"] if base is None else money.rupiah(base)
    yield "kpj", printing.record.kpj or words["value.kpj_none"]
    there = printing.at.astimezone(clock.zone(facts.place))
    yield "printed", f"{dates.long(there)} pukul {dates.clock(there)} {there.tzname()}"
    yield "copy", str(printing.copy)
    yield "device", printing.device


def _regions(place: str, regions: Regions) -> Iterator[tuple[str, str]]:
    """Name the place from the smallest region up, as far as the place's code reaches."""
    segments = place.split(".")
    for depth, key in reversed(list(enumerate(_REGION_LINES, start=2))):
        if len(segments) >= depth:
            code = ".".join(segments[:depth])
            yield key, regions.name(code)


def _term(post: Post) -> str:
    words = texts()
    if post.term is None:
        return words["value.term_none"]
    return words["value.term"].format(start=dates.long(post.term.start), end=dates.long(post.term.end))
