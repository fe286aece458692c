"""What every test starts from: no display, an own home, and a failure for whatever is logged behind its back."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import keys

# slots at the least cost a vault takes, in the process of the tests: what a machine is worth has tests of its own
keys.TARGET_SECONDS = 0.0

# before anything imports Qt; a display that happens to be there must not change what is tested
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("PAYUNG_DATABASE_URL", None)

ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("desktop", "sync", "payung", "resources")


class Strays(logging.Handler):
    """Keeps every record of our own rooms from WARNING up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test may read or write the real user's folders."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture(autouse=True)
def no_stray_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in a log is a message nobody reads: a test that expects one asks for `caplog`."""
    strays = Strays()
    for room in _ROOMS:
        logging.getLogger(room).addHandler(strays)
    yield
    for room in _ROOMS:
        logging.getLogger(room).removeHandler(strays)
    expected = "caplog" in request.fixturenames or request.node.get_closest_marker("logs") is not None
    if strays.records and not expected:
        pytest.fail("logged behind the test's back: " + "; ".join(record.getMessage() for record in strays.records))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: begun last, one of them would keep one worker busy while the other has nothing to do."""
    items.sort(key=lambda item: not {"end2end", "faults"} & set(item.path.parts))


@pytest.fixture
def data() -> Path:
    """Where the files lie that tests read."""
    return ROOT / "tests" / "data"
