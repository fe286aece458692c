"""The table of the recapitulation: a row for each place and the sums below."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from desktop.ui.recap_reading import Sheet
from desktop.ui.theme import Theme, Weight
from payung.recap import Row, seats
from payung.roster import Place

Index = QModelIndex | QPersistentModelIndex
_ENDS = 3


class RecapTable(QAbstractTableModel):
    """Place, one column for each body, filled, sent, printed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._strong: QFont = theme.font(9.5, Weight.DemiBold)
        self._sheet: Sheet | None = None
        self._ends = (self.tr("Filled"), self.tr("Sent"), self.tr("Printed"))
        self._place = self.tr("Place")

    def show_sheet(self, sheet: Sheet) -> None:
        """Show one part of the recapitulation."""
        self.beginResetModel()
        self._sheet = sheet
        self.endResetModel()

    def place(self, number: int) -> Place | None:
        """The place behind a row; None for the sums."""
        places = self._sheet.places if self._sheet is not None else ()
        return places[number] if 0 <= number < len(places) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The places and the sums."""
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.part.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The place, the bodies and three counts."""
        return 0 if parent.isValid() or self._sheet is None else 1 + len(self._sheet.part.bodies) + _ENDS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' titles."""
        if self._sheet is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return self._titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; read aloud with its column's title."""
        if self._sheet is None or not index.isValid():
            return None
        rows = self._sheet.part.rows
        last = index.row() == len(rows)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return self._strong if last else None
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        text = _texts(self._sheet.part.sum if last else rows[index.row()])[index.column()]
        spoken = role == Qt.ItemDataRole.AccessibleTextRole and index.column() > 0
        return f"{self._titles()[index.column()]} {text}" if spoken else text

    def _titles(self) -> tuple[str, ...]:
        bodies = self._sheet.part.bodies if self._sheet is not None else ()
        return (self._place, *bodies, *self._ends)


def _texts(row: Row) -> tuple[str, ...]:
    return (row.place, *row.bodies, seats(row.filled, row.total or None), str(row.sent), str(row.printed))


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignHCenter
    return side | Qt.AlignmentFlag.AlignVCenter
