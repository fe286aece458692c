"""Step 3 of an import: what would become of every row, corrected in place, and the one button that writes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QFrame, QHeaderView, QPushButton, QTableView

from desktop.ui.import_reading import FIELDS, Checked, Kind
from desktop.ui.import_table import FIRST, NOTE, ROW_NUMBER, STATUS, ImportPainter, ImportTable
from desktop.ui.messages import Messages
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, outfit, write
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.text import label

ROW = 32
WIDTHS = {
    ROW_NUMBER: 56,
    STATUS: 136,
    FIRST: 48,
    FIRST + 1: 132,
    FIRST + 2: 168,
    FIRST + 3: 164,
    FIRST + 4: 96,
    FIRST + 5: 92,
    FIRST + 6: 40,
    FIRST + 7: 118,
}
WIDE, NARROW = 1500, 960  # logical pixels of window width under which columns give way
ICON = 40  # logical pixels of the status without its word
SCROLLED, NAME = 780, 140  # under this width the table is scrolled sideways, and the name has this
ROWS_LEAST = 132  # the head and three rows
_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ImportCheck(QFrame):
    """`corrected` carries the row's number, the field and the text; `wanted` asks to take in, `listed` for the list."""

    corrected = Signal(int, str, str)
    wanted = Signal()
    listed = Signal()

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._found: Checked | None = None
        self._width = float(WIDE)
        self._place = (0, FIRST)  # the number of the row and the column the clerk is at
        self.model, self.view = ImportTable(theme, messages), QTableView()
        self.view.setMinimumHeight(theme.px(ROWS_LEAST))
        self.filters = tuple(self._filter(place) for place in range(4))
        self._choice = QButtonGroup(self)
        for place, made in enumerate(self.filters):
            self._choice.addButton(made, place)
        self._choice.idClicked.connect(self._choose)
        self.detail = label(theme, "", 9.5, wrap=True)
        self.detail.setMinimumHeight(theme.px(34))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.list_button = button(theme, self.tr("Save the list of reasons…"), "ghost", icon="file-spreadsheet")
        self.list_button.clicked.connect(self.listed)
        self.take_button = button(theme, "", "primary", icon="import")
        self.take_button.setToolTip("Ctrl+Enter")
        self.take_button.clicked.connect(self.wanted)
        self._dress()
        title = label(theme, self.tr("3  Check"), 11, Weight.DemiBold)
        head = row(title, 6, *self.filters, None, gap=6, margins=(16, 9, 12, 6))
        foot = row(self.detail, self.list_button, self.take_button, gap=10, margins=(16, 8, 12, 10))
        foot.setStretch(0, 1)
        whole = column(head, self.view, foot, gap=0, margins=(1, 0, 1, 0))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.model.corrected.connect(self.corrected)

    def _filter(self, place: int) -> QPushButton:
        made = QPushButton()
        outfit(made, self._theme, "segment", points=9)
        made.setCheckable(True)
        made.setChecked(place == 0)
        made.setMinimumHeight(self._theme.px(28))
        return made

    def _dress(self) -> None:
        view, theme = self.view, self._theme
        view.setModel(self.model)
        view.setItemDelegate(ImportPainter(theme, self.model, view))
        view.setAccessibleName(self.tr("Rows of the list"))
        view.setAccessibleDescription(self.tr("Enter corrects the cell."))
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = view.horizontalHeader()
        header.setFont(theme.font(9, Weight.DemiBold))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(30)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, wide in WIDTHS.items():
            view.setColumnWidth(place, theme.px(wide))
        header.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentChanged.connect(self._moved)
        view.installEventFilter(self)

    def show_found(self, found: Checked, kind: Kind | None = None, *, fresh: bool = False) -> None:
        """Show these rows; a `fresh` list begins at its first row, with the rows of `kind` where there are any."""
        self._found = found
        if fresh:
            self._place = (0, -1)
            self.model.kind = kind if kind is not None and found.count(kind) else None
        elif self.model.kind is not None and not found.count(self.model.kind):
            self.model.kind = None
        self.model.show_found(found)
        self.adapt(self._width)
        words = (self.tr("All"), self.tr("New"), self.tr("Already here"), self.tr("To be mended"))
        counts = (len(found.lines), *(found.count(one) for one in Kind))
        for made, word, count, one in zip(self.filters, words, counts, (None, *Kind), strict=True):
            write(made, f"{word} {count:,}".replace(",", "."))
            made.setChecked(one is self.model.kind)
        self._name_button(found.count(Kind.NEW))
        self.list_button.setVisible(bool(found.refusals))
        self._mark()

    def _name_button(self, count: int) -> None:
        words = self.tr("Take in {count} records").format(count=f"{count:,}".replace(",", "."))
        write(self.take_button, words if count else self.tr("Nothing to take in"))
        self.take_button.setEnabled(count > 0)

    def rest(self, *, busy: bool) -> None:
        """While work is under way nothing is taken in and nothing is saved."""
        count = self._found.count(Kind.NEW) if self._found is not None else 0
        self.take_button.setEnabled(not busy and count > 0)
        self.list_button.setEnabled(not busy)

    def to_table(self) -> None:
        """Put the keys into the table."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def adapt(self, width: float) -> None:
        """Leave out what is least needed as the window narrows, but not what something is said of."""
        self._width = width
        told = {problem.field for line in self.model.found for problem in line.problems}
        for field, least in (("phone", WIDE), ("birthplace", WIDE), ("sex", NARROW), ("birthdate", NARROW)):
            self.view.setColumnHidden(FIRST + FIELDS.index(field), width < least and field not in told)
        narrow = width < NARROW
        self.view.setColumnHidden(NOTE, narrow)  # it stands below the table as well
        self.view.setColumnWidth(STATUS, self._theme.px(ICON if narrow else WIDTHS[STATUS]))
        header, name = self.view.horizontalHeader(), FIRST + FIELDS.index("name")
        stretch, plain = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Interactive
        fits = SCROLLED <= width < NARROW
        header.setSectionResizeMode(name, stretch if fits else plain)
        if not fits:
            self.view.setColumnWidth(name, self._theme.px(WIDTHS[name] if not narrow else NAME))

    def _mark(self) -> None:
        """Go back to where the clerk was; a row that is no longer shown gives its place to the next."""
        place = self.model.place_of(self._place[0])
        if place >= 0:
            column_ = self._place[1] if self._place[1] >= 0 else self._wrong(place)
            self.view.setCurrentIndex(self.model.index(place, column_))
            self.view.scrollTo(self.model.index(place, column_))
        else:
            self.detail.setText("")

    def _wrong(self, place: int) -> int:
        """The first column something is said of in that row, else the name's."""
        line = self.model.lines[place]
        wrong = (column_ for column_ in range(FIRST, NOTE) if self.model.wrong(line, column_))
        return next(wrong, FIRST + FIELDS.index("name"))

    def _choose(self, place: int) -> None:
        self.model.show_kind((None, *Kind)[place])
        self._mark()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.view.viewport().update()
        if now.isValid():
            line = self.model.lines[now.row()]
            self._place = (line.number, now.column())
            said = self.model.sentences(line)
            self.detail.setText(said)
            self.detail.setAccessibleName(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter corrects the cell, or the first cell something is said of."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _KEYS:
            plain = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            at_rest = self.view.hasFocus() and self.view.currentIndex().isValid()  # not in a cell's editor
            if event.modifiers() in plain and at_rest:
                self._edit(self.view.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _edit(self, index: QModelIndex) -> None:
        own = FIRST <= index.column() < NOTE
        column_ = index.column() if own else self._wrong(index.row())
        target = self.model.index(index.row(), column_)
        if self.model.flags(target) & Qt.ItemFlag.ItemIsEditable:
            self.view.setCurrentIndex(target)
            self.view.edit(target)
