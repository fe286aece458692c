from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop.workbook import report
from desktop.workbook.rows import Refusal
from payung.problem import Problem, Severity
from tests.desktop.workbook.conftest import HEADINGS, Make, Take, officer


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_the_report_names_sheet_row_column_code_and_what_to_do(data: Path, take: Take, tmp_path: Path) -> None:
    taken = take(data / "workbooks" / "oebobo-kpps-linmas.xlsx")
    path = tmp_path / "laporan.csv"

    assert report.write(path, taken.refusals) == 4
    rows = lines(path)
    assert rows[0] == ["Lembar", "Baris", "Kolom", "Kode", "Keterangan"]
    assert rows[1] == ["LAMPIRAN SK", "30", "D", "nik.length", "NIK harus 16 angka, sekarang 15. Periksa lagi di KTP."]
    assert [row[1] for row in rows[1:]] == ["30", "54", "67", "95"]


def test_the_report_holds_no_nik_and_no_name(data: Path, take: Take, tmp_path: Path) -> None:
    path = tmp_path / "laporan.csv"
    report.write(path, take(data / "workbooks" / "oebobo-kpps-linmas.xlsx").refusals)
    text = path.read_text(encoding="utf-8-sig")

    assert "537104" not in text
    assert "IBRAHIM" not in text
    assert "NURUL" not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝", "|"])
def test_a_cell_that_would_start_a_formula_is_quoted(start: str, tmp_path: Path) -> None:
    sheet = f'{start}cmd|"/c calc"!A1'
    path = tmp_path / "laporan.csv"
    report.write(path, [Refusal(sheet, 2, "A", Problem("nik", "nik.missing", Severity.ERROR))])
    row = lines(path)[1]

    assert row[0] == f"'{sheet}"


def test_words_of_the_file_in_a_sentence_cannot_start_a_formula(make: Make, take: Take, tmp_path: Path) -> None:
    taken = take(make([HEADINGS, officer(1, 9901, '=HYPERLINK("http://x")')]))
    path = tmp_path / "laporan.csv"
    report.write(path, taken.refusals)

    for row in lines(path):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "laporan.csv"
    path.write_text("lama")
    broken = iter([Refusal("A", 1, "A", Problem("nik", "nik.missing", Severity.ERROR)), None])
    with pytest.raises(AttributeError):
        report.write(path, broken)  # type: ignore[arg-type]

    assert path.read_text() == "lama"
    assert [file.name for file in tmp_path.iterdir()] == ["laporan.csv"]
