"""The list of commands and the way from the command line to one of them.

A command's file is imported when it is run, so that `payung nik` never waits for the store or for paper.
Every text of the help stands in resources/texts: `help.<command>` and `help.<command>.<parameter>`.
"""

from __future__ import annotations

import importlib
import io
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from desktop import crash, logs
from desktop.cli import answers, failures
from desktop.cli import options as choice
from desktop.cli.options import Options
from payung import wording

# command -> the module here that holds its `run`, in the order a village works
COMMANDS = {
    "setup": "setup",
    "enrol": "enrol",
    "import": "intake",
    "nik": "nik",
    "roster": "roster",
    "certificates": "certificates",
    "verify": "verify",
    "sync": "sync",
    "courier": "courier",
    "backup": "backup",
    "restore": "restore",
    "adopt": "adopt",
    "check": "check",
    "salvage": "salvage",
    "receipts": "receipts",
    "evidence": "evidence",
    "purge": "purge",
    "wipe": "wipe",
    "operators": "operators",
    "recover": "recover",
    "status": "status",
}

Window = Callable[[Options], int]

_log = logging.getLogger(__name__)


class Leaf(TyperCommand):
    """One command, with its help in the language asked for."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - the parser's types are private
        """Usage, what it does, and its parameters."""
        _write_help(self, ctx, formatter)


class Commands(TyperGroup):
    """The program itself: knows every command's name and imports a command's file only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - as above
        """In the order a village works."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """The command of that name, freshly imported; None when there is none."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Usage, the commands with one line each, and the options every command knows."""
        _write_help(self, ctx, formatter)


def command(name: str) -> TyperCommand:
    """The command `name` (a key of `COMMANDS`), its file imported now."""
    module = importlib.import_module(f"desktop.cli.{COMMANDS[name]}")
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, cls=Leaf)(module.run)
    made = typer.main.get_command(single)
    assert isinstance(made, TyperCommand)
    return made


def main(arguments: Sequence[str], *, window: Window) -> int:
    """Run the command line and return the exit code; `window` opens the screens when no command is named."""
    _speak_utf8()
    language = choice.asked(arguments, "--lang")
    folder = choice.asked(arguments, "--data")
    early = Options(
        data=Path(folder) if folder else choice.default_folder(),
        json="--json" in arguments,
        lang=language if language in wording.LANGUAGES else "id",
    )
    doing = next((word for word in arguments if word in COMMANDS), "payung")
    diary = logs.start(early.data) if early.data.is_dir() else None
    try:
        program = build(window)
        code = int(program.main(choice.hoisted(arguments), "payung", standalone_mode=False, obj=early) or 0)
        _log.info("%s ends with %s", doing, code)
    except (Exception, KeyboardInterrupt, typer.Abort) as error:  # noqa: BLE001 - the outermost door
        return failures.told(error, early, doing=doing)
    finally:
        if diary is not None:
            logs.stop(diary)
    return code


def _speak_utf8() -> None:
    """Whatever the terminal's own encoding: names and answers are UTF-8, and odd bytes never stop a list."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def build(window: Window) -> TyperGroup:
    """The program with its global options; `window` opens the screens."""

    def start(
        ctx: typer.Context,
        *,
        data: Annotated[Path | None, typer.Option()] = None,
        operator: Annotated[str | None, typer.Option()] = None,
        passphrase_file: Annotated[Path | None, typer.Option()] = None,
        json: Annotated[bool, typer.Option("--json")] = False,
        lang: Annotated[str, typer.Option()] = "id",
        version: Annotated[bool, typer.Option("--version")] = False,
    ) -> int:
        if lang not in wording.LANGUAGES:
            raise failures.WrongValue(name="--lang", command="payung")
        folder = data or choice.default_folder()
        asked = Options(data=folder, operator=operator, passphrase_file=passphrase_file, json=json, lang=lang)
        ctx.obj = asked
        if version:
            _show_version(asked)
            return 0
        return window(asked) if ctx.invoked_subcommand is None else 0

    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(cls=Commands, invoke_without_command=True)(start)
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def _show_version(asked: Options) -> None:
    if asked.json:
        answers.document({"version": crash.version()})
    else:
        answers.line(f"Payung {crash.version()}")


def _write_help(asked: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - private types
    """The same help for every level, in the language asked for, from the catalogue alone."""
    found = ctx.find_root().obj
    language = found.lang if isinstance(found, Options) else "id"

    def say(code: str) -> str:
        return wording.sentence(code, {}, lang=language)

    names = asked.name if isinstance(asked, TyperCommand) else None
    base = f"help.{names}" if names else "help"
    shown = [param for param in asked.params if param.name != "help"]
    arguments = [param for param in shown if param.param_type_name == "argument"]
    written = [_argument(param) for param in arguments] if names else [say("help.title.command").upper()]
    formatter.write_usage(
        ctx.command_path,
        " ".join(["[OPSI]" if language == "id" else "[OPTIONS]", *written]),
        f"{say('help.title.usage')}: ",
    )
    formatter.write_paragraph()
    formatter.write_text(say(base))
    if not names:
        with formatter.section(say("help.title.commands")):
            formatter.write_dl([(name, say(f"help.{name}.short")) for name in COMMANDS])
    if arguments:
        with formatter.section(say("help.title.arguments")):
            formatter.write_dl([(_argument(param), say(f"{base}.{param.name}")) for param in arguments])
    rows = [(_option(param), say(f"{base}.{param.name}")) for param in shown if param not in arguments]
    with formatter.section(say("help.title.options")):
        formatter.write_dl([*rows, ("--help", say("help.help"))])


def _argument(param: Any) -> str:  # noqa: ANN401 - private types
    return str(param.metavar or param.name.upper())


def _option(param: Any) -> str:  # noqa: ANN401 - private types
    flag = getattr(param, "is_flag", False)
    return ", ".join(param.opts) + ("" if flag else f" {param.metavar or param.name.upper()}")
