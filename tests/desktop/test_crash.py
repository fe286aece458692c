"""A crash report says where, never who."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import crash

NIK = "5371046701009901"
NAME = "YOSEPHINA TAOLIN"


def raised(kind: type[BaseException], text: str) -> BaseException:
    typed = f"{NAME} {NIK}"  # a local variable, as the failing function would have it
    try:
        raise kind(text.format(typed=typed))  # noqa: TRY301 - the frame with the typed text is the point
    except kind as error:
        return error


QUOTED = ("cannot take '{typed}'", 'cannot take "{typed}" here')
# TypeError and AttributeError are written by Python, which quotes whatever is not a program's own word
CASES = [(kind, text) for kind in (TypeError, AttributeError) for text in QUOTED] + [
    (kind, text) for kind in (ValueError, KeyError, RuntimeError, OSError) for text in ("{typed}", *QUOTED)
]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_neither_name_nor_number_is_in_the_report(tmp_path: Path, kind: type[BaseException], text: str) -> None:
    path = crash.write(raised(kind, text), folder=tmp_path, doing="enrol")

    report = path.read_text(encoding="utf-8")
    assert kind.__name__ in report
    assert "test_crash.py" in report
    assert NIK not in report
    assert "YOSEPHINA" not in report


def test_a_cause_is_reported_too(tmp_path: Path) -> None:
    try:
        try:
            raise KeyError(NIK)  # noqa: TRY301 - a cause
        except KeyError as inner:
            raise RuntimeError(NAME) from inner
    except RuntimeError as error:
        report = crash.write(error, folder=tmp_path, doing="enrol").read_text(encoding="utf-8")

    assert "KeyError" in report
    assert "RuntimeError" in report
    assert NIK not in report


def test_a_missing_attribute_is_named(tmp_path: Path) -> None:
    report = crash.write(
        AttributeError("'Store' object has no attribute 'opne'"), folder=tmp_path, doing="window"
    ).read_text(encoding="utf-8")

    assert "'opne'" in report


def test_a_folder_that_cannot_be_written_sends_the_report_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "laptop"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    path = crash.write(ValueError(), folder=blocked, doing="window")

    assert path.is_file()
    assert path.is_relative_to(tmp_path / "payung-crashes")


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    for _ in range(crash.KEPT + 5):
        crash.write(ValueError(), folder=tmp_path, doing="window")

    assert len(list((tmp_path / crash.FOLDER).iterdir())) == crash.KEPT
