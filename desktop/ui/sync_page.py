"""The page of sending: what is true now, the two roads to the office, and what became of every batch."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QScrollArea, QWidget

from desktop.tasks import Lane, Tasks
from desktop.ui import sticks, sync_reading
from desktop.ui.page import Errand, Page
from desktop.ui.session import Session
from desktop.ui.stick_work import StickWork
from desktop.ui.sticks import Stick
from desktop.ui.strip import Traffic
from desktop.ui.sync_cards import Hero, InternetCard, StickCard
from desktop.ui.sync_list import MatterList, PacketList
from desktop.ui.sync_reading import Officer, SyncView
from desktop.ui.theme import Theme
from desktop.ui.widgets.layout import column, row

WIDE, ROOMY = 900, 780  # logical pixels of window width: cards beside each other, notes in the outbox
LOOK = 4000  # milliseconds between two looks for sticks, while the page is in front
STICK = "stick"  # the field of an errand that leads to the stick


class SyncPage(Page):
    """Sends and receives by internet and by stick. Nothing on it can lose a record."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._tasks, self._session = tasks, session
        self.view: SyncView | None = None
        self._traffic = Traffic()
        self._reading = self._again = self._looking = False
        self._remembered = session.settings.stick_folder
        self._plugged: tuple[Stick, ...] = ()
        self.hero, self.internet, self.stick = Hero(theme), InternetCard(theme), StickCard(theme)
        self.matters, self.outbox = MatterList(theme), PacketList(theme)
        self.work = StickWork(tasks, session)
        self._look = QTimer(self)
        self._look.setInterval(LOOK)
        self._lay()
        self._connect()

    def _lay(self) -> None:
        self._cards = row(self.internet, self.stick, gap=12)
        self._cards.setStretch(0, 1)
        self._cards.setStretch(1, 1)
        whole = column(self.hero, self._cards, self.matters, self.outbox, None, gap=12, margins=(20, 14, 20, 14))
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
        self.hero.button.clicked.connect(self.send_wanted)
        self.internet.setup_button.clicked.connect(self._to_settings)
        self.stick.write_button.clicked.connect(self._write)
        self.stick.read_button.clicked.connect(self._read_stick)
        self.stick.choose_button.clicked.connect(self._choose)
        self.matters.wanted.connect(self.wanted)
        self.outbox.wanted.connect(self.wanted)
        self.outbox.opened.connect(self._open)
        self.work.began.connect(self.stick.begin)
        self.work.progressed.connect(self.stick.progress)
        self.work.ended.connect(self._ended)
        self.work.remembered.connect(self.needed)
        self.work.settled.connect(self.changed)
        self._look.timeout.connect(self._look_for_sticks)

    def shown(self) -> None:
        """Read anew."""
        self.hero.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look_for_sticks()
        self.refresh()

    def visit(self, errand: Errand) -> None:
        """To the stick, when that is what was asked for."""
        if errand.field == STICK:
            self.stick.write_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.stick.write_button)

    def refresh(self) -> None:
        """Read what stands, without moving the user."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        self._tasks.run(Lane.STORE, partial(sync_reading.read, self._session), done=self._read, failed=self._not_read)

    def hear(self, traffic: Traffic) -> None:
        """The line is another than before."""
        self._traffic = traffic
        self._show_state()

    def _read(self, view: SyncView) -> None:
        self._reading, self.view = False, view
        self._show_state()
        self.matters.show_matters(view.matters)
        self.outbox.show_packets(view.packets)
        if self._again:
            self.refresh()

    def _not_read(self, trouble: object) -> None:
        self._reading = False
        self._tasks.troubled.emit(trouble)

    def _show_state(self) -> None:
        if self.view is not None:
            self.hero.show_state(self.view, self._traffic)
            self.internet.show_state(self.view, self._traffic)

    def _open(self, number: int | None) -> None:
        work = partial(_numbered, self._session, number)
        self._tasks.run(Lane.STORE, work, done=self._opened)

    def _opened(self, found: tuple[int | None, tuple[Officer, ...]]) -> None:
        self.outbox.show_officers(*found)

    def _to_settings(self) -> None:
        self.wanted.emit(Errand("settings", field="device"))

    def _look_for_sticks(self) -> None:
        if not self._looking:
            self._looking = True
            work = partial(_looked, self._remembered)
            self._tasks.run(Lane.COPY, work, done=self._looked)

    def _looked(self, found: tuple[tuple[Stick, ...], bool]) -> None:
        self._looking = False
        self._plugged, there = found
        if not there:
            folder = self._plugged[0].folder if len(self._plugged) == 1 else None
            self.stick.show_folder(str(folder or ""), plugged=bool(self._plugged))
        else:
            self.stick.show_folder(self._remembered, plugged=True)

    def _target(self) -> Path | None:
        """The folder used before, else the only stick there is, else what the clerk chooses."""
        if self._remembered and Path(self._remembered).is_dir():
            return Path(self._remembered)
        return self._plugged[0].folder if len(self._plugged) == 1 else self._asked()

    def _asked(self) -> Path | None:
        begin = str(self._plugged[0].folder) if self._plugged else self._remembered
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the stick"), begin)
        if not chosen:
            return None
        self._remembered = chosen
        return Path(chosen)

    def _write(self) -> None:
        folder = self._target()
        if folder is not None:
            self._remembered = str(folder)
            self.work.write(folder)

    def _read_stick(self) -> None:
        folder = self._target()
        if folder is not None:
            self._remembered = str(folder)
            self.work.read(folder)

    def _choose(self) -> None:
        if self._asked() is not None:
            self._look_for_sticks()

    def _ended(self, said: tuple[str, ...], well: bool) -> None:
        self.stick.end(said, well=well)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """In front: look for sticks now and then."""
        self._look.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Not in front: leave the drives alone."""
        self._look.stop()
        super().hideEvent(event)

    def adapt(self, width: float, height: float) -> None:  # noqa: ARG002
        """Cards below each other in a narrow window."""
        wide = width >= WIDE
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.hero.adapt(wide=width >= ROOMY)
        self.stick.adapt(wide=width >= ROOMY)
        self.outbox.adapt(wide=width >= ROOMY)


def _numbered(session: Session, number: int | None) -> tuple[int | None, tuple[Officer, ...]]:
    return number, sync_reading.officers(session, number)


def _looked(remembered: str) -> tuple[tuple[Stick, ...], bool]:
    """The sticks there are, and whether the folder used before is there."""
    return sticks.plugged(), bool(remembered) and Path(remembered).is_dir()
