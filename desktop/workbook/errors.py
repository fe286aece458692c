"""Why a whole workbook is refused. Facts name sheets, columns and numbers, never a person."""

from __future__ import annotations

from typing import ClassVar

from payung.errors import PayungError


class WorkbookError(PayungError):
    """A workbook nothing can be taken from; nothing was imported."""

    code: ClassVar[str] = "workbook"
    exit_code: ClassVar[int] = 1


class Missing(WorkbookError):
    """There is no such file, or it cannot be read from the disk."""

    code = "workbook.missing"
    exit_code = 2


class Unreadable(WorkbookError):
    """The file is no XLSX, XLS, ODS or CSV table."""

    code = "workbook.unreadable"


class Unsupported(WorkbookError):
    """A table, but of a kind that must be saved anew first: a web page, an XML sheet, XLSB."""

    code = "workbook.unsupported"


class Encrypted(WorkbookError):
    """The file is protected by a password."""

    code = "workbook.encrypted"


class Empty(WorkbookError):
    """No cell holds anything."""

    code = "workbook.empty"


class Bomb(WorkbookError):
    """The file would unpack to far more than a list of officers can be."""

    code = "workbook.bomb"


class Nested(WorkbookError):
    """The file carries other archives inside."""

    code = "workbook.nested"


class TooLarge(WorkbookError):
    """More bytes than one import takes; facts: limit, in MiB."""

    code = "workbook.large"


class TooManyRows(WorkbookError):
    """More rows than one import takes; facts: limit."""

    code = "workbook.rows"


class TooManyColumns(WorkbookError):
    """More columns than a list of officers has; facts: limit."""

    code = "workbook.columns"


class NoSheet(WorkbookError):
    """The sheet asked for is not in the workbook; facts: sheet, sheets."""

    code = "workbook.sheet"
    exit_code = 2


class NoHeader(WorkbookError):
    """No row names the columns; facts: rows searched."""

    code = "workbook.no_header"


class BadMap(WorkbookError):
    """The remembered column mapping does not fit; facts: entry."""

    code = "workbook.map"
    exit_code = 2


class ExcelNik(WorkbookError):
    """Excel has cut the NIKs to 15 digits; facts: sheet, column, rows (how many rows of officers the file has)."""

    code = "workbook.excel_nik"


class NoPlace(WorkbookError):
    """The file does not say of which village it speaks and the laptop serves several; facts: sheet."""

    code = "workbook.place"
    exit_code = 2
