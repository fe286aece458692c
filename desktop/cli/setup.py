"""`payung setup`: from the kit of the office to a laptop with its first operator. Needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import answers, failures, recover, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import founding, vault
from desktop.store.database import Store
from desktop.store.errors import VaultExists
from sync import kit as kits


def run(
    ctx: typer.Context,
    *,
    kit: Annotated[Path, typer.Option()],
    activation_code_file: Annotated[Path | None, typer.Option()] = None,
    recovery_card: Annotated[Path | None, typer.Option()] = None,
) -> int:
    """Open the kit before anything is made; a card that cannot be written leaves the folder as it was."""
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
    passphrase = unlocking.new_passphrase(options)
    opened = kits.open_kit(sealed, code)
    operator = (options.operator or "").strip()
    with founding.stage(options.data, operator=operator, passphrase=passphrase, kit=opened) as staged:
        unlocked = staged.unlocked
        if recovery_card is not None:
            recover.print_card(staged, recovery_card)
    founding.settle(options.data, unlocked.vault_id)
    with Store.open(options.data, unlocked) as store:
        _tell(options, store, recovery_card)
    return failures.DONE


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
