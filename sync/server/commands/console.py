"""What a command says: answers on standard output, everything else on standard error.

With `--json` standard output carries one JSON document and nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer
from sqlalchemy import Connection

from payung import wording
from sync.server import database
from sync.server.config import Config


@dataclass(frozen=True, slots=True)
class Console:
    """The global options of one run, and the ways to answer."""

    config: Config
    json: bool = False
    lang: str = "id"

    def answer(self, document: object, *lines: str) -> None:
        """Answer with the document where JSON was asked for, else with the lines."""
        if self.json:
            self._out(json.dumps(document, ensure_ascii=False))
        else:
            self._out("\n".join(lines))

    def aside(self, code: str, /, **facts: object) -> None:
        """Say a sentence on standard error: what a person should know, and a program need not read."""
        sys.stderr.write(self.sentence(code, **facts) + "\n")
        sys.stderr.flush()

    def sentence(self, code: str, /, **facts: object) -> str:
        """Look the sentence up in the language of the run."""
        return wording.sentence(code, {name: str(value) for name, value in facts.items()}, lang=self.lang)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open the office's database as its owner, in one transaction that ends with the block."""
        with database.ready(self.config) as home:
            engine = home.owner_engine()
            with engine.begin() as connection:
                yield connection

    @staticmethod
    def _out(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def of(ctx: typer.Context) -> Console:
    """Find the console of this run."""
    found = ctx.find_root().obj
    assert isinstance(found, Console)
    return found
