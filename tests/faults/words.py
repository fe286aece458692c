"""What a workload says while it works, and what is read of it afterwards."""

from __future__ import annotations

from typing import Any, Protocol

Word = dict[str, Any]


class Say(Protocol):
    """Where a workload's words go."""

    def __call__(self, kind: str, **facts: object) -> None:
        """One word: its kind, and facts that JSON can hold."""
