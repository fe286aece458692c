"""A form half filled, as it is kept in the store: text by field, and where the cursor stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BEGUN = ("nik", "name", "birthplace", "birthdate", "sex", "phone", "rt_rw", "address", "mother")
_CURSOR, _CONFIRMED, _AUTOMATIC = "_cursor", "_confirmed", "_automatic"
_MENDING, _REPLACING = "_mending", "_replacing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`automatic` names the fields the NIK filled in, `mending` that a sent record is being corrected.

    `replacing`: the fields are those of whoever takes the seat over.
    """

    fields: Mapping[str, str]
    focus: str = ""
    cursor: int = 0
    confirmed: tuple[str, ...] = ()
    automatic: tuple[str, ...] = ()
    mending: bool = False
    replacing: bool = False

    @property
    def begun(self) -> bool:
        """Whether anything of the officer was typed, beyond what the form offers by itself."""
        return any(self.fields.get(name, "").strip() for name in BEGUN)

    def packed(self) -> dict[str, str]:
        """Everything but the focus in one mapping of text."""
        kept = {name: value for name, value in self.fields.items() if value}
        kept[_CURSOR] = str(self.cursor)
        kept[_CONFIRMED] = " ".join(self.confirmed)
        kept[_AUTOMATIC] = " ".join(self.automatic)
        kept[_MENDING] = "1" if self.mending else ""
        kept[_REPLACING] = "1" if self.replacing else ""
        return kept


def unpacked(kept: Mapping[str, str], focus: str) -> Draft:
    """The draft of what `Draft.packed` gave."""
    cursor = kept.get(_CURSOR, "0")
    return Draft(
        fields={name: value for name, value in kept.items() if not name.startswith("_")},
        focus=focus,
        cursor=int(cursor) if cursor.isdigit() else 0,
        confirmed=tuple(kept.get(_CONFIRMED, "").split()),
        automatic=tuple(kept.get(_AUTOMATIC, "").split()),
        mending=bool(kept.get(_MENDING)),
        replacing=bool(kept.get(_REPLACING)),
    )
