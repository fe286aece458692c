"""What the window sees to by itself: backups when they are due, a full check once a day, and what to tell of them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import settings
from desktop.store import database, remarks, room
from desktop.store.checking import Finding
from desktop.store.errors import Locked
from desktop.tasks import Lane, Tasks
from desktop.ui import copying
from desktop.ui.copying import Copied
from desktop.ui.session import Session
from payung.errors import PayungError

BUSY = "check.checkpoint"  # somebody wrote while the check ran: no finding about the data
JOURNAL = "check.journal"
REST = 2000  # milliseconds in which the first page has the laptop to itself


@dataclass(frozen=True, slots=True)
class Told:
    """What was found: `damage` when the data themselves are touched, else what a person should see to."""

    findings: tuple[Finding, ...]
    damage: bool = False


class Upkeep(QObject):
    """`troubled` carries why a backup was not made, once until one is made again; `found` a `Told`."""

    troubled = Signal(object)
    found = Signal(object)

    def __init__(self, tasks: Tasks, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._session = tasks, session
        self._saves = 0
        self._copying = False
        self._told = ""  # the trouble that was told last
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._settled)

    def start(self, rest: int = REST) -> None:
        """After unlocking: what can be said at once; when the page stands, the backup still owed and the day's check.

        `rest` is in milliseconds.
        """
        self._tasks.run(Lane.COPY, partial(standing, self._session), done=self._tell)
        self._rest.start(rest)

    def _settled(self) -> None:
        self._copy(closing=True)
        self._tasks.run(Lane.COPY, partial(checked, self._session), done=self._confirm, failed=self._not_checked)

    def saved(self) -> None:
        """Records changed; after enough of them a backup is made."""
        self._saves += 1
        if self._saves >= int(room.limits()["backup"]["saves"]):
            self._copy()

    def _copy(self, *, closing: bool = False) -> None:
        if self._copying:
            return
        self._copying = True
        work = partial(copying.copy, self._session, saves=self._saves, closing=closing)
        self._saves = 0
        self._tasks.run(Lane.COPY, work, done=self._copied, failed=self._not_copied)

    def _copied(self, made: Copied | None) -> None:
        self._copying = False
        if made is not None:
            self._told = ""

    def _not_copied(self, trouble: PayungError) -> None:
        self._copying = False
        if trouble.code != self._told:
            self._told = trouble.code
            self.troubled.emit(trouble)

    def _tell(self, told: Told) -> None:
        if told.findings:
            self.found.emit(told)

    def _confirm(self, report: database.Report | None) -> None:
        """Before anybody is frightened: looked at once more, with nobody writing."""
        if report is None:
            return
        if report.sound:
            self._note(report)
        else:
            work = partial(database.check, self._session.store)
            self._tasks.run(Lane.STORE, work, done=self._confirmed, failed=self._not_checked)

    def _confirmed(self, report: database.Report) -> None:
        findings = tuple(one for one in report.findings if one.code not in {BUSY, JOURNAL})
        if findings:
            self.found.emit(Told(findings, damage=True))
        self._note(report)

    def _note(self, report: database.Report) -> None:
        if all(one.code != BUSY for one in report.findings):
            self._tasks.run(Lane.COPY, partial(_checked_today, self._session))

    def _not_checked(self, _trouble: PayungError) -> None:
        """Somebody was writing: the next sitting checks."""


def standing(session: Session) -> Told:
    """What is cheap to see: a journal that vanished, the disk, the outbox, the clock, backups, a kit."""
    store = session.store
    found = [Finding(JOURNAL)] if store.torn else []
    store.note_seen(in_use=True, torn=False)
    return Told((*found, *(Finding(one.code, one.detail) for one in remarks.remarks(store))))


def checked(session: Session) -> database.Report | None:
    """A full check, the first of the day; None when it was made today or the store is being written to."""
    if settings.load(session.folder).checked_on == _today(session):
        return None
    with contextlib.suppress(Locked):
        return database.check(session.store)
    return None


def _checked_today(session: Session) -> None:
    with contextlib.suppress(OSError):  # checked once more next time, no harm
        settings.change(session.folder, checked_on=_today(session))


def _today(session: Session) -> str:
    return session.store.moment().astimezone().date().isoformat()
