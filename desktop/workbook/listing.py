"""The lists of officers in a workbook, read row by row: what each row says, before anybody judges it.

A whole list is refused when Excel has cut its NIKs (`ExcelNik`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.workbook import columns, damage, persons, posts, titles
from desktop.workbook.columns import Columns
from desktop.workbook.errors import ExcelNik, NoHeader
from desktop.workbook.persons import Person
from desktop.workbook.places import Villages
from desktop.workbook.reader import Sheet
from desktop.workbook.record import Draft, RowReader, Setting
from payung.event import Event
from payung.region import Regions

Progress = Callable[[int, int], None]
STEP = 500  # rows between two reports of progress


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a list says nothing: codes of a village and of a post, a polling station; "" and None unset."""

    village: str = ""
    post: str = ""
    tps: int | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """A sheet with its headings found."""

    sheet: Sheet
    columns: Columns


@dataclass(frozen=True, slots=True)
class Row:
    """One row about an officer: what it says as a draft, and what it was read from."""

    draft: Draft
    setting: Setting
    columns: Columns
    person: Person
    carried: Mapping[str, str]
    corrected: Mapping[str, str]

    def typed(self, field: str) -> str:
        """What stands in the list for the field, or what was typed in its place."""
        if field in self.corrected:
            return self.corrected[field]
        return self.person.text(self.columns.fields.get(field, -1)) or self.carried.get(field, "")

    def correct(self, field: str, text: str) -> Row:
        """The row read again with that text for the field."""
        corrected = {**self.corrected, field: text}
        reader = RowReader(self.setting, self.columns.fields, self.person, self.carried, corrected)
        return replace(self, corrected=corrected, draft=reader.draft())


def match(sheets: Sequence[Sheet], remembered: Mapping[str, str] | None = None) -> tuple[Matched, ...]:
    """The sheets that have headings, with what their columns hold. Raises NoHeader when none has, BadMap."""
    found = []
    for sheet in sheets:
        try:
            found.append(Matched(sheet, columns.guess(sheet.rows, remembered)))
        except NoHeader:
            continue
    if not found:
        raise NoHeader(rows=columns.SEARCHED)
    return tuple(found)


def read(
    lists: Sequence[Matched],
    *,
    event: Event,
    regions: Regions,
    villages: Iterable[str],
    on: date,
    defaults: Defaults | None = None,
    progress: Progress | None = None,
) -> tuple[Row, ...]:
    """Every row about an officer, in the order of the sheets.

    `villages` are the codes the laptop serves, `on` today. `progress` is told (rows done, rows in all). Raises
    ExcelNik, NoPlace.
    """
    people = [(found, tuple(persons.find(found.sheet.rows, found.columns))) for found in lists]
    total = sum(len(own) for _, own in people)
    for found, own in people:
        if damage.cut_by_excel(own, found.columns):
            raise ExcelNik(sheet=found.sheet.name, column=found.columns.letter_of("nik"), rows=total)
    served = Villages(villages, regions)
    rows: list[Row] = []
    for found, own in people:
        setting = _setting(found, event, regions, served, on=on, defaults=defaults or Defaults())
        for row in _rows(found, setting, own):
            if progress is not None and len(rows) % STEP == 0:
                progress(len(rows), total)
            rows.append(row)
    return tuple(rows)


def _setting(
    found: Matched, event: Event, regions: Regions, villages: Villages, *, on: date, defaults: Defaults
) -> Setting:
    """What the titles, the headings and the sheet's name say for every row."""
    above = titles.above(found.sheet.rows[: max(found.columns.header_row, 0)])
    return Setting(
        event=event,
        regions=regions,
        villages=villages,
        on=on,
        sheet=found.sheet.name,
        body=posts.context((found.sheet.name, *reversed(above), " ".join(found.columns.headings))),
        village=defaults.village or villages.named_in(above) or villages.only,
        decree_number=titles.decree_number(above),
        decree_date=titles.decree_date(above, on),
        post=defaults.post,
        tps=defaults.tps,
    )


def _rows(found: Matched, setting: Setting, people: Sequence[Person]) -> Iterator[Row]:
    carrier = persons.Carrier(people, found.columns)
    sheet_tps = titles.section_tps((found.sheet.name,))
    for person in people:
        carried = {"tps": sheet_tps} | carrier.take(person)
        draft = RowReader(setting, found.columns.fields, person, carried).draft()
        yield Row(draft, setting, found.columns, person, carried, {})
