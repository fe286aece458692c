"""What BPJS Ketenagakerjaan charges, by date: rates per programme, the wage base, rounding. Each row with its source.

Files: resources/tariffs/*.json, read together. Rates are whole parts of 10,000 (24 is 0.24 %), money is whole rupiah a
month. A record keeps what it was computed with; nothing is ever computed anew from a later row.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

import resources
from payung.document import Fields, bad
from payung.errors import DataError
from payung.event import Confidence


class Segment(StrEnum):
    """Penerima upah (an employer pays) or bukan penerima upah (self-employed)."""

    PU = "PU"
    BPU = "BPU"


class Programme(StrEnum):
    """Jaminan Kecelakaan Kerja, Jaminan Kematian."""

    JKK = "JKK"
    JKM = "JKM"


class RiskClass(StrEnum):
    """How dangerous the work is, in the five classes of PP 44/2015."""

    VERY_LOW = "sangat-rendah"
    LOW = "rendah"
    MEDIUM = "sedang"
    HIGH = "tinggi"
    VERY_HIGH = "sangat-tinggi"


class Base(StrEnum):
    """What counts as the wage: the honorarium, the honorarium but at least an amount, or an amount for all."""

    HONOR = "HONOR"
    FLOOR = "FLOOR"
    FIXED = "FIXED"


class RoundingRule(StrEnum):
    """Which way a contribution is brought to whole units."""

    HALF_UP = "half-up"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day a row holds, both included; None is open."""

    start: date | None
    end: date | None

    def holds(self, on: date) -> bool:
        """Whether the day lies in the period."""
        return (self.start or date.min) <= on <= (self.end or date.max)

    def overlaps(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        latest_start = max(self.start or date.min, other.start or date.min)
        return latest_start <= min(self.end or date.max, other.end or date.max)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The rate of one programme in one segment: parts of 10,000 of the base, or a flat sum; one of them is None.

    `minimum` and `maximum` bound the result, rupiah a month. `risk_class` None holds for all classes.
    """

    segment: Segment
    programme: Programme
    risk_class: RiskClass | None
    per_10000: int | None
    flat: int | None
    minimum: int | None
    maximum: int | None
    period: Period
    legal_ref: str
    source: str
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to enrol: its segment and, for PU, the risk class."""

    code: str
    name: str
    segment: Segment
    risk_class: RiskClass | None
    source: str
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class BaseRule:
    """What the wage base is in a region (and all below it; "" is the country) under a scheme."""

    scheme: str
    region: str
    rule: Base
    amount: int | None
    period: Period
    source: str
    confidence: Confidence
    note: str = ""

    def wage(self, honorarium: int | None) -> int | None:
        """Return the base in rupiah a month; None when the honorarium it follows from is not known."""
        if self.rule is Base.FIXED:
            return self.amount
        if honorarium is None or self.rule is Base.HONOR:
            return honorarium
        return max(honorarium, self.amount or 0)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A band of BPU incomes (rupiah a month) and the nominal base that stands for it."""

    lowest: int
    highest: int | None
    base: int
    source: str


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a contribution becomes whole: the rule, and the unit in rupiah."""

    rule: RoundingRule
    unit: int
    source: str
    confidence: Confidence
    note: str = ""

    def whole(self, ten_thousandths: int) -> int:
        """Bring a sum in ten-thousandths of a rupiah to whole units, in rupiah."""
        step = self.unit * 10_000
        extra = {RoundingRule.HALF_UP: step // 2, RoundingRule.UP: step - 1, RoundingRule.DOWN: 0}[self.rule]
        return (ten_thousandths + extra) // step * self.unit


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Everything the tariff files say. Asking for what no row covers is a DataError."""

    version: int
    tariffs: tuple[Tariff, ...]
    schemes: tuple[Scheme, ...]
    base_rules: tuple[BaseRule, ...]
    brackets: tuple[Bracket, ...]
    rounding: Rounding

    def scheme(self, code: str) -> Scheme:
        """Find the scheme with that code."""
        found = next((scheme for scheme in self.schemes if scheme.code == code), None)
        if found is None:
            raise DataError(path=f"schemes.{code}", what="missing")
        return found

    def tariff(self, programme: Programme, scheme: Scheme, *, on: date) -> Tariff:
        """Find the rate of a programme under a scheme on a day."""
        for row in self.tariffs:
            fits = row.segment is scheme.segment and row.programme is programme
            if fits and row.risk_class in (None, scheme.risk_class) and row.period.holds(on):
                return row
        raise DataError(path=f"tariffs.{scheme.segment}.{programme}.{on.isoformat()}", what="missing")

    def base_rule(self, scheme: Scheme, region: str, *, on: date) -> BaseRule:
        """Find the wage base of a scheme on a day: the row of the smallest region that `region` (dotted) lies in."""
        rows = [
            row
            for row in self.base_rules
            if row.scheme == scheme.code and row.period.holds(on) and _within(region, row.region)
        ]
        if not rows:
            raise DataError(path=f"base_rules.{scheme.code}.{region}.{on.isoformat()}", what="missing")
        return max(rows, key=lambda row: len(row.region))


@cache
def load() -> Tariffs:
    """Read the tariff files that ship with Payung."""
    return from_json(file.read_bytes() for file in sorted(resources.path("tariffs").glob("*.json")))


def from_json(texts: Iterable[bytes | str]) -> Tariffs:
    """Read tariff files together; whatever is not as it must be is a DataError naming its JSON path.

    One of them, and only one, says how to round. Two rows that would hold for the same day are refused.
    """
    version = 0
    tariffs: list[Tariff] = []
    schemes: list[Scheme] = []
    base_rules: list[BaseRule] = []
    brackets: list[Bracket] = []
    roundings: list[Rounding] = []
    for text in texts:
        top = Fields.parse(text)
        version = max(version, top.count("version"))
        top.text("note", "")
        tariffs += [_tariff(row) for row in top.each("tariffs")]
        schemes += [_scheme(row) for row in top.each("schemes")]
        base_rules += [_base_rule(row) for row in top.each("base_rules")]
        brackets += [_bracket(row) for row in top.each("brackets")]
        if "rounding" in top.keys():  # noqa: SIM118 - Fields is no mapping
            roundings.append(_rounding(top.fields("rounding")))
        top.done()
    if len(roundings) != 1:
        raise bad("rounding", "double" if roundings else "missing")
    _apart("tariffs", [((row.segment, row.programme, row.risk_class), row.period) for row in tariffs])
    _apart("base_rules", [((row.scheme, row.region), row.period) for row in base_rules])
    return Tariffs(version, tuple(tariffs), tuple(schemes), tuple(base_rules), tuple(brackets), roundings[0])


def _within(region: str, whole: str) -> bool:
    """Whether the region is the whole or lies in it; "" is the country."""
    return not whole or f"{region}.".startswith(f"{whole}.")


def _apart(path: str, rows: Sequence[tuple[Hashable, Period]]) -> None:
    """Hold that no two rows with one key share a day: the answer would hang on the order of lines."""
    periods: dict[Hashable, list[Period]] = {}
    for index, (key, period) in enumerate(rows):
        others = periods.setdefault(key, [])
        if any(period.overlaps(other) for other in others):
            raise bad(f"{path}[{index}]", "double")
        others.append(period)


def _period(given: Fields) -> Period:
    period = Period(given.day_or_none("from"), given.day_or_none("to"))
    if period.start and period.end and period.end < period.start:
        raise bad(given.at("to"), "range")
    return period


def _tariff(given: Fields) -> Tariff:
    tariff = Tariff(
        segment=given.choice("segment", Segment),
        programme=given.choice("programme", Programme),
        risk_class=given.choice_or_none("risk_class", RiskClass),
        per_10000=given.count_or_none("per_10000"),
        flat=given.count_or_none("flat"),
        minimum=given.count_or_none("minimum"),
        maximum=given.count_or_none("maximum"),
        period=_period(given),
        legal_ref=given.filled("legal_ref"),
        source=given.filled("source"),
        confidence=given.choice("confidence", Confidence),
        note=given.text("note", ""),
    )
    given.done()
    if (tariff.per_10000 is None) == (tariff.flat is None):
        raise bad(given.at("flat"), "value")
    return tariff


def _scheme(given: Fields) -> Scheme:
    scheme = Scheme(
        code=given.filled("code"),
        name=given.filled("name"),
        segment=given.choice("segment", Segment),
        risk_class=given.choice_or_none("risk_class", RiskClass),
        source=given.filled("source"),
        confidence=given.choice("confidence", Confidence),
        note=given.text("note", ""),
    )
    given.done()
    return scheme


def _base_rule(given: Fields) -> BaseRule:
    rule = BaseRule(
        scheme=given.filled("scheme"),
        region=given.text("region"),
        rule=given.choice("rule", Base),
        amount=given.count_or_none("amount"),
        period=_period(given),
        source=given.filled("source"),
        confidence=given.choice("confidence", Confidence),
        note=given.text("note", ""),
    )
    given.done()
    if (rule.amount is None) != (rule.rule is Base.HONOR):
        raise bad(given.at("amount"), "value")
    return rule


def _bracket(given: Fields) -> Bracket:
    bracket = Bracket(
        given.count("lowest"), given.count_or_none("highest"), given.count("base"), given.filled("source")
    )
    given.done()
    return bracket


def _rounding(given: Fields) -> Rounding:
    rounding = Rounding(
        rule=given.choice("rule", RoundingRule),
        unit=given.count("unit"),
        source=given.filled("source"),
        confidence=given.choice("confidence", Confidence),
        note=given.text("note", ""),
    )
    given.done()
    if not rounding.unit:
        raise bad(given.at("unit"), "range")
    return rounding
