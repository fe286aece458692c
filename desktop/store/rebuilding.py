"""A new database out of the rows that were rescued from a damaged one.

What the new store holds must agree with itself: records with their newest revision, the outbox with what the office has
not answered, the audit with both. Nothing is invented; what is missing is noted as lost.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

import resources
from desktop.store import audit, reference
from desktop.store.audit import Action, Deed
from desktop.store.columns import stored_moment
from desktop.store.errors import BeyondSalvage
from desktop.store.revisions import Exchange
from desktop.store.statements import Work
from desktop.store.vault import Operator, Unlocked
from payung import nik
from payung.enrolment import State
from payung.errors import PayungError
from sync import trust
from sync.revision import Kind, Revision

if TYPE_CHECKING:
    from sync.kit import Kit

Stored = dict[str, Any]
Rows = Mapping[str, list[Stored]]

_HANDLED = frozenset(
    {"laptop", "progress", "revision", "record", "batch", "manifest", "certificate", "ledger", "outbox", "audit"}
    | {"alembic_version", "sqlite_sequence"}
)
_AUDITED = {Action.SAVED.value, Action.WITHDRAWN.value}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows came from: the damaged file's hash, how many of its pages were damaged, who may work here."""

    stamp: bytes
    damaged: int
    operators: tuple[Operator, ...]
    kit: Kit | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Rescued:
    """Ids of records saved, lost, and set back to an earlier version; how much of the audit stood."""

    saved: tuple[UUID, ...]
    lost: tuple[UUID, ...]
    set_back: tuple[UUID, ...]
    audit_entries: int
    laid_from_kit: bool


def fill(work: Work, unlocked: Unlocked, rows: Rows, source: Source) -> Rescued:
    """Writes everything into the new, empty database. Raises BeyondSalvage where nothing can go on from it."""
    versions = _versions(rows["revision"])
    if not versions and (source.damaged or rows["record"]):
        raise BeyondSalvage(part="database")
    laid = _identity(work, unlocked, rows, source)
    for table in rows:
        if table not in _HANDLED:
            _put(work, table, rows[table])
    _people(work, unlocked, source)
    standing = {bytes(row["id"]): row for row in rows["record"]}
    written = [_record(work, record, own, standing.get(record), source.at) for record, own in versions.items()]
    saved = {record for record, done in zip(versions, written, strict=True) if done}
    _put(work, "revision", (version for record in saved for version in versions[record]))
    _put(work, "certificate", (row for row in rows["certificate"] if row["record"] in saved))
    _exchange(work, rows, [version for record in saved for version in versions[record]], source)
    kept = _prefix(rows["audit"])
    _put(work, "audit", kept)
    _put(work, "manifest", (row for row in rows["manifest"] if row["counter"] < len(kept)))
    gone = _note(work, unlocked, (kept, rows["audit"]), {record: versions[record] for record in saved}, source)
    lost = ({*standing} | gone) - saved
    back = {record for record in saved if record in gone or _went_further(standing.get(record), versions[record])}
    return Rescued(_ids(saved), _ids(lost), _ids(back), len(kept), laid)


def _ids(found: Iterable[bytes]) -> tuple[UUID, ...]:
    return tuple(UUID(bytes=one) for one in sorted(found))


def _put(work: Work, table: str, rows: Iterable[Stored]) -> None:
    """The rows as they are, each once; a row that belongs to nothing any more is left out."""
    for row in rows:
        names, gaps = ", ".join(row), ", ".join("?" * len(row))
        with contextlib.suppress(sqlcipher.IntegrityError):
            work.driver.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({gaps})", tuple(row.values()))  # noqa: S608


def _identity(work: Work, unlocked: Unlocked, rows: Rows, source: Source) -> bool:
    """The laptop's row without its device keys, or the kit's where that is lost; whether the kit had to serve."""
    own = [
        row
        for row in rows["laptop"]
        if row["sentinel"] == reference.SENTINEL and row["vault"] == unlocked.vault_id.bytes
    ]
    sequences = [row["sequence"] for row in rows["batch"]] + [row["batch_number"] for row in rows["progress"]]
    numbers = [row["sequence"] for row in rows["certificate"]] + [row["certificate_number"] for row in rows["progress"]]
    if own:
        _put(work, "laptop", [own[0] | {"sign_private": b"", "seal_private": b""}])
        fresh = {"id": 1, "batch_number": 0, "certificate_number": 0, "cursor": 0}
        _put(work, "progress", [*rows["progress"], fresh])
        _event(work, own[0]["event"], rows, source.at)
    elif source.kit is not None:
        certificate = trust.verify(source.kit.device_certificate, source.kit.root_public, source.at)
        reference.lay(work, unlocked, source.kit, certificate, source.at)
    else:
        raise BeyondSalvage(part="laptop")
    work.driver.execute(
        "UPDATE progress SET batch_number = ?, certificate_number = ?",
        (max(sequences, default=0), max(numbers, default=0)),
    )
    return not own


def _event(work: Work, code: str, rows: Rows, at: datetime) -> None:
    """The event as it ships with the program, where the office's copy of it is lost."""
    if not any((row["kind"], row["code"]) == (reference.EVENT, code) for row in rows["data_file"]):
        with contextlib.suppress(FileNotFoundError):
            reference.take_event(work, resources.read("events", f"{code}.json"), at)


def _people(work: Work, unlocked: Unlocked, source: Source) -> None:
    """Who has worked here, from the key file too: their signatures must go on to verify."""
    reference.know_operator(work, unlocked, source.at)
    _put(
        work,
        "operator_key",
        (
            {
                "id": one.id.bytes,
                "name": one.name,
                "role": str(one.role),
                "public_key": one.public_key,
                "added_at": stored_moment(source.at),
            }
            for one in source.operators
        ),
    )


def _versions(rows: Iterable[Stored]) -> dict[bytes, list[Stored]]:
    """The revisions that prove themselves, by record, oldest first; reduced ones have no body left to prove."""
    found: dict[bytes, dict[int, Stored]] = defaultdict(dict)
    for row in rows:
        body = row["body"]
        if not body or (hashlib.sha256(body).digest() == row["hash"] and _decoded(row) is not None):
            found[row["record"]].setdefault(row["ordinal"], row)
    return {record: [own[ordinal] for ordinal in sorted(own)] for record, own in sorted(found.items())}


def _decoded(row: Stored) -> Revision | None:
    try:
        revision = Revision.decode(row["body"])
    except PayungError:
        return None
    return revision if revision.record.bytes == row["record"] else None


def _went_further(row: Stored | None, versions: list[Stored]) -> bool:
    return row is not None and row["ordinal"] > versions[-1]["ordinal"]


def _record(work: Work, record: bytes, versions: list[Stored], standing: Stored | None, at: datetime) -> bool:
    """Writes the record's row, made anew where it does not go with its newest revision; whether that could be done."""
    newest = versions[-1]
    if standing is None or standing["ordinal"] != newest["ordinal"]:
        revision = _decoded(newest) if newest["body"] else None
        facts = next((one.facts for row in reversed(versions) if (one := _decoded(row)) and one.facts), None)
        if revision is None or facts is None:
            return False
        standing = {
            "id": record,
            "place": facts.place,
            "tps": facts.tps,
            "post": facts.post,
            "seat": facts.seat,
            "nik": nik.digits(facts.nik),
            "name": facts.name,
            "state": (State.READY if newest["for_office"] else State.DRAFT).value,
            "withdrawn": int(revision.kind is not Kind.SAVED),
            "ordinal": newest["ordinal"],
            "problems": "[]",
            "changed_at": stored_moment(at),
            **_sent([row for row in versions if row["for_office"]]),
        }
    _put(work, "record", [standing])
    return True


def _sent(versions: list[Stored]) -> Stored:
    """How far the newest version meant for the office has come, and what the next one follows."""
    if not versions:
        return {"exchange": Exchange.NONE.value, "number": 0, "hash": None, "parent": None}
    newest = versions[-1]
    verdict = newest["verdict"]
    come = {None: Exchange.QUEUED, "accepted": Exchange.SENT, "already": Exchange.SENT}
    exchange = come.get(verdict) or (Exchange(verdict) if verdict in set(Exchange) else Exchange.REFUSED)
    revision = _decoded(newest) if newest["body"] else None
    parent = revision.parent if revision is not None and verdict == "refused" else newest["hash"]
    return {"exchange": exchange.value, "number": newest["number"], "hash": newest["hash"], "parent": parent}


def _exchange(work: Work, rows: Rows, versions: Iterable[Stored], source: Source) -> None:
    """Batches without what was under way, and everything the office has not answered, waiting."""
    at = stored_moment(source.at)
    given_up = (
        {**row, "sealed": None, "settled_at": at} if row["settled_at"] is None else row for row in rows["batch"]
    )
    _put(work, "batch", given_up)
    _put(work, "ledger", rows["ledger"])
    _put(
        work,
        "outbox",
        (
            {"record": row["record"], "ordinal": row["ordinal"], "queued_at": at}
            for row in versions
            if row["for_office"] and row["verdict"] is None and row["body"]
        ),
    )
    # Where a page is gone nobody knows which of them were sent; the office takes the same one twice as one.
    known = {row["ledger"] for row in rows["outbox"] if row["ledger"] is not None}
    again = [row["id"] for row in rows["ledger"] if source.damaged or row["id"] in known]
    _put(work, "outbox", ({"ledger": entry, "queued_at": at} for entry in sorted(set(again))))


def _prefix(rows: Iterable[Stored]) -> list[Stored]:
    """The audit from its beginning as far as no entry is missing, up to the last one that is signed."""
    by_number = {row["number"]: row for row in rows}
    kept: list[Stored] = []
    while (row := by_number.get(len(kept) + 1)) is not None:
        kept.append(row)
    while kept and kept[-1].get("signature") is None:
        kept.pop()
    return kept


def _note(
    work: Work,
    unlocked: Unlocked,
    entries: tuple[list[Stored], list[Stored]],
    saved: Mapping[bytes, list[Stored]],
    source: Source,
) -> set[bytes]:
    """Notes in the audit what was taken over without an entry of its own, and what is lost; whose versions are gone."""
    kept, everything = entries
    told = {(row["subject"], row["detail"]) for row in kept if row["action"] in _AUDITED}
    ever = told | {(row["subject"], row["detail"]) for row in everything if row["action"] in _AUDITED}
    ever -= {(row["subject"], row["detail"]) for row in everything if row["action"] == Action.TAKEN_BACK.value}
    reduced = {row["subject"] for row in kept if row["action"] == Action.PURGED.value}
    held = {(record, row["hash"]): row for record, own in saved.items() for row in own}
    device = work.driver.execute("SELECT device FROM laptop").fetchone()[0]
    deeds = [Deed(Action.RESTORED, device, source.stamp)]
    deeds += [Deed(Action.RESCUED, *key) for key in sorted(set(held) - told)]
    deeds += [Deed(Action.LOST, *key) for key in sorted(ever - set(held))]
    emptied = {record for (record, _), row in held.items() if not row["body"]} - reduced
    deeds += [Deed(Action.PURGED, record, saved[record][-1]["hash"]) for record in sorted(emptied)]
    audit.append(work, unlocked, source.at, deeds)
    return {record for record, _ in ever - set(held)}
