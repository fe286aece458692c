"""A whole TPS of ten officers, typed by keyboard alone into the real window, certificates at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store import certificates, enrolments
from desktop.ui import documents as places
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from desktop.ui.unit import SeatState
from tests.desktop.ui.keyboard import CONTROL, Key, Keyboard
from tests.laptops import VILLAGE

OFFICERS = tuple(
    (f"537104{day:02}08{year:02}99{10 + day}", f"PETUGAS {name}")
    for day, year, name in zip(
        range(11, 21),
        range(80, 90),
        ("SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH"),
        strict=True,
    )
)


def test_ten_officers_one_after_the_other_end_in_ten_certificates(
    shell: Shell, keyboard: Keyboard, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "folder", lambda: tmp_path / "documents")
    page = shell.enrolment
    for nik, name in OFFICERS:
        keyboard.type(nik)
        keyboard.enter()
        keyboard.type(name)
        keyboard.enter()
        keyboard.type("KUP")
        keyboard.press(Key.Key_Down)
        keyboard.enter()
        keyboard.press(Key.Key_Return, CONTROL)

    lines = page.roster.model.seats()
    assert [line.name for line in lines] == [name for _, name in OFFICERS]
    assert {line.state for line in lines} == {SeatState.READY}
    assert keyboard.strokes / len(OFFICERS) <= 50
    assert page.unit is not None
    assert page.unit.complete
    seats = [(line.post.code, line.seat) for line in lines]
    assert seats[0] == ("kpps-ketua", 1)
    assert seats[6:] == [("kpps-anggota", 7), ("linmas", 1), ("linmas", 2), ("ptps", 1)]
    assert enrolments.counts(session.store)["ready"] == 10
    assert [path.name for path in (tmp_path / "documents").glob("*.pdf")] == [f"sertifikat-{VILLAGE}-tps-001.pdf"]
    assert {one.copy for one in certificates.allocate(session.store, certificates.ready(session.store))} == {2}
