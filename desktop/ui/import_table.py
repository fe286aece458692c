"""The rows of a list as a table: what would become of each, its cells to be corrected in place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.ui.import_reading import FIELDS, Checked, Kind, Line
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from payung import nik

ROW_NUMBER, STATUS = 0, 1
FIRST = 2  # the column of the first of FIELDS
NOTE = FIRST + len(FIELDS)
LEAST = 40  # logical pixels a status needs for its word
Index = QModelIndex | QPersistentModelIndex
_LOOKS = {
    Kind.NEW: ("circle-check", "ok"),
    Kind.KNOWN: ("users", "info"),
    Kind.MEND: ("circle-alert", "err"),
}
_DOUBTFUL = ("triangle-alert", "warn")


class ImportTable(QAbstractTableModel):
    """`corrected` carries the row's number, the field and the new text."""

    corrected = Signal(int, str, str)

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self._theme, self._messages = theme, messages
        self.found: tuple[Line, ...] = ()
        self._several = False  # sheets
        self.lines: tuple[Line, ...] = ()
        self.kind: Kind | None = None
        self._headers = (
            self.tr("Row"),
            self.tr("Status"),
            self.tr("TPS"),
            self.tr("Post"),
            self.tr("Name"),
            self.tr("NIK"),
            self.tr("Place of birth"),
            self.tr("Date of birth"),
            self.tr("Sex"),
            self.tr("Mobile"),
            self.tr("What to do"),
        )
        self._words = {
            Kind.NEW: self.tr("New"),
            Kind.KNOWN: self.tr("Already here"),
            Kind.MEND: self.tr("To be mended"),
        }
        self._compare = self.tr("New, compare")
        self._known = self.tr("This officer already serves there on this laptop.")

    def show_found(self, found: Checked | None) -> None:
        """Show these rows, those of the chosen kind."""
        self.found = found.lines if found is not None else ()
        self._several = len({line.sheet for line in self.found}) > 1
        self.show_kind(self.kind)

    def show_kind(self, kind: Kind | None) -> None:
        """Show only rows of that kind; None for all."""
        self.kind = kind
        self.beginResetModel()
        self.lines = tuple(line for line in self.found if kind is None or line.kind is kind)
        self.endResetModel()

    def place_of(self, number: int) -> int:
        """Where the row with that number is shown, else the nearest one after it."""
        return next((place for place, line in enumerate(self.lines) if line.number >= number), len(self.lines) - 1)

    def sentences(self, line: Line) -> str:
        """Everything that is said of a row."""
        if line.kind is Kind.KNOWN:
            return self._known
        return " ".join(dict.fromkeys(self._messages.of(problem) for problem in line.problems))

    def word(self, line: Line) -> str:
        """The status in a word or two."""
        return self._compare if line.doubtful else self._words[line.kind]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The rows of the chosen kind."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Eleven."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column titles."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The cells of officers who are not here yet can be corrected."""
        line = self.lines[index.row()]
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        own = FIRST <= index.column() < NOTE and line.kind is not Kind.KNOWN
        return plain | Qt.ItemFlag.ItemIsEditable if own else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line for the painter, its text for everybody else."""
        line = self.lines[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.EditRole and FIRST <= column < NOTE:
            return line.cells[column - FIRST]
        if role == Qt.ItemDataRole.ToolTipRole and column in {NOTE, STATUS}:
            return self.sentences(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headers[column]}: {self.text(line, column)}"
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line, column)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A corrected cell goes to be judged; the answer shows it."""
        line = self.lines[index.row()]
        typed = str(value).strip()
        place = index.column() - FIRST
        if role != Qt.ItemDataRole.EditRole or typed == line.cells[place]:
            return False
        self.corrected.emit(line.number, FIELDS[place], typed)
        return True

    def text(self, line: Line, column: int) -> str:
        """What stands in a cell; a NIK nobody complains of shows its end alone."""
        if column == ROW_NUMBER:
            return f"{line.sheet}: {line.row}" if self._several else str(line.row)
        if column == STATUS:
            return self.word(line)
        if column == NOTE:
            return self.sentences(line)
        found = line.cells[column - FIRST]
        if FIELDS[column - FIRST] == "nik" and not self.wrong(line, column) and line.kind is not Kind.MEND:
            return nik.masked(found)
        return found

    def wrong(self, line: Line, column: int) -> bool:
        """Whether something is said of that cell."""
        place = column - FIRST
        if line.kind is Kind.KNOWN or not 0 <= place < len(FIELDS):
            return False
        field = {"seat": "post", "place": "tps"}
        return any(field.get(problem.field, problem.field) == FIELDS[place] for problem in line.problems)


class ImportPainter(QStyledItemDelegate):
    """Paints the cells, marks the ones something is said of, and gives a large editor."""

    def __init__(self, theme: Theme, model: ImportTable, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line editor named like its column."""
        editor = QLineEdit(parent)
        editor.setFont(self._theme.font(10))
        editor.setAccessibleName(str(self._model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        line: Line = self._model.lines[index.row()]
        rect: QRect = option.rect
        view = self.parent()
        painter.save()
        if isinstance(view, QTableView) and view.currentIndex().row() == index.row():
            painter.fillRect(rect, self._theme.colour("sel"))
        if self._model.wrong(line, index.column()):
            painter.fillRect(rect, self._theme.colour("err_bg" if line.kind is Kind.MEND else "warn_bg"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(self._theme.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        if index.column() == STATUS:
            rect = self._icon(painter, rect, line)
        if index.column() != STATUS or rect.width() > self._theme.px(LEAST):
            self._text(painter, rect, line, index)
        painter.restore()

    def _icon(self, painter: QPainter, rect: QRect, line: Line) -> QRect:
        icon, tone = _DOUBTFUL if line.doubtful else _LOOKS[line.kind]
        size = self._theme.px(15)
        picture = self._theme.pixmap(icon, tone, size, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(rect.x() + 8, rect.center().y() - size / 2), picture)
        painter.setPen(self._theme.colour(tone))
        return rect.adjusted(size + 6, 0, 0, 0)

    def _text(self, painter: QPainter, rect: QRect, line: Line, index: Index) -> None:
        column = index.column()
        named = column == FIRST + FIELDS.index("name")
        painter.setFont(self._theme.font(9.5, Weight.DemiBold if named else Weight.Normal, digits=column != NOTE))
        if column != STATUS:
            painter.setPen(self._theme.colour("ink" if named or column == NOTE else "ink2"))
        inner = rect.adjusted(8, 0, -4, 0)
        text = painter.fontMetrics().elidedText(
            self._model.text(line, column), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
