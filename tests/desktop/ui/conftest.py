"""Real windows offscreen, over a real store: a laptop set up once, its folder copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app, i18n, settings
from desktop.store import vault
from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.store.vault import Unlocked
from desktop.tasks import Tasks
from desktop.ui.session import Session, enter
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from sync import exchange, trust
from sync.errors import Offline
from sync.exchange import Result
from tests.desktop.store.offices import Line, Office
from tests.desktop.ui.keyboard import Keyboard
from tests.laptops import OPERATOR, PASSPHRASE, kit

STATIONS = 10


@dataclass(frozen=True, slots=True)
class SetUp:
    """A folder that is never changed, with what belongs to it."""

    folder: Path
    unlocked: Unlocked
    office: Office


class Network:
    """The edge of the laptop: no way out until `up`, then the office in this process, over the real exchange."""

    def __init__(self, session: Session, office: Office) -> None:
        store = session.store
        self.up = False
        self.tries = 0
        self._session = session
        laptop = store.laptop
        device = trust.verify(laptop.device_certificate, laptop.root_public, store.clock())
        self._line = Line(office, device)

    def __call__(self) -> Result:
        self.tries += 1
        if not self.up:
            raise Offline(reason="dns")
        store, unlocked = self._session.store, self._session.unlocked
        return exchange.run(StoreOutbox(store, unlocked), self._line, exchange_keys(store), clock=store.clock)


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> SetUp:
    folder = tmp_path_factory.mktemp("set-up") / "laptop"
    office = Office()
    made = replace(kit(stations=STATIONS), intake_public=office.intake_public, reply_public=office.reply_public)
    unlocked = vault.create(folder, operator=OPERATOR, passphrase=PASSPHRASE)
    Store.create(folder, unlocked, made).close()
    return SetUp(folder, unlocked, office)


@pytest.fixture
def folder(set_up: SetUp, tmp_path: Path) -> Path:
    copied = tmp_path / "laptop"
    shutil.copytree(set_up.folder, copied)
    return copied


@pytest.fixture
def speech(qapp: QApplication) -> Iterator[None]:
    """The window speaks Indonesian, as on every clerk's laptop."""
    app.application_of([])
    translator = i18n.install("id")
    yield
    i18n.uninstall(translator)


@pytest.fixture
def theme(qapp: QApplication, speech: None) -> Theme:
    return app.dress(qapp, settings.Settings())


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def session(folder: Path, set_up: SetUp) -> Iterator[Session]:
    opened = enter(folder, set_up.unlocked, "id")
    yield opened
    opened.close()


@pytest.fixture
def network(session: Session, set_up: SetUp) -> Network:
    return Network(session, replace(set_up.office, seen={}))


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Callable[[], None]:
    """Wait until both lanes have answered and their answers were heard."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)

    return wait


@pytest.fixture
def shell(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, network: Network, settle: Callable[[], None]
) -> Iterator[Shell]:
    """The unlocked window on an empty laptop of ten polling stations, no network."""
    made = Shell(theme, tasks, session, network)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.start("enrolment")
    settle()
    yield made
    made.leave()
    settle()


@pytest.fixture
def keyboard(shell: Shell, settle: Callable[[], None]) -> Keyboard:
    return Keyboard(settle, shell)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt warns of what the offscreen platform cannot do, not of what we did."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
