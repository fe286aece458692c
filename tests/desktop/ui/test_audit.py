"""The audit: every page, in both colours, on the smallest laptop and with the largest text, for everybody's hands.

Names, sizes, contrast, and a tab order that is the order of reading; what is reached by mouse is reached by keys.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import app, settings
from desktop.settings import Settings
from desktop.store import enrolments
from desktop.tasks import Tasks
from desktop.ui import pages
from desktop.ui.first_run import FirstRun
from desktop.ui.messages import Messages
from desktop.ui.page import Errand
from desktop.ui.recovery_page import RecoveryPage
from desktop.ui.rescue_page import RescuePage
from desktop.ui.session import Session
from desktop.ui.settings_page import SettingsPage
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from desktop.ui.unlock import UnlockPage
from tests.desktop.store.officers import officers
from tests.desktop.ui.conftest import Network
from tests.desktop.ui.test_access import LEAST, focusable
from tests.desktop.ui.test_language import MARKUP, english, words
from tests.laptops import OPERATOR

Settle = Callable[[], None]
DOORS = ("unlock", "first_run", "recovery", "rescue")
LOOKS = {
    "light": Settings(),
    "dark": Settings(theme=settings.Theme.DARK),
    "light, text 150 %": Settings(text_size=150),
    "dark, text 150 %": Settings(theme=settings.Theme.DARK, text_size=150),
}
SIZE = (1366, 768)
WALK = 400  # more steps than any page has stops


@pytest.fixture
def worked(session: Session) -> Session:
    """Officers in three stations, so that every list has rows."""
    saved = enrolments.save_many(session.store, list(officers(18)))
    assert all(isinstance(one, enrolments.Saved) for one in saved)
    return session


@pytest.fixture(params=LOOKS)
def window(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    qapp: QApplication,
    speech: None,
    tasks: Tasks,
    worked: Session,
    network: Network,
    settle: Settle,
) -> Iterator[Shell]:
    """The open window in one of the looks."""
    made = Shell(app.dress(qapp, LOOKS[request.param]), tasks, worked, network)
    qtbot.addWidget(made)
    made.resize(*SIZE)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.start("home")
    settle()
    yield made
    made.leave()
    settle()


@pytest.fixture
def window_once(shell: Shell, worked: Session) -> Shell:
    """The open window as it comes."""
    return shell


def stops(front: QWidget) -> list[QWidget]:
    """Where Tab stops within the page, from its first stop on, in the order of the keys."""
    inside = [widget for widget in focusable(front) if widget.isEnabled()]
    if not inside:
        return []
    front.window().activateWindow()  # the offscreen platform gives the turn to a field's list like to a window
    QApplication.processEvents()
    inside[0].setFocus(Qt.FocusReason.TabFocusReason)
    walked: list[QWidget] = []
    for _ in range(WALK):
        now = QApplication.focusWidget()
        assert now is not None
        if now in walked:
            break
        walked.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    first = next((number for number, one in enumerate(walked) if not front.isAncestorOf(one)), 0)
    turned = walked[first:] + walked[:first]
    return [one for one in turned if front.isAncestorOf(one)]


def order_breaks(walked: list[QWidget]) -> list[str]:
    """Where the keys go against the reading: back to a line above it in the same column, or left within a line."""
    found = []
    places = [(one, QRect(one.mapToGlobal(QPoint(0, 0)), one.size())) for one in walked]
    for (before, was), (after, now) in itertools.pairwise(places):
        above = now.bottom() < was.top()
        beside = now.left() >= was.right()  # the next column begins at its top
        same_line = now.top() <= was.center().y() <= now.bottom()
        if (above and not beside) or (same_line and now.right() < was.left()):
            found.append(f"{before.accessibleName()} -> {after.accessibleName()}")
    return found


def unnamed(front: QWidget) -> list[QWidget]:
    return [widget for widget in focusable(front) if not widget.accessibleName()]


def small(front: QWidget) -> list[str]:
    found = [widget for widget in focusable(front) if min(widget.width(), widget.height()) < LEAST]
    return [f"{widget.accessibleName()} {widget.width()}x{widget.height()}" for widget in found]


def cut(front: QWidget) -> list[str]:
    """Buttons whose words do not fit."""
    found = []
    for made in front.findChildren(QAbstractButton):
        if made.isVisible() and made.text().strip():
            wide = made.fontMetrics().horizontalAdvance(made.text().replace("&&", "&").strip())
            if wide > made.width():
                found.append(f"{made.text().strip()} {wide}>{made.width()}")
    return found


def unreached(front: QWidget, walked: list[QWidget]) -> list[str]:
    """What takes a click but not the focus, and is no part of something that does."""
    stops_ = set(walked)
    missed = [one for one in focusable(front) if one.isEnabled() and one not in stops_ and not grouped(one, stops_)]
    return [one.accessibleName() or repr(one) for one in missed]


def grouped(one: QWidget, stops_: set[QWidget]) -> bool:
    """Exclusive buttons are one stop; arrow keys go between them."""
    group = one.group() if isinstance(one, QAbstractButton) else None
    return group is not None and any(other in stops_ for other in group.buttons())


def report(front: QWidget) -> dict[str, list[str]]:
    walked = stops(front)
    return {
        "unnamed": [repr(one) for one in unnamed(front)],
        "small": small(front),
        "cut": cut(front),
        "unreached": unreached(front, walked),
        "order": order_breaks(walked),
    }


CLEAN: dict[str, list[str]] = {"unnamed": [], "small": [], "cut": [], "unreached": [], "order": []}


def test_every_page_is_named_large_enough_and_read_in_the_order_of_the_keys(window: Shell, settle: Settle) -> None:
    found = {}
    for kind in pages.KINDS:
        window.go(kind.name)
        settle()
        found[kind.name] = report(window.page(kind.name))
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    for name in page.sections:
        page.visit(Errand("settings", field=name))
        settle()
        found[f"settings {name}"] = report(page)
    found["frame"] = {key: value for key, value in report(window).items() if key in {"unnamed", "small", "cut"}}

    assert {name: marks for name, marks in found.items() if any(marks.values())} == {}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_too(
    qtbot: QtBot, qapp: QApplication, speech: None, tasks: Tasks, session: Session, settle: Settle,
    tmp_path: Path, door: str, look: str,
) -> None:  # fmt: skip
    page = opened(door, app.dress(qapp, LOOKS[look]), tasks, session, tmp_path)
    qtbot.addWidget(page)
    page.resize(*SIZE)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    settle()

    assert report(page) == CLEAN
    settle()


def opened(door: str, theme: Theme, tasks: Tasks, session: Session, blank: Path) -> QWidget:
    """A page before the store is open."""
    messages = Messages("id")
    if door == "unlock":
        unlock = UnlockPage(theme, tasks, session.folder, messages)
        unlock.prepare()
        return unlock
    if door == "recovery":
        recovery = RecoveryPage(theme, tasks, session.folder, messages, operator=OPERATOR)
        recovery.prepare()
        return recovery
    if door == "rescue":
        rescue = RescuePage(theme, tasks, session.folder, messages, operator=OPERATOR)
        rescue.prepare("")
        return rescue
    first = FirstRun(theme, tasks, blank / "blank", messages, Settings())
    first.begin()
    return first


def test_no_english_stands_on_any_page(window_once: Shell, settle: Settle) -> None:
    foreign = english()
    found = {}
    for kind in pages.KINDS:
        window_once.go(kind.name)
        settle()
        said = {MARKUP.sub("", text).strip() for text in words(window_once)}
        found[kind.name] = sorted(said & foreign)

    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("door", DOORS)
def test_no_english_stands_on_any_door(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, settle: Settle, tmp_path: Path, door: str
) -> None:
    page = opened(door, theme, tasks, session, tmp_path)
    qtbot.addWidget(page)
    page.show()
    settle()

    assert {MARKUP.sub("", text).strip() for text in words(page)} & english() == set()
    settle()
