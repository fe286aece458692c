"""The polling stations of an event: read from the list an office has, kept by village code and number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import python_calamine
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from payung.region import Regions
from sync.server import tables
from sync.server.errors import FileUnreadable, StationsUnreadable

REQUIRED = ("kode_desa", "tps")
_LAST_NUMBER = 999
_SPECIAL = {
    "ya": True,
    "y": True,
    "1": True,
    "true": True,
    "tidak": False,
    "t": False,
    "0": False,
    "false": False,
    "": False,
}
_VILLAGE_DIGITS = 10
_MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Station:
    """One TPS. `special` is a TPS lokasi khusus; `voters` is None where the list does not say."""

    village: str
    number: int
    special: bool
    address: str
    voters: int | None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: its number as a spreadsheet shows it, the column, and the code of the sentence."""

    row: int
    column: str
    code: str
    found: str


def read(file: Path, regions: Regions) -> tuple[tuple[Station, ...], tuple[BadRow, ...]]:
    """Read a CSV or workbook with the columns kode_desa, tps, lokasi_khusus, alamat and, if known, pemilih.

    Raises FileUnreadable, or StationsUnreadable when a column that must be there is not.
    """
    rows = _rows(file)
    header = [cell.strip().lower().replace(" ", "_") for cell in next(rows, [])]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise StationsUnreadable(columns=", ".join(missing))
    stations: dict[tuple[str, int], Station] = {}
    bad: list[BadRow] = []
    for number, cells in enumerate(rows, start=2):
        values = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if not any(values.values()):
            continue
        found = _station(number, values, regions)
        if isinstance(found, BadRow):
            bad.append(found)
        elif (found.village, found.number) in stations:
            bad.append(BadRow(number, "tps", "server.tps.twice", str(found.number)))
        else:
            stations[found.village, found.number] = found
    return tuple(stations.values()), tuple(bad)


def keep(connection: Connection, event: str, stations: Iterable[Station]) -> int:
    """Add the stations to the event, or bring known ones up to date; the number of rows."""
    rows = [
        {
            "event": event,
            "village": station.village,
            "number": station.number,
            "special": station.special,
            "address": station.address,
            "voters": station.voters,
        }
        for station in stations
    ]
    if not rows:
        return 0
    statement = insert(tables.tps)
    known = ("special", "address", "voters")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["event", "village", "number"], set_={name: statement.excluded[name] for name in known}
        ),
        rows,
    )
    return len(rows)


def of_places(connection: Connection, event: str, places: Sequence[str]) -> tuple[Station, ...]:
    """List the stations of the named villages, and of all villages below a named region; all where none is named."""
    table = tables.tps.c
    rows = connection.execute(select(tables.tps).where(table.event == event).order_by(table.village, table.number))
    return tuple(
        Station(row.village, row.number, row.special, row.address, row.voters)
        for row in rows
        if not places or any(row.village == place or row.village.startswith(f"{place}.") for place in places)
    )


def _station(row: int, values: dict[str, str], regions: Regions) -> Station | BadRow:
    village = _dotted(values["kode_desa"])
    if village.count(".") != 3 or not regions.exists(village):  # noqa: PLR2004 - a village's code has four segments
        return BadRow(row, "kode_desa", "server.tps.village", values["kode_desa"])
    number = _whole(values["tps"].upper().removeprefix("TPS"))
    if number is None or not 1 <= number <= _LAST_NUMBER:
        return BadRow(row, "tps", "server.tps.number", values["tps"])
    special = _SPECIAL.get(values.get("lokasi_khusus", "").lower())
    if special is None:
        return BadRow(row, "lokasi_khusus", "server.tps.special", values["lokasi_khusus"])
    voters = _whole(values["pemilih"]) if values.get("pemilih") else None
    if values.get("pemilih") and voters is None:
        return BadRow(row, "pemilih", "server.tps.voters", values["pemilih"])
    return Station(village, number, special, values.get("alamat", ""), voters)


def _dotted(code: str) -> str:
    if code.isascii() and code.isdigit() and len(code) == _VILLAGE_DIGITS:
        return f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:]}"
    return code


def _whole(text: str) -> int | None:
    # a workbook hands whole numbers over as 12.0
    digits = text.strip().removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None  # noqa: PLR2004


def _rows(file: Path) -> Iterator[list[str]]:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise FileUnreadable(file=file.name, reason="size")
        content = file.read_bytes()
    except OSError as trouble:
        raise FileUnreadable(file=file.name, reason=trouble.strerror or "") from trouble
    if file.suffix.lower() in (".xlsx", ".xls", ".xlsb", ".ods"):
        return _workbook_rows(file, content)
    return _csv_rows(file, content)


def _csv_rows(file: Path, content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise FileUnreadable(file=file.name, reason="utf-8") from trouble
    head = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=head.count)
    return iter(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))


def _workbook_rows(file: Path, content: bytes) -> Iterator[list[str]]:
    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return iter([[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)])
    except (python_calamine.CalamineError, IndexError, ValueError) as trouble:
        raise FileUnreadable(file=file.name, reason="workbook") from trouble
