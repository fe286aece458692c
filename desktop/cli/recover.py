"""`payung recover`: back in when a passphrase is forgotten, by the office and without a network; and its card."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop import printing
from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.cli.operators import document
from desktop.cli.options import Options
from desktop.store import operators, recovery, vault
from desktop.store.database import Store
from desktop.store.errors import Damaged
from sync import recovery as wire


class Deed(StrEnum):
    """What is done."""

    REQUEST = "request"
    APPLY = "apply"
    CARD = "card"


def run(
    ctx: typer.Context,
    *,
    action: Annotated[Deed, typer.Argument()],
    answer: Annotated[Path | None, typer.Argument()] = None,
    out: Annotated[Path | None, typer.Option()] = None,
    new_passphrase_file: Annotated[Path | None, typer.Option()] = None,
) -> int:
    """A request for the office, its answer put to use with a new passphrase, or the card printed again."""
    options = choice.of(ctx)
    if action is Deed.APPLY:
        if answer is None:
            raise failures.Missing(name="ANSWER", command="payung recover")
        _apply(options, answer, new_passphrase_file)
        return failures.DONE
    if out is None:
        raise failures.Missing(name="--out", command="payung recover")
    if action is Deed.REQUEST:
        _request(options, out)
    else:
        with unlocking.opened(options) as (store, _):
            print_card(store, out)
        _told(options, {"card": str(out)}, "cli.recover.card", file=str(out))
    return failures.DONE


def print_card(store: Store, out: Path) -> None:
    """Write the laptop's recovery card. Raises OutUnwritable."""
    try:
        printing.write_card(out, printing.card_of(store))
    except OSError as trouble:
        raise failures.OutUnwritable(file=out) from trouble


def _request(options: Options, out: Path) -> None:
    asked = recovery.ask(options.data, operator=_who(options))
    _write(out, asked.data)
    _told(
        options,
        {
            "request": str(out),
            "code": asked.code,
            "text": wire.to_text(asked.data),
            "device": str(asked.device),
            "vault": str(asked.vault),
        },
        "cli.recover.request",
        file=str(out),
        code=asked.code,
    )


def _apply(options: Options, answer: Path, file: Path | None) -> None:
    content = failures.read(answer)
    recovery.answered(options.data, content)  # a foreign answer says so before a passphrase is thought of
    chosen = unlocking.chosen(options, file)
    operator = operators.recover(options.data, content, passphrase=chosen)
    unlocking.advise(options, chosen)
    if (options.data / vault.DATABASE_NAME).exists():
        unlocked = vault.unlock(options.data, operator=operator.name, passphrase=chosen)
        Store.open(options.data, unlocked).close()  # the audit is told at once
    _told(options, {"operator": document(operator)}, "cli.recover.applied", name=operator.name)


def _who(options: Options) -> str:
    """Whose passphrase is forgotten: as named, else the only operator there is. Raises NoOperator."""
    if (options.operator or "").strip():
        return str(options.operator)
    try:
        known = vault.operators(options.data)
    except Damaged:
        known = ()
    if len(known) != 1:
        raise failures.NoOperator
    return known[0].name


def _write(out: Path, content: bytes) -> None:
    """The whole file or none; on a stick pulled out too early the old name stays."""
    fresh = out.with_name(f".{out.name}.part")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(out)
    except OSError as trouble:
        fresh.unlink(missing_ok=True)
        raise failures.OutUnwritable(file=out) from trouble


def _told(options: Options, found: dict[str, object], said: str, /, **facts: str) -> None:
    if options.json:
        answers.document(found)
    else:
        answers.line(answers.sentence(options, said, **facts))
