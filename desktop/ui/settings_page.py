"""Pengaturan: a list of sections at the left, or a box above in a narrow window, and the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QListView, QScrollArea, QStackedWidget

from desktop.tasks import Tasks
from desktop.ui import parts
from desktop.ui.page import Errand, Page
from desktop.ui.sections.about import About
from desktop.ui.sections.appearance import Appearance
from desktop.ui.sections.backups import Backups
from desktop.ui.sections.device import Device
from desktop.ui.sections.enrolling import Enrolling
from desktop.ui.sections.locking import Locking
from desktop.ui.sections.people import People
from desktop.ui.sections.practising import Practising
from desktop.ui.sections.report import Report
from desktop.ui.sections.section import Section
from desktop.ui.session import Session
from desktop.ui.theme import Theme, Weight
from desktop.ui.widgets.layout import column, row

SIDE = 220  # width of the list
ROOMY = 780  # logical pixels of window width below which a box takes the list's place
CARD = 640  # a line of text is not read with pleasure when it is longer


class SettingsPage(Page):
    """`visit` opens the section the errand names in its field."""

    def __init__(self, theme: Theme, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self._theme = theme
        self.sections: dict[str, Section] = {
            "appearance": Appearance(theme, tasks, session),
            "people": People(theme, tasks, session),
            "backups": Backups(theme, tasks, session),
            "locking": Locking(theme, tasks, session),
            "enrolling": Enrolling(theme, tasks, session),
            "device": Device(theme, tasks, session),
            "practice": Practising(theme, tasks, session),
            "report": Report(theme, tasks, session),
            "about": About(theme, tasks, session),
        }
        titles = [section.heading for section in self.sections.values()]
        self.list = QListView()
        self.box = QComboBox()
        self._titles = QStringListModel(titles, self)
        self.stack = QStackedWidget()
        for section in self.sections.values():
            section.needed.connect(self.needed)
            self.stack.addWidget(_scrolled(theme, section))
        parts.mark(self.list, self.box, self.stack)
        self._build(titles)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.box.currentIndexChanged.connect(self._go)
        self.list.setCurrentIndex(self._titles.index(0))

    def _build(self, titles: list[str]) -> None:
        theme = self._theme
        self.list.setModel(self._titles)
        self.list.setProperty("role", "sections")
        self.list.setAccessibleName(self.tr("Parts of the settings"))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFont(theme.font(10.5, Weight.Medium))
        self.list.setFixedWidth(theme.px(SIDE))
        self.box.addItems(titles)
        self.box.setProperty("role", "field")
        self.box.setAccessibleName(self.tr("Parts of the settings"))
        self.box.setFont(theme.font(10.5))
        self.box.setFixedHeight(theme.px(36))
        self.box.hide()
        across = row(self.list, self.stack, gap=12)
        across.setStretch(1, 1)
        whole = column(self.box, across, gap=10, margins=(14, 14, 14, 14))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @property
    def front(self) -> str:
        """The name of the section that is shown."""
        return tuple(self.sections)[max(0, self.stack.currentIndex())]

    def shown(self) -> None:
        """Read what the section shows, and begin in the list."""
        self.sections[self.front].shown()
        (self.box if self.list.isHidden() else self.list).setFocus()

    def visit(self, errand: Errand) -> None:
        """Open the section named by the errand's field."""
        if errand.field in self.sections:
            self._go(tuple(self.sections).index(errand.field))

    def leave(self) -> None:
        """What is secret does not outlast the lock."""
        for section in self.sections.values():
            section.forget()

    def adapt(self, width: float, height: float) -> None:  # noqa: ARG002
        """The list gives way to a box."""
        roomy = width >= ROOMY
        self.list.setVisible(roomy)
        self.box.setVisible(not roomy)

    def _moved(self, index: QModelIndex) -> None:
        self._go(index.row())

    def _go(self, place: int) -> None:
        if not 0 <= place < self.stack.count() or place == self.stack.currentIndex() == self.box.currentIndex():
            return
        self.stack.setCurrentIndex(place)
        self.box.setCurrentIndex(place)
        self.list.setCurrentIndex(self._titles.index(place))
        if self.isVisible():
            self.sections[self.front].shown()


def _scrolled(theme: Theme, section: Section) -> QScrollArea:
    card = QFrame()
    card.setObjectName("card")
    card.setMaximumWidth(theme.px(CARD))
    card.setLayout(column(section))
    ground = QFrame()
    ground.setObjectName("body")
    across = row(card, None)
    across.setStretch(0, 1000)
    ground.setLayout(across)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(ground)
    return area
