from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from desktop.workbook import reader, rows
from desktop.workbook.rows import Taken
from payung import event, region

TODAY = date(2026, 11, 22)
OEBOBO = "53.71.04.1001"
HEADINGS = ("TPS", "Nama", "NIK", "L/P", "Tempat, Tgl Lahir", "Jabatan")

Take = Callable[..., Taken]
Make = Callable[..., Path]


@pytest.fixture
def take() -> Take:
    """Judge a file for Kelurahan Oebobo on 22 November 2026, unless told otherwise."""

    def taken(path: Path, sheet: str | None = None, **other: Any) -> Taken:  # noqa: ANN401 - whatever rows.take takes
        known: dict[str, Any] = {"event": event.load("latihan"), "regions": region.load(), "on": TODAY}
        known |= {"villages": (OEBOBO,)} | other
        return rows.take(reader.read(path, sheet), **known)

    return taken


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write rows into a new XLSX."""

    def made(table: Sequence[Sequence[object]], name: str = "daftar.xlsx", sheet: str = "Lembar1") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as workbook:
            page = workbook.add_worksheet(sheet)
            for number, row in enumerate(table):
                page.write_row(number, 0, row)
        return path

    return made


def officer(tps: object, serial: int, post: str, name: str = "MARTHA TEFA") -> tuple[object, ...]:
    """One good row below HEADINGS."""
    return (tps, name, f"537104541296{serial:04}", "P", "Kupang, 14 Desember 1996", post)
