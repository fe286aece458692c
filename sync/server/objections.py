"""What a rule has against a revision, before anything is known of its record. The rules are those of the laptop."""

from __future__ import annotations

from datetime import date

from payung import enrolment
from payung.event import Event
from payung.problem import Problem, Severity
from payung.region import Regions
from sync.revision import Kind, Revision
from sync.trust import DeviceCertificate


def against(
    revision: Revision, *, certificate: DeviceCertificate, event: Event, on: date, regions: Regions
) -> Problem | None:
    """Find the first reason to refuse the revision, or None. Warnings do not refuse: a person settled them."""
    if revision.event_version > event.version:
        return _refused("event.newer", {"found": str(revision.event_version), "known": str(event.version)})
    if revision.extra:
        return _refused("record.newer", {})
    facts = revision.facts
    if facts is None:
        return _refused("record.empty", {}) if revision.kind is Kind.SAVED else None
    if not certificate.covers(facts.place):
        return Problem("place", "place.foreign", Severity.ERROR, {"place": facts.place})
    found = enrolment.problems(facts, event=event, on=on, regions=regions)
    return next((problem for problem in found if problem.severity is Severity.ERROR), None)


def _refused(code: str, facts: dict[str, str]) -> Problem:
    return Problem("", code, Severity.ERROR, facts)
