"""One measured figure, and the table they make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured: ours, and what it is held against in the same run and unit (None: nothing).

    The ratio of the two carries over to other machines; `target` says in words what is wanted.
    """

    name: str
    unit: str
    ours: float
    reference: float | None = None
    against: str = ""
    target: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by reference."""
        return None if not self.reference else self.ours / self.reference

    def document(self) -> dict[str, object]:
        """The figure for build/bench.json."""
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": round(self.ours, 4),
            "reference": None if self.reference is None else round(self.reference, 4),
            "against": self.against,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "target": self.target,
        }
