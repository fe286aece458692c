"""A store that does not open, or is damaged: what is wrong in words, and what there is to do. Nothing is ever deleted.

The newest backup, what the damaged file still holds, a look at it, the office's help; by keyboard, without a network.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.store import archive
from desktop.store.mending import Mended
from desktop.store.restoring import Restored
from desktop.tasks import Lane, Tasks
from desktop.ui import rescuing
from desktop.ui.findings import plain
from desktop.ui.help_key import HelpKey
from desktop.ui.messages import Messages
from desktop.ui.rescue_parts import RescueParts
from desktop.ui.rescuing import Diagnosis, Look, Offer
from desktop.ui.session import Session, open_session
from desktop.ui.theme import Theme
from desktop.ui.widgets.layout import column
from desktop.ui.widgets.text import retone
from payung import dates
from payung.errors import PayungError
from payung.problem import Severity

_WRONG = {"store.wrong_passphrase", "store.too_soon", "store.unknown_operator"}
Chooser = Callable[[QWidget], Path | None]


class RescuePage(QWidget):
    """`opened` carries the `Session` once the laptop works again, `closed` leads back to the unlock page.

    `office_wanted` leads to the recovery page, with the operator's name.
    """

    opened = Signal(object)
    closed = Signal()
    office_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        folder: Path,
        messages: Messages,
        *,
        operator: str = "",
        choose_backup: Chooser | None = None,
        choose_kit: Chooser | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme, self._tasks, self._folder, self._messages = theme, tasks, folder, messages
        self.help = HelpKey(theme, self, messages.lang, "rescue")
        self._operator, self._choose_backup = operator, choose_backup or self._a_backup
        self._found: Diagnosis | None = None
        self._offer: Offer | None = None
        self._busy = False
        self.parts = RescueParts(theme, choose_kit)
        self.setLayout(column(self.parts))
        self._connect()

    def _connect(self) -> None:
        self.parts.passphrase.returnPressed.connect(self._look_closer)
        self.parts.check_button.clicked.connect(self._look_closer)
        self.parts.restore_button.clicked.connect(self._ask_to_restore)
        self.parts.other_button.clicked.connect(self._other)
        self.parts.confirm.answered.connect(self._restore)
        self.parts.save_button.clicked.connect(self._save)
        self.parts.look_button.clicked.connect(self._look)
        self.parts.office_button.clicked.connect(self._ask_office)
        self.parts.open_button.clicked.connect(self._open)
        self.parts.back_button.clicked.connect(self.closed)

    def prepare(self, passphrase: str = "") -> None:
        """Say what is wrong, as far as it can be said with what was typed at unlocking."""
        self.parts.passphrase.setText(passphrase)
        self._diagnose()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where something is to be done."""
        super().showEvent(event)
        self.parts.passphrase.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Nobody sits here: what is secret goes, and with it what it had opened."""
        self.parts.passphrase.clear()
        self.parts.kit.forget()
        self._found = None
        self.parts.lines.setStringList([])
        self.parts.list.hide()
        self.parts.saving.hide()
        self.parts.closer.show()

    def _look_closer(self) -> None:
        if self.parts.passphrase.text():
            self._diagnose()
        else:
            self.parts.passphrase_field.tell(Severity.ERROR, self.tr("Type the passphrase you open Payung with."))
            self.parts.passphrase.setFocus()

    def _diagnose(self) -> None:
        self._say("")
        self.parts.diagnosis.setText(self.tr("Looking at the data…"))
        work = partial(rescuing.diagnose, self._folder, self._operator, self.parts.passphrase.text())
        self._run(work, self._diagnosed)

    def _diagnosed(self, found: Diagnosis) -> None:
        self._free()
        self._found = found
        self.parts.passphrase_field.tell(None)
        said = [self._messages.sentence(one.code, detail=one.detail) for one in plain(found.findings)]
        if found.sound:
            said = [self._messages.sentence("check.sound")]
        elif not said:
            said = [self.tr("Type your passphrase so that Payung can look at the data.")]
        self.parts.diagnosis.setText("\n".join(said))
        retone(self.parts.diagnosis, "tone", "ok" if found.sound else "warn")
        self.parts.closer.setVisible(found.unlocked is None)
        self.parts.open_button.setVisible(found.sound)
        self._show_offer(found.offer)
        self.parts.restoring.show()
        self.parts.saving.setVisible(found.unlocked is not None and found.database and not found.sound)
        self.parts.asking.setVisible(found.office and (found.keys_lost or found.unlocked is None))
        self.parts.kits.show()
        first = self.parts.passphrase if found.unlocked is None else self.parts.restore_button
        (self.parts.open_button if found.sound else first).setFocus()

    def _show_offer(self, offer: Offer | None) -> None:
        self._offer = offer
        self.parts.restore_button.setEnabled(offer is not None)
        if offer is None:
            self.parts.offered.setText(
                self.tr("No backup was found on this laptop. Plug in the stick with the backups and choose one.")
            )
            return
        place = self.tr("on the stick") if offer.elsewhere else self.tr("on this laptop")
        text = self.tr("Backup of {at}: {records} officers, {place}.")
        self.parts.offered.setText(text.format(at=_moment(offer), records=offer.records, place=place))

    def _other(self) -> None:
        path = self._choose_backup(self)
        if path is not None:
            self._run(partial(rescuing.chosen, self._folder, path), self._other_chosen)

    def _other_chosen(self, offer: Offer) -> None:
        self._free()
        self._show_offer(offer)
        self.parts.restore_button.setFocus()

    def _ask_to_restore(self) -> None:
        if self._offer is None or not self._ready():
            return
        text = self.tr(
            "What was typed after {at} is not in this backup. The data as they are now are kept in a folder beside."
        )
        answers = (self.tr("Restore"), self.tr("Do not restore"))
        self.parts.confirm.say(self.tr("Go back to this backup?"), text.format(at=_moment(self._offer)), answers)
        self.parts.ensureWidgetVisible(self.parts.confirm)
        self.parts.confirm.answers[0].setFocus()

    def _ready(self) -> bool:
        if not self.parts.passphrase.text():
            self.parts.passphrase_field.tell(
                Severity.ERROR, self.tr("Type the passphrase you had when the backup was made.")
            )
            self.parts.closer.show()
            self.parts.passphrase.setFocus()
            return False
        return self.parts.kit.complete()

    def _restore(self, answer: int) -> None:
        self.parts.confirm.hide()
        if answer or self._offer is None:
            self.parts.restore_button.setFocus()
            return
        passphrase, fresh = self.parts.passphrase.text(), self.parts.kit.value
        work = partial(rescuing.restore, self._folder, self._offer.path, passphrase, fresh)
        self._run(work, self._restored)

    def _restored(self, done: Restored) -> None:
        text = self.tr("Restored: {records} officers.").format(records=done.manifest.counts.get("record", 0))
        self._works_again(text, aside=done.aside, needs_kit=done.adopted is None)

    def _save(self) -> None:
        if self._found is None or self._found.unlocked is None or not self.parts.kit.complete():
            return
        self._run(partial(rescuing.save, self._folder, self._found.unlocked, self.parts.kit.value), self._saved)

    def _saved(self, done: Mended) -> None:
        saved = done.salvaged
        text = self.tr("{saved} officers saved, {lost} lost, {back} as they were in an earlier version.")
        text = text.format(saved=len(saved.saved), lost=len(saved.lost), back=len(saved.set_back))
        self._works_again(text, aside=done.aside, needs_kit=saved.needs_kit)

    def _works_again(self, text: str, *, aside: Path | None, needs_kit: bool) -> None:
        self._free()
        lines = [text]
        if aside is not None:
            lines.append(self.tr("The data as they were lie in {folder}.").format(folder=aside.name))
        if needs_kit:
            lines.append(self._messages.sentence("room.kit"))
        self.parts.diagnosis.setText("\n".join(lines))
        retone(self.parts.diagnosis, "tone", "ok")
        self.parts.hide_choices()
        self.parts.open_button.show()
        self.parts.open_button.setFocus()

    def _look(self) -> None:
        if self._found is not None and self._found.unlocked is not None:
            self._run(partial(rescuing.look, self._folder, self._found.unlocked), self._looked)

    def _looked(self, look: Look) -> None:
        self._free()
        self.parts.lines.setStringList([f"{one.where}  ·  {one.seat}  ·  {one.name or '—'}" for one in look.lines])
        text = self.tr("{count} officers can be read. Nothing was changed.").format(count=len(look.lines))
        if look.lost:
            text += " " + self.tr("{count} cannot be read.").format(count=look.lost)
        self._say(text)
        self.parts.list.setVisible(bool(look.lines))
        self.parts.list.setFocus()
        self.parts.ensureWidgetVisible(self.parts.list)

    def _ask_office(self) -> None:
        self.office_wanted.emit(self._operator)

    def _open(self) -> None:
        passphrase = self.parts.passphrase.text()
        work = partial(open_session, self._folder, self._operator or None, passphrase, self._messages.lang)
        self._run(work, self._in)

    def _in(self, session: Session) -> None:
        self._free()
        self.forget()
        self.opened.emit(session)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        if self._busy:
            return
        self._busy = True
        self._say("")
        self._tasks.run(Lane.STORE, work, done=done, failed=self._told)

    def _told(self, trouble: PayungError) -> None:
        self._free()
        sentence = self._messages.of(trouble)
        if trouble.code in _WRONG:
            self.parts.closer.show()
            self.parts.passphrase_field.tell(Severity.ERROR, sentence)
            self.parts.passphrase.setFocus()
            self.parts.passphrase.selectAll()
        else:
            self._say(sentence)
        if self._found is None:
            self.parts.diagnosis.setText("")

    def _free(self) -> None:
        self._busy = False

    def _say(self, text: str) -> None:
        self.parts.notice.setText(text)
        self.parts.notice.setVisible(bool(text))

    def _a_backup(self, over: QWidget) -> Path | None:
        kinds = self.tr("Backups of Payung (*{suffix})").format(suffix=archive.SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(over, self.tr("Which backup"), "", kinds)
        return Path(chosen) if chosen else None


def _moment(offer: Offer) -> str:
    at = offer.at.astimezone()
    return f"{dates.long(at.date())}, {dates.clock(at.time())}"
