"""What is written about a person on the KTP and in lists: sex, blood group."""

from __future__ import annotations

from enum import StrEnum


class Sex(StrEnum):
    """As lists and BPJS's forms write it: L laki-laki, P perempuan."""

    L = "L"
    P = "P"


class Blood(StrEnum):
    """Golongan darah, as BPJS's intake wants it."""

    A = "A"
    B = "B"
    AB = "AB"
    O = "O"  # noqa: E741
