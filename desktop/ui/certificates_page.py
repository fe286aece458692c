"""The page Sertifikat: who gets one at the left, what it will look like in the middle, how it is printed at the right.

Looking allocates nothing: the preview is drawn by the code that draws the real papers, marked CONTOH PRATINJAU and
without number and code. Once printed, the very file that went to the printer stands in its place.
"""

from __future__ import annotations

import itertools
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from desktop import settings
from desktop.store.handling import Key
from desktop.tasks import Lane, Tasks
from desktop.ui import certificates_reading as reading
from desktop.ui import print_job
from desktop.ui.certificates_after import After
from desktop.ui.certificates_choices import ChoicePanel
from desktop.ui.certificates_columns import Columns
from desktop.ui.certificates_list import OfficerList
from desktop.ui.certificates_preview import Preview
from desktop.ui.certificates_reading import Drawn, Officers
from desktop.ui.certificates_saving import CertificateSaving
from desktop.ui.certificates_work import CertificateWork
from desktop.ui.need import Choose
from desktop.ui.page import Errand, Page
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.unit import Unit
from desktop.ui.widgets.layout import column
from payung.errors import PayungError
from payung.roster import Place

PAUSE = 150  # milliseconds of quiet before the preview is drawn anew


class CertificatesPage(Page):
    """Ctrl+P prints, PgUp and PgDn turn the sheets; the question after printing stands above the three parts."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._session = theme, tasks, session
        self._place: Place | None = None
        self._unit: Unit | None = None
        self._only: UUID | None = None  # the record an errand asked for
        self.list, self.preview, self.choices = OfficerList(theme), Preview(theme, tasks), ChoicePanel(theme)
        self.choices.choose(session.settings.print_layout, session.settings.print_paper)
        self.after = After(theme)
        self.work = CertificateWork(tasks, session)
        self.saving = CertificateSaving(self, tasks, session)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._lay()
        self._connect()
        for key, step in ((Qt.Key.Key_PageUp, -1), (Qt.Key.Key_PageDown, 1)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.preview.turn, step))

    def _lay(self) -> None:
        self.list.body.addWidget(self.after.acts)
        self.columns = Columns(self._theme, self.list, self.preview, self.choices)
        whole = column(self.after, self.columns, gap=10, margins=(14, 14, 14, 14))
        whole.setStretch(1, 1)
        body = QWidget()
        body.setObjectName("page")
        body.setLayout(whole)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        self.setLayout(column(self.area, gap=0))

    def _connect(self) -> None:
        self._pause.timeout.connect(self._preview)
        self.list.place_chosen.connect(self._go)
        self.list.changed.connect(self._chosen)
        self.choices.changed.connect(self._chosen)
        self.choices.kept.connect(self._remember)
        self.choices.print_button.clicked.connect(self.print_wanted)
        self.choices.save_button.clicked.connect(self._save)
        self.choices.day_button.clicked.connect(self._day)
        self.choices.stop_button.clicked.connect(self.work.stop)
        self.preview.turned.connect(self._turned)
        self.work.previewed.connect(self._previewed)
        self.work.drawn.connect(self._printing)
        self.work.advanced.connect(self.choices.show_way)
        self.work.printed.connect(self._printed)
        self.work.refused.connect(self._refused)
        self.work.saved.connect(self._saved)
        self.after.again_wanted.connect(self._again)
        self.after.resend_wanted.connect(self._resend)
        self.after.keep_wanted.connect(self._keep)
        self.after.open_wanted.connect(self.saving.open)
        self.saving.written.connect(self.after.tell_saved)
        self.after.handing_wanted.connect(self._ask_handing)
        self.after.handed.connect(self._hand_over)
        self.after.voiding_wanted.connect(self._ask_voiding)
        self.after.voided.connect(self._void)

    def shown(self) -> None:
        """Read the places anew, and the printers."""
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tasks.run(Lane.PAPER, print_job.printers, done=self._printers)
        self.refresh()

    def refresh(self) -> None:
        """Read anew; ticks stay."""
        self._tasks.run(Lane.STORE, partial(reading.places, self._session), done=self._places)

    def visit(self, errand: Errand) -> None:
        """To a place, and there to one officer alone."""
        if errand.place is not None:
            self._place, self._only = errand.place, errand.record
            self.refresh()

    def step(self, step: int) -> None:
        """The place before or after."""
        self.list.step(step)

    def _order(self) -> None:
        """The keys go as one reads: the preview before the choices, or after them where it stands below."""
        seen = (self.preview.before, self.preview.after, self.preview.larger)
        below = self.columns.count_now == 2  # noqa: PLR2004 - the two others stand side by side
        read = (self.list.view, self.choices.printer) if below else (self.list.view, *seen, self.choices.printer)
        for one, other in (
            *itertools.pairwise(read),
            *(itertools.pairwise((self.choices.day_button, *seen)) if below else ()),
        ):
            QWidget.setTabOrder(one, other)

    def adapt(self, width: float, _height: float) -> None:
        """Three columns, two with the preview below, or all below each other."""
        self.columns.adapt(width)
        self._order()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, Esc leaves the question."""
        focus = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focus, QPushButton):
            focus.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.after.dismiss()
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _printers(self, found: print_job.Printers) -> None:
        self.choices.show_printers(found, self._session.settings.printer)

    def _remember(self) -> None:
        chosen, printer = self.choices.chosen(), self.choices.printer_name
        named = {"printer": printer} if printer else {}
        choices = {"print_layout": chosen.layout, "print_paper": chosen.paper, **named}
        work = partial(settings.change, self._session.folder, **choices)
        self._tasks.run(Lane.STORE, work, done=self._remembered)

    def _remembered(self, chosen: settings.Settings) -> None:
        self.needed.emit(Choose(chosen))

    def _places(self, units: tuple[Unit, ...]) -> None:
        unit = self.list.show_places(units, self._place)
        if unit is not None:
            self._read(unit, keep=self._unit is not None and unit.place == self._unit.place)

    def _go(self, unit: Unit) -> None:
        self._place, self._only = unit.place, None
        self._read(unit, keep=False)

    def _read(self, unit: Unit, *, keep: bool) -> None:
        self._place = unit.place
        done = self._kept if keep else self._fresh
        self._tasks.run(Lane.STORE, partial(reading.officers, self._session, unit), done=done)

    def _kept(self, found: Officers) -> None:
        self._show(found, keep=True)

    def _fresh(self, found: Officers) -> None:
        self._show(found, keep=False)

    def _show(self, found: Officers, *, keep: bool) -> None:
        if found.unit.place != self._place:
            return
        self._unit = found.unit
        self.list.show_officers(found.lines, keep=keep)
        if self._only is not None:
            self.list.model.choose_only(self._only)
            self._only = None

    def records(self) -> tuple[UUID, ...]:
        """The records ticked, in the order of the list."""
        return tuple(line.record for line in self.list.model.picked() if line.record is not None)

    def _chosen(self) -> None:
        self.choices.show_count(len(self.records()))
        self.after.show_acts(self.list.papers(), sum(line.printed for line in self.list.model.picked()))
        if not self.after.asking:
            self._pause.start()

    def _preview(self) -> None:
        if self.work.busy or self.after.asking:
            return
        records = self.records()
        if records:
            self.work.preview(records, self.choices.chosen())
        else:
            self.preview.show_pdf(None, 0)
            self.preview.said.say("")
            self.preview.pill.hide()
            self.choices.show_extent(0, 0)

    def _previewed(self, drawn: Drawn) -> None:
        self.preview.pill.show()
        self.preview.pill.say(self.tr("TEMPORARY"), "warn", "clock")
        said = self.tr("A sample: numbers and codes are given when it is printed.")
        if drawn.beyond:
            said = self.tr("A sample of the first {count}. {said}").format(count=len(drawn.batch.records), said=said)
        self.preview.said.say(said)
        self.preview.show_pdf(drawn.content, drawn.shown)
        self.choices.show_extent(drawn.pages, drawn.sheets)

    def print_wanted(self) -> None:
        """Print what is ticked; where there is no printer, save it among the documents."""
        records = self.records()
        if not records or self.work.busy:
            return
        if not self.choices.printer_name:
            if self._unit is not None:
                self.work.save(records, self.choices.chosen(), self.saving.proposed(self._unit))
            return
        self.after.dismiss()
        self.choices.show_way(0, 1)
        self.work.print(records, self.choices.chosen(), self.choices.printer_name)

    def _printing(self, drawn: Drawn) -> None:
        """The papers themselves take the preview's place."""
        self._pause.stop()
        self.preview.said.say(self.tr("This is what goes to the printer."))
        self.preview.show_pdf(drawn.content, drawn.shown, page=0)
        self.choices.show_way(0, drawn.pages)

    def _printed(self, pages: int, wanted: int) -> None:
        self.choices.show_way(0, 0)
        self.refresh()
        if wanted:
            self.after.ask_printed(pages, wanted, self.choices.printer_name, self.preview.page + 1)
            self.area.verticalScrollBar().setValue(0)
        self.changed.emit()

    def _turned(self, page: int) -> None:
        self.after.name_sheet(page + 1)

    def _refused(self, trouble: PayungError) -> None:
        self.choices.show_way(0, 0)
        self.refresh()
        if self.work.last is not None and isinstance(trouble, print_job.NotPrinted):
            self.after.ask_refused(self._session.messages.of(trouble))
        else:
            self._tasks.troubled.emit(trouble)
        self.changed.emit()

    def _again(self) -> None:
        """The sheet in front once more: its certificates as copies under their numbers, the spoiled ones recorded."""
        last, page = self.work.last, self.preview.page
        if last is None or not self.choices.printer_name:
            return
        self.choices.show_way(0, 1)
        if page >= last.sheets:
            self.work.resend(self.choices.printer_name, page)
        else:
            places = last.batch.arranged.on_sheet(page, len(last.batch.records))
            self.work.reprint(places, self.choices.printer_name)

    def _resend(self) -> None:
        self.choices.show_way(0, 1)
        self.work.resend(self.choices.printer_name)

    def _save(self) -> None:
        path = self.saving.asked(self._unit) if self._unit is not None else None
        if path is not None:
            self.work.save(self.records(), self.choices.chosen(), path)

    def _keep(self) -> None:
        path = self.saving.asked(self._unit) if self._unit is not None else None
        if path is not None:
            self.work.keep(path)

    def _saved(self, path: Path) -> None:
        self.refresh()
        self.after.tell_saved(path)
        self.changed.emit()

    def _day(self) -> None:
        self.saving.day_sheet(self.choices.chosen().paper)

    def _ask_handing(self, printed: bool) -> None:
        keys = self._printed_keys() if printed else tuple(reading.in_hand(self.list.model.picked()))
        self.after.ask_handing(keys)
        if printed:
            self.list.model.choose_all(chosen=False)

    def _printed_keys(self) -> tuple[Key, ...]:
        return self.work.last.batch.keys if self.work.last is not None else ()

    def _hand_over(self, keys: tuple[Key, ...], to: str) -> None:
        self._tasks.run(Lane.STORE, partial(reading.hand_over, self._session, keys, to), done=self._settled)

    def _ask_voiding(self) -> None:
        self.after.ask_voiding(tuple(line for line in self.list.model.picked() if line.printed))

    def _void(self, records: tuple[UUID, ...], reason: str) -> None:
        self._tasks.run(Lane.STORE, partial(reading.void, self._session, records, reason), done=self._settled)

    def _settled(self, count: int) -> None:
        self.after.tell_settled(count)
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()
        self.changed.emit()
