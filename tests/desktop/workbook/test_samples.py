"""The four workbooks as secretariats have them give exactly what tests/data/workbooks/expected.json says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.workbook.errors import ExcelNik
from payung import wording
from tests.desktop.workbook.conftest import Take

REASONS = {
    "nik 15 digits": "nik.length",
    "nik day 32": "nik.date",
    "name missing": "name.missing",
    "same NIK as another row": "nik.taken",
}


@pytest.fixture
def expected(data: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((data / "workbooks" / "expected.json").read_text())
    return found


@pytest.mark.parametrize("name", ["oebobo-kpps-linmas.xlsx", "oebobo-ptps.xlsx", "martapura-titik-koma.csv"])
def test_every_row_of_a_sample_is_taken_or_refused_as_expected(
    name: str, data: Path, expected: dict[str, dict[str, Any]], take: Take
) -> None:
    wanted = expected[name]
    taken = take(data / "workbooks" / name, villages=(wanted["village"],))

    assert (taken.total, len(taken.rows), taken.refused) == (wanted["rows"], wanted["imported"], wanted["refused"])
    assert [(refusal.row, refusal.code) for refusal in taken.refusals] == [
        (row, REASONS[why]) for row, why in wanted.get("refused_rows", [])
    ]


def test_a_list_whose_niks_excel_has_cut_is_refused_whole_with_the_remedy(
    data: Path, expected: dict[str, dict[str, Any]], take: Take
) -> None:
    name = "nekamese-nik-rusak.xlsx"
    with pytest.raises(ExcelNik) as caught:
        take(data / "workbooks" / name, villages=(expected[name]["village"],))

    assert caught.value.facts["rows"] == str(expected[name]["rows"])
    assert "Teks" in wording.of(caught.value)


def test_every_seat_of_the_kpps_list_is_filled_once(data: Path, take: Take) -> None:
    taken = take(data / "workbooks" / "oebobo-kpps-linmas.xlsx")
    seats = [(row.facts.tps, row.facts.post.split("-")[0], row.facts.seat) for row in taken.rows]

    assert len(set(seats)) == len(seats) == 122
    assert {tps for tps, _, _ in seats} == set(range(1, 15))
    assert all(row.facts.decree_number == "04/PP.04.1-Kpt/5371042001/2029" for row in taken.rows)


def test_members_without_a_number_sit_in_the_order_of_the_file(data: Path, take: Take) -> None:
    taken = take(data / "workbooks" / "martapura-titik-koma.csv", villages=("16.08.01.1007",))
    first = [(row.row, row.facts.post, row.facts.seat) for row in taken.rows if row.facts.tps == 1]

    assert first == [(2, "kpps-ketua", 1), *((row, "kpps-anggota", row - 1) for row in range(3, 9))]


def test_a_list_without_a_post_column_takes_the_post_from_its_title(data: Path, take: Take) -> None:
    taken = take(data / "workbooks" / "oebobo-ptps.xlsx")

    assert {row.facts.post for row in taken.rows} == {"ptps"}
    assert (taken.rows[0].facts.rt, taken.rows[0].facts.rw) == (9, 10)
    assert taken.rows[0].facts.nik == "5371040902759911"
