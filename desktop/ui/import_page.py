"""The page Impor: choose a list, match its columns, check it, take it in. Nothing is written before the last button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QScrollArea, QSizePolicy, QWidget

from desktop.store.taking_back import Import, TakenBack
from desktop.tasks import Tasks
from desktop.ui.import_check import ImportCheck
from desktop.ui.import_columns import ImportColumns
from desktop.ui.import_reading import Checked, Kind, Opened, Stopped, TakenIn
from desktop.ui.import_work import ImportWork
from desktop.ui.page import Page
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.button import button
from desktop.ui.widgets.layout import column, holder, row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.text import Elided, label
from payung.errors import PayungError

LOOK = 100  # milliseconds between two looks at how far the work is
GRACE = 60_000  # milliseconds a list that came in waits to be sent, so that it can be taken back whole
NAMED = 5  # of those that stayed


class ImportPage(Page):
    """Three steps on one page, all by keyboard: Ctrl+O or Ctrl+V, the columns, the rows, Ctrl+Enter."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._theme, self._session = theme, session
        self._last: Import | None = None
        self._asking = self._fresh = False
        self.work = ImportWork(tasks, session)
        self.columns = ImportColumns(theme, session)
        self.check = ImportCheck(theme, session.messages)
        self.notice, self.done = Notice(theme, "err"), Notice(theme, "ok")
        self.choose_button = button(theme, self.tr("Choose a file…"), "soft", icon="folder-open")
        self.choose_button.setToolTip("Ctrl+O")
        self.paste_button = button(theme, self.tr("Paste a table"), "ghost", icon="copy")
        self.paste_button.setToolTip("Ctrl+V")
        self.undo_button = button(theme, "", "link", icon="undo-2", points=9)
        self.stop_button = button(theme, self.tr("Stop"), "ghost", icon="x", points=9)
        self._file = Elided(theme, 9.5, tone="ink2")
        self._bar, self._bar_words = QProgressBar(), label(theme, "", 9.5, tone="ink2")
        self._look = QTimer(self)
        self._look.setInterval(LOOK)
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(GRACE)
        self._lay_out()
        self._connect()
        self._start()

    def _lay_out(self) -> None:
        title = label(self._theme, self.tr("1  Choose a list"), 11, Weight.DemiBold)
        head = row(title, self._file, self.undo_button, self.paste_button, self.choose_button, gap=10)
        head.setStretch(1, 1)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(self._theme.px(8))
        self._bar.setAccessibleName(self.tr("How far the work is"))
        bar = row(self._bar_words, self._bar, self.stop_button, gap=10)
        bar.setStretch(1, 1)
        self._under_way = holder(bar)
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(column(head, self._under_way, gap=6, margins=(16, 9, 12, 9)))
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # the table gives way, not buttons
        self._rest = holder(column(None))
        whole = column(card, self.notice, self.done, self.columns, self.check, self._rest, gap=10)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setStretch(4, 1)
        whole.setStretch(5, 1)
        body = QWidget()
        body.setObjectName("page")
        body.setLayout(whole)
        area = QScrollArea()  # on a low window the rows keep their height
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        self.setLayout(column(area, gap=0))

    def _connect(self) -> None:
        work = self.work
        work.opened.connect(self._opened)
        work.checked.connect(self._checked)
        work.taken.connect(self._taken)
        work.undone.connect(self._undone)
        work.remembered.connect(self._remembered)
        work.reported.connect(self._reported)
        work.troubled.connect(self._troubled)
        work.busy.connect(self._busy)
        self.columns.matched.connect(self._matched)
        self.columns.assumed.connect(work.assume)
        self.check.corrected.connect(work.correct)
        self.check.wanted.connect(self._take_in)
        self.check.listed.connect(self._save_list)
        self.choose_button.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.paste)
        self.undo_button.clicked.connect(self._ask_undo)
        self.stop_button.clicked.connect(work.stop)
        self.done.answered.connect(self._answered)
        self._look.timeout.connect(self._show_progress)
        self._grace.timeout.connect(self.changed)
        keys = (("Ctrl+O", self.choose), ("Ctrl+V", self.paste), ("Ctrl+Return", self._take_in), ("Esc", work.stop))
        for key, slot in keys:
            made = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def _start(self) -> None:
        self._file.say(self.tr("Excel, LibreOffice or CSV. Drop a file here, or paste a table you copied."))
        for part in (self.columns, self.check, self.undo_button, self._under_way):
            part.hide()
        self._rest.show()

    def shown(self) -> None:
        """Ask what could be taken back; the keys go where the work is."""
        self.work.look_for_last()
        if self.work.found is None:
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.check.to_table()

    def leave(self) -> None:
        """The window locks: what is under way is given up; what came in may be sent."""
        self.work.stop()
        self._send_now()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who goes to another page has looked at what came in."""
        self._send_now()
        super().hideEvent(event)

    def _send_now(self) -> None:
        if self._grace.isActive():
            self._grace.stop()
            self.changed.emit()

    def adapt(self, width: float, height: float) -> None:
        """Leave out columns, and on low windows the hint."""
        self.check.adapt(width)
        self.columns.adapt(height)
        self._file.setVisible(height > 0)

    def choose(self) -> None:
        """Ask for a file."""
        kinds = self.tr("Lists (*.xlsx *.xls *.ods *.csv *.txt *.tsv);;All files (*)")
        found, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a list of officers"), QDir.homePath(), kinds)
        if found:
            self.open_file(Path(found))

    def open_file(self, path: Path) -> None:
        """Read this file."""
        self._forget()
        self.work.open_file(path)

    def paste(self) -> None:
        """Read the table on the clipboard."""
        typed = QGuiApplication.clipboard().text()
        if "\t" not in typed:
            self.notice.reground("warn")
            said = self.tr("Copy the rows in Excel with their headings, then press Ctrl+V here.")
            self.notice.say(self.tr("No table was copied yet"), said)
            return
        self._forget()
        self.work.open_text(typed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file."""
        event.acceptProposedAction()
        self.open_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def _forget(self) -> None:
        self.notice.hide()
        self.done.hide()
        self.columns.forget_defaults()
        self.work.forget()
        self._start()

    def _opened(self, opened: Opened) -> None:
        self._file.say(opened.name)
        self.columns.show_guesses(opened.guesses)
        self.columns.show()
        self._fresh = True
        if any(guess.matched.columns.fields for guess in opened.guesses):
            self.work.check()
        else:
            self.columns.combos[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _matched(self, number: int, fields: dict[str, int]) -> None:
        self._fresh = True
        self.work.match(number, fields)
        self.columns.follow(self.work.guesses)

    def _checked(self, found: Checked) -> None:
        self.notice.hide()
        self._rest.hide()
        self.check.show()
        self.check.show_found(found, Kind.MEND, fresh=self._fresh)
        if self._fresh and not any(combo.hasFocus() for combo in self.columns.choices):
            self.check.to_table()
        self._fresh = False

    def _take_in(self) -> None:
        if self.check.take_button.isEnabled() and not self.check.isHidden():
            self.work.take_in()

    def _taken(self, taken: TakenIn) -> None:
        self._last = taken.made
        self.check.show_found(taken.left, Kind.MEND, fresh=True)
        self.check.setVisible(bool(taken.left.lines))
        self._rest.setVisible(not taken.left.lines)
        left = self.tr("{count} rows stayed out and stand below.").format(count=len(taken.left.lines))
        said = left if taken.left.lines else self.tr("Every row came in.")
        title = self.tr("{count} records came in").format(count=f"{taken.count:,}".replace(",", "."))
        self.done.reground("ok")
        self.done.say(title, said, (self.tr("Take the import back"), self.tr("Another list")))
        self.done.answers[1].setFocus(Qt.FocusReason.OtherFocusReason)
        self._asking = False
        self.held.emit()
        self._grace.start()

    def _answered(self, answer: int) -> None:
        asked, self._asking = self._asking, False
        if answer == 0 and asked and self._last is not None:
            self.done.hide()
            self.work.take_back(self._last.id)
        elif answer == 0 and self._last is not None:
            self._ask_undo()
        elif asked or answer == 0:
            self.done.hide()
        else:
            self._forget()
            self.shown()

    def _ask_undo(self) -> None:
        if self._last is None:
            return
        self._asking = True
        self.done.reground("warn")
        title = self.tr("Take {count} records out again?").format(count=self._last.records)
        said = self.tr("What was changed, sent or printed since stays. The list itself is not touched.")
        self.done.say(title, said, (self.tr("Yes, take them out"), self.tr("No, keep them")))
        self.done.answers[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _undone(self, taken_back: TakenBack) -> None:
        self._grace.stop()
        self.changed.emit()
        title = self.tr("{count} records were taken out again").format(count=taken_back.removed)
        names = [
            self._session.messages.sentence(one.reason, name=one.name, place=self._where(one.place, one.tps))
            for one in taken_back.stayed[:NAMED]
        ]
        more = len(taken_back.stayed) - len(names)
        if more > 0:
            names.append(self.tr("And {count} more.").format(count=more))
        self.done.reground("warn" if names else "ok")
        self.done.say(title, " ".join(names), (self.tr("Understood"),))
        self.done.answers[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.work.look_for_last()
        self._last = None
        self._asking = False
        self._fresh = True
        self.work.check_again()

    def _where(self, code: str, tps: int | None) -> str:
        title = self._session.regions.title(code)
        return title if tps is None else f"TPS {tps:03}, {title}"

    def _remembered(self, made: Import | None) -> None:
        self._last = made
        self.undo_button.setVisible(made is not None)
        if made is not None:
            at = made.at.astimezone(self._session.zone)
            said = self.tr("Last import: {count} records, {day} {time}. Take back").format(
                count=made.records, day=f"{at.day:02}-{at.month:02}-{at.year}", time=f"{at.hour:02}.{at.minute:02}"
            )
            self.undo_button.setText(f"  {said}")
            self.undo_button.setAccessibleName(said)

    def _save_list(self) -> None:
        kinds = self.tr("Excel (*.xlsx);;CSV (*.csv)")
        start = str(Path(QDir.homePath()) / self.tr("rows to mend.xlsx"))
        found, _ = QFileDialog.getSaveFileName(self, self.tr("Save the list of reasons"), start, kinds)
        if found:
            self.work.report(Path(found))

    def _reported(self, path: Path) -> None:
        self.notice.reground("info")
        self.notice.say(self.tr("The list was saved"), str(path))

    def _troubled(self, trouble: PayungError) -> None:
        stopped = isinstance(trouble, Stopped)
        self.notice.reground("info" if stopped else "err")
        self.notice.say(self._session.messages.of(trouble))
        if self.work.found is None:
            self.check.hide()
            self._rest.show()
            focus = self.choose_button if self.columns.isHidden() else self.columns.fold
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool) -> None:
        self.check.rest(busy=busy)
        if busy:
            self._look.start()
        else:
            self._look.stop()
            self._under_way.hide()

    def _show_progress(self) -> None:
        watch = self.work.watch
        if watch is None:
            return
        self._under_way.show()
        self._bar.setMaximum(watch.total)
        self._bar.setValue(watch.done)
        far = self.tr("{done} of {total} rows").format(done=watch.done, total=watch.total)
        words = far if watch.total and watch.done < watch.total else self.tr("A moment…")
        self._bar_words.setText(words)
