"""recover: the answer to a laptop whose passphrase is forgotten."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sync.server import keys, recoveries
from sync.server.commands import console, writing
from sync.server.errors import FileUnreadable

_STANDARD_INPUT = Path("-")


def recover(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument()],
    out: Annotated[Path, typer.Option("--out")],
) -> None:
    """Answer one request; the code it names is to be compared with the laptop's before the answer is handed over.

    FILE is the request's file, or the text of its QR code in a file; "-" reads either from standard input.
    """
    said = console.of(ctx)
    request = sys.stdin.buffer.read() if file == _STANDARD_INPUT else file.read_bytes()
    if out.exists():
        raise FileUnreadable(file=out.name, reason="exists")
    with said.transaction() as connection:
        made = recoveries.answer(connection, request, keys=keys.load(said.config.keys), now=datetime.now(UTC))
        writing.write(out, made.answer)
    facts = {"tag": made.tag, "villages": ", ".join(made.villages), "operator": made.operator, "code": made.code}
    said.answer(
        {
            "answer": str(out),
            "code": made.code,
            "device": str(made.device),
            "tag": made.tag,
            "villages": list(made.villages),
            "vault": str(made.vault),
            "operator": made.operator,
        },
        said.sentence("server.said.recover", file=out, **facts),
    )
