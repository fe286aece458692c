"""What is wrong, doubtful or worth knowing about typed facts. Wrong input is a tuple of these, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as defaulted
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """How much a problem weighs: an error blocks, a warning wants a person's answer, an information wants nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one field; `code` names its sentence in resources/texts, `facts` fill its gaps."""

    field: str
    code: str
    severity: Severity
    facts: Mapping[str, str] = defaulted(default_factory=lambda: MappingProxyType({}))


def worst(problems: Iterable[Problem]) -> Severity | None:
    """Return the heaviest severity among the problems, None when there are none."""
    found = {problem.severity for problem in problems}
    return next((severity for severity in Severity if severity in found), None)


def open_questions(problems: Iterable[Problem], confirmed: Iterable[str]) -> tuple[Problem, ...]:
    """Return what still keeps a record from being ready: errors, and the warnings whose code nobody has confirmed."""
    settled = set(confirmed)
    return tuple(
        problem
        for problem in problems
        if problem.severity is Severity.ERROR or (problem.severity is Severity.WARNING and problem.code not in settled)
    )
