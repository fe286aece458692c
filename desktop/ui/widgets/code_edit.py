"""The activation code of a kit: shown in groups as on the office's letter, with what is still lacking told at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.ui.widgets.shaped_edit import ShapedEdit

LENGTH, GROUP = 16, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("ILO", "110")


def shape_code(text: str) -> str:
    """Capitals in groups of four; I, L and O, which stand in no code, become the figures they look like."""
    plain = _plain(text)
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


class CodeEdit(ShapedEdit):
    """A line editor for the code; `trouble` is what keeps it from being one."""

    def __init__(self) -> None:
        super().__init__(shape_code)

    @property
    def typed(self) -> int:
        """How many characters of the code there are."""
        return len(_plain(self.text()))

    @property
    def trouble(self) -> str:
        """What is wrong with the code's shape, in a sentence; empty when nothing is."""
        plain = _plain(self.text())
        strange = "".join(sorted(set(plain) - set(_ALPHABET)))
        if not plain:
            return QCoreApplication.translate("CodeEdit", "Type the activation code of the kit.")
        if strange:
            said = QCoreApplication.translate(
                "CodeEdit", "These stand in no code: {letters}. Look at the letter again."
            )
            return said.format(letters=" ".join(strange))
        if len(plain) != LENGTH:
            said = QCoreApplication.translate("CodeEdit", "The code has 16 letters and figures; so far {count}.")
            return said.format(count=len(plain))
        return ""


def _plain(text: str) -> str:
    return "".join(one for one in text.upper() if one.isalnum()).translate(_ALIKE)
