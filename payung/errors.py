"""Known trouble. Exceptions carry a code and facts; sentences are made in `payung.wording`.

Whatever is not a `PayungError` is a bug: it ends in the crash report, never in a sentence for a clerk.
"""

from __future__ import annotations

from typing import ClassVar


class PayungError(Exception):
    """Trouble a person can do something about; `code` names its sentence, `facts` fill the sentence's gaps."""

    code: ClassVar[str] = "payung"
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = {name: str(value) for name, value in facts.items()}


class DataError(PayungError):
    """A data file (event, tariff, kit, workbook) does not say what it must."""

    code = "data"
    exit_code = 2
