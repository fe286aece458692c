"""The page Rekap: how far every place has come, on paper with room for signatures, and as a spreadsheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QHeaderView, QPushButton, QTableView, QVBoxLayout

from desktop.tasks import Lane, Tasks
from desktop.ui import recap_reading
from desktop.ui.page import Errand, Page
from desktop.ui.recap_reading import PDF, WORKBOOK, RecapView
from desktop.ui.recap_table import RecapTable
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, outfit, write
from desktop.ui.widgets.layout import column, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.text import Elided, label

ROW = 34
COUNT = 92  # logical pixels of a column with a count


class RecapPage(Page):
    """Enter on a row leads to its place."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._session = theme, tasks, session
        self._view: RecapView | None = None
        self._saved: Path | None = None
        self.print_button = button(theme, self.tr("Make the recap PDF"), "primary", icon="printer")
        self.print_button.setToolTip("Ctrl+P")
        self.print_button.clicked.connect(self.print_wanted)
        self.export_button = button(theme, self.tr("Export to Excel"), "ghost", icon="file-spreadsheet")
        self.export_button.clicked.connect(self._export)
        self.made = Notice(theme, "ok")
        self.made.answered.connect(self._answered)
        self.parts = (self._part(0), self._part(1))
        self._choice = QButtonGroup(self)
        for number, made in enumerate(self.parts):
            self._choice.addButton(made, number)
        self._choice.idClicked.connect(self._show_part)
        self.model, self.table = RecapTable(theme), QTableView()
        self._dress_table()
        self.setLayout(self._laid_out())

    def _laid_out(self) -> QVBoxLayout:
        where = Elided(self._theme, 9.5, tone="ink2")
        where.say(self.tr("Counted from what stands on this laptop now."))
        title = column(label(self._theme, self.tr("How far every place has come"), 13, Weight.Bold), where, gap=2)
        head = row(title, self.export_button, self.print_button, gap=10)
        head.setStretch(0, 1)
        choice = row(*self.parts, None, gap=8)
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(column(self.table, margins=(1, 6, 1, 6)))
        whole = column(head, self.made, choice, card, gap=12, margins=(20, 16, 20, 16))
        whole.setStretch(3, 1)
        return whole

    def _part(self, number: int) -> QPushButton:
        made = QPushButton()
        outfit(made, self._theme, "segment", points=9.5)
        made.setCheckable(True)
        made.setChecked(number == 0)
        made.setMinimumHeight(self._theme.px(30))
        made.hide()
        return made

    def _dress_table(self) -> None:
        table, theme = self.table, self._theme
        table.setModel(self.model)
        table.setProperty("cells", "plain")
        table.setAccessibleName(self.tr("How far every place has come"))
        table.setFont(theme.font(9.5))
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setFont(theme.font(9, Weight.DemiBold))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        table.doubleClicked.connect(self._go)
        table.installEventFilter(self)

    def shown(self) -> None:
        """Count anew."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Count anew, the mark stays."""
        self._tasks.run(Lane.STORE, partial(recap_reading.read, self._session), done=self._read)

    def _read(self, view: RecapView) -> None:
        self._view = view
        for number, made in enumerate(self.parts):
            made.setVisible(len(view.sheets) > 1 and number < len(view.sheets))
            if number < len(view.sheets):
                write(made, view.sheets[number].part.title)
        self._show_part(max(0, self._choice.checkedId()))

    def _show_part(self, number: int) -> None:
        if self._view is None or not self._view.sheets:
            return
        marked = max(0, self.table.currentIndex().row())
        self.model.show_sheet(self._view.sheets[min(number, len(self._view.sheets) - 1)])
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place in range(1, self.model.columnCount()):
            self.table.setColumnWidth(place, self._theme.px(COUNT))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.selectRow(min(marked, self.model.rowCount() - 1))

    def print_wanted(self) -> None:
        """Make the PDF."""
        self._save(recap_reading.default_path(self._session, PDF))

    def _export(self) -> None:
        proposed = recap_reading.default_path(self._session, WORKBOOK)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to Excel"), str(proposed), self.tr("Excel workbooks (*.xlsx)")
        )
        if chosen:
            path = Path(chosen)
            self._save(path if path.suffix.lower() == WORKBOOK else path.with_name(path.name + WORKBOOK))

    def _save(self, path: Path) -> None:
        self._tasks.run(Lane.STORE, partial(recap_reading.save, self._session, path), done=self._written)

    def _written(self, path: Path) -> None:
        self._saved = path
        self.made.say(self.tr("The recap has been made"), str(path), (self.tr("Open the file"),))

    def _answered(self, _place: int) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a row goes to its place."""
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in enter:
            self._go(self.table.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _go(self, index: QModelIndex) -> None:
        place = self.model.place(index.row())
        if place is not None:
            self.wanted.emit(Errand("enrolment", place=place))
