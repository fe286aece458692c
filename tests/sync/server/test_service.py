"""The service over real HTTP: batches in and out, health, what survives a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from sync.carrier import HttpsCarrier
from sync.errors import Refused
from sync.reply import VerdictKind
from tests.central import Central, folder, officers


@pytest.fixture
def place() -> Iterator[Path]:
    with folder() as made:
        yield made


MEDIA = {"Content-Type": "application/vnd.payung"}


def post(address: str, sealed: bytes) -> urllib3.BaseHTTPResponse:
    return urllib3.request("POST", f"{address}/api/v1/exchange", body=sealed, headers=MEDIA, retries=False)


def test_a_batch_goes_and_comes_over_http(central: Central, address: str) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(*(laptop.saved(facts) for facts in officers(4)))
    answer = post(address, sealed)
    reply = laptop.read(answer.data, of=sealed)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/vnd.payung"
    assert [verdict.kind for verdict in reply.verdicts] == [VerdictKind.ACCEPTED] * 4


def test_rubbish_is_refused_in_signed_words(central: Central, address: str) -> None:
    laptop = central.laptop()
    answer = post(address, b"rubbish")
    assert answer.status == 200
    with pytest.raises(Refused):
        laptop.read(answer.data, of=b"rubbish")


def test_what_is_over_the_cap_is_refused_in_signed_words(central: Central, address: str) -> None:
    laptop = central.laptop()
    heavy = bytes(300 * 1024)
    with pytest.raises(Refused) as refused:
        laptop.read(post(address, heavy).data, of=heavy)
    assert refused.value.reason == "too_large"


def test_a_flood_of_bytes_is_cut_off(address: str) -> None:
    assert post(address, bytes(2 * 1024 * 1024)).status == 413


def test_the_process_says_that_it_lives_and_is_ready(address: str) -> None:
    assert urllib3.request("GET", f"{address}/healthz").data == b"ok\n"
    assert urllib3.request("GET", f"{address}/readyz").data == b"ready\n"


def test_metrics_count_batches(central: Central, address: str) -> None:
    laptop = central.laptop()
    sealed = laptop.sealed(laptop.saved())
    laptop.read(post(address, sealed).data, of=sealed)
    answer = urllib3.request("GET", f"{address}/metrics").data.decode()
    (line,) = [line for line in answer.splitlines() if line.startswith("payung_batches_total ")]
    assert int(line.split()[1]) >= 1


def test_what_has_a_receipt_is_there_after_a_restart(place: Path) -> None:
    office = Central.start(place)
    laptop = office.laptop()
    sealed = laptop.sealed(laptop.saved())
    first = laptop.read(office.take(sealed), of=sealed)
    office.stop()
    again = Central.start(place)
    try:
        assert laptop.read(again.take(sealed), of=sealed) == first
        assert again.count("enrolment") == 1
        assert again.desk.epoch == office.desk.epoch
    finally:
        again.stop()


def test_the_laptops_own_carrier_reaches_the_office(central: Central, address: str) -> None:
    laptop = central.laptop()
    carrier = HttpsCarrier(address)
    try:
        for _ in range(2):
            sealed = laptop.sealed(laptop.saved())
            reply = laptop.read(carrier.exchange(sealed), of=sealed)
            assert [verdict.kind for verdict in reply.verdicts] == [VerdictKind.ACCEPTED]
    finally:
        carrier.close()
