"""From trouble to one sentence and an exit code. The outermost door of every command.

Exit codes: 1 refused by a rule, 2 wrong use, 3 locked, 4 no network, 5 damaged data, 6 disk, 70 a bug.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from typer.exceptions import TyperException

from desktop import crash
from desktop.cli import answers
from desktop.cli.options import Options
from payung import wording
from payung.errors import PayungError

DONE, PARTLY, WRONG_USE, LOCKED, OFFLINE, DAMAGED, DISK, BUG = 0, 1, 2, 3, 4, 5, 6, 70

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG}
_HINT = "cli.hint"
_log = logging.getLogger(__name__)


class WrongUse(PayungError):
    """A command that cannot be understood as it was written; `what` names the part."""

    code: ClassVar[str] = "cli.usage"
    exit_code: ClassVar[int] = WRONG_USE


class FileUnreadable(PayungError):
    """A named file that is not there or may not be read; facts: `file`."""

    code: ClassVar[str] = "cli.file"
    exit_code: ClassVar[int] = WRONG_USE


class OutUnwritable(PayungError):
    """A named file that may not be written; facts: `file`."""

    code: ClassVar[str] = "cli.out"
    exit_code: ClassVar[int] = DISK


class NoPassphrase(PayungError):
    """Neither a passphrase file nor a terminal to ask on."""

    code: ClassVar[str] = "cli.passphrase"
    exit_code: ClassVar[int] = WRONG_USE


class NoOperator(PayungError):
    """A laptop is set up by somebody; no name was given."""

    code: ClassVar[str] = "cli.operator.missing"
    exit_code: ClassVar[int] = WRONG_USE


class PassphrasesDiffer(PayungError):
    """The two typed passphrases are not the same."""

    code: ClassVar[str] = "cli.passphrase.differ"
    exit_code: ClassVar[int] = WRONG_USE


class DiskTrouble(PayungError):
    """The disk is full or does not answer; what was acknowledged is safe."""

    code: ClassVar[str] = "cli.disk"
    exit_code: ClassVar[int] = DISK


def read(path: Path) -> bytes:
    """The bytes of a file the person named. Raises FileUnreadable."""
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise FileUnreadable(file=path) from trouble


def told(error: BaseException, options: Options, *, doing: str) -> int:
    """Say what happened in one sentence and give the exit code. Writes the crash report when it is a bug."""
    known = _known(error)
    if known is not None:
        _log.info("%s ends with %s", doing, known.code)
        _say(options, known.code, _sentence(known, options), {})
        return known.exit_code
    if isinstance(error, KeyboardInterrupt | EOFError):
        _say(options, "cli.stopped", answers.sentence(options, "cli.stopped"), {})
        return PARTLY
    report = crash.write(error, folder=options.data, doing=doing)
    _log.error("%s: a bug, report %s", doing, report.name)
    _say(options, "bug", answers.sentence(options, "cli.bug", report=report), {"report": str(report)})
    return BUG


def _sentence(known: PayungError, options: Options) -> str:
    """The sentence the window says too, and behind it which command is the next step where one is."""
    hint = wording.catalogue(options.lang).get(f"{_HINT}.{known.code}", "")
    return f"{wording.of(known, lang=options.lang)} {hint}".rstrip()


def _known(error: BaseException) -> PayungError | None:
    if isinstance(error, PayungError):
        return error
    if isinstance(error, TyperException):
        return _misuse(error)
    if isinstance(error, OSError) and error.errno in _DISK:
        return DiskTrouble()
    return None


def _misuse(error: TyperException) -> PayungError:
    """What the option parser found, as one of ours. Its own text is English and quotes what was typed."""
    option = getattr(error, "option_name", None)
    param = getattr(error, "param", None)
    command = getattr(getattr(error, "ctx", None), "command_path", "payung")
    if option is not None:
        return WrongOption(option=option, command=command)
    if param is not None:
        missing = type(error).__name__ == "MissingParameter"
        return (Missing if missing else WrongValue)(name=_shown(param), command=command)
    return WrongUse(command=command)


def _shown(param: object) -> str:
    names = getattr(param, "opts", [])
    kind = getattr(param, "param_type_name", "option")
    return str(names[0]).upper() if kind == "argument" else str(names[0])


class WrongOption(WrongUse):
    """An option this command does not have, or one without its value; facts: `option`, `command`."""

    code: ClassVar[str] = "cli.usage.option"


class Missing(WrongUse):
    """An argument or option that must be given; facts: `name`, `command`."""

    code: ClassVar[str] = "cli.usage.missing"


class WrongValue(WrongUse):
    """A value of the wrong kind; facts: `name`, `command`."""

    code: ClassVar[str] = "cli.usage.value"


class OneOf(WrongUse):
    """Of several options exactly one must be given; facts: `names`, `command`."""

    code: ClassVar[str] = "cli.usage.one_of"


class UnknownTps(WrongUse):
    """A polling station the kit does not name; facts: `tps`."""

    code: ClassVar[str] = "cli.roster.unknown"


class ManyVillages(WrongUse):
    """A list that names no village on a laptop that serves several; facts: `villages`."""

    code: ClassVar[str] = "cli.import.village"


class NoCode(PayungError):
    """A picture or PDF in which no code of Payung can be read; facts: `file`."""

    code: ClassVar[str] = "cli.verify.none"
    exit_code: ClassVar[int] = PARTLY


def _say(options: Options, code: str, message: str, more: Mapping[str, str]) -> None:
    if options.json:
        answers.document({"error": {"code": code, "message": message, **more}})
    answers.aside(message)
