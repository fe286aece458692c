"""Names as the KTP writes them. One field, kept as typed: Indonesians need not have a family name, or a second word.

Permendagri 73/2022 (60 letters, two words, Latin, no digits) holds for new documents; older names stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

from payung.problem import Problem, Severity

USUAL = 60  # letters, Permendagri 73/2022
LONGEST = 100
_MARKS = frozenset(" .,'’‘`-/")
_BEFORE = frozenset({"h", "hj", "drs", "dra", "ir", "dr", "prof", "kh", "ust", "ustad", "ustadz", "r", "ra", "rr"})
_PAIRS = (("i", "gst"), ("k", "h"), ("r", "a"))
_DEGREES = """
ak akt amd amdak amdkeb amdkep amdkom amdpd amk amkeb amp apt ba bba bsc ca cpa gr lc ma mag map mars mba mcs med meng
mfarm mh mhi mhum mikom mip mkes mkn mkom mm mmpd mpd mpdi mph mpsi ms msc msi msn msos mt mth ners ns phd qia sag sap
sds se sei sfarm sh shi shum sik sikom sip sked skep skg skh skm skom skp spa spb spd spdh spdi spdk spdsd spi spm spog
spsi spt ssi ssn ssos sst st sth sthi stp stt
"""
_AFTER = frozenset(_DEGREES.split())
_PLAIN = re.compile(r"[A-Za-z .,'’‘`/-]*")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_WIDTH = 6


def problems(text: str) -> tuple[Problem, ...]:
    """Return what is missing or doubtful about a full name; one word is enough, titles may stand."""
    typed = " ".join(text.split())
    letters = sum(map(str.isalpha, typed))
    if not letters:
        return (Problem("name", "name.missing", Severity.ERROR),)
    found: list[Problem] = []
    plain = _PLAIN.fullmatch(typed)
    strange = "" if plain else "".join(dict.fromkeys(char for char in typed if not _usual(char)))
    if strange or letters == 1:
        found.append(Problem("name", "name.characters", Severity.WARNING, {"found": (strange or typed)[:8]}))
    if len(typed) > USUAL:
        severity = Severity.ERROR if len(typed) > LONGEST else Severity.WARNING
        limit = LONGEST if severity is Severity.ERROR else USUAL
        found.append(Problem("name", "name.long", severity, {"count": str(len(typed)), "limit": str(limit)}))
    return tuple(found)


def matching_key(text: str) -> str:
    """Return the name for comparing: lower case, without accents, titles, degrees and punctuation."""
    name, _, degrees = text.partition(",")
    words = _words(name)
    if degrees and not all(_degree(word) for word in degrees.replace(",", " ").split()):
        words += _words(degrees)
    return " ".join(_without_titles(words))


def sort_key(text: str) -> str:
    """Return a key that puts names in a reader's order by plain comparison: titles ignored, TPS 2 before TPS 10."""
    return _NUMBER.sub(lambda number: number[0].zfill(_WIDTH), matching_key(text))


def _usual(char: str) -> bool:
    """Whether the KTP prints such a character: a Latin letter, an accent or one of the marks."""
    if char in _MARKS or unicodedata.combining(char):
        return True
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN")


def _words(text: str) -> list[str]:
    """Lower-case words without accents; a full stop inside a word parts it ("M.Yusuf") unless the word is a degree."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    found: list[str] = []
    for chunk in re.sub(r"['’‘`]", "", plain).split():
        solid = chunk.replace(".", "")
        found += [solid] if "." in chunk.rstrip(".") and solid in _AFTER | _BEFORE else _WORD.findall(chunk)
    return found


def _degree(word: str) -> bool:
    return "." in word or re.sub(r"\W", "", word).casefold() in _AFTER


def _without_titles(words: list[str]) -> list[str]:
    """Return the words without leading titles and trailing degrees; at least one word always stays."""
    left = list(words)
    while len(left) > 1:
        if len(left) > 2 and tuple(left[:2]) in _PAIRS:  # noqa: PLR2004 - a pair needs a name behind it
            left = left[2:]
        elif left[0] in _BEFORE:
            left = left[1:]
        else:
            break
    while len(left) > 1 and left[-1] in _AFTER:
        left.pop()
    return left
