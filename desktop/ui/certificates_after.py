"""What is asked and told after printing, and what can be done with papers that are printed already."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.store.handling import Key
from desktop.ui.certificates_asking import Asking
from desktop.ui.certificates_reading import Candidate
from desktop.ui.theme import Theme
from desktop.ui.widgets.button import button, write
from desktop.ui.widgets.layout import column, holder
from desktop.ui.widgets.notice import Notice


class After(QFrame):
    """One question at a time, above the page. `handed` carries papers and to whom, `voided` records and the reason.

    `handing_wanted(printed=...)`: ask about the papers just printed, else about those of the officers ticked.
    """

    again_wanted = Signal()
    resend_wanted = Signal()
    keep_wanted = Signal()
    open_wanted = Signal(object)
    handing_wanted = Signal(bool)
    handed = Signal(object, str)
    voiding_wanted = Signal()
    voided = Signal(object, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("body")
        self._keys: tuple[Key, ...] = ()
        self._records: tuple[UUID, ...] = ()
        self._path: Path | None = None
        self.printed, self.refused = Notice(theme, "info"), Notice(theme, "warn")
        self.saved, self.told = Notice(theme, "ok"), Notice(theme, "ok")
        self.handing = Asking(theme, "info", self.tr("Handed over to"), self.tr("Write who received them."))
        self.voiding = Asking(
            theme, "warn", self.tr("Reason"), self.tr("Write the reason, for example: wrong person printed.")
        )
        self.setLayout(column(self.printed, self.refused, self.saved, self.told, self.handing, self.voiding, gap=8))
        self.handed_button = button(theme, "", "link", icon="check", points=9)
        self.void_button = button(theme, self.tr("Make void\u2026"), "link", icon="circle-x", points=9)
        self.acts = holder(column(self.handed_button, self.void_button, gap=2, margins=(10, 4, 10, 2)))
        self._connect()
        self.show_acts(0, 0)
        self._fold()

    def _connect(self) -> None:
        self.printed.answered.connect(self._printed_answered)
        self.refused.answered.connect(self._refused_answered)
        self.saved.answered.connect(self._saved_answered)
        self.told.answered.connect(self.dismiss)
        self.handing.given.connect(self._given)
        self.handing.dropped.connect(self._fold)
        self.voiding.given.connect(self._reason_given)
        self.voiding.dropped.connect(self._fold)
        self.handed_button.clicked.connect(self._hand)
        self.void_button.clicked.connect(self.voiding_wanted)

    @property
    def asking(self) -> bool:
        """Whether it is not known yet what became of the last print."""
        return not (self.printed.isHidden() and self.refused.isHidden())

    def show_acts(self, papers: int, printed: int) -> None:
        """What can be done with the officers ticked: papers in hand, certificates that count."""
        write(self.handed_button, self.tr("Handed over ({count})").format(count=papers))
        self.handed_button.setEnabled(bool(papers))
        self.void_button.setEnabled(bool(printed))
        self.acts.setVisible(bool(papers or printed))

    def ask_printed(self, pages: int, wanted: int, printer: str, sheet: int) -> None:
        """Ask whether everything came out; of a print that was stopped not every sheet did."""
        self.dismiss()
        title = self.tr("{count} sheets sent to {printer}. Have they come out of the printer?")
        if pages < wanted:
            title = self.tr("Stopped: not all sheets came out of {printer}. Look which ones there are.")
        text = self.tr("If a sheet jammed, bring it to the front with PgUp and PgDn, then print it again.")
        self.printed.say(title.format(count=pages, printer=printer), text, self._answers(sheet))
        self._fold()
        self.printed.answers[0].setFocus()

    def _answers(self, sheet: int) -> tuple[str, str]:
        return (self.tr("Yes, all of them"), self.tr("Print sheet {number} again").format(number=sheet))

    def name_sheet(self, sheet: int) -> None:
        """Another sheet is in front."""
        write(self.printed.answers[1], self._answers(sheet)[1])

    def ask_refused(self, sentence: str) -> None:
        """The printer did not take it; the numbers are kept."""
        self.dismiss()
        text = self.tr("The numbers are recorded already. The same sheets can be sent once more or saved.")
        self.refused.say(sentence, text, (self.tr("Send once more"), self.tr("Save PDF")))
        self._fold()

    def tell_saved(self, path: Path) -> None:
        """Where a PDF lies."""
        self.dismiss()
        self._path = path
        self.saved.say(self.tr("The PDF has been saved"), str(path), (self.tr("Open the file"),))
        self._fold()

    def ask_handing(self, keys: tuple[Key, ...]) -> None:
        """Ask to whom these papers went."""
        self._keys = keys
        self.told.hide()
        title = self.tr("{count} papers: have they been handed over?").format(count=len(keys))
        text = self.tr("Who received them is written on this laptop only.")
        self.handing.ask(title, text, self.tr("Record"), self.tr("each officer in person"))
        self._fold()

    def ask_voiding(self, lines: tuple[Candidate, ...]) -> None:
        """Ask why these certificates are to be void."""
        self._records = tuple(line.record for line in lines if line.record is not None)
        self.told.hide()
        names = ", ".join(line.name for line in lines[:3]) + ("\u2026" if len(lines) > 3 else "")  # noqa: PLR2004
        title = self.tr("Make {count} certificates void?").format(count=len(lines))
        text = self.tr("{names}. The number counts no more; printing again gives a new one.").format(names=names)
        self.voiding.ask(title, text, self.tr("Make void"))
        self._fold()

    def tell_settled(self, count: int) -> None:
        """That it was recorded."""
        self.told.say(self.tr("Recorded for {count} certificates.").format(count=count), "", (self.tr("Understood"),))
        self._fold()

    def dismiss(self, _place: int = 0) -> None:
        """Nothing is asked any more."""
        for part in (self.printed, self.refused, self.saved, self.told, self.handing, self.voiding):
            part.hide()
        self._fold()

    def _fold(self) -> None:
        """Take no room when nothing is said."""
        parts = (self.printed, self.refused, self.saved, self.told, self.handing, self.voiding)
        self.setVisible(any(not part.isHidden() for part in parts))

    def _printed_answered(self, place: int) -> None:
        self.printed.hide()
        self._fold()
        if place == 0:
            self.handing_wanted.emit(True)
        else:
            self.again_wanted.emit()

    def _refused_answered(self, place: int) -> None:
        self.refused.hide()
        self._fold()
        (self.keep_wanted if place else self.resend_wanted).emit()

    def _saved_answered(self, _place: int) -> None:
        if self._path is not None:
            self.open_wanted.emit(self._path)

    def _hand(self) -> None:
        self.handing_wanted.emit(False)

    def _given(self, to: str) -> None:
        self._fold()
        self.handed.emit(self._keys, to)

    def _reason_given(self, reason: str) -> None:
        self._fold()
        self.voided.emit(self._records, reason)
