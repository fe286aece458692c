"""The recovery card says what to do, names the laptop and the office, and holds no secret."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest

from desktop.paper import recovery_card
from desktop.paper.recovery_card import Card

CARD = Card(
    tag="7K3M",
    device=UUID("01934567-89ab-7def-8123-456789abcdef"),
    vault=UUID("01934567-89ab-7def-8123-456789abcd00"),
    villages="Kel. Oebobo, Kel. Fatululi",
    event="Latihan",
    office="KPU Kota Kupang",
    contact="0380-123456",
    made=date(2029, 1, 20),
)


def read(path: Path) -> tuple[int, str]:
    with pypdfium2.PdfDocument(path) as document:
        return len(document), " ".join(document[0].get_textpage().get_text_range().split())


def test_everything_the_office_asks_for_stands_on_one_page(tmp_path: Path) -> None:
    recovery_card.write(tmp_path / "kartu.pdf", CARD)

    pages, text = read(tmp_path / "kartu.pdf")
    assert pages == 1
    for said in ("Kartu pemulihan Payung", "7K3M", str(CARD.device), str(CARD.vault), "KPU Kota Kupang", "0380-123456"):
        assert said in text
    assert "20 Januari 2029" in text
    assert "payung recover request" in text
    assert "tidak memuat kata sandi" in text
    assert [path.name for path in tmp_path.iterdir()] == ["kartu.pdf"]


def test_equal_cards_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        recovery_card.write(tmp_path / name, CARD)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_nothing_is_cut_however_many_villages(tmp_path: Path) -> None:
    villages = ", ".join(f"Desa Nomor {number} Jauh" for number in range(40))
    recovery_card.write(
        tmp_path / "kartu.pdf",
        Card(**{**{name: getattr(CARD, name) for name in Card.__slots__}, "villages": villages, "contact": ""}),
    )

    pages, text = read(tmp_path / "kartu.pdf")
    assert (pages, "Nomor 39 Jauh" in text) == (1, True)
    assert "Tempat kartu ini disimpan" in text


def test_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        recovery_card.write(tmp_path / "gone" / "kartu.pdf", CARD)
    assert list(tmp_path.iterdir()) == []
