"""Mobile numbers as Indonesians write them: 0812-3456-7890, +62 812.., 62812.., 812... An optional field."""

from __future__ import annotations

import re

from payung.problem import Problem, Severity

_SEPARATORS = re.compile(r"[\s.\-()\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_NUMBER = re.compile(r"(?:\+?62|0062)?0?(8[0-9]{8,11})")  # 9 to 12 digits after the country code


def read(text: str) -> str | Problem:
    """Return the number in E.164 ("+6281234567890"), "" for an empty field, or the problem `phone.unreadable`.

    Letters, a second number or a fixed line are a problem: nothing is guessed.
    """
    typed = _SEPARATORS.sub("", text)
    if not typed:
        return ""
    found = _NUMBER.fullmatch(typed)
    return f"+62{found[1]}" if found else Problem("phone", "phone.unreadable", Severity.ERROR)


def shown(number: str) -> str:
    """Return an E.164 number as people know it: "0812-3456-7890"; any other text as it is."""
    found = _NUMBER.fullmatch(number)
    if not found:
        return number
    local = f"0{found[1]}"
    return "-".join((local[:4], local[4:8], local[8:]))
