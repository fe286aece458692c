"""What a command says: answers on standard output, everything else on standard error.

With `--json` standard output carries the one JSON document (or one line a record) and nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping

from desktop.cli.options import Options
from payung import wording
from payung.problem import Problem


def document(value: object) -> None:
    """One JSON document on standard output, out of the door before this returns."""
    line(json.dumps(value, ensure_ascii=False))


def line(text: str) -> None:
    """One line for people on standard output, out of the door before this returns."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def aside(text: str) -> None:
    """One line on standard error: progress, remarks, trouble."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def sentence(options: Options, code: str, /, **facts: object) -> str:
    """The catalogue's sentence for `code` in the language asked for."""
    return wording.sentence(code, {name: str(value) for name, value in facts.items()}, lang=options.lang)


def problem(options: Options, found: Problem) -> dict[str, str]:
    """One problem as the JSON answers show it."""
    return {
        "field": found.field,
        "code": found.code,
        "severity": found.severity.value,
        "message": wording.of(found, lang=options.lang),
    }


def problems(options: Options, found: Iterable[Problem]) -> list[dict[str, str]]:
    """All problems of one record, in the order they were found."""
    return [problem(options, one) for one in found]


def table(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> Iterable[str]:
    """The rows as aligned lines of text, one column a key; the last column is not padded."""
    names = list(columns)
    cells = [[str(row[name]) for name in names] for row in rows]
    widths = [max((len(row[place]) for row in cells), default=0) for place in range(len(names))]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
