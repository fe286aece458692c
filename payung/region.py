"""Provinces, regencies, kecamatan and villages by their Kemendagri code, written with dots: `53.71.04.1001`.

Names are not keys: 62,677 names stand for 83,762 villages, two of them may lie in one kecamatan. Codes that old NIKs
carry and no list holds any more are known as obsolete. Source: resources/regions/manifest.json.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

import resources


class Kind(StrEnum):
    """What a region is, as its code and its official name tell."""

    PROVINSI = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DESA = "desa"
    DESA_ADAT = "desa adat"


_VILLAGES = {"1": Kind.KELURAHAN, "2": Kind.DESA, "3": Kind.DESA_ADAT}
_SHORT = (("Kabupaten ", "Kab. "), ("Kota ", "Kota "))
_KECAMATAN_SEGMENTS = 3


class Regions:
    """The regions of the country, or those of one laptop. Never changes; villages are unpacked when first asked for."""

    __slots__ = ("_children", "_local", "_names", "_obsolete", "_packed")

    def __init__(
        self,
        names: dict[str, str],
        *,
        packed: Mapping[str, str] | None = None,
        obsolete: Mapping[str, str] | None = None,
        local: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._names = names
        self._packed = packed or {}  # the villages of a kecamatan as one text: split ones cost three times the memory
        self._obsolete = dict(obsolete or {})
        self._local = local or {}
        children: dict[str, list[str]] = {}
        for code in names:
            children.setdefault(code.rpartition(".")[0], []).append(code)
        self._children = {parent: tuple(sorted(codes)) for parent, codes in children.items()}

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str]], obsolete: Mapping[str, str] | None = None) -> Regions:
        """Regions from (dotted code, name) pairs; `obsolete` maps an old code to its new one, "" when not known."""
        return cls(dict(rows), obsolete=obsolete, local=_local_names())

    def name(self, code: str) -> str:
        """Return the official name as listed ("Kabupaten Kupang", "Oebobo"); the code itself when the list has none."""
        self._unpack(code)
        return self._names.get(code, code)

    def exists(self, code: str) -> bool:
        """Whether the code is in force."""
        if code not in self._names:
            self._unpack(code)
        return code in self._names

    def children(self, code: str = "") -> tuple[str, ...]:
        """List the codes one level below, in order; of "" the provinces."""
        if code in self._packed:
            self._unpack(f"{code}.")
        return self._children.get(code, ())

    def obsolete(self, code: str) -> str | None:
        """For a code no longer in force the code that took its place ("" when that is not known), else None."""
        return self._obsolete.get(code)

    def kind(self, code: str) -> Kind:
        """Tell what the region is: by the number of segments, for villages by the fourth, for regencies by the name."""
        segments = code.split(".")
        if len(segments) == 1:
            return Kind.PROVINSI
        if len(segments) == 2:  # noqa: PLR2004 - a regency's code has two segments
            return Kind.KOTA if segments[1] >= "71" else Kind.KABUPATEN
        if len(segments) == _KECAMATAN_SEGMENTS:
            return Kind.KECAMATAN
        return _VILLAGES.get(segments[3][:1], Kind.DESA)

    def path(self, code: str) -> tuple[str, ...]:
        """List the names from the province down to the region."""
        segments = code.split(".")
        return tuple(self.name(".".join(segments[: depth + 1])) for depth in range(len(segments)))

    def title(self, code: str) -> str:
        """Return the name with its kind, in the word of the place: "Kel. Oebobo", "Distrik Sentani"."""
        name, kind = self.name(code), self.kind(code)
        if kind is Kind.PROVINSI:
            return f"Prov. {name}"
        if kind in (Kind.KABUPATEN, Kind.KOTA):
            return next((short + name.removeprefix(long) for long, short in _SHORT if name.startswith(long)), name)
        word = {Kind.KELURAHAN: "Kel.", Kind.DESA_ADAT: "Desa Adat"}.get(kind) or self._local_word(code, kind)
        return name if name.startswith(f"{word} ") else f"{word} {name}"

    def _local_word(self, code: str, kind: Kind) -> str:
        """Tell what a kecamatan or a desa is called in that part of the country."""
        words = self._local.get(kind.value, {})
        segments = code.split(".")
        prefixes = (".".join(segments[:length]) for length in range(len(segments), -1, -1))
        return next((words[prefix] for prefix in prefixes if prefix in words), kind.value.capitalize())

    def _unpack(self, code: str) -> None:
        """Read the villages of the kecamatan that `code` lies in, once."""
        parent = code.rpartition(".")[0]
        villages = self._packed.get(parent)
        if villages is None or parent in self._children:
            return
        pairs = [(f"{parent}.{village[:4]}", village[5:]) for village in villages.split("\t")]
        self._names.update(pairs)
        self._children[parent] = tuple(code for code, _ in pairs)


@cache
def load() -> Regions:
    """All regions of Indonesia, read once."""
    names: dict[str, str] = {}
    packed: dict[str, str] = {}
    for line in lzma.decompress(resources.read("regions", "regions.tsv.xz")).decode().splitlines():
        digits, name, *villages = line.split("\t", 2)
        code = ".".join(filter(None, (digits[:2], digits[2:4], digits[4:])))
        names[code] = name
        if villages:
            packed[code] = villages[0]
    rows = lzma.decompress(resources.read("regions", "obsolete.tsv.xz")).decode().splitlines()
    obsolete = {old: new for old, new, _ in (row.split("\t") for row in rows)}
    return Regions(names, packed=packed, obsolete=obsolete, local=_local_names())


@cache
def _local_names() -> dict[str, dict[str, str]]:
    """Read the words of resources/regions/local_names.json by kind and the code a region begins with."""
    found = json.loads(resources.read("regions", "local_names.json"))
    return {
        kind.value: {prefix: row["title"] for prefix, row in found[kind.value].items()}
        for kind in (Kind.KECAMATAN, Kind.DESA)
    }
