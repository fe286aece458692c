"""The recapitulation as a spreadsheet that another program reads."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import python_calamine

from desktop.workbook import recap as workbook
from tests.desktop.paper.test_recap import MADE


def rows(path: Path, sheet: int = 0) -> Sequence[Sequence[object]]:
    return python_calamine.load_workbook(str(path)).get_sheet_by_index(sheet).to_python()


def test_every_part_is_a_sheet_with_its_places_and_sums(tmp_path: Path) -> None:
    workbook.write(tmp_path / "rekap.xlsx", MADE)

    found = rows(tmp_path / "rekap.xlsx")
    assert found[4] == ["Tempat", "KPPS", "Linmas", "PTPS", "Terisi", "Terkirim", "Tercetak"]
    assert found[5] == ["TPS 001 · SDN Oebobo 1", "6/7", "2/2", "0/1", "8/10", 5.0, 3.0]
    assert found[-1] == ["Jumlah", "360/420", "120/120", "0/60", "480/600", 300.0, 180.0]
    assert len(found) == 5 + 60 + 1
    assert rows(tmp_path / "rekap.xlsx", 1)[5][:2] == ["Kel. Oebobo", "3"]
    assert [path.name for path in tmp_path.iterdir()] == ["rekap.xlsx"]


def test_a_place_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    odd = replace(MADE.parts[0], rows=(replace(MADE.parts[0].rows[0], place='=HYPERLINK("http://x")'),))
    workbook.write(tmp_path / "rekap.xlsx", replace(MADE, parts=(odd,)))

    assert rows(tmp_path / "rekap.xlsx")[5][0] == '=HYPERLINK("http://x")'
    with zipfile.ZipFile(tmp_path / "rekap.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
