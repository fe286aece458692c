"""Answering every batch on a stick: the office takes them in itself, a laptop with a line carries them there.

Whoever carries can read nothing and decides nothing: bytes go to the office as they are, its answers are laid beside
them. Anything may be carried twice: the office gives the same batch the same receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from sync import folder
from sync.envelope import MessageKind, peek
from sync.errors import Unreadable
from sync.folder import Letter

Exchange = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What came of one laptop's batches: answered now, refused whole, answered before, not whole on the stick."""

    tag: str
    answered: int = 0
    refused: int = 0
    before: int = 0
    damaged: int = 0


def carry(
    root: Path,
    exchange: Exchange,
    *,
    skip: Collection[str] = (),
    progress: Callable[[Round], None] = lambda _round: None,
) -> tuple[Round, ...]:
    """Hands every unanswered batch on the stick to `exchange` and lays the answers beside them; one round a laptop.

    Laptops whose tag is in `skip` are left alone. Raises StickError and what `exchange` raises: what was answered
    before lies there, the rest waits for the next time.
    """
    rounds = []
    for tag, own in folder.folders(root):
        if tag not in skip:
            rounds.append(_round(tag, own, exchange))
            progress(rounds[-1])
    return tuple(rounds)


def _round(tag: str, own: Path, exchange: Exchange) -> Round:
    found = Round(tag=tag)
    folder.clean(own)
    for letter in folder.letters(own):
        found = _one(found, letter, exchange)
    return found


def _one(found: Round, letter: Letter, exchange: Exchange) -> Round:
    if folder.answered(letter):
        return replace(found, before=found.before + 1)
    try:
        sealed = folder.read_batch(letter)
    except Unreadable:
        return replace(found, damaged=found.damaged + 1)
    if sealed is None:  # an answer alone, and no good one
        return found
    answer = exchange(sealed)
    kind = peek(answer).kind
    if kind not in {MessageKind.REPLY, MessageKind.REFUSAL}:
        raise Unreadable("answer")
    folder.lay(letter.answer, answer)
    if kind is MessageKind.REFUSAL:
        return replace(found, refused=found.refused + 1)
    return replace(found, answered=found.answered + 1)
