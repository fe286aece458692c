"""Data that ships with Payung: regions, election events, tariffs, texts, fonts, icons, translations, palette.

Every file is read where it lies, beside this module: in the source tree, in an installed wheel and in a packaged app.
"""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Where the resource `parts` lies (a file or a folder); FileNotFoundError when there is none.

    Parts that would lead out of the resources raise ValueError.
    """
    found = _ROOT.joinpath(*parts).resolve()
    if not found.is_relative_to(_ROOT):
        raise ValueError("a resource lies below resources/")
    if not found.exists():
        raise FileNotFoundError("/".join(parts))
    return found


def read(*parts: str) -> bytes:
    """Return the bytes of the resource file `parts`; FileNotFoundError when there is none."""
    return path(*parts).read_bytes()
