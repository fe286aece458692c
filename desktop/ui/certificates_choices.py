"""The right of the page of certificates: where and how to print, what that comes to, and the buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.ui.print_job import Printers
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.text import Glyph, label
from desktop.ui.widgets.tick import Tick

LAYOUTS = ("2up", "1up", "cards")
PAPERS = ("A4", "F4", "Letter")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands in the panel."""

    layout: str
    paper: str
    archive: bool
    receipts: bool


class ChoicePanel(QFrame):
    """`changed`: the papers look different now; `kept` that a choice is to be remembered."""

    changed = Signal()
    kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._count = 0
        self._named: tuple[str, ...] = ()
        self.printer, self.layouts, self.paper = Combo(theme), Combo(theme), Combo(theme)
        self.archive = Tick(theme, self.tr("Copy for the archive"))
        self.receipts = Tick(theme, self.tr("List of receipts"))
        self.receipts.setChecked(True)
        self.layouts.addItems(
            [self.tr("2 certificates a sheet"), self.tr("1 certificate a sheet"), self.tr("8 cards a sheet")]
        )
        self.paper.addItems([self.tr("A4"), self.tr("F4 / Folio"), self.tr("Letter")])
        self.print_button = button(theme, self.tr("Print"), "primary", icon="printer")
        self.print_button.setToolTip("Ctrl+P")
        self.save_button = button(theme, self.tr("Save PDF"), "ghost", icon="download")
        self.day_button = button(theme, self.tr("End-of-day sheet"), "link", icon="file-text", points=9)
        self.stop_button = button(theme, self.tr("Stop printing"), "ghost", icon="x")
        self._way = label(theme, "", 9.5, Weight.Medium, tone="info", wrap=True)
        self._going = holder(column(self._way, self.stop_button, gap=6))
        self._going.hide()
        self._lay()
        self.show_printers(Printers((), ""), "")
        self.printer.activated.connect(self.kept)
        for combo in (self.layouts, self.paper):
            combo.activated.connect(self.changed)
            combo.activated.connect(self.kept)
        for box in (self.archive, self.receipts):
            box.toggled.connect(self.changed)

    def _lay(self) -> None:
        theme = self._theme
        self._figures = label(theme, "", 10, Weight.DemiBold, tone="info")
        self._detail = label(theme, "", 9, wrap=True)
        info = QFrame()
        info.setProperty("notice", "info")
        glyph = Glyph(theme, "file-badge", "info", 17)
        inside = row(glyph, column(self._figures, self._detail, gap=2), gap=9, margins=(11, 9, 11, 10))
        inside.setStretch(1, 1)
        info.setLayout(inside)
        whole = column(
            label(theme, self.tr("Printing"), 11, Weight.DemiBold),
            Field(theme, self.tr("P&rinter"), self.printer),
            Field(theme, self.tr("La&yout"), self.layouts),
            Field(theme, self.tr("&Paper"), self.paper),
            self.archive,
            self.receipts,
            info,
            None,
            self._going,
            self.print_button,
            self.save_button,
            self.day_button,
            gap=8,
            margins=(16, 13, 16, 12),
        )
        self.setLayout(whole)

    def chosen(self) -> Chosen:
        """What stands here now."""
        return Chosen(
            LAYOUTS[self.layouts.currentIndex()],
            PAPERS[self.paper.currentIndex()],
            self.archive.isChecked(),
            self.receipts.isChecked(),
        )

    def choose(self, layout: str, paper: str) -> None:
        """What was chosen last; what is not known stays as it is."""
        if layout in LAYOUTS:
            self.layouts.setCurrentIndex(LAYOUTS.index(layout))
        if paper in PAPERS:
            self.paper.setCurrentIndex(PAPERS.index(paper))

    @property
    def printer_name(self) -> str:
        """The printer to print on; empty where there is none."""
        return self._named[self.printer.currentIndex()] if self._named else ""

    def show_printers(self, found: Printers, remembered: str) -> None:
        """The printers there are: the one used last, else the system's own, is chosen."""
        now = self.printer_name or remembered
        self._named = found.names
        self.printer.clear()
        self.printer.addItems(list(found.names) or [self.tr("No printer on this laptop")])
        self.printer.setEnabled(bool(found.names))
        for wanted in (now, found.preferred):
            if wanted in found.names:
                self.printer.setCurrentIndex(found.names.index(wanted))
                break
        self._buttons()

    def show_count(self, count: int) -> None:
        """How many certificates are chosen."""
        self._count = count
        self._buttons()

    def show_extent(self, pages: int, sheets: int) -> None:
        """What the choice comes to on paper."""
        if not self._count:
            self._figures.setText(self.tr("Nobody chosen"))
            self._detail.setText(self.tr("Tick the officers at the left."))
            return
        self._figures.setText(self.tr("{count} sheets of {paper}").format(count=pages, paper=self.paper.currentText()))
        parts = [self.tr("{count} certificates").format(count=self._count)]
        if self.archive.isChecked():
            parts.append(self.tr("a copy of each for the archive"))
        if self.receipts.isChecked() and pages > sheets:
            parts.append(self.tr("the list of receipts for the officers to sign"))
        self._detail.setText(" + ".join(parts))

    def show_way(self, done: int, pages: int) -> None:
        """How far the printing is; 0 of 0 ends it."""
        self._going.setVisible(bool(pages))
        if pages:
            now = min(done + 1, pages)
            self._way.setText(self.tr("Sending sheet {number} of {count}").format(number=now, count=pages))
        self._buttons()

    def _buttons(self) -> None:
        free = self._going.isHidden()
        write(self.print_button, self.tr("Print {count} certificates").format(count=self._count))
        self.print_button.setEnabled(bool(self._count and self._named) and free)
        self.save_button.setEnabled(bool(self._count) and free)
