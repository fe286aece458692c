"""Rupiah as whole numbers. Sen are refused rather than rounded; float() would read "850.000" as 850."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"(?:rp\.? *)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?:-|00))?", re.IGNORECASE)


def rupiah(amount: int) -> str:
    """As printed: `Rp1.200.000`, without a blank; a debt as `-Rp5.000`."""
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


def read(text: str) -> int | None:
    """Whole rupiah from "Rp 1.200.000,-", "Rp. 850.000,00" or "850000"; None where the text is anything else."""
    found = _AMOUNT.fullmatch(" ".join(text.split()))
    return int(found[1].replace(".", "")) if found and found[1].isascii() else None
