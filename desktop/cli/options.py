"""The options every command knows: which folder, who, how to answer. They may stand before or after the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import typer

FLAGS = ("--json",)
VALUED = ("--data", "--operator", "--passphrase-file", "--lang")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The global options of one run, defaults filled in. `data` is the laptop's folder."""

    data: Path
    operator: str | None = None
    passphrase_file: Path | None = None
    json: bool = False
    lang: str = "id"


def default_folder() -> Path:
    """The user's own data folder for Payung, as the operating system has it."""
    return Path(platformdirs.user_data_dir("payung", appauthor=False))


def of(ctx: typer.Context) -> Options:
    """The global options of this run."""
    found = ctx.find_root().obj
    assert isinstance(found, Options)
    return found


def hoisted(arguments: Sequence[str]) -> list[str]:
    """The arguments with the global options moved to the front, so that they work wherever they were written."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in FLAGS or argument.startswith(tuple(f"{name}=" for name in VALUED)):
            front.append(argument)
        elif argument in VALUED:
            value = next(waiting, None)
            rest, front = ([*rest, argument], front) if value is None else (rest, [*front, argument, value])
        else:
            rest.append(argument)
    return front + rest


def asked(arguments: Sequence[str], name: str) -> str | None:
    """The value of one global option before anything is parsed; for help and for errors in parsing itself."""
    front = hoisted(arguments)
    for place, argument in enumerate(front):
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
        if argument == name and place + 1 < len(front):
            return front[place + 1]
    return None
