"""The one catalogue of sentences for people: every `Problem` and `PayungError` code, in Indonesian and English.

Sentences live in resources/texts/sentences.<lang>.json; gaps are written {like_this} and filled from the facts.
"""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from functools import cache

import resources
from payung.errors import PayungError
from payung.problem import Problem

LANGUAGES = ("id", "en")
PLAIN = ".plain"  # suffix of the variant that needs fewer facts
UNKNOWN = "unknown"
_GAP = "…"


@cache
def catalogue(lang: str = "id") -> Mapping[str, str]:
    """Every sentence of one language by code; an unknown language answers in Indonesian."""
    chosen = lang if lang in LANGUAGES else LANGUAGES[0]
    sentences: dict[str, str] = json.loads(resources.read("texts", f"sentences.{chosen}.json"))
    return sentences


def gaps(template: str) -> frozenset[str]:
    """Return the names of the facts a sentence has gaps for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def sentence(code: str, facts: Mapping[str, str] | None = None, *, lang: str = "id") -> str:
    """Return the sentence for a code, its gaps filled; never raises.

    Where facts are missing, the code's ".plain" variant speaks if there is one. A code that only a newer office knows
    is told by its name.
    """
    sentences = catalogue(lang)
    known = dict(facts or {})
    template = sentences.get(code)
    if template is None:
        template, known = sentences[UNKNOWN], {"code": code}
    elif not gaps(template) <= known.keys():
        template = sentences.get(code + PLAIN, template)
    return template.format_map({name: known.get(name, _GAP) for name in gaps(template)})


def of(subject: Problem | PayungError, lang: str = "id") -> str:
    """Return the sentence for a problem or for known trouble."""
    return sentence(subject.code, subject.facts, lang=lang)
