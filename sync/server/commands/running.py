"""serve, recap: the service itself, and what it knows in numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from payung import clock, money
from payung import region as places
from sync.server import config, recaps, service
from sync.server.commands import console
from sync.server.offices import Side


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = config.DEFAULT_PORT,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 1,
) -> None:
    """Serve laptops and pages until stopped."""
    said = console.of(ctx)
    service.check(said.config)
    said.answer(
        {"host": host, "port": port, "workers": workers},
        said.sentence("server.said.serving", host=host, port=port),
    )
    service.run(said.config, host=host, port=port, workers=workers)


def recap(
    ctx: typer.Context,
    *,
    region: Annotated[str | None, typer.Option("--region")] = None,
    institution: Annotated[Side, typer.Option("--institution", case_sensitive=False)] = Side.PEMDA,
    scheme: Annotated[str, typer.Option("--scheme")] = recaps.SCHEME,
) -> None:
    """Count people and rupiah by body in a region, as one side or the paying government sees it."""
    said = console.of(ctx)
    at = datetime.now(UTC)
    with said.transaction() as connection:
        found = recaps.read(connection, region=region, side=institution, scheme=scheme, on=clock.day(at, region or ""))
    document = {
        "region": region,
        "at": at.isoformat(timespec="seconds"),
        "scheme": scheme,
        "bodies": [
            {
                "body": one.body,
                "needed": one.count.needed,
                "enrolled": one.count.enrolled,
                "monthly": one.monthly,
                "without_amount": one.without_amount,
            }
            for one in found
        ],
        "enrolled": sum(one.count.enrolled for one in found),
        "monthly": sum(one.monthly for one in found),
    }
    title = places.load().title(region) if region else "Indonesia"
    lines = [said.sentence("server.said.recap", region=title, at=clock.moment(at, region or ""))]
    lines += [
        said.sentence(
            "server.said.recap_row",
            body=one.body,
            enrolled=one.count.enrolled,
            needed=one.count.needed,
            monthly=money.rupiah(one.monthly),
        )
        for one in found
    ]
    said.answer(document, *lines)
