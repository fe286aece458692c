"""Invented officers for the store's tests: NIK serials 99xx, names that stand in no other text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from payung.facts import Facts
from payung.person import Sex
from tests.laptops import VILLAGE, letters

NAME = "MARIATUNANUBA XYLOFONIA"
MOTHER = "ZULAIKHAWATI QUEENDARA"
NIK = "5371041508969901"


def officer(**changes: Any) -> Facts:  # noqa: ANN401
    """A KPPS member of TPS 4 about whom nothing is wrong."""
    said: dict[str, Any] = {
        "place": VILLAGE,
        "post": "kpps-anggota",
        "tps": 4,
        "nik": NIK,
        "name": NAME,
        "birthplace": "Kupang",
        "birthdate": date(1996, 8, 15),
        "sex": Sex.L,
        "mother": MOTHER,
    }
    return Facts(**(said | changes))


def officers(count: int, *, village: str = VILLAGE) -> Iterator[Facts]:
    """That many different members, TPS after TPS, seven to each."""
    for number in range(count):
        born = date(1980, 1, 1) + timedelta(days=number)
        tps, seat = divmod(number, 7)
        yield officer(
            place=village,
            tps=tps + 1,
            post="kpps-anggota" if seat else "kpps-ketua",
            nik=f"537104{born:%d%m%y}9901",
            name=f"PETUGAS {letters(number)}",
            birthdate=born,
        )
