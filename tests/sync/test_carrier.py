from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sync.carrier import HttpsCarrier
from sync.errors import (
    AddressRefused,
    CaptivePortal,
    Offline,
    ServerBusy,
    ServerTrouble,
    SyncError,
    TlsTrouble,
    TooLarge,
    VersionTooOld,
)
from tests.sync.office import CONTENT_TYPE, Answer, Office, running

REPLY = b"PYNG\x01\x01\x02 an answer"
PAGE = b"<html><title>Selamat datang di WiFi</title>"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def carried(office: Office, sealed: bytes = b"PYNG a batch") -> bytes:
    carrier = HttpsCarrier(office.url, timeout=(5.0, 5.0))
    try:
        return carrier.exchange(sealed)
    finally:
        carrier.close()


def trouble_of(answer: Answer | None) -> SyncError:
    """What the carrier makes of that answer."""
    with running(lambda _body: answer) as office, pytest.raises(SyncError) as trouble:
        carried(office)
    return trouble.value


@pytest.mark.parametrize("size", [0, 1, 2047, 2048, 2049, 200_000])
def test_bytes_arrive_and_the_answer_comes_back(size: int) -> None:
    sealed = bytes(range(256)) * (size // 256) + bytes(size % 256)
    with running(lambda _body: Answer(REPLY)) as office:
        assert carried(office, sealed) == REPLY
    assert office.asked == [("/api/v1/exchange", CONTENT_TYPE, sealed)]


def test_an_address_below_a_path_is_kept() -> None:
    with running(lambda _body: Answer(REPLY)) as office:
        assert HttpsCarrier(f"{office.url}/payung/").exchange(b"x") == REPLY
    assert office.asked[0][0] == "/payung/api/v1/exchange"


def test_a_refusal_is_an_answer_whatever_its_status() -> None:
    with running(lambda _body: Answer(REPLY, status=403)) as office:
        assert carried(office) == REPLY


@pytest.mark.parametrize(
    "answer",
    [
        Answer(PAGE, kind="text/html; charset=utf-8"),
        Answer(PAGE, kind=CONTENT_TYPE),
        Answer(b"", kind=CONTENT_TYPE),
        Answer(REPLY, kind="application/octet-stream"),
        Answer(b"", status=302, kind="text/html", headers=(("Location", "http://127.0.0.1:9/login"),)),
        Answer(PAGE, status=511, kind="text/html"),
        Answer(PAGE, status=401, kind="text/html"),
    ],
)
def test_who_answers_in_the_offices_place_is_a_sign_in_page(answer: Answer) -> None:
    assert type(trouble_of(answer)) is CaptivePortal


@pytest.mark.parametrize(
    ("header", "seconds"), [("30", 30), ("0", 0), ("999999999999", 86400), ("soon", None), ("", None), ("-5", None)]
)
def test_a_busy_server_says_when_to_come_back(header: str, seconds: int | None) -> None:
    trouble = trouble_of(Answer(PAGE, status=503, kind="text/html", headers=(("Retry-After", header),)))
    assert isinstance(trouble, ServerBusy)
    assert trouble.retry_after == seconds


def test_a_busy_server_may_say_it_by_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    trouble = trouble_of(Answer(b"", status=429, headers=(("Retry-After", date),)))
    assert isinstance(trouble, ServerBusy)
    assert trouble.retry_after is not None
    assert 90 <= trouble.retry_after <= 101


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, ServerTrouble),
        (500, ServerTrouble),
        (502, ServerBusy),
        (407, Offline),
        (413, TooLarge),
        (426, VersionTooOld),
    ],
)
def test_other_answers_are_named(status: int, kind: type[SyncError]) -> None:
    assert type(trouble_of(Answer(PAGE, status=status, kind="text/html"))) is kind


@pytest.mark.parametrize(
    "answer", [None, Answer(REPLY, length=len(REPLY) + 50), Answer(REPLY * 900, cut=9000, length=len(REPLY) * 900)]
)
def test_a_line_that_breaks_is_offline(answer: Answer | None) -> None:
    trouble = trouble_of(answer)
    assert type(trouble) is Offline
    assert trouble.exit_code == 4


def test_a_kept_connection_the_server_has_closed_costs_nothing() -> None:
    with running(lambda _body: Answer(REPLY)) as office:
        carrier = HttpsCarrier(office.url, timeout=(5.0, 5.0))
        assert [carrier.exchange(b"batch %d" % number) for number in range(5)] == [REPLY] * 5
        carrier.close()


def test_a_server_that_hangs_up_twice_is_offline() -> None:
    answers = iter([Answer(REPLY)])
    with running(lambda _body: next(answers, None)) as office:
        carrier = HttpsCarrier(office.url, timeout=(5.0, 5.0))
        assert carrier.exchange(b"one") == REPLY
        with pytest.raises(Offline):
            carrier.exchange(b"two")
        carrier.close()


def test_an_answer_without_end_is_cut_off_at_the_cap() -> None:
    assert type(trouble_of(Answer(REPLY + bytes(3 << 20)))) is TooLarge


def test_a_server_that_is_not_there_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Offline) as trouble:
        HttpsCarrier(f"http://127.0.0.1:{port}").exchange(b"x")
    assert trouble.value.facts == {"reason": "refused"}


def test_a_server_that_says_nothing_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, pytest.raises(Offline) as trouble:
        HttpsCarrier(f"http://127.0.0.1:{mute.getsockname()[1]}", timeout=(0.3, 0.3)).exchange(b"x")
    assert trouble.value.facts == {"reason": "timeout"}


def test_a_name_nobody_knows_is_offline() -> None:
    with pytest.raises(Offline):
        HttpsCarrier("https://kantor.invalid", timeout=(2.0, 2.0)).exchange(b"x")


def test_a_proxy_that_is_not_there_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    with pytest.raises(Offline) as trouble:
        HttpsCarrier("https://kantor.invalid").exchange(b"x")
    assert trouble.value.facts == {"reason": "proxy"}


@pytest.mark.parametrize(
    "url",
    [
        "http://payung.contoh.go.id",
        "http://192.168.1.5:8000",
        "http://127.0.0.1.contoh.id",
        "http://localhost.contoh.id",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "https://",
        "",
        "payung.contoh.go.id",
        "https://orang:rahasia@contoh.go.id",
        "https://contoh.go.id/?a=b",
        "https://contoh.go.id:notaport",
        "https://[::1",
    ],
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused) as trouble:
        HttpsCarrier(url)
    assert "rahasia" not in trouble.value.facts["address"]


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000", "https://contoh.id"])
def test_https_and_this_machine_are_addresses(url: str) -> None:
    HttpsCarrier(url).close()


def test_plain_http_elsewhere_wants_to_be_allowed() -> None:
    HttpsCarrier("http://192.168.1.5:8000", plain=True).close()


def test_a_certificate_nobody_vouches_for_is_named(tmp_path: Path) -> None:
    with secure_office(tmp_path) as (office, _trusting), pytest.raises(TlsTrouble) as trouble:
        HttpsCarrier(office.url).exchange(b"x")
    assert trouble.value.facts == {"reason": "unknown_issuer"}


def test_an_expired_certificate_is_named(tmp_path: Path) -> None:
    with secure_office(tmp_path, days=-1) as (office, trusting), pytest.raises(TlsTrouble) as trouble:
        HttpsCarrier(office.url, tls=trusting).exchange(b"x")
    assert trouble.value.facts == {"reason": "expired"}


def test_a_certificate_of_another_name_is_named(tmp_path: Path) -> None:
    with secure_office(tmp_path, address="127.0.0.2") as (office, trusting), pytest.raises(TlsTrouble) as trouble:
        HttpsCarrier(office.url, tls=trusting).exchange(b"x")
    assert trouble.value.facts == {"reason": "name"}


def test_a_trusted_server_is_spoken_to_over_tls(tmp_path: Path) -> None:
    with secure_office(tmp_path) as (office, trusting):
        carrier = HttpsCarrier(office.url, tls=trusting)
        assert carrier.exchange(b"x") == REPLY
        carrier.close()


@contextmanager
def secure_office(
    folder: Path, *, days: int = 1, address: str = "127.0.0.1"
) -> Iterator[tuple[Office, ssl.SSLContext]]:
    """A server under a certificate of its own making, and a context that trusts that one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "kantor")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "kantor.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    trusting = ssl.create_default_context(cafile=str(pem))
    with running(lambda _body: Answer(REPLY), tls=serving) as office:
        yield office, trusting
