"""The window answers while it works: nothing holds its thread, a key is painted at once, a page is there at once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.bench import window
from tests.bench.search import p95

ROWS, SHEETS = 700, 20  # `make bench` takes 20,000 and 200
GAP, KEY, PAGE = 100.0, 16.0, 100.0  # milliseconds
TRIES = 6  # whatever else the machine does only adds to a measurement


def test_nothing_holds_the_window_while_it_imports_sends_and_prints(qtbot: QtBot) -> None:
    gaps: dict[str, float] = {}
    keys = pages = float("inf")
    for _ in range(TRIES):
        measured = window.measure(rows=ROWS, sheets=SHEETS, rounds=2)
        gaps = {name: min(gap, gaps.get(name, gap)) for name, gap in measured.gaps.items()}
        keys, pages = min(keys, p95(measured.keys)), min(pages, p95(measured.pages))
        if max(gaps.values()) < GAP and keys <= KEY and pages <= PAGE:
            break

    assert {name: gap for name, gap in gaps.items() if gap >= GAP} == {}
    assert len(gaps) == 3
    assert keys <= KEY
    assert pages <= PAGE
