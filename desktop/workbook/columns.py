"""Finds the row that names the columns and what each column holds, by synonyms or by a remembered mapping."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.workbook import vocabulary
from desktop.workbook.cells import Row, letter, text, words
from desktop.workbook.errors import BadMap, NoHeader

SEARCHED = 30  # rows
_LEAST_FIELDS = 3
_LONGEST_HEADING = 60  # letters; longer text is a title
_LONG_NUMBER = 6  # digits; no heading carries as many
_IGNORED = ("", "-", "ignore", "abaikan")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns are. Rows and columns count from 0; `first_row` is the row after the headings."""

    header_row: int
    first_row: int
    fields: Mapping[str, int]
    headings: tuple[str, ...]

    def letter_of(self, *fields: str) -> str:
        """The spreadsheet letter of the first of the fields that has a column, "" when none has."""
        return next((letter(self.fields[field]) for field in fields if field in self.fields), "")


def read_map(path: Path) -> dict[str, str]:
    """A remembered mapping: a JSON object of column letter or heading to field, or of field to letter or heading.

    Raises BadMap naming the entry that is neither.
    """
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadMap(entry=path.name) from error
    if not isinstance(found, dict):
        raise BadMap(entry=path.name)
    return dict(_pair(key, value) for key, value in found.items())


def _pair(key: str, value: object) -> tuple[str, str]:
    known = set(vocabulary.load().fields.values())
    if value is None or (isinstance(value, str) and (value in known or value.strip().lower() in _IGNORED)):
        return key, value or ""
    if isinstance(value, str) and key in known:
        return value, key
    raise BadMap(entry=key)


def guess(rows: Sequence[Row], remembered: Mapping[str, str] | None = None) -> Columns:
    """The columns of a sheet; entries of `remembered` (column letter or heading -> field) go before the synonyms.

    Raises NoHeader when no row among the first 30 names a NIK or a name and at least three fields, BadMap when a
    remembered column is not in the sheet.
    """
    mapping = dict(remembered or {})
    headings = {words(heading): field for heading, field in mapping.items()}
    best: Columns | None = None
    for index in range(min(SEARCHED, len(rows))):
        for height in (1, 2):
            found = _headings(rows, index, height, headings)
            if found and (best is None or _rank(found) > _rank(best)):
                best = found
    best = best or _by_letters(rows, mapping)
    if best is None:
        raise NoHeader(rows=SEARCHED)
    return _remember(best, mapping)


def _rank(columns: Columns) -> tuple[int, int]:
    """More fields are better, and one row of headings is better than two that say no more."""
    return len(columns.fields), columns.header_row - columns.first_row


def _is_title(texts: Sequence[str]) -> bool:
    """Whether a row says one thing only, if that much."""
    return len({found for found in texts if found}) <= 1


def _headings(rows: Sequence[Row], index: int, height: int, remembered: Mapping[str, str]) -> Columns | None:
    """The columns when row `index` (and the one below, for a height of two) are the headings, else None."""
    upper = _heading_cells(rows[index])
    lower = _heading_cells(rows[index + 1]) if height > 1 and index + 1 < len(rows) else ()
    if upper is None or lower is None or (height > 1 and (_is_title(upper) or not _any_known(lower, remembered))):
        return None
    width = max(len(upper), len(lower))
    pairs = [(_at(upper, column), _at(lower, column)) for column in range(width)]
    fields = _assign([_field(*pair, remembered) for pair in pairs])
    if len(fields) < _LEAST_FIELDS or not ("nik" in fields or "name" in fields):
        return None
    labels = tuple(top if top == bottom or not bottom else f"{top} {bottom}".strip() for top, bottom in pairs)
    return Columns(index, index + height, fields, labels)


def _heading_cells(row: Row) -> tuple[str, ...] | None:
    """The row's texts; None when a long number shows that it is no heading."""
    texts = tuple(text(cell) for cell in row)
    if any(
        sum(letter.isdecimal() for letter in found) > _LONG_NUMBER for found in texts if len(found) <= _LONGEST_HEADING
    ):
        return None
    return texts


def _any_known(texts: Sequence[str], remembered: Mapping[str, str]) -> bool:
    fields = vocabulary.load().fields
    return any(words(found) in fields or words(found) in remembered for found in texts if found)


def _at(texts: Sequence[str], column: int) -> str:
    return texts[column] if column < len(texts) else ""


def _field(upper: str, lower: str, remembered: Mapping[str, str]) -> tuple[int, str]:
    """How well and as what a heading is known: 3 remembered, 2 word for word, 1 within, 0 not at all."""
    known = vocabulary.load().fields
    candidates = [words(f"{upper} {lower}"), words(lower), words(upper)] if lower else [words(upper)]
    candidates = [candidate for candidate in candidates if candidate]
    for rank, table in ((3, remembered), (2, known)):
        exact = next((table[candidate] for candidate in candidates if candidate in table), None)
        if exact is not None:
            return rank, exact
    for candidate in candidates:
        if len(candidate) <= _LONGEST_HEADING and (within := vocabulary.longest_within(candidate, known)):
            return 1, within
    return 0, ""


def _assign(found: Sequence[tuple[int, str]]) -> dict[str, int]:
    """One column for each field: the best known heading, the leftmost of equals."""
    fields: dict[str, int] = {}
    for column, (rank, field) in enumerate(found):
        if field and (field not in fields or rank > found[fields[field]][0]):
            fields[field] = column
    return fields


def _letters(mapping: Mapping[str, str], width: int) -> dict[int, str]:
    by_letter = {letter(column): column for column in range(width)}
    return {by_letter[key.strip().upper()]: field for key, field in mapping.items() if key.strip().upper() in by_letter}


def _by_letters(rows: Sequence[Row], mapping: Mapping[str, str]) -> Columns | None:
    """The columns of a sheet without headings, when the remembered letters name a NIK or a name."""
    width = max((len(row) for row in rows), default=0)
    fields = {field: column for column, field in _letters(mapping, width).items() if field}
    if not ("nik" in fields or "name" in fields):
        return None
    return Columns(-1, 0, fields, ())


def _remember(columns: Columns, mapping: Mapping[str, str]) -> Columns:
    """Let remembered letters overrule what was guessed; BadMap when an entry is neither a letter nor a heading here."""
    width = max(len(columns.headings), *(column + 1 for column in columns.fields.values()))
    letters = _letters(mapping, width)
    headings = {words(heading) for heading in columns.headings}
    for entry in mapping:
        if words(entry) not in headings and entry.strip().upper() not in {letter(column) for column in letters}:
            raise BadMap(entry=entry)
    chosen = {field: column for column, field in letters.items() if field}
    kept = {
        field: column
        for field, column in columns.fields.items()
        if field and field not in chosen and column not in letters and field.strip().lower() not in _IGNORED
    }
    return Columns(columns.header_row, columns.first_row, kept | chosen, columns.headings)
