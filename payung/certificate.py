"""The provisional certificate: its number, and every line it says (`payung.statement`).

A number is a device's tag, a running number and a check character in an alphabet without letters that look like digits.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
PREFIX = "PYG"
LAST = len(ALPHABET) ** 4 - 1
_TAG = 4
_BODY = 8
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "S": "5", "U": "V"})


def number(tag: str, sequence: int) -> str:
    """Return the number of the `sequence`-th certificate of the device with that tag: "PYG-7K3M-0001X".

    ValueError when the tag is not four characters of the alphabet or the sequence outside 1 to `LAST`.
    """
    if len(tag) != _TAG or not set(tag) <= _VALUE.keys():
        raise ValueError("a device tag is four characters of the alphabet")
    if not 1 <= sequence <= LAST:
        raise ValueError("a device has no such certificate number")
    running = ""
    for _ in range(_BODY - _TAG):
        sequence, rest = divmod(sequence, len(ALPHABET))
        running = ALPHABET[rest] + running
    return f"{PREFIX}-{tag}-{running}{_check_character(tag + running)}"


def normalise(text: str) -> str | None:
    """Return a number as typed by a person, in its printed form; None when the text cannot be one.

    Case, blanks and hyphens do not matter and look-alikes are read as meant (O as 0, I as 1): the check character
    decides whether that was right.
    """
    typed = "".join(char for char in text.upper() if char.isalnum()).removeprefix(PREFIX).translate(_MISREAD)
    if len(typed) != _BODY + 1 or not set(typed) <= _VALUE.keys():
        return None
    return f"{PREFIX}-{typed[:_TAG]}-{typed[_TAG:]}"


def check(text: str) -> bool:
    """Whether the text is a certificate number with the right check character.

    One wrong character and two swapped ones are always noticed.
    """
    plain = normalise(text)
    if plain is None:
        return False
    typed = plain.removeprefix(PREFIX).replace("-", "")
    return _check_character(typed[:-1]) == typed[-1]


def _check_character(body: str) -> str:
    """Weights 2 to 9 differ and 31 is prime, so every single change and every swap moves the sum."""
    return ALPHABET[sum(weight * _VALUE[char] for weight, char in enumerate(body, start=2)) % len(ALPHABET)]
