"""Opening the laptop's store for one command: who, with which passphrase, and closed again whatever happens."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.cli import answers, failures
from desktop.cli.options import Options
from desktop.store import founding, vault
from desktop.store.database import Store
from desktop.store.errors import Damaged, DatabaseMissing, StoreIO
from desktop.store.vault import Unlocked
from payung import passphrase as passphrases
from payung import wording


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


def chosen(options: Options, file: Path | None) -> str:
    """A passphrase of somebody's own choice: from the file, or typed twice alike after some words were suggested."""
    if file is not None:
        return secret(file)
    if sys.stderr.isatty():
        answers.aside(answers.sentence(options, "cli.passphrase.suggestion", words=passphrases.suggestion()))
    first = asked(options, "cli.passphrase.new")
    if asked(options, "cli.passphrase.again") != first:
        raise failures.PassphrasesDiffer
    return first


def advise(options: Options, passphrase: str) -> None:
    """Say on standard error what would make a passphrase that was taken safer, if anything would."""
    for problem in passphrases.problems(passphrase):
        answers.aside(wording.of(problem, lang=options.lang))


@contextmanager
def opened(options: Options, *, look: bool = False) -> Iterator[tuple[Store, Unlocked]]:
    """The open store and who opened it. Raises the store's errors: not set up, wrong passphrase, locked, damaged.

    With `look` a damaged store is said to be one and shown as far as it can be read, without writing to it.
    """
    unlocked = who(options)
    with _store(options, unlocked, look=look) as store:
        yield store, unlocked


def who(options: Options) -> Unlocked:
    """The vault opened by the operator. A laptop that is not set up says so before it asks for a passphrase."""
    if founding.unfinished(options.data):
        founding.finish(options.data)
    vault.operators(options.data)
    return vault.unlock(options.data, operator=options.operator, passphrase=passphrase(options))


def _store(options: Options, unlocked: Unlocked, *, look: bool) -> Store:
    try:
        return Store.open(options.data, unlocked)
    except (Damaged, StoreIO) as trouble:
        if not look or isinstance(trouble, DatabaseMissing):
            raise
        store = Store.open(options.data, unlocked, read_only=True)
        answers.aside(wording.of(trouble, lang=options.lang))
        return store
