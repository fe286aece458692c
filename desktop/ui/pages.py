"""The pages of the window in the rail's order. Each is imported when it is shown for the first time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.tasks import Tasks
from desktop.ui.navigation import Entry
from desktop.ui.page import Page
from desktop.ui.session import Session
from desktop.ui.theme import Theme

Build: TypeAlias = Callable[[Theme, Tasks, Session], Page]


@dataclass(frozen=True, slots=True)
class Kind:
    """One page: its name in errands, title, icon, key, and the class that is the page as "module:class".

    `foot` puts its entry at the foot of the rail.
    """

    name: str
    title: str
    icon: str
    keys: str
    where: str
    foot: bool = False

    def entry(self) -> Entry:
        """How the rail shows it."""
        return Entry(self.name, QCoreApplication.translate("Pages", self.title), self.icon, self.keys, self.foot)

    def build(self, theme: Theme, tasks: Tasks, session: Session) -> Page:
        """The page itself."""
        module, _, name = self.where.partition(":")
        made: Build = getattr(import_module(f"desktop.ui.{module}"), name)
        return made(theme, tasks, session)


_NOT_PRACTISED = ("sync", "settings")  # nothing is sent, and what is chosen belongs to the laptop


def kinds(*, practice: bool) -> tuple[Kind, ...]:
    """The pages of the rail, for live data or for practice."""
    return tuple(kind for kind in KINDS if not (practice and kind.name in _NOT_PRACTISED))


KINDS = (
    Kind("home", str(QT_TRANSLATE_NOOP("Pages", "Home")), "house", "Alt+1", "home_page:HomePage"),
    Kind(
        "enrolment",
        str(QT_TRANSLATE_NOOP("Pages", "Enrolment")),
        "user-plus",
        "Alt+2",
        "enrolment_page:EnrolmentPage",
    ),
    Kind(
        "certificates",
        str(QT_TRANSLATE_NOOP("Pages", "Certificates")),
        "file-badge",
        "Alt+3",
        "certificates_page:CertificatesPage",
    ),
    Kind("sync", str(QT_TRANSLATE_NOOP("Pages", "Sending")), "refresh-cw", "Alt+4", "sync_page:SyncPage"),
    Kind("import", str(QT_TRANSLATE_NOOP("Pages", "Import")), "file-spreadsheet", "Alt+5", "import_page:ImportPage"),
    Kind("recap", str(QT_TRANSLATE_NOOP("Pages", "Recap")), "chart-column", "Alt+6", "recap_page:RecapPage"),
    Kind(
        "settings",
        str(QT_TRANSLATE_NOOP("Pages", "Settings")),
        "settings",
        "Alt+7",
        "settings_page:SettingsPage",
        foot=True,
    ),
)
