"""Whether the records that were saved stand: what every path that opens a store is held to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from desktop.store import enrolments
from desktop.store.database import Store, check
from desktop.store.errors import UnknownRecord
from tests.faults import grounds
from tests.faults.words import Word


def sound(store: Store, standing: int = grounds.STANDING) -> Iterator[str]:
    """The check finds nothing, and so many records stand; else those of the prepared laptop."""
    report = check(store)
    yield from (f"the check found {finding.code} {finding.detail}" for finding in report.findings)
    if (report.records or 0) < standing:
        yield f"only {report.records} records stand"


def records(store: Store, words: Sequence[Word]) -> Iterator[str]:
    """Saved records stand in the version acknowledged or one begun later; withdrawn ones are."""
    saved, begun, withdrawing, withdrawn = {}, {}, set(), set()
    for word in words:
        match word:
            case {"kind": "saved", "id": record, "version": version}:
                saved[record] = begun[record] = version
            case {"kind": "saving", "id": record, "version": version}:
                begun[record] = version
            case {"kind": "withdrawing", "id": record}:
                withdrawing.add(record)
            case {"kind": "withdrawn", "id": record}:
                withdrawn.add(record)
            case _:
                pass
    for record, version in saved.items():
        try:
            found = enrolments.get(store, UUID(record))
        except UnknownRecord:
            yield f"record {record} is lost"
            continue
        stands = int(found.facts.address.rsplit(" ", 1)[1])
        if not version <= stands <= begun[record]:
            yield f"record {record} stands in version {stands}, not {version}"
        if (record in withdrawn and not found.withdrawn) or (found.withdrawn and record not in withdrawing):
            yield f"record {record}: withdrawn is {found.withdrawn}"
