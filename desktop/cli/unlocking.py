"""Opening the laptop's store for one command: who, with which passphrase, and closed again whatever happens."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.cli import answers, failures
from desktop.cli.options import Options
from desktop.store import vault
from desktop.store.database import Store
from desktop.store.vault import Unlocked


def secret(path: Path) -> str:
    """The one line a passphrase or code file holds, without its line end. Raises FileUnreadable."""
    try:
        return failures.read(path).decode("utf-8-sig").split("\n")[0].rstrip("\r")
    except UnicodeDecodeError as trouble:
        raise failures.FileUnreadable(file=path) from trouble


def asked(options: Options, code: str) -> str:
    """What a person types at the terminal without it being shown; `code` names the question. Raises NoPassphrase."""
    if not sys.stderr.isatty():
        raise failures.NoPassphrase
    return getpass.getpass(answers.sentence(options, code))


def passphrase(options: Options) -> str:
    """The operator's passphrase, from the file or the terminal."""
    if options.passphrase_file is not None:
        return secret(options.passphrase_file)
    return asked(options, "cli.passphrase.ask")


def new_passphrase(options: Options) -> str:
    """A passphrase for a new operator: from the file, or typed twice alike."""
    if options.passphrase_file is not None:
        return secret(options.passphrase_file)
    first = asked(options, "cli.passphrase.ask")
    if asked(options, "cli.passphrase.again") != first:
        raise failures.PassphrasesDiffer
    return first


@contextmanager
def opened(options: Options) -> Iterator[tuple[Store, Unlocked]]:
    """The open store and who opened it. Raises the store's errors: not set up, wrong passphrase, locked, damaged."""
    vault.operators(options.data)  # a laptop that is not set up says so before it asks for a passphrase
    unlocked = vault.unlock(options.data, operator=options.operator, passphrase=passphrase(options))
    with Store.open(options.data, unlocked) as store:
        yield store, unlocked
