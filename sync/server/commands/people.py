"""office add, office list, user add: who works at the central office, and for which region."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from payung import region as places
from sync.server import accounts, keys, offices
from sync.server.accounts import Role
from sync.server.commands import console
from sync.server.errors import FileUnreadable
from sync.server.offices import Office, Side


def office_add(
    ctx: typer.Context,
    *,
    region: Annotated[str, typer.Option("--region")],
    institution: Annotated[Side, typer.Option("--institution", case_sensitive=False)] = Side.KPU,
    name: Annotated[str | None, typer.Option("--name")] = None,
    contact: Annotated[str, typer.Option("--contact")] = "",
) -> None:
    """Add an office for a region and everything below it."""
    said = console.of(ctx)
    regions = places.load()
    with said.transaction() as connection:
        office = offices.add(
            connection,
            region=region,
            side=institution,
            name=name or f"{offices.SIDE_NAMES[institution]} {regions.title(region)}",
            contact=contact,
            regions=regions,
        )
    said.answer(_document(office), said.sentence("server.said.office", name=office.name, region=region, id=office.id))


def office_list(ctx: typer.Context) -> None:
    """List the offices."""
    said = console.of(ctx)
    with said.transaction() as connection:
        found = offices.every(connection)
    lines = [said.sentence("server.said.office_row", name=one.name, region=one.region, id=one.id) for one in found]
    said.answer({"offices": [_document(one) for one in found]}, *(lines or [said.sentence("server.said.no_office")]))


def office_root(ctx: typer.Context) -> None:
    """Show the public half of the office's root key, by which evidence and certificates are checked anywhere."""
    said = console.of(ctx)
    root = keys.load(said.config.keys).root.public_key().public_bytes_raw().hex()
    said.answer({"root": root}, root)


def user_add(
    ctx: typer.Context,
    *,
    login: Annotated[str, typer.Option("--login", "--name")],
    office: Annotated[str, typer.Option("--office")],
    role: Annotated[Role, typer.Option("--role", case_sensitive=False)] = Role.OPERATOR,
    password_file: Annotated[Path | None, typer.Option("--password-file")] = None,
) -> None:
    """Add a person to an office; without a password file a password is made and shown this once."""
    said = console.of(ctx)
    password = _password(password_file)
    made = accounts.new_password() if password is None else None
    with said.transaction() as connection:
        home = offices.named(connection, office)
        account = accounts.add(connection, office=home, login=login, role=role, password=password or made or "")
    document = {"id": str(account), "login": login, "role": role.value, "office": str(home.id)}
    lines = [said.sentence("server.said.user", login=login, office=home.name, role=role.value)]
    if made is not None:
        document["password"] = made
        lines.append(said.sentence("server.said.password", password=made))
    said.answer(document, *lines)


def _password(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as trouble:
        raise FileUnreadable(file=file.name, reason=getattr(trouble, "strerror", "") or "utf-8") from trouble


def _document(office: Office) -> dict[str, str]:
    return {
        "id": str(office.id),
        "region": office.region,
        "institution": office.side.value,
        "name": office.name,
        "contact": office.contact,
    }
