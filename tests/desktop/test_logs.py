"""The diary holds ids, never persons."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs

pytestmark = pytest.mark.logs  # these write to the diary on purpose

NIK = "5371046701009901"
NAME = "YOSEPHINA TAOLIN"


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Path]:
    handler = logs.start(tmp_path)
    yield tmp_path / logs.FOLDER / logs.FILE
    logs.stop(handler)


@pytest.mark.parametrize(
    "written", [NIK, "537104 670100 9901", "5371.0467.0100.9901", f"x{NIK}7", NIK[:6] + " " + NIK[6:]]
)
def test_a_nik_is_masked_however_it_is_grouped(diary: Path, written: str) -> None:
    logging.getLogger("desktop.store").warning("row %s", written)

    text = diary.read_text(encoding="utf-8")
    assert "row" in text
    assert "9901" not in text


def test_an_id_stays_readable(diary: Path) -> None:
    record = "01934567-8901-7234-8567-890123456789"

    logging.getLogger("sync.exchange").info("record %s", record)

    assert record in diary.read_text(encoding="utf-8")


def test_an_exception_is_told_by_kind_and_place_only(diary: Path) -> None:
    try:
        raise ValueError(f"cannot read {NAME} {NIK}")  # noqa: TRY301 - it must have passed through a frame
    except ValueError:
        logging.getLogger("desktop").exception("import stopped")

    text = diary.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert NAME not in text
    assert NIK not in text


def test_the_diary_rotates_and_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "BYTES", 2000)
    handler = logs.start(tmp_path)
    for number in range(500):
        logging.getLogger("desktop").info("line %s", number)
    logs.stop(handler)

    files = list((tmp_path / logs.FOLDER).iterdir())
    assert len(files) == logs.KEPT + 1
    assert all(path.stat().st_size <= 2000 for path in files)


def test_a_diary_that_cannot_be_written_does_not_stop_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = logs.start(tmp_path)
    (tmp_path / logs.FOLDER / logs.FILE).mkdir()

    logging.getLogger("desktop").info("record %s", NIK)
    logs.stop(handler)

    assert capsys.readouterr().err == ""
