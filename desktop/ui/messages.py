"""The one place where problems and known trouble become sentences on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from payung import wording
from payung.errors import PayungError
from payung.problem import Problem


@dataclass(frozen=True, slots=True)
class Messages:
    """Speaks one language: `id` or `en`."""

    lang: str = "id"

    def of(self, subject: Problem | PayungError) -> str:
        """The sentence for a problem or for known trouble."""
        return wording.of(subject, lang=self.lang)

    def sentence(self, code: str, **facts: str) -> str:
        """The sentence of a code, its gaps filled."""
        return wording.sentence(code, facts, lang=self.lang)
