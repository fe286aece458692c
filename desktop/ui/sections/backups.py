"""Backups: the last ones, one now, where they go as well, and the way to restoring one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from desktop import settings
from desktop.store import backup
from desktop.store.backup import Backup
from desktop.tasks import Lane, Tasks
from desktop.ui import copying
from desktop.ui.copying import Copied
from desktop.ui.need import Rescue
from desktop.ui.sections.section import Chooser, Section, a_folder
from desktop.ui.session import Session
from desktop.ui.theme import Theme
from desktop.ui.widgets.layout import row
from payung import dates
from payung.errors import PayungError


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest backup here and on the stick; `plugged` when the chosen folder is there."""

    here: Backup | None
    stick: Path | None
    plugged: bool
    there: Backup | None


class Backups(Section):
    """Made by itself; here one sees that it was."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session, choose: Chooser | None = None) -> None:
        super().__init__(theme, tasks, session, self.tr("Backups"))
        self._choose = choose or a_folder(self.tr("Where backups go as well"))
        self.here = self._text("", "ink")
        self.there = self._text("", "ink")
        self.now_button = self._button(self.tr("Back up now"), "primary", "save")
        self.choose_button = self._button(self.tr("Choose a stick or folder…"), "soft", "usb")
        self.none_button = self._button(self.tr("No longer to the stick"), "ghost", "x")
        self.restore_button = self._button(self.tr("Restore a backup…"), "ghost", "history")
        self._fill(
            self._text(
                self.tr(
                    "Payung makes backups by itself: after opening, after 50 officers, and when you lock or close. "
                    "They are encrypted and open only with a passphrase of this laptop."
                )
            ),
            self._title(self.tr("On this laptop")),
            self.here,
            row(self.now_button, None),
            self._title(self.tr("On a stick")),
            self.there,
            row(self.choose_button, self.none_button, None),
            self._title(self.tr("Restore")),
            self._text(
                self.tr("Payung locks and shows the newest backup. Nothing is changed before you say so once more.")
            ),
            row(self.restore_button, None),
        )
        self.now_button.clicked.connect(self._now)
        self.choose_button.clicked.connect(self._choose_stick)
        self.none_button.clicked.connect(self._no_stick)
        self.restore_button.clicked.connect(self._restore)

    def shown(self) -> None:
        """Look what there is."""
        self._tasks.run(Lane.COPY, partial(standing, self._session), done=self._show, failed=self.told)

    def _show(self, found: Standing) -> None:
        self.here.setText(self._said(found.here) or self.tr("No backup was made on this laptop yet."))
        self.none_button.setVisible(found.stick is not None)
        if found.stick is None:
            self.there.setText(self.tr("No stick is chosen. A backup beside the laptop helps when the laptop is lost."))
        elif not found.plugged:
            text = self.tr("{folder} is not plugged in. Plug in the stick; the next backup goes there as well.")
            self.there.setText(text.format(folder=found.stick))
        else:
            said = self._said(found.there) or self.tr("No backup lies there yet.")
            self.there.setText(f"{found.stick}\n{said}")

    def _said(self, made: Backup | None) -> str:
        if made is None:
            return ""
        records = made.manifest.counts.get("record", 0)
        text = self.tr("Last backup: {at}, {records} officers.")
        return text.format(at=_moment(made.manifest.made_at.astimezone(self._session.zone)), records=records)

    def _now(self) -> None:
        self._run(partial(copying.copy_now, self._session), self._made, Lane.COPY)

    def _made(self, made: Copied) -> None:
        self._free()
        self.shown()
        both = self.tr("The backup is made, here and on the stick. The stick may be taken out.")
        self.say(both if made.stick is not None else self.tr("The backup is made on this laptop."))

    def told(self, trouble: PayungError) -> None:
        """What was made before the trouble counts too."""
        super().told(trouble)
        if trouble.code.startswith("backup."):
            self.shown()

    def _choose_stick(self) -> None:
        folder = self._choose(self)
        if folder is not None:
            self._keep(backup_folder=str(folder))

    def _no_stick(self) -> None:
        self._keep(backup_folder="")

    def _chosen(self, chosen: settings.Settings) -> None:
        super()._chosen(chosen)
        self.shown()
        if chosen.backup_folder:
            self.say(self.tr("Backups go to {folder} as well.").format(folder=chosen.backup_folder))

    def _restore(self) -> None:
        self.needed.emit(Rescue())


def standing(session: Session) -> Standing:
    """The newest backups there are. Raises StoreIO."""
    stick = copying.stick_of(session.folder)
    plugged = stick is not None and stick.is_dir()
    there = copying.newest_on_stick(session.store, stick) if stick is not None and plugged else None
    return Standing(backup.newest(session.store), stick, plugged, there)


def _moment(at: datetime) -> str:
    return f"{dates.long(at.date())}, {dates.clock(at.time())}"
