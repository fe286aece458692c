"""The list of commands, and the way from the command line to one of them and back to an exit code.

Exit codes: 0 done, 1 done in part or refused by a rule, 2 wrong use, 4 no database, 5 damaged keys, 6 disk, 70 a bug.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from payung import wording
from payung.errors import PayungError
from sync.server import config
from sync.server.commands import beginning, laptops, people, polling, receiving, recovering, renewing, running
from sync.server.commands.console import Console
from sync.server.errors import FileUnreadable, WrongUse

_FLAGS = ("--json",)
_VALUED = ("--database", "--data", "--lang")
_MANY = "--village"
_BUG = 70
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; the outermost door of the central office's commands."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    ordered = spread(hoisted(arguments))
    lang = _asked(ordered, "--lang")
    early = Console(config.Config(data=Path()), json="--json" in ordered, lang=lang or "id")
    try:
        return int(_program(early.lang).main(ordered, "payung-server", standalone_mode=False) or 0)
    except (KeyboardInterrupt, typer.Abort):
        return 1
    except Exception as trouble:  # noqa: BLE001 - the outermost door
        return _told(trouble, early, _asked(ordered, "--data"))


def hoisted(arguments: Sequence[str]) -> list[str]:
    """Move the global options to the front, so that they work wherever they were written."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument in _FLAGS or argument.startswith(tuple(f"{name}=" for name in _VALUED)):
            front.append(argument)
        elif argument in _VALUED:
            front += [argument, *(value for value in [next(waiting, None)] if value is not None)]
        else:
            rest.append(argument)
    return front + rest


def spread(arguments: Sequence[str]) -> list[str]:
    """Let `--village A B,C` stand for `--village A --village B --village C`."""
    out: list[str] = []
    open_list = False
    for argument in arguments:
        if argument == _MANY:
            open_list = True
        elif argument.startswith("-"):
            open_list = False
            out.append(argument)
        elif open_list:
            out += [part for code in argument.split(",") if code for part in (_MANY, code)]
        else:
            out.append(argument)
    return out


def _program(lang: str) -> Any:  # noqa: ANN401 - the parser's types are private
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)
    app.callback()(_start)
    app.command("init")(beginning.init)
    app.command("serve")(running.serve)
    app.command("kit")(laptops.kit)
    app.command("recap")(running.recap)
    app.command("recover")(recovering.recover)
    app.command("courier")(receiving.courier)
    groups: dict[str, dict[str, Callable[..., None]]] = {
        "office": {"add": people.office_add, "list": people.office_list, "root": people.office_root},
        "user": {"add": people.user_add},
        "tps": {"import": polling.tps_import},
        "keys": {"rotate": renewing.keys_rotate},
        "device": {"list": laptops.device_list, "people": laptops.device_people, "revoke": laptops.device_revoke},
    }
    for name, commands in groups.items():
        group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        for word, command in commands.items():
            group.command(word)(command)
        app.add_typer(group, name=name)
    made: Any = typer.main.get_command(app)
    _describe(made, "server.help", lang)
    return made


def _start(
    ctx: typer.Context,
    *,
    database: Annotated[str | None, typer.Option("--database")] = None,
    data: Annotated[Path | None, typer.Option("--data")] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[str, typer.Option("--lang")] = "id",
) -> None:
    if lang not in wording.LANGUAGES:
        raise WrongUse(detail="--lang")
    ctx.obj = Console(config.resolve(data=data, url=database), json=json, lang=lang)


def _describe(command: Any, code: str, lang: str) -> None:  # noqa: ANN401 - as above
    command.help = wording.sentence(code, {}, lang=lang)
    command.short_help = command.help
    for parameter in command.params:
        if parameter.name != "help" and hasattr(parameter, "help"):
            parameter.help = wording.sentence(f"{code}.{parameter.name}", {}, lang=lang)
    for name, child in getattr(command, "commands", {}).items():
        _describe(child, f"{code}.{name}", lang)


def _asked(arguments: Sequence[str], name: str) -> str | None:
    for place, argument in enumerate(arguments):
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
        if argument == name and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


def _told(trouble: Exception, console: Console, data: str | None) -> int:
    known = _known(trouble)
    if known is None:
        report = _report(trouble, Path(data) if data else config.resolve().data)
        _say(console, "bug", console.sentence("server.bug", report=report))
        return _BUG
    _say(console, known.code, wording.of(known, lang=console.lang))
    return known.exit_code


def _known(trouble: Exception) -> PayungError | None:
    if isinstance(trouble, PayungError):
        return trouble
    if isinstance(trouble, TyperException):
        parameter = getattr(trouble, "param", None)
        named = getattr(trouble, "option_name", None) or getattr(parameter, "name", None) or ""
        return WrongUse(detail=named or getattr(getattr(trouble, "ctx", None), "command_path", "payung-server"))
    if isinstance(trouble, OSError) and trouble.filename is not None:
        return FileUnreadable(file=Path(str(trouble.filename)).name, reason=trouble.strerror or "")
    return None


def _say(console: Console, code: str, message: str) -> None:
    if console.json:
        sys.stdout.write(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False) + "\n")
    sys.stderr.write(message + "\n")


def _report(trouble: Exception, folder: Path) -> Path:
    """Write where the program broke, without the values it had in hand: they may be persons' data."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}.txt"
    frames = "".join(traceback.format_tb(trouble.__traceback__))
    file.write_text(f"{type(trouble).__name__}\n{frames}", "utf-8")
    return file
