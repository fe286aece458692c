"""Which village and which TPS a row speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from desktop.workbook import vocabulary
from desktop.workbook.cells import words
from payung.bodies import Level
from payung.region import Regions

_TPS = re.compile(r"(?:tps|no|nomor|\s|[.:#-])*0*(\d{1,3})(?:\D.*)?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def tps_number(typed: str) -> int | None:
    """The number in '001', 'TPS 01', '1' or 'TPS 901 (lokasi khusus)'; None when there is none from 1 to 999."""
    found = _TPS.fullmatch(typed)
    return int(found[1]) or None if found else None


class Villages:
    """The villages a laptop serves, found by the names people write."""

    def __init__(self, codes: Iterable[str], regions: Regions) -> None:
        self._regions = regions
        self.codes = tuple(village for code in codes for village in _below(code, regions))
        self._by_name: dict[str, list[str]] = {}
        for code in self.codes:
            for form in {_bare(regions.name(code)), words(regions.name(code))}:
                self._by_name.setdefault(form, []).append(code)
        self._found: dict[tuple[str, str], str] = {}

    @property
    def only(self) -> str:
        """The one village served, "" when there are several."""
        return self.codes[0] if len(self.codes) == 1 else ""

    def find(self, name: str, kecamatan: str = "") -> str:
        """The code of the village of that name (in that kecamatan, when several share it), "" when none or many do."""
        key = (name, kecamatan)
        if key not in self._found:
            self._found[key] = self._find(name, kecamatan)
        return self._found[key]

    def _find(self, name: str, kecamatan: str) -> str:
        phrase = words(name)
        codes = self._by_name.get(phrase) or self._by_name.get(_bare(name)) or []
        if len(codes) > 1 and kecamatan:
            parent = _kecamatan(kecamatan)
            codes = [code for code in codes if words(self._regions.name(Level.KECAMATAN.place_of(code))) == parent]
        if len(codes) > 1:
            codes = [code for code in codes if words(self._regions.title(code)) == phrase]
        return codes[0] if len(codes) == 1 else ""

    def of(self, level: Level, village: str, kecamatan: str = "") -> str:
        """The place of a post of that level: the village itself or what it lies in; "" when nothing tells."""
        if village:
            return level.place_of(village)
        if level in (Level.TPS, Level.VILLAGE):
            return ""
        above = {level.place_of(code) for code in self.codes}
        if len(above) > 1 and kecamatan:
            above = {code for code in above if words(self._regions.name(code)) == _kecamatan(kecamatan)}
        return above.pop() if len(above) == 1 else ""

    def named_in(self, titles: Sequence[str]) -> str:
        """The one village whose name, with its kind before it, stands in a title: 'KELURAHAN OEBOBO'; else ""."""
        kinds = vocabulary.load().village_kinds
        joined = f" {' '.join(words(title) for title in titles)} "
        found = {
            code
            for code in self.codes
            if any(f" {kind} {_bare(self._regions.name(code))} " in joined for kind in kinds)
        }
        return found.pop() if len(found) == 1 else ""


def _kecamatan(name: str) -> str:
    return words(name).removeprefix("kecamatan ").removeprefix("kec ").removeprefix("distrik ")


def _bare(name: str) -> str:
    """The name without its kind: 'Kel. Oebobo' is 'oebobo'."""
    phrase = words(name)
    kind = next((kind for kind in vocabulary.load().village_kinds if phrase.startswith(f"{kind} ")), "")
    return phrase.removeprefix(f"{kind} ") if kind else phrase


def _below(code: str, regions: Regions) -> tuple[str, ...]:
    """The villages in a region, or the village itself."""
    if code.count(".") + 1 >= Level.VILLAGE.segments:
        return (code,)
    return tuple(village for child in regions.children(code) for village in _below(child, regions))
