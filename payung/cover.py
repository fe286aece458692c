"""How far an officer's cover has come, which steps are allowed, and what a paper may say about it.

Cover is not created by enrolling: BPJS gives a number (KPJ) once the forms are complete and correct and the first
contribution is paid in full (Permenaker 1/2025 art. 3A). Until both are on record, no paper says more than "diusulkan".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from payung.event import Term


class CoverState(StrEnum):
    """The steps from a draft to cover in force, by their official words."""

    DRAF = "draf"
    TERSIMPAN = "tersimpan"
    TERKIRIM = "terkirim"
    DIUSULKAN = "diusulkan"  # handed to BPJS in a batch
    TERDAFTAR = "terdaftar"  # KPJ received
    AKTIF = "aktif"  # proof of payment recorded
    DITOLAK = "ditolak"
    PERBAIKAN = "perbaikan"
    NONAKTIF = "nonaktif"


_NEXT: dict[CoverState, frozenset[CoverState]] = {
    CoverState.DRAF: frozenset({CoverState.TERSIMPAN, CoverState.NONAKTIF}),
    CoverState.TERSIMPAN: frozenset({CoverState.DRAF, CoverState.TERKIRIM, CoverState.NONAKTIF}),
    CoverState.TERKIRIM: frozenset(
        {CoverState.TERSIMPAN, CoverState.DIUSULKAN, CoverState.PERBAIKAN, CoverState.DITOLAK, CoverState.NONAKTIF}
    ),
    CoverState.DIUSULKAN: frozenset(
        {CoverState.TERDAFTAR, CoverState.PERBAIKAN, CoverState.DITOLAK, CoverState.NONAKTIF}
    ),
    CoverState.TERDAFTAR: frozenset({CoverState.AKTIF, CoverState.PERBAIKAN, CoverState.NONAKTIF}),
    CoverState.AKTIF: frozenset({CoverState.TERDAFTAR, CoverState.NONAKTIF}),
    CoverState.PERBAIKAN: frozenset({CoverState.TERSIMPAN, CoverState.DITOLAK, CoverState.NONAKTIF}),
    CoverState.DITOLAK: frozenset({CoverState.PERBAIKAN, CoverState.NONAKTIF}),
    CoverState.NONAKTIF: frozenset(),
}


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the office has on record about one officer's cover; `kpj` is "" until BPJS gave a number."""

    state: CoverState
    kpj: str = ""
    paid: bool = False


def may_follow(before: CoverState, after: CoverState) -> bool:
    """Tell whether a record may step from one state to the other; staying is no step."""
    return after in _NEXT[before]


def following(state: CoverState) -> frozenset[CoverState]:
    """Return the states that may come next; after `NONAKTIF` there is none."""
    return _NEXT[state]


def on_paper(record: OnRecord) -> CoverState:
    """Return the state that may be printed; never more than what is on record, and never that cover is in force.

    `TERDAFTAR` needs both the KPJ and the payment; a state that claims as much without them is printed as `DIUSULKAN`.
    """
    if record.state in {CoverState.TERDAFTAR, CoverState.AKTIF}:
        return CoverState.TERDAFTAR if record.kpj and record.paid else CoverState.DIUSULKAN
    return record.state


def gaps(term: Term, periods: Iterable[Term]) -> tuple[Term, ...]:
    """Return the stretches of a term that none of the paid periods covers, in order."""
    missing: list[Term] = []
    uncovered = term.start
    for period in sorted(periods, key=lambda period: period.start):
        if period.end < uncovered:
            continue
        if period.start > term.end:
            break
        if period.start > uncovered:
            missing.append(Term(uncovered, _before(period.start)))
        uncovered = period.end + timedelta(days=1)
    if uncovered <= term.end:
        missing.append(Term(uncovered, term.end))
    return tuple(missing)


def overlap(one: Term, other: Term) -> Term | None:
    """Return the days two terms have in common, None when there are none."""
    return Term(max(one.start, other.start), min(one.end, other.end)) if one.overlaps(other) else None


def _before(day: date) -> date:
    return day - timedelta(days=1)
