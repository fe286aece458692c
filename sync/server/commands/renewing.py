"""keys rotate: the next pair of the office's intake and reply key."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from sync.envelope import key_id
from sync.server import keys
from sync.server.commands import console


def keys_rotate(ctx: typer.Context) -> None:
    """Make the next pair; laptops hear of it at their next exchange, a running service takes it up by itself."""
    said = console.of(ctx)
    made = keys.rotate(said.config.keys, now=datetime.now(UTC)).newest
    said.answer(
        {
            "pair": made.number,
            "intake": key_id(made.intake_public).hex(),
            "reply": key_id(made.reply_public).hex(),
            "keys": str(said.config.keys),
        },
        said.sentence("server.said.keys_rotated", number=made.number, folder=said.config.keys),
    )
