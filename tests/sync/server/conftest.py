"""One central office for all tests of the server: a real embedded PostgreSQL, set up once a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.central import Central, folder


@pytest.fixture(scope="session")
def central() -> Iterator[Central]:
    """The office with the practice event and the sample stations."""
    with folder() as place:
        office = Central.start(place)
        yield office
        office.stop()


@pytest.fixture(scope="session")
def address(central: Central) -> Iterator[str]:
    """The office's service on a loopback port."""
    with central.serve() as url:
        yield url
