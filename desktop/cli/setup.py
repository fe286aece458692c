"""`payung setup`: from the kit of the office to a laptop with its first operator. Needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import answers, failures, recover, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import header, vault
from desktop.store.database import Store
from desktop.store.errors import VaultExists
from sync import kit as kits
from sync.kit import Kit


def run(
    ctx: typer.Context,
    *,
    kit: Annotated[Path, typer.Option()],
    activation_code_file: Annotated[Path | None, typer.Option()] = None,
    recovery_card: Annotated[Path | None, typer.Option()] = None,
) -> int:
    """Open the kit before anything is made, then make the vault, then the database."""
    options = choice.of(ctx)
    if not (options.operator or "").strip():
        raise failures.NoOperator
    if vault.is_set_up(options.data):
        raise VaultExists
    sealed = failures.read(kit)
    if activation_code_file is not None:
        code = unlocking.secret(activation_code_file)
    else:
        code = unlocking.asked(options, "cli.code.ask")
    store = _made(options, kits.open_kit(sealed, code))
    with store:
        if recovery_card is not None:
            recover.print_card(store, recovery_card)
        _tell(options, store, recovery_card)
    return failures.DONE


def _made(options: Options, kit: Kit) -> Store:
    """Make vault and database; a vault whose database could not be made is taken away again, it opens nothing."""
    passphrase = unlocking.new_passphrase(options)
    unlocked = vault.create(options.data, operator=(options.operator or "").strip(), passphrase=passphrase)
    try:
        return Store.create(options.data, unlocked, kit)
    except BaseException:
        if not (options.data / vault.DATABASE_NAME).exists():
            for name in (header.NAME, header.OLDER):
                (options.data / name).unlink(missing_ok=True)
        raise


def _tell(options: Options, store: Store, card: Path | None) -> None:
    laptop = store.laptop
    if options.json:
        answers.document(
            {
                "data": str(options.data),
                "event": store.event.code,
                "villages": list(laptop.villages),
                "tps": len(store.tps),
                "device": str(laptop.device),
                "operator": store.unlocked.operator,
                "server": laptop.server_url,
                "recovery_card": str(card) if card else None,
            }
        )
        return
    villages = ", ".join(store.regions.title(code) for code in laptop.villages)
    said = {"event": store.event.name, "villages": villages, "operator": store.unlocked.operator}
    answers.line(answers.sentence(options, "cli.setup.done", **said, folder=options.data))
    if card is None:
        answers.aside(answers.sentence(options, "cli.setup.card"))
