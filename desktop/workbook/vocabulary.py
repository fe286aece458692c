"""The words of resources/texts/columns.json, ready to be looked up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every table maps a phrase (lower-case words with one blank between) to what it stands for."""

    fields: Mapping[str, str]
    bodies: Mapping[str, str]
    roles: Mapping[str, str]
    posts: Mapping[str, str]  # "body role" or "body" -> post code
    sexes: Mapping[str, str]
    married: Mapping[str, bool]
    village_kinds: tuple[str, ...]
    footers: tuple[str, ...]


@cache
def load() -> Vocabulary:
    """The shipped words, read once."""
    data = json.loads(resources.read("texts", "columns.json"))
    return Vocabulary(
        fields=_inverted(data["fields"]),
        bodies=_inverted(data["bodies"]),
        roles=_inverted(data["roles"]),
        posts=data["posts"],
        sexes=_inverted(data["sexes"]),
        married={phrase: answer == "yes" for phrase, answer in _inverted(data["married"]).items()},
        village_kinds=tuple(sorted(data["village_kinds"], key=len, reverse=True)),
        footers=tuple(data["footers"]),
    )


def _inverted(phrases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {phrase: meaning for meaning, found in phrases.items() for phrase in found}


def longest_within(words: str, phrases: Mapping[str, str]) -> str | None:
    """The meaning of the longest phrase that stands as whole words inside `words`, None when there is none."""
    padded = f" {words} "
    found = [phrase for phrase in phrases if f" {phrase} " in padded]
    return phrases[max(found, key=len)] if found else None


def first_within(words: str, phrases: Mapping[str, str]) -> str | None:
    """The meaning of the first phrase, in the order of the file, that stands as whole words inside `words`."""
    padded = f" {words} "
    return next((meaning for phrase, meaning in phrases.items() if f" {phrase} " in padded), None)
