"""From the start of the process to the first painted window, against an empty PySide6 window; and the idle memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import laptops
from tests.bench.figures import Figure
from tests.conftest import ROOT

ROUNDS = 7
IDLE = 3.0  # seconds an unlocked window rests before its memory is read

EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        print("painted", flush=True)
application = QApplication([])
window = Window()
window.show()
application.exec()
"""
WITH_IMPORTS = "import desktop.app\n" + EMPTY  # what Python itself costs is taken out
OURS = """
import sys
from pathlib import Path
from desktop import app, settings
folder = Path(sys.argv[1])
application = app.application_of([])
program = app.Program(folder, "id", settings.load(folder))
program.window.painted.connect(lambda: print("painted", flush=True))
program.open()
application.exec()
"""
UNLOCKED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop import app, settings
from desktop.ui import session
folder = Path(sys.argv[1])
application = app.application_of([])
program = app.Program(folder, "id", settings.load(folder))
program.open()
def unlock():
    program._opened(session.open_session(folder, None, sys.argv[2], "id"))
    print("painted", flush=True)
QTimer.singleShot(500, unlock)
application.exec()
"""


def run() -> list[Figure]:
    """Medians of the starts taken in turns, in milliseconds, and the memory of the unlocked window at rest."""
    with tempfile.TemporaryDirectory() as name:
        laptop = laptops.set_up(Path(name), laptops.kit(stations=14))
        ours, empty, imported = [], [], []
        for _ in range(ROUNDS):
            empty.append(_seconds(EMPTY))
            imported.append(_seconds(WITH_IMPORTS))
            ours.append(_seconds(OURS, str(laptop.data)))
        resident = _resident(UNLOCKED, str(laptop.data), laptops.PASSPHRASE)
    return [
        Figure(
            name="start to the first window",
            unit="ms",
            ours=statistics.median(ours) * 1000,
            reference=statistics.median(empty) * 1000,
            against="an empty PySide6 window",
        ),
        Figure(
            name="start to the first window, imports aside",
            unit="ms",
            ours=statistics.median(ours) * 1000,
            reference=statistics.median(imported) * 1000,
            against="an empty PySide6 window plus imports",
            target="at most 1.5",
        ),
        Figure(name="idle window, resident memory", unit="MB", ours=resident, target="at most 160"),
    ]


def _process(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def _painted(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == b"painted\n"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def _seconds(code: str, *arguments: str) -> float:
    began = time.perf_counter()
    process = _process(code, *arguments)
    try:
        _painted(process)
        return time.perf_counter() - began
    finally:
        _end(process)


def _resident(code: str, *arguments: str) -> float:
    process = _process(code, *arguments)
    try:
        _painted(process)
        time.sleep(IDLE)  # what is measured is the rest itself
        pages = int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    finally:
        _end(process)
