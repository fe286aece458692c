"""Traps others fell into, each held by one test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from tests.conftest import ROOT

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".json",
    ".cfg",
    ".ini",
    ".yml",
    ".yaml",
    ".sh",
    ".html",
    ".css",
    ".js",
    ".ts",
    "",
}


class Silent(QAbstractListModel):
    """Answers every question with nothing, as most cells do for most roles."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else 500

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: ARG002 - Qt's
        return None


def tracked() -> list[Path]:
    """Every file of the repository that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    """Every tracked text file with its content."""
    return [(path, path.read_text(encoding="utf-8")) for path in tracked() if path.suffix in TEXT]


@pytest.fixture(scope="module", autouse=True)
def in_a_repository() -> None:
    """The list of files comes from git; a tree without it (an unpacked archive) cannot be judged."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git repository")


def test_pyside_keeps_its_references_to_none() -> None:
    model = Silent()
    before = sys.getrefcount(None)

    for row in range(500):
        assert model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) is None

    assert abs(sys.getrefcount(None) - before) < 50


def test_packaging_is_no_package() -> None:
    """An `__init__.py` there would shadow the library of that name, which setuptools and pytest import."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_tracked_file_names_a_package_registry() -> None:
    """Who builds chooses where packages come from; an address in the tree would choose for them."""
    addresses = re.compile(
        r"https?://[^\s\"')]*(?:" + "|".join(["py" + "pi", "python" + "hosted", "arti" + "factory", "ne" + "xus"]) + ")"
        r"|--(?:extra-)?index-" + "url|--find-" + "links"
    )

    assert [str(path.relative_to(ROOT)) for path, text in texts() if addresses.search(text)] == []


def test_nothing_reads_outside_the_repository() -> None:
    outside = re.compile(r"\.\./(?:\.\./)*sha" + r"red|/wo" + r"rk/")

    assert [str(path.relative_to(ROOT)) for path, text in texts() if outside.search(text)] == []


def test_no_tracked_file_carries_a_living_persons_nik() -> None:
    """Invented persons have a serial of 99xx; the practice files are made of them."""
    number = re.compile(
        r"(?<![0-9a-fA-F.])(?:1[1-9]|2[1-9]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[1-2]|9[1-6])\d{10}(\d{4})(?![0-9a-fA-F])"
    )
    found = [
        f"{path.relative_to(ROOT)}: …{serial}"
        for path, text in texts()
        if path.suffix in {".py", ".md", ".csv"} and "requirements" not in path.parts
        for serial in number.findall(text)
        if not serial.startswith("99")
    ]

    assert found == []
