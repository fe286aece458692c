"""One central office for the stories of a test run: its embedded PostgreSQL takes seconds to make."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.end2end.office import Office


@pytest.fixture(scope="package")
def office() -> Iterator[Office]:
    """A running office of Kota Kupang with the practice event and the polling stations of three villages.

    Not in pytest's own folder: that one belongs to the user alone, and the database runs as another when we are root.
    """
    with tempfile.TemporaryDirectory(prefix="payung-office-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        made = Office(Path(folder))
        made.make(ROOT / "tests" / "data" / "tps.csv")
        made.start()
        yield made
        made.stop()


@pytest.fixture
def workbooks() -> Path:
    """The villages' own workbooks."""
    return ROOT / "tests" / "data" / "workbooks"
