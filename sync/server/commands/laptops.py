"""kit, device list, device revoke: the laptops of the office."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from payung import clock
from payung import region as places
from payung.bodies import Institution
from sync.kit import new_activation_code, seal_kit
from sync.server import config, devices, events, keys
from sync.server.commands import console
from sync.server.errors import FileUnreadable, WrongUse


def kit(
    ctx: typer.Context,
    *,
    village: Annotated[list[str], typer.Option("--village")],
    out: Annotated[Path, typer.Option("--out")],
    institution: Annotated[Institution, typer.Option("--institution", case_sensitive=False)] = Institution.KPU,
    server: Annotated[str, typer.Option("--server")] = config.DEFAULT_SERVER_URL,
    event: Annotated[str | None, typer.Option("--event")] = None,
) -> None:
    """Write a provisioning kit for one laptop; the activation code goes to standard output alone."""
    said = console.of(ctx)
    named = tuple(dict.fromkeys(code.strip() for codes in village for code in codes.split(",") if code.strip()))
    if not named:
        raise WrongUse(detail="--village")
    if out.exists():
        raise FileUnreadable(file=out.name, reason="exists")
    with said.transaction() as connection:
        order = devices.Order(
            villages=named,
            institution=institution,
            event=events.current(connection, event),
            server_url=server.rstrip("/"),
        )
        made = devices.provision(connection, order, keys=keys.load(said.config.keys), regions=places.load())
        code = new_activation_code()
        _write(out, seal_kit(made, code))
    if not made.tps:
        said.aside("server.said.kit_without_tps", villages=", ".join(named))
    said.aside("server.said.kit", file=out, tps=len(made.tps), office=made.office_name)
    said.answer({"kit": str(out), "activation_code": code}, code)


def device_list(ctx: typer.Context) -> None:
    """List the laptops with their last contact."""
    said = console.of(ctx)
    with said.transaction() as connection:
        found = devices.every(connection)
    lines = [
        said.sentence(
            "server.said.device_row",
            tag=one.tag,
            state=said.sentence(f"server.device.{one.state}"),
            villages=", ".join(one.villages),
            contact=clock.moment(one.last_contact, one.villages[0]) if one.last_contact else "-",
            id=one.id,
        )
        for one in found
    ]
    said.answer({"devices": [_document(one) for one in found]}, *(lines or [said.sentence("server.said.no_device")]))


def device_revoke(ctx: typer.Context, *, device: Annotated[str, typer.Argument()]) -> None:
    """Take a laptop's right to send away."""
    said = console.of(ctx)
    with said.transaction() as connection:
        revoked = devices.revoke(connection, device)
    said.answer({"device": str(revoked), "state": "revoked"}, said.sentence("server.said.revoked", device=device))


def _document(laptop: devices.Laptop) -> dict[str, object]:
    return {
        "id": str(laptop.id),
        "tag": laptop.tag,
        "villages": list(laptop.villages),
        "institution": laptop.institution,
        "event": laptop.event,
        "state": laptop.state,
        "batches": laptop.sequence,
        "issued_at": laptop.issued_at.isoformat(),
        "first_contact": laptop.first_contact.isoformat() if laptop.first_contact else None,
        "last_contact": laptop.last_contact.isoformat() if laptop.last_contact else None,
        "skew_seconds": laptop.skew_seconds,
    }


def _write(file: Path, content: bytes) -> None:
    """Write beside, flush, rename: the file is whole or not there."""
    part = file.with_name(f".{file.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
