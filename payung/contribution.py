"""The contribution owed for an officer: whole rupiah, JKK and JKM apart, by the tariff of the day.

Practice is 0.24 % + 0.30 % of a wage base; what the base is differs by region and scheme (`payung.tariff`). How many
months are paid is a decision of whoever pays, never derived; `problems` says where they do not reach over the term.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from payung import cover, dates
from payung.event import Post, Term
from payung.problem import Problem, Severity
from payung.tariff import Bracket, Programme, Scheme, Segment, Tariff, Tariffs

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Contribution:
    """What is owed for one officer: `base`, `jkk` and `jkm` in rupiah a month, for `months` months."""

    base: int
    jkk: int
    jkm: int
    months: int = 1

    @property
    def monthly(self) -> int:
        """Both programmes together, rupiah a month."""
        return self.jkk + self.jkm

    @property
    def total(self) -> int:
        """Both programmes for all months, rupiah."""
        return self.monthly * self.months


def wage_base(post: Post, *, tariffs: Tariffs, scheme: str, region: str, on: date) -> int | None:
    """Return the wage base of a post in a region on a day, rupiah a month; None where the honorarium is not known.

    DataError when no scheme or base rule is there for the day.
    """
    rule = tariffs.base_rule(tariffs.scheme(scheme), region, on=on)
    return rule.wage(post.honorarium)


def owed(base: int, *, months: int, tariffs: Tariffs, scheme: str, on: date) -> Contribution:
    """Compute what is owed on a wage base (rupiah a month) for a number of months, by the rows that hold on that day.

    Each programme is rounded apart, by the rounding named in the tariff files. DataError when no row holds.
    """
    if base < 0 or months < 0:
        raise ValueError("a wage base and a number of months are not negative")
    chosen = tariffs.scheme(scheme)
    counted = _nominal(base, chosen, tariffs)
    jkk, jkm = (
        _monthly(counted, tariffs.tariff(programme, chosen, on=on), tariffs)
        for programme in (Programme.JKK, Programme.JKM)
    )
    return Contribution(base=base, jkk=jkk, jkm=jkm, months=months)


def months_of(term: Term) -> int:
    """Count the calendar months a term touches: what would cover it whole."""
    return (term.end.year - term.start.year) * _MONTHS + term.end.month - term.start.month + 1


def paid_period(first: date, months: int) -> Term | None:
    """Return the days that so many monthly contributions stand for, from the month of `first` on; None for no month."""
    if months < 1:
        return None
    start = first.replace(day=1)
    years, month = divmod(start.month - 1 + months, _MONTHS)
    return Term(start, date(start.year + years, month + 1, 1) - timedelta(days=1))


def problems(term: Term | None, *, first: date, months: int) -> tuple[Problem, ...]:
    """Warn of each stretch of the term that the paid months leave out; an unknown term has none."""
    if term is None:
        return ()
    paid = paid_period(first, months)
    return tuple(
        Problem(
            "months",
            "contribution.gap",
            Severity.WARNING,
            {"months": str(months), "start": dates.short(gap.start), "end": dates.short(gap.end)},
        )
        for gap in cover.gaps(term, (paid,) if paid else ())
    )


def _nominal(base: int, scheme: Scheme, tariffs: Tariffs) -> int:
    """Return the nominal base of the BPU bracket the income lies in; the income itself where there is no such table."""
    if scheme.segment is not Segment.BPU:
        return base
    return next((bracket.base for bracket in tariffs.brackets if _holds(bracket, base)), base)


def _holds(bracket: Bracket, base: int) -> bool:
    return bracket.lowest <= base and (bracket.highest is None or base <= bracket.highest)


def _monthly(base: int, tariff: Tariff, tariffs: Tariffs) -> int:
    if tariff.per_10000 is None:
        return tariff.flat or 0
    amount = tariffs.rounding.whole(base * tariff.per_10000)
    if tariff.minimum is not None:
        amount = max(amount, tariff.minimum)
    return amount if tariff.maximum is None else min(amount, tariff.maximum)
