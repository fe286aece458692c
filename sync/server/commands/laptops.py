"""kit, device list, device people, device revoke: the laptops of the office."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from payung import clock
from payung import region as places
from payung.bodies import Institution
from sync.kit import new_activation_code, seal_kit
from sync.server import carried, config, devices, events, keys
from sync.server.cabinet import Cabinet
from sync.server.commands import console, writing
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
        writing.write(out, seal_kit(made, code))
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


def device_people(
    ctx: typer.Context,
    *,
    device: Annotated[str, typer.Argument()],
    record: Annotated[Path | None, typer.Option("--record")] = None,
    lacking: Annotated[Path | None, typer.Option("--lacking")] = None,
) -> None:
    """List the persons whose data a laptop carried; with `--record` those of the roll it wrote before it was wiped.

    `--lacking` writes those of the roll that the office never received as `payung enrol` takes them.
    """
    if lacking is not None and (record is None or lacking.exists()):
        raise WrongUse(detail="--lacking")
    said = console.of(ctx)
    regions, ring = places.load(), keys.load(said.config.keys)
    with said.transaction() as connection:
        laptop = devices.find(connection, device)
        if record is None:
            found = carried.by(connection, laptop, Cabinet(ring))
        else:
            content = carried.roll(_read(record), laptop, carried.certificate(connection, laptop), ring)
            found = carried.listed(content)
            if lacking is not None:
                rows = [json.dumps(one, ensure_ascii=False) + "\n" for one in carried.lacking(content)]
                writing.write(lacking, "".join(rows).encode())
    lines = [
        said.sentence(
            "server.said.person_row",
            place=regions.title(one.place) if regions.exists(one.place) else one.place,
            tps=one.tps if one.tps is not None else "-",
            post=one.post,
            name=one.name or "-",
            nik=one.nik,
            state=said.sentence(f"server.person.{one.state}"),
        )
        for one in found
    ]
    head = said.sentence("server.said.people", count=len(found), tag=laptop.tag)
    said.answer(
        {"device": str(laptop.id), "tag": laptop.tag, "count": len(found), "people": [_person(one) for one in found]},
        head,
        *lines,
    )


def _person(one: carried.Carried) -> dict[str, object]:
    return {
        "id": str(one.record) if one.record.int else None,
        "place": one.place,
        "tps": one.tps,
        "post": one.post,
        "name": one.name,
        "nik": one.nik,
        "state": one.state,
        "at": one.received_at.isoformat(),
    }


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as trouble:
        raise FileUnreadable(file=file.name, reason=trouble.strerror or "") from trouble


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
