"""The roster of one unit: its model over frozen lines, and the painter of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui.theme import Theme, Weight
from desktop.ui.unit import Heading, SeatKey, SeatLine, SeatState

NUMBER, POST, NAME, NIK, STATUS = range(5)
ROW = 34
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Look:
    """Icon and tone of a state; the word beside them is what counts."""

    icon: str
    tone: str
    ground: str


LOOKS = {
    SeatState.EMPTY: Look("circle-dashed", "ink3", "mute_bg"),
    SeatState.DRAFT: Look("pencil", "warn", "warn_bg"),
    SeatState.READY: Look("clock", "info", "info_bg"),
    SeatState.SENT: Look("circle-check", "ok", "ok_bg"),
    SeatState.ATTENTION: Look("circle-alert", "err", "err_bg"),
}


def status_words() -> Mapping[str, str]:
    """The words of the states, and of the codes that say more than the state."""
    return {
        "status.empty": QCoreApplication.translate("Roster", "Empty"),
        "status.draft": QCoreApplication.translate("Roster", "Draft"),
        "status.ready": QCoreApplication.translate("Roster", "Ready to send"),
        "status.sent": QCoreApplication.translate("Roster", "Sent"),
        "status.waiting": QCoreApplication.translate("Roster", "Being checked"),
        "status.attention": QCoreApplication.translate("Roster", "To be mended"),
        "status.refused": QCoreApplication.translate("Roster", "To be mended"),
        "status.conflict": QCoreApplication.translate("Roster", "Two versions"),
        "status.duplicate": QCoreApplication.translate("Roster", "NIK twice"),
    }


class Roster(QAbstractTableModel):
    """Headings and seats in roster order."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Heading | SeatLine, ...] = ()
        self._words = status_words()
        self._prompt = self.tr("Not filled yet — Enter to fill in")
        self._headers = (self.tr("No"), self.tr("Post"), self.tr("Name"), self.tr("NIK"), self.tr("Status"))

    def show_lines(self, lines: tuple[Heading | SeatLine, ...]) -> None:
        """Show these lines."""
        if len(lines) == len(self.lines) and lines:
            self.lines = lines
            self.dataChanged.emit(self.index(0, NUMBER), self.index(len(lines) - 1, STATUS))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_of(self, key: SeatKey) -> int:
        """The row of a seat, -1 when it is not shown."""
        for number, line in enumerate(self.lines):
            if isinstance(line, SeatLine) and line.key == key:
                return number
        return -1

    def seats(self) -> tuple[SeatLine, ...]:
        """The seats without the headings."""
        return tuple(line for line in self.lines if isinstance(line, SeatLine))

    def word(self, line: SeatLine) -> str:
        """The status in a word or two."""
        return self._words.get(line.word) or self._words[f"status.{line.state.value}"]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Headings included."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Five."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column titles."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if isinstance(self.lines[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line for the painter, its text for everybody else."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, SeatLine):
            return line.sentence if index.column() == STATUS else line.name
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.text(line, index.column())
        return None

    def text(self, line: Heading | SeatLine, column: int) -> str:
        """What stands in a cell."""
        if isinstance(line, Heading):
            return f"{line.title} · {line.detail}" if column == NUMBER else ""
        name = line.name or (self._prompt if line.state is SeatState.EMPTY else "")
        return (str(line.order), line.label, name, line.nik, self.word(line))[column]


class RosterPainter(QStyledItemDelegate):
    """Paints group rows, names, masked NIKs and status pills."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The view sets the row height."""
        return QSize(60, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        line: Heading | SeatLine = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._heading(painter, rect, line)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, self._theme.colour("sel"))
                if rect.x() == 0:
                    painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), self._theme.colour("brand"))
            painter.setPen(self._theme.colour("line"))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            if index.column() == STATUS:
                self._pill(painter, rect, line, index.data())
            else:
                self._cell(painter, rect, line, index)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        painter.fillRect(rect, self._theme.colour("surface2"))
        inner = rect.adjusted(12, 0, -8, 0)
        painter.setFont(self._theme.font(9, Weight.DemiBold))
        painter.setPen(self._theme.colour("ink2"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, line.title)
        inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(line.title) + 12)
        painter.setFont(self._theme.font(9))
        painter.setPen(self._theme.colour("ink3"))
        detail = painter.fontMetrics().elidedText(line.detail, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, detail)

    def _cell(self, painter: QPainter, rect: QRect, line: SeatLine, index: Index) -> None:
        column = index.column()
        named = column == NAME and bool(line.name)
        weight = Weight.DemiBold if named else Weight.Normal
        painter.setFont(self._theme.font(9.5, weight, digits=column in {NUMBER, NIK}))
        prompt = column == NAME and not line.name
        painter.setPen(self._theme.colour("ink" if named else "ink3" if prompt else "ink2"))
        inner = rect.adjusted(14 if rect.x() == 0 else 10, 0, -3, 0)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)

    def _pill(self, painter: QPainter, rect: QRect, line: SeatLine, word: str) -> None:
        look, theme = LOOKS[line.state], self._theme
        painter.setFont(theme.font(9, Weight.Medium))
        height, picture = theme.px(23), theme.px(13)
        width = min(painter.fontMetrics().horizontalAdvance(word) + picture + 24, rect.width() - 8)
        pill = QRectF(rect.x() + 6, rect.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(look.ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        ratio = painter.device().devicePixelRatio()
        top = pill.y() + (height - picture) / 2
        painter.drawPixmap(QPointF(pill.x() + 8, top), theme.pixmap(look.icon, look.tone, picture, ratio))
        painter.setPen(theme.colour(look.tone))
        room = pill.adjusted(picture + 13, 0, -4, 0)
        text = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
