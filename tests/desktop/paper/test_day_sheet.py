"""The sheet at the end of a day says the balance, what is lost and why, and whose data wait for the office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from desktop.paper import day_sheet, sheet
from desktop.paper.day_sheet import DaySheet
from tests.desktop.paper.samples import solid, texts

DAY = DaySheet(
    where="Kel. Oebobo",
    day="Senin, 22 Januari 2029",
    foot="PPS Kelurahan Oebobo · laptop 7K3M",
    before=2,
    printed=10,
    handed=7,
    spoiled=1,
    void=1,
    in_hand=3,
    recall=1,
    lost=(("PYG-7K3M-00029", 1, "MARIA GORETTI SERAN", "spoiled", "kertas macet"),),
    unsent=(("PYG-7K3M-0003R", "YOHANES NDOLU", "TPS 004, Kel. Oebobo", 3),),
)


@pytest.mark.parametrize("paper", sheet.PAPERS)
def test_the_sheet_says_all_of_it(paper: str, tmp_path: Path) -> None:
    day_sheet.write(tmp_path / "hari.pdf", DAY, paper=paper)
    said = solid(texts(tmp_path / "hari.pdf")[0])

    for text in (
        "Jumlah yang harus dipertanggungjawabkan 12",
        "Diserahkan hari ini 7",
        "Di tangan sekretariat pada akhir hari 3",
        "PYG-7K3M-00029, cetakan ke-1 MARIA GORETTI SERAN Rusak. kertas macet",
        "PYG-7K3M-0003R YOHANES NDOLU TPS 004, Kel. Oebobo 3 hari",
    ):
        assert solid(text) in said, text


def test_it_knows_whether_it_balances() -> None:
    assert DAY.balances
    assert not replace(DAY, in_hand=4).balances


def test_an_empty_day_says_so_and_a_long_one_goes_over_pages(tmp_path: Path) -> None:
    path = tmp_path / "hari.pdf"
    day_sheet.write(path, replace(DAY, lost=(), unsent=()))
    assert solid(texts(path)[0]).count(solid("Tidak ada.")) == 2

    many = tuple((f"PYG-7K3M-{number:05}", f"PETUGAS {number}", "TPS 001", number) for number in range(150))
    day_sheet.write(path, replace(DAY, unsent=many))
    pages = texts(path)
    assert len(pages) > 2
    assert all(f"PETUGAS{number}" in solid("".join(pages)) for number in range(150))
    document = pdfium.PdfDocument(path)
    assert "PETUGAS" not in " ".join(document.get_metadata_dict().values())
    document.close()
