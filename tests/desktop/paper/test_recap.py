"""The recapitulation on paper: every place and sum is there, its head on every page, and room for signatures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from desktop.paper import recap as paper
from payung.recap import Part, Recap, Row

ROWS = tuple(
    Row(f"TPS {number:03} · SDN Oebobo {number}", ("6/7", "2/2", "0/1"), 8, 10, 5, 3) for number in range(1, 61)
)
MADE = Recap(
    event="Latihan",
    where="Kel. Oebobo",
    town="Kota Kupang",
    tag="7K3M",
    moment="22 November 2026 10.30 WITA",
    practice=False,
    parts=(
        Part(
            "Tempat pemungutan suara",
            ("KPPS", "Linmas", "PTPS"),
            ROWS,
            Row("Jumlah", ("360/420", "120/120", "0/60"), 480, 600, 300, 180),
        ),
        Part("Desa", ("PPS",), (Row("Kel. Oebobo", ("3",), 3, 0, 0, 0),), Row("Jumlah", ("3",), 3, 0, 0, 0)),
    ),
)


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_every_place_and_the_sums_stand_on_numbered_pages(tmp_path: Path) -> None:
    count = paper.write(tmp_path / "rekap.pdf", MADE)

    pages = texts(tmp_path / "rekap.pdf")
    assert count == len(pages) > 1
    whole = " ".join(pages)
    assert all(f"TPS {number:03}" in whole for number in range(1, 61))
    assert "360/420" in whole
    assert "480/600" in whole
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "laptop 7K3M" in page
    assert "Mengetahui, Ketua PPS" in pages[-1]
    assert pages[0].count("Terkirim") >= 1
    assert "Tempat KPPS Linmas PTPS Terisi Terkirim Tercetak" in pages[1], "the head is repeated"


@pytest.mark.parametrize("practice", [True, False])
def test_only_practice_is_marked_as_an_example(tmp_path: Path, practice: bool) -> None:
    paper.write(tmp_path / "rekap.pdf", replace(MADE, practice=practice))

    assert ("CONTOH" in texts(tmp_path / "rekap.pdf")[0]) is practice


def test_markup_in_a_name_is_only_text(tmp_path: Path) -> None:
    odd = replace(MADE.parts[0], rows=(replace(ROWS[0], place='TPS 001 · <b>A & B</b> <img src="x">'),))
    paper.write(tmp_path / "rekap.pdf", replace(MADE, parts=(odd,)))

    assert '<b>A & B</b> <img src="x">' in texts(tmp_path / "rekap.pdf")[0]


def test_equal_recaps_give_equal_bytes_and_nothing_is_left_beside(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        paper.write(tmp_path / name, MADE)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf", "b.pdf"}


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        paper.write(tmp_path / "none" / "rekap.pdf", MADE)
