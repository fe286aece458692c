"""Why a sheet cannot be drawn."""

from __future__ import annotations

from payung.errors import PayungError


class PaperError(PayungError):
    """A certificate that cannot be put on paper; nothing was written."""

    code = "paper"
    exit_code = 1


class TooLong(PaperError):
    """What the certificate must say does not fit in print that can be read; facts: number."""

    code = "paper.long"


class CodeTooLong(PaperError):
    """The code to be printed is longer than a QR code can hold at that size; facts: number."""

    code = "paper.code"
