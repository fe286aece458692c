"""From the words of a list to a post of the event: "Anggota KPPS 2", "Petugas Ketertiban 1", "Ketua" under a title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.workbook import vocabulary
from desktop.workbook.cells import words

_NUMBER = re.compile(r"(?:^| )(?:no |nomor )?(\d{1,3})$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says of a post: `code` "" when it names none, `number` None when it gives no seat."""

    code: str
    number: int | None


@lru_cache(maxsize=4096)
def read(typed: str, context: str = "") -> Reading:
    """The post a text names; `context` is the body that the sheet speaks of where the text itself names none."""
    phrase = words(typed)
    number = None
    if found := _NUMBER.search(phrase):
        number = int(found[1])
        phrase = phrase[: found.start()]
    elif (last := phrase.rpartition(" ")[2]) in _ROMAN and last != phrase:
        number = _ROMAN[last]
        phrase = phrase.rpartition(" ")[0]
    known = vocabulary.load()
    body = vocabulary.longest_within(phrase, known.bodies) or ""
    role = vocabulary.first_within(phrase, known.roles) or ""
    if phrase and not body and not role:
        return Reading("", None)
    body = body or context
    if body == "kpps" and not role and number is not None:
        role = "ketua" if number == 1 else "anggota"
    return Reading(known.posts.get(f"{body} {role}".strip(), ""), number)


def context(texts: Iterable[str]) -> str:
    """The body that the first of the texts (sheet name, title, headings) names alone, "" when none does."""
    for found in texts:
        bodies = named(found)
        if len(bodies) == 1:
            return bodies.pop()
    return ""


def named(title: str) -> set[str]:
    """Every body a title names."""
    padded = f" {words(title)} "
    known = vocabulary.load().bodies
    found = {phrase for phrase in known if f" {phrase} " in padded}
    whole = {phrase for phrase in found if not any(phrase != other and phrase in other for other in found)}
    return {known[phrase] for phrase in whole}
