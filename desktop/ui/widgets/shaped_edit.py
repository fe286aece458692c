"""Line editors that group figures while they are typed. No input mask: paste, cursor and deletion stay natural."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit


class ShapedEdit(QLineEdit):
    """Rewrites what is typed through `shape` and keeps the cursor after the same significant character.

    `shape` gets the whole text and returns how it should look; `counts` says which characters are the typist's own.
    Text that `shape` leaves alone is never touched, so that whatever stands on the paper can be typed.
    """

    def __init__(self, shape: Callable[[str], str], counts: Callable[[str], bool] = str.isalnum) -> None:
        super().__init__()
        self._shape = shape
        self._counts = counts
        self.textEdited.connect(self._reshape)

    def write(self, text: str) -> None:
        """Set the text from the program, in shape."""
        self.setText(self._shape(text))

    def _reshape(self, text: str) -> None:
        shaped = self._shape(text)
        if shaped == text:
            return
        own = sum(self._counts(character) for character in text[: self.cursorPosition()])
        self.setText(shaped)
        place = 0
        while place < len(shaped) and own > 0:
            own -= self._counts(shaped[place])
            place += 1
        self.setCursorPosition(place)


def figures(text: str) -> str:
    """The digits of a text, and only 0 to 9."""
    return "".join(character for character in text if character in "0123456789")


def shape_nik(text: str) -> str:
    """A NIK grouped 6-6-4; letters stay, so that the reading can say what is wrong with them."""
    bare = "".join(character for character in text if character.isascii() and character.isalnum())
    if not bare.isdigit():
        return text
    return " ".join(part for part in (bare[:6], bare[6:12], bare[12:]) if part)


def shape_phone(text: str) -> str:
    """0812 3456 7890; anything that is not plain digits (a leading +62) is left as typed."""
    bare = text.replace(" ", "")
    if not bare.isdigit() or not bare.isascii():
        return text
    return " ".join(bare[place : place + 4] for place in range(0, len(bare), 4))


def shape_rt_rw(text: str) -> str:
    """007/002: the slash comes after three figures; a slash typed earlier (7/2) is respected."""
    bare = figures(text)
    if text.count("/") == 1 and not text.startswith("/"):
        before, after = text.split("/")
        if before == figures(before) and after == figures(after) and len(before) <= len("000"):
            return text[:7]
    return bare if len(bare) <= len("000") else f"{bare[:3]}/{bare[3:6]}"
