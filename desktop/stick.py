"""The exchange through a stick: batches out to a folder, answers back from it, and other laptops' batches on the way.

The laptop keeps what it writes until a verified answer settles it: a stick may be lost, pulled or read twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox, exchange_keys, status
from desktop.store.vault import Unlocked
from payung import clock, dates, wording
from sync import carrying, exchange, folder
from sync.carrier import HttpsCarrier
from sync.carrying import Round
from sync.errors import Refused, StickError, StickReadOnly, SyncError
from sync.exchange import Result
from sync.folder import Letter

Progress = Callable[[int, int], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What lies on the stick now: batches and revisions without an answer, their bytes, what waits elsewhere.

    `left` counts revisions that only a colleague can sign and send.
    """

    folder: Path
    batches: int
    records: int
    size: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What reading brought: batches settled now and their verdicts, batches still without an answer on the stick.

    `damaged` answers were none and are asked for again; `strange` batches were not written by this laptop; `others` are
    the tags of other laptops' folders. `refusal` is the office's refusal of a whole batch. `kept` files are settled but
    could not be taken off the stick.
    """

    result: Result
    waiting: int = 0
    damaged: int = 0
    strange: int = 0
    kept: int = 0
    found: bool = False
    others: tuple[str, ...] = ()
    refusal: Refused | None = None


def write(store: Store, unlocked: Unlocked, root: Path, *, progress: Progress = lambda _done, _all: None) -> Written:
    """Writes every unsettled batch to the laptop's own folder below `root`, after sealing all that waits.

    Raises StickError, and as `StoreOutbox.seal_all`. Everything is durable on the laptop before a byte goes out.
    """
    folder.require(root)
    outbox = StoreOutbox(store, unlocked)
    sequences = outbox.seal_all()
    own = folder.folder_of(root, store.laptop.tag)
    folder.clean(own)
    records = size = 0
    for done, sequence in enumerate(sequences):
        progress(done, len(sequences))
        posted = outbox.posted(sequence)
        if posted is None or posted.sealed is None:  # settled over the line meanwhile
            continue
        folder.lay(Letter.of(own, sequence, posted.sealed_hash).batch, posted.sealed.data)
        records += len(posted.sealed.revisions)
        size += len(posted.sealed.data)
    _tidy(outbox, own)
    _lay_index(store, own, len(sequences))
    progress(len(sequences), len(sequences))
    _log.info("stick: %s batches written", len(sequences))
    return Written(
        folder=own, batches=len(sequences), records=records, size=size, left=max(0, outbox.pending() - records)
    )


def read(store: Store, unlocked: Unlocked, root: Path, *, progress: Progress = lambda _done, _all: None) -> Taken:
    """Takes in every answer that lies in the laptop's own folder, and takes off what is settled.

    Raises StickError and StoreError; what was settled before stays settled.
    """
    others = tuple(tag for tag, _ in folder.folders(root) if tag != store.laptop.tag)
    own = folder.folder_of(root, store.laptop.tag)
    outbox = StoreOutbox(store, unlocked)
    letters = folder.letters(own)
    taken = Taken(result=Result(), others=others, found=bool(letters))
    for done, letter in enumerate(letters):
        progress(done, len(letters))
        taken = _one(store, outbox, taken, letter)
    progress(len(letters), len(letters))
    if letters:
        _lay_index(store, own, taken.waiting)
    result = taken.result
    _log.info("stick: %s batches settled, %s without an answer", result.batches, taken.waiting)
    return replace(taken, result=replace(result, pending=outbox.pending()))


def carry(
    store: Store, root: Path, *, server: str | None = None, progress: Callable[[Round], None] = lambda _round: None
) -> tuple[Round, ...]:
    """Takes other laptops' batches to the office and lays the answers beside them. Raises SyncError, also offline."""
    carrier = HttpsCarrier(server or store.laptop.server_url)
    try:
        return carrying.carry(root, carrier.exchange, skip={store.laptop.tag}, progress=progress)
    finally:
        carrier.close()


def told(taken: Taken) -> tuple[tuple[str, dict[str, str]], ...]:
    """What reading came to, as codes of sentences with their facts; the first says the most important."""
    result = taken.result
    attention = result.conflict + result.duplicate + result.refused
    said: list[tuple[str, dict[str, str]]] = []
    if result.batches:
        facts = {"batches": result.batches, "accepted": result.accepted + result.already, "attention": attention}
        said.append(("stick.taken", {name: str(value) for name, value in facts.items()}))
    elif not taken.found and taken.others:
        said.append(("stick.others", {"tags": ", ".join(taken.others)}))
    elif not taken.found:
        said.append(("stick.nothing", {}))
    if taken.waiting:
        said.append(("stick.unanswered", {"waiting": str(taken.waiting)}))
    elif not said:
        said.append(("stick.known", {}))
    if taken.damaged:
        said.append(("stick.damaged", {"damaged": str(taken.damaged)}))
    if taken.strange:
        said.append(("stick.strange", {"strange": str(taken.strange)}))
    return tuple(said)


def _one(store: Store, outbox: StoreOutbox, taken: Taken, letter: Letter) -> Taken:
    posted = outbox.posted(letter.sequence)
    if posted is None or Letter.of(letter.folder, letter.sequence, posted.sealed_hash) != letter:
        return replace(taken, strange=taken.strange + 1)
    if posted.sealed is None:
        return _off(taken, letter)
    try:
        answer = folder.read_answer(letter)
        if answer is None:
            return replace(taken, waiting=taken.waiting + 1)
        reply = exchange.open_reply(answer, posted.sealed, exchange_keys(store))
    except Refused as refusal:
        return replace(taken, waiting=taken.waiting + 1, refusal=taken.refusal or refusal)
    except StickError:
        raise
    except SyncError as trouble:
        _log.info("stick: the answer to batch %s is none: %s", letter.sequence, trouble.code)
        folder.set_aside(letter)
        return replace(taken, waiting=taken.waiting + 1, damaged=taken.damaged + 1)
    outbox.settle(letter.sequence, reply)
    counted = exchange.counted(taken.result, posted.sealed, reply, received=len(answer))
    return _off(replace(taken, result=counted), letter)


def _off(taken: Taken, letter: Letter) -> Taken:
    return taken if folder.remove(letter) else replace(taken, kept=taken.kept + 1)


def _tidy(outbox: StoreOutbox, own: Path) -> None:
    """Takes off what was settled by another road."""
    for letter in folder.letters(own):
        posted = outbox.posted(letter.sequence)
        if posted and posted.sealed is None and Letter.of(own, letter.sequence, posted.sealed_hash) == letter:
            folder.remove(letter)


def _lay_index(store: Store, own: Path, batches: int) -> None:
    """A page for whoever finds the stick. It names places and numbers, no person; a protected stick goes without."""
    try:
        folder.lay(own / folder.INDEX, _index(store, batches).encode("utf-8-sig"))
    except StickReadOnly:
        _log.info("stick: the index could not be written")


def _index(store: Store, batches: int) -> str:
    laptop = store.laptop
    since: datetime | None = status(store).oldest_unsent
    facts = {
        "office": laptop.office_name,
        "contact": laptop.office_contact,
        "village": ", ".join(store.regions.title(code) for code in laptop.villages),
        "tag": laptop.tag,
        "batches": str(batches),
        "at": clock.moment(store.moment(), laptop.villages[0]),
        "since": dates.long(clock.day(since, laptop.villages[0])) if since else "-",
    }
    return "\r\n".join(wording.sentence(f"stick.index.{line}", facts) for line in _LINES) + "\r\n"


_LINES = ("title", "office", "village", "laptop", "batches", "since", "at", "what", "carry")
