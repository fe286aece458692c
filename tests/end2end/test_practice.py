"""What `make run` shows without a display."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not in pytest's own folder: that one belongs to the user alone, and the database may run as another."""
    with tempfile.TemporaryDirectory(prefix="payung-practice-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        yield Path(made)


def story(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop.story", "--no-window", "--dir", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def living(folder: Path) -> list[str]:
    """The command lines of processes that speak of the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                said = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue  # it ended meanwhile
            if str(folder) in said:
                found.append(said)
    return found


def test_the_story_is_told_to_its_end_and_leaves_no_process_behind(folder: Path) -> None:
    done = story(folder / "run")

    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line[:2] for line in lines[:7]] == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert "122 petugas masuk, 4 baris belum masuk" in lines[2]
    assert "123 terkirim, 123 diterima, 0 menunggu" in lines[6]
    assert (folder / "run" / "sertifikat.pdf").read_bytes().startswith(b"%PDF")
    assert living(folder) == []


def test_a_folder_with_other_things_in_it_is_left_alone(folder: Path) -> None:
    (folder / "skripsi.txt").write_text("bab satu", encoding="utf-8")

    done = story(folder)

    assert done.returncode == 1
    assert (folder / "skripsi.txt").exists()
    assert "--dir" in done.stdout
