"""Keying a NIK twice, where the office wants it: after sixteen figures the field empties and asks again, unseen.

A third keying settles a difference: the NIK holds when it is what was keyed before.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.ui.officer_form import OfficerForm
from payung import nik

GROUPS = ((0, 6), (6, 12), (12, 16))


class SecondKeying(QObject):
    """`emptied`: the NIK's field was emptied for the next keying."""

    emptied = Signal()

    def __init__(self, form: OfficerForm) -> None:
        super().__init__(form)
        self._form = form
        self.on = False
        self._keyed: tuple[str, ...] = ()  # what was keyed so far, not yet agreeing
        self._agreed = ""

    def open(self, known: str) -> None:
        """Turn to another seat; `known` is the NIK its record holds already."""
        self._keyed, self._agreed = (), nik.digits(known)
        self._form.again.hide()

    def keyed(self) -> bool:
        """Take what stands in the field once it is whole; True when it is asked for again."""
        typed = nik.digits(self._form.fields.value("nik"))
        if not self.on or len(typed) != nik.LENGTH or typed == self._agreed:
            return False
        if typed in self._keyed:
            self.open(typed)
            return False
        self._keyed = (*self._keyed[-1:], typed)
        self._ask_again()
        return True

    def kept(self, fields: Mapping[str, str]) -> dict[str, str]:
        """The fields for a draft: what was keyed first is not lost while the second is awaited."""
        kept = dict(fields)
        if self._keyed and not nik.digits(kept.get("nik", "")):
            kept["nik"] = self._keyed[-1]
        return kept

    def _ask_again(self) -> None:
        title, text = self.tr("Key the NIK once more"), self.tr("Read it from the KTP again, not from memory.")
        if len(self._keyed) > 1:
            title = self.tr("The two differ: {groups}").format(groups=difference(*self._keyed))
            text = self.tr("Compare with the KTP, then key the NIK once more.")
        self._form.again.say(title, text)
        self._form.fields.write("nik", "")
        self._form.fields.tell("nik", None)
        self._form.go_to("nik")
        self.emptied.emit()


def difference(one: str, other: str) -> str:
    """The groups, as NIKs are written, in which two differ: "140896 / 140986"."""
    return ", ".join(f"{one[a:b]} / {other[a:b]}" for a, b in GROUPS if one[a:b] != other[a:b])
