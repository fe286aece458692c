"""Bodies and levels of the ad-hoc election officers, as UU 7/2017 and the election events name them."""

from __future__ import annotations

from enum import StrEnum


class Institution(StrEnum):
    """On whose side a body stands; an office sees only its own side."""

    KPU = "KPU"
    BAWASLU = "BAWASLU"


class Level(StrEnum):
    """What kind of place a post belongs to. The place's region code has 2, 3 or 4 segments accordingly."""

    TPS = "tps"
    VILLAGE = "village"
    KECAMATAN = "kecamatan"
    KABUPATEN = "kabupaten"

    @property
    def segments(self) -> int:
        """How many segments of a Kemendagri code name such a place (a TPS is named by its village and number)."""
        return _SEGMENTS[self]

    def place_of(self, region: str) -> str:
        """Return the code of this level's place that `region` (dotted code) lies in, or `region` when it is shorter."""
        return ".".join(region.split(".")[: self.segments])


_SEGMENTS = {Level.TPS: 4, Level.VILLAGE: 4, Level.KECAMATAN: 3, Level.KABUPATEN: 2}
