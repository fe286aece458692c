"""The window while it works: no gap in its thread while importing, sending and printing; keys and pages at once.

The office answers in the same process, so that its work is on the same two cores and even on the same interpreter.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop import app, i18n, printing, settings
from desktop.store import enrolments, vault
from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.tasks import Lane, Tasks
from desktop.ui import pages
from desktop.ui.import_page import ImportPage
from desktop.ui.session import Session, enter
from desktop.ui.shell import Shell
from payung import region
from sync import exchange, trust
from sync.exchange import Result
from tests.bench import importing
from tests.bench.figures import Figure
from tests.bench.search import p95
from tests.desktop.store.officers import officers
from tests.desktop.store.offices import Line, Office
from tests.laptops import OPERATOR, PASSPHRASE, VILLAGE, kit

ROWS, SHEETS = 20_000, 200
STATIONS = 40  # stations of a large village, in which pages are switched
KEYS, ROUNDS = 120, 8
BEAT = 5  # milliseconds
PATIENCE = 600.0  # seconds
TYPED = "maria goretti seran ndolu "


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds: the longest gap during each kind of work, every key, every change of page, keys of a bare field."""

    gaps: dict[str, float]
    keys: list[float]
    pages: list[float]
    bare: list[float]


class Heartbeat(QObject):
    """The longest time the window's thread did not answer, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now

    def stop(self) -> float:
        """The longest gap; counts no more."""
        self._timer.stop()
        return self.longest


class Painted(QObject):
    """Tells when a widget was painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.at = 0.0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the moment; the painting itself follows and is waited for by the caller."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def run() -> list[Figure]:
    """The gaps, the keys and the pages against their targets."""
    measured = measure(rows=ROWS, sheets=SHEETS)
    keys, bare = p95(measured.keys), p95(measured.bare)
    gaps = [
        Figure(name=f"longest gap of the window, {name}", unit="ms", ours=gap, target="at most 100")
        for name, gap in measured.gaps.items()
    ]
    return [
        *gaps,
        Figure(
            name="key to paint, p95", unit="ms", ours=keys, reference=bare, against="a bare field", target="at most 16"
        ),
        Figure(name="page switch to paint, p95", unit="ms", ours=p95(measured.pages), target="at most 100"),
    ]


def measure(*, rows: int, sheets: int, rounds: int = ROUNDS) -> Measured:
    """Everything in one window on one store: an import of so many rows, their sending, so many certificates."""
    whole = region.load().children(importing.KECAMATAN)[:3]
    with (
        tempfile.TemporaryDirectory() as name,
        opened(Path(name), whole, importing.STATIONS) as (
            shell,
            tasks,
            session,
        ),
    ):
        path = importing.write(Path(name) / "daftar.xlsx", session.store.laptop.villages, rows)
        page = shell.page("import")
        assert isinstance(page, ImportPage)
        gaps = {f"importing {rows:,} rows": gap(lambda: take_in(page, path))}
        assert enrolments.counts(session.store)["ready"] == rows
        gaps[f"sending {rows:,} records"] = gap(lambda: send(shell, tasks))
        assert enrolments.counts(session.store)["ready"] == 0
        records = some(session, sheets)
        work = partial(printing.issue, session.store, records, Path(name) / "cetak.pdf")
        gaps[f"printing {len(records)} certificates"] = gap(lambda: finish(tasks, work))
    with tempfile.TemporaryDirectory() as name, opened(Path(name), (VILLAGE,), STATIONS) as (shell, tasks, session):
        enrolments.save_many(session.store, list(officers(STATIONS * importing.SEATS)))
        return Measured(gaps, keys(shell, tasks), switches(shell, tasks, rounds), bare_keys())


@contextmanager
def opened(folder: Path, villages: tuple[str, ...], stations: int) -> Iterator[tuple[Shell, Tasks, Session]]:
    """A window over a fresh store, with an office in this process."""
    application = app.application_of([])
    translator = i18n.install("id")
    look, tasks, office = app.dress(application, settings.Settings()), Tasks(), Office()
    made = kit(villages=villages, stations=stations)
    made = replace(made, intake_public=office.intake_public, reply_public=office.reply_public)
    unlocked = vault.create(folder / "laptop", operator=OPERATOR, passphrase=PASSPHRASE)
    Store.create(folder / "laptop", unlocked, made).close()
    session = enter(folder / "laptop", unlocked, "id")
    device = trust.verify(session.store.laptop.device_certificate, made.root_public, session.store.clock())
    line = Line(office, device)

    def talk() -> Result:
        outbox = StoreOutbox(session.store, unlocked)
        return exchange.run(outbox, line, exchange_keys(session.store), clock=session.store.clock)

    shell = Shell(look, tasks, session, talk)
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    shell.start("import")
    wait(lambda: not tasks.busy)
    yield shell, tasks, session
    shell.leave()
    shell.hide()
    tasks.close()
    session.close()
    i18n.uninstall(translator)


def gap(work: Callable[[], None]) -> float:
    """The longest gap while the work goes on."""
    heart = Heartbeat()
    work()
    return heart.stop()


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until it is so."""
    end = time.perf_counter() + PATIENCE
    while not until():
        assert time.perf_counter() < end, "the window did not come to an end"
        QApplication.processEvents()
        time.sleep(0.001)  # the lanes have the cores meanwhile


def take_in(page: ImportPage, path: Path) -> None:
    """Choose a list and take all of it in, as a clerk does."""
    taken: list[object] = []
    page.work.taken.connect(taken.append)
    page.open_file(path)
    wait(lambda: page.work.found is not None)
    page.check.take_button.click()
    wait(lambda: bool(taken))


def send(shell: Shell, tasks: Tasks) -> None:
    """F9, until nothing waits."""
    left: list[int] = []
    shell.sending.counted.connect(lambda status: left.append(status.pending))
    shell.sending.now()
    wait(lambda: left[-1:] == [0] and not tasks.busy)


def some(session: Session, count: int) -> list[UUID]:
    """Officers who can get a certificate."""
    village, stations = session.store.laptop.villages[0], count // importing.SEATS + 1
    rows = (row for tps in range(1, stations + 1) for row in enrolments.roster(session.store, village, tps))
    return [row.record for row in rows if row.record is not None][:count]


def finish(tasks: Tasks, work: Callable[[], object]) -> None:
    """A job in the store's lane, to its end."""
    tasks.run(Lane.STORE, work)
    wait(lambda: not tasks.busy)


def keys(shell: Shell, tasks: Tasks) -> list[float]:
    """From every key in the form's name to its painting."""
    shell.go("enrolment")
    wait(lambda: not tasks.busy)
    field = shell.enrolment.form.fields.editor("name")
    return typed(field)


def bare_keys() -> list[float]:
    """The same in a window of one field."""
    field = QLineEdit()
    field.show()
    field.activateWindow()
    QApplication.processEvents()
    return typed(field)


def typed(field: QLineEdit) -> list[float]:
    """Milliseconds from key to paint, key by key."""
    field.setFocus()
    QApplication.processEvents()
    painted, taken = Painted(field), []
    for number in range(KEYS):
        began = time.perf_counter()
        QTest.keyClicks(field, TYPED[number % len(TYPED)])
        while painted.at < began:
            QApplication.processEvents()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def switches(shell: Shell, tasks: Tasks, rounds: int) -> list[float]:
    """Milliseconds from page to page, each made before; what a page then reads comes later and is not waited for."""
    names = [kind.name for kind in pages.KINDS]
    for name in names:
        shell.go(name)
        wait(lambda: not tasks.busy)
    taken = []
    for _ in range(rounds):
        for name in names:
            painted = Painted(shell.page(name))
            began = time.perf_counter()
            shell.go(name)
            while painted.at < began:
                QApplication.processEvents()
            taken.append((time.perf_counter() - began) * 1000)
            wait(lambda: not tasks.busy)
    return taken
