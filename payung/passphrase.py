"""Passphrases: what is refused, what is only advised against, and words picked by chance as a suggestion.

A thief who has the laptop's files tries passphrases as fast as Argon2id lets him: digits fall in hours, four words of
a good list or fifteen letters do not (safety notes, section 3; OWASP ASVS 5.0, 6.2.1: 8 at least, 15 advised).
"""

from __future__ import annotations

import math
import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache

import resources
from payung.problem import Problem, Severity

FIELD = "passphrase"
SHORTEST = 8
ADVISED = 15
ADVISED_WORDS = 4
SUGGESTED_WORDS = 5
_FEWEST_LETTERS = 4  # different ones; "aaaaaaaa" and "abababab" have fewer
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890")
_COMMON = ("password", "passphrase", "katasandi", "sandi", "rahasia", "payung", "indonesia", "bismillah", "admin")
_JOINTS = re.compile(r"[\s\-_.,/]+")


def problems(passphrase: str, *, names: Iterable[str] = ()) -> tuple[Problem, ...]:
    """What is wrong with a new passphrase: at most one error, else perhaps the advice to take a longer one.

    `names` are texts it must not be made of, such as the operator's own name.
    """
    refused = _refused(passphrase, names)
    if refused is not None:
        return (Problem(FIELD, refused, Severity.ERROR, {"shortest": str(SHORTEST)}),)
    if len(passphrase.strip()) < ADVISED and len(_words(passphrase)) < ADVISED_WORDS:
        facts = {"words": str(ADVISED_WORDS), "letters": str(ADVISED)}
        return (Problem(FIELD, "passphrase.modest", Severity.WARNING, facts),)
    return ()


def suggestion(count: int = SUGGESTED_WORDS) -> str:
    """That many words picked by chance, separated by blanks: `bits(count)` bits, easier kept in mind than letters."""
    return " ".join(secrets.choice(words()) for _ in range(count))


def bits(count: int = SUGGESTED_WORDS) -> float:
    """How many bits of chance are in a suggestion of that many words."""
    return count * math.log2(len(words()))


@cache
def words() -> tuple[str, ...]:
    """The list suggestions are picked from: resources/passphrase/words.txt, each word once."""
    return tuple(resources.read("passphrase", "words.txt").decode("ascii").split())


def _refused(passphrase: str, names: Iterable[str]) -> str | None:
    """The code of what makes the passphrase unfit, None when nothing does."""
    bare = _bare(passphrase)
    if not bare:
        return "passphrase.missing"
    if bare.isdigit():
        return "passphrase.digits"
    if len(passphrase.strip()) < SHORTEST:
        return "passphrase.short"
    if len(set(bare)) < _FEWEST_LETTERS or _guessed(bare):
        return "passphrase.guessed"
    if bare.strip("0123456789") in {_bare(name) for name in names}:
        return "passphrase.name"
    return None


def _guessed(bare: str) -> bool:
    """Whether it is one of the first things anybody tries, with or without digits around it."""
    core = bare.strip("0123456789!?*")
    return core in _COMMON or any(bare in run or bare in run[::-1] for run in _RUNS)


def _bare(text: str) -> str:
    return _JOINTS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _words(passphrase: str) -> list[str]:
    return [word for word in _JOINTS.split(passphrase) if len(word) > 2]  # noqa: PLR2004 - "di", "ke" add little
