"""`payung operators`: who may open this laptop: list, add, remove, and changing one's own passphrase."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store import operators, vault
from desktop.store.database import Store
from desktop.store.vault import Operator, Role


class Deed(StrEnum):
    """What is done."""

    LIST = "list"
    ADD = "add"
    REMOVE = "remove"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word of the command line


def run(
    ctx: typer.Context,
    *,
    action: Annotated[Deed, typer.Argument()],
    name: Annotated[str | None, typer.Argument()] = None,
    role: Annotated[Role, typer.Option()] = Role.OPERATOR,
    new_passphrase_file: Annotated[Path | None, typer.Option()] = None,
) -> int:
    """List needs no passphrase; adding and removing are the ketua's; the passphrase is one's own."""
    options = choice.of(ctx)
    if action is Deed.LIST:
        _list(options)
    elif action is Deed.PASSPHRASE:
        _change(options, new_passphrase_file)
    elif not (name or "").strip():
        raise failures.Missing(name="NAME", command="payung operators")
    elif action is Deed.ADD:
        _add(options, str(name), role, new_passphrase_file)
    else:
        _remove(options, str(name))
    return failures.DONE


def document(operator: Operator) -> dict[str, str]:
    """One operator as the JSON answers show him."""
    return {"id": str(operator.id), "name": operator.name, "role": operator.role.value}


def _list(options: Options) -> None:
    found = vault.operators(options.data)
    if options.json:
        answers.document({"operators": [document(one) for one in found]})
        return
    rows = [{"name": one.name, "role": answers.sentence(options, f"operators.role.{one.role}")} for one in found]
    for line in answers.table(rows, ("name", "role")):
        answers.line(line)


def _add(options: Options, name: str, role: Role, file: Path | None) -> None:
    with unlocking.opened(options) as (store, _):
        chosen = unlocking.chosen(options, file)
        added = operators.add(store, name=name, role=role, passphrase=chosen)
    unlocking.advise(options, chosen)
    if options.json:
        answers.document({"operator": document(added)})
        return
    said = answers.sentence(options, f"operators.role.{added.role}")
    answers.line(answers.sentence(options, "cli.operators.added", name=added.name, role=said))


def _remove(options: Options, name: str) -> None:
    with unlocking.opened(options) as (store, _):
        gone = next((one for one in vault.operators(options.data) if vault.same(one.name, name)), None)
        operators.remove(store, name).close()
    assert gone is not None
    if options.json:
        answers.document({"removed": document(gone)})
    else:
        answers.line(answers.sentence(options, "cli.operators.removed", name=gone.name))


def _change(options: Options, file: Path | None) -> None:
    vault.operators(options.data)
    old = unlocking.passphrase(options)
    unlocked = vault.unlock(options.data, operator=options.operator, passphrase=old)
    with Store.open(options.data, unlocked) as store:
        new = unlocking.chosen(options, file)
        operators.change_passphrase(store, old=old, new=new)
    unlocking.advise(options, new)
    if options.json:
        answers.document({"operator": unlocked.operator, "changed": True})
    else:
        answers.line(answers.sentence(options, "cli.operators.changed", name=unlocked.operator))
