"""How a saved version becomes rows: the record as it stands, its revision, its place in the outbox, its audit entry.

Drafts become revisions too, but not for the office: the next version meant for it follows the last one that was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from desktop.store import audit
from desktop.store.audit import Action, Deed
from desktop.store.errors import Purged, UnknownRecord
from desktop.store.statements import Command, Query, Work
from desktop.store.tables import Record, SavedRevision, Waiting
from desktop.store.vault import Unlocked
from payung import nik
from payung.enrolment import State
from payung.facts import Facts
from payung.problem import Problem, Severity
from sync.revision import Kind, Revision


class Exchange(StrEnum):
    """How far the newest version meant for the office has come."""

    NONE = "none"
    QUEUED = "queued"
    SENT = "sent"
    WAITING = "waiting"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a record stands: how often saved, its last version for the office, `parent` what the next one follows."""

    record: UUID
    ordinal: int
    number: int
    hash: bytes | None
    parent: bytes | None
    state: State
    exchange: Exchange
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version about to be kept, with the head it follows and what was found about it."""

    head: Head
    revision: Revision
    facts: Facts
    state: State
    problems: tuple[Problem, ...]
    for_office: bool


_HEAD = Query(
    select(
        Record.id,
        Record.ordinal,
        Record.number,
        Record.hash,
        Record.parent,
        Record.state,
        Record.exchange,
        Record.withdrawn,
    ).where(Record.id == bindparam("record"))
)
_FOUND = Query(select(Record.problems).where(Record.id == bindparam("record")))
_BODIES = Query(
    select(SavedRevision.body).where(SavedRevision.record == bindparam("record")).order_by(SavedRevision.ordinal.desc())
)
_ADD_RECORD = Command(insert(Record))
_CHANGE_RECORD = Command(
    update(Record).where(Record.id == bindparam("record")),
    (
        "place",
        "tps",
        "post",
        "seat",
        "nik",
        "name",
        "state",
        "exchange",
        "withdrawn",
        "ordinal",
        "number",
        "hash",
        "parent",
        "problems",
        "verdict_code",
        "verdict_detail",
        "changed_at",
    ),
)
_ADD_REVISION = Command(insert(SavedRevision))
_ADD_WAITING = Command(insert(Waiting))


def fresh(record: UUID) -> Head:
    """The head of a record that has never been saved."""
    return Head(record, 0, 0, None, None, State.DRAFT, Exchange.NONE, withdrawn=False)


def find(work: Work, record: UUID) -> Head | None:
    """Where the record stands; None when there is none."""
    row = work.one(_HEAD, record=record)
    if row is None:
        return None
    found, ordinal, number, known, parent, state, exchange, withdrawn = row
    return Head(found, ordinal, number, known, parent, State(state), Exchange(exchange), withdrawn)


def head(work: Work, record: UUID) -> Head:
    """Where the record stands; UnknownRecord when there is none."""
    found = find(work, record)
    if found is None:
        raise UnknownRecord
    return found


def newest_facts(work: Work, record: UUID) -> Facts:
    """The facts as last saved, before a withdrawal if there was one; UnknownRecord, Purged."""
    for (body,) in work.each(_BODIES, record=record):
        if not body:
            raise Purged
        facts = Revision.decode(body).facts
        if facts is not None:
            return facts
    raise UnknownRecord


def newest(work: Work, record: UUID) -> Revision:
    """The newest version; UnknownRecord, Purged."""
    row = work.one(_BODIES, record=record)
    if row is None:
        raise UnknownRecord
    if not row[0]:
        raise Purged
    return Revision.decode(row[0])


def purged(work: Work, record: UUID) -> bool:
    """Whether the record's full data were taken off this laptop."""
    newest = work.one(_BODIES, record=record)
    return newest is not None and not newest[0]


def found(work: Work, record: UUID) -> tuple[Problem, ...]:
    """What was found about the record when it was saved last."""
    row = work.one(_FOUND, record=record)
    return () if row is None else unpacked(row[0])


def keep(
    work: Work, unlocked: Unlocked, at: datetime, versions: Sequence[Version], *, closing: Sequence[Deed] = ()
) -> None:
    """Writes the versions of one action, their audit entries and, where meant for the office, their outbox rows.

    `closing` are deeds that stand after those of the versions, in the same action.
    """
    bodies = [version.revision.body() for version in versions]
    hashes = [hashlib.sha256(body).digest() for body in bodies]
    records = [_record(version, digest, at) for version, digest in zip(versions, hashes, strict=True)]
    work.many(_ADD_RECORD, (row for row, version in zip(records, versions, strict=True) if not version.head.ordinal))
    work.many(_CHANGE_RECORD, (row for row, version in zip(records, versions, strict=True) if version.head.ordinal))
    work.many(
        _ADD_REVISION,
        (
            {
                "record": version.head.record,
                "ordinal": version.head.ordinal + 1,
                "number": version.revision.number,
                "for_office": version.for_office,
                "operator": version.revision.operator,
                "hash": digest,
                "body": body,
            }
            for version, digest, body in zip(versions, hashes, bodies, strict=True)
        ),
    )
    work.many(
        _ADD_WAITING,
        (
            {"record": version.head.record, "ordinal": version.head.ordinal + 1, "queued_at": at}
            for version in versions
            if version.for_office
        ),
    )
    deeds = [
        Deed(_action(version.revision.kind), version.head.record.bytes, digest)
        for version, digest in zip(versions, hashes, strict=True)
    ]
    audit.append(work, unlocked, at, [*deeds, *closing])


def _action(kind: Kind) -> Action:
    return Action.SAVED if kind is Kind.SAVED else Action.WITHDRAWN


def _record(version: Version, digest: bytes, at: datetime) -> dict[str, Any]:
    before, facts = version.head, version.facts
    return {
        "id": before.record,
        "record": before.record,
        "place": facts.place,
        "tps": facts.tps,
        "post": facts.post,
        "seat": facts.seat,
        "nik": nik.digits(facts.nik),
        "name": facts.name,
        "state": version.state.value,
        "exchange": (Exchange.QUEUED if version.for_office else before.exchange).value,
        "withdrawn": version.revision.kind is not Kind.SAVED,
        "ordinal": before.ordinal + 1,
        "number": version.revision.number if version.for_office else before.number,
        "hash": digest if version.for_office else before.hash,
        "parent": digest if version.for_office else before.parent,
        "problems": packed(version.problems),
        "changed_at": at,
    }


def packed(problems: Iterable[Problem]) -> str:
    """Problems as the record keeps them."""
    if not problems:
        return "[]"
    return json.dumps(
        [[problem.field, problem.code, problem.severity.value, dict(problem.facts)] for problem in problems],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpacked(text: str) -> tuple[Problem, ...]:
    """The problems `packed` was given."""
    return tuple(Problem(field, code, Severity(severity), facts) for field, code, severity, facts in json.loads(text))
