"""The list of refused rows as a CSV that opens in a spreadsheet and runs nothing. It holds no NIK and no name."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from desktop.workbook.rows import Refusal
from payung import wording

HEADINGS = {
    "id": ("Lembar", "Baris", "Kolom", "Kode", "Keterangan"),
    "en": ("Sheet", "Row", "Column", "Code", "What to do"),
}
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "%", "|")


def write(path: Path, refusals: Iterable[Refusal], *, lang: str = "id") -> int:
    """Write the refusals, one a line, semicolons between, UTF-8 with a byte order mark; the number of lines.

    The file appears whole or not at all. OSError when the disk does not take it.
    """
    count = 0
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file, delimiter=";")
            table.writerow(HEADINGS.get(lang, HEADINGS["id"]))
            for refusal in refusals:
                table.writerow(_line(refusal, lang))
                count += 1
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return count


def _line(refusal: Refusal, lang: str) -> tuple[str, int, str, str, str]:
    sentence = wording.of(refusal.problem, lang)
    return harmless(refusal.sheet), refusal.row, refusal.column, refusal.code, harmless(sentence)


def harmless(typed: str) -> str:
    """Text that no spreadsheet takes for a formula: what would start one gets an apostrophe before it."""
    return f"'{typed}" if typed.lstrip().startswith(_STARTS_FORMULA) or typed.startswith(_STARTS_FORMULA) else typed
