"""The house stays a house: imports go one way, and no file or function grows into a god."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("desktop", "payung", "resources", "sync")
FILE_LINES = 400
FUNCTION_LINES = 50
POSITIONAL = 6
NESTING = 4
BANNED = {"utils", "helpers", "manager", "base", "common", "misc"}

_BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


def sources() -> list[Path]:
    """Every module of the program itself."""
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def depth(node: ast.AST, inside: int = 0) -> int:
    """How deep blocks are nested below `node`; an `elif` and an inner function start no new level."""
    deepest = inside
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        elif_branch = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        step = int(isinstance(child, _BLOCKS) and not elif_branch)
        deepest = max(deepest, depth(child, inside + step))
    return deepest


@pytest.mark.slow
def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_files_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }

    assert long == {}


def test_functions_stay_readable() -> None:
    found = []
    for path in sources():
        for function in functions(ast.parse(path.read_text(encoding="utf-8"))):
            name = f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{name}: {length} lines")
            if len(function.args.posonlyargs) + len(function.args.args) > POSITIONAL + 1:
                found.append(f"{name}: {len(function.args.args)} positional parameters")
            if (levels := depth(function)) > NESTING:
                found.append(f"{name}: nested {levels} deep")

    assert found == []


def test_no_drawer_for_whatever_has_no_place() -> None:
    assert [
        str(path.relative_to(ROOT)) for path in sources() if path.stem in BANNED or path.parent.name in BANNED
    ] == []
