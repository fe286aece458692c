"""How sealed bytes get to the office and the answer back. Carriers carry; what they carry they cannot read.

HTTPS: one POST of a batch to {url}/api/v1/exchange, the answer is the response's body. Whatever the network in between
does (a sign-in page, a cut line, a busy server) becomes a named SyncError.
"""

from __future__ import annotations

import contextlib
import ipaddress
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Protocol
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

import truststore
import urllib3
from urllib3 import exceptions as http

from sync.envelope import MAGIC, REPLY_CAP
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

CONTENT_TYPE: Final = "application/vnd.payung"
EXCHANGE_PATH: Final = "/api/v1/exchange"
CONNECT_SECONDS: Final = 20.0
READ_SECONDS: Final = 120.0
_LONGEST_SECONDS: Final = 1800.0
_PIECE: Final = 2048  # time-outs count per piece: a line of 9.6 kbit/s carries one in two seconds
_LONGEST_RETRY: Final = 24 * 3600
_CERTIFICATE_REASONS: Final = {
    9: "clock",
    10: "expired",
    18: "unknown_issuer",
    19: "unknown_issuer",
    20: "unknown_issuer",
    21: "unknown_issuer",
    62: "name",
    64: "name",
}
_LINE_BROKE: Final = "broken"
_BUSY: Final = frozenset({429, 502, 503, 504})
_BROKEN: Final = (  # the more exact first: each may be a kind of the next
    (http.ProxyError, "proxy"),
    (http.NameResolutionError, "dns"),
    (http.NewConnectionError, "refused"),
    (http.TimeoutError, "timeout"),
)


class Carrier(Protocol):
    """Takes a sealed batch to the office and brings the sealed answer back."""

    def exchange(self, sealed: bytes) -> bytes:
        """The office's answer; a SyncError when there is none."""


class HttpsCarrier:
    """Carries over HTTPS, through the system's proxy and trust store. Plain HTTP only to this machine, or if allowed.

    `timeout` is the seconds of silence borne while connecting and sending, and while waiting for the answer.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS),
        plain: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        address = _checked(url, plain=plain)
        self._url = url.rstrip("/") + EXCHANGE_PATH
        self._timeout = urllib3.Timeout(connect=timeout[0], read=timeout[1])
        self._kept = False  # whether a connection is kept that the server may have closed meanwhile
        self._pool = _pool(address, tls or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    def exchange(self, sealed: bytes) -> bytes:
        """Posts the batch and gives the answer; Offline, CaptivePortal, ServerBusy, ServerTrouble, TlsTrouble."""
        reused, self._kept = self._kept, False
        try:
            answer = self._posted(sealed)
        except SyncError as trouble:
            self._pool.clear()
            if not reused or trouble.facts.get("reason") != _LINE_BROKE:
                raise
            # the server may hang up a kept connection at any time; the same bytes again do no harm
            answer = self._posted(sealed)
        self._kept = True
        return answer

    def _posted(self, sealed: bytes) -> bytes:
        try:
            response = self._pool.request(
                "POST",
                self._url,
                body=_pieces(sealed),
                headers={"Content-Type": CONTENT_TYPE, "Content-Length": str(len(sealed)), "Accept": CONTENT_TYPE},
                timeout=self._timeout,
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            with contextlib.closing(response):
                answer = _answer(response)
                response.release_conn()  # read to its end: the next batch may use the connection
                return answer
        except http.HTTPError as error:
            raise _trouble(error) from error
        except OSError as error:
            raise Offline(reason=_LINE_BROKE) from error

    def close(self) -> None:
        """Closes idle connections."""
        self._pool.clear()


def _checked(url: str, *, plain: bool) -> SplitResult:
    shown = url.rpartition("@")[2]  # a password written into an address is not repeated
    try:
        address = urlsplit(url)
        host = address.hostname or ""
        _port = address.port
    except ValueError as error:
        raise AddressRefused(address=shown) from error
    safe = address.scheme == "https" or (address.scheme == "http" and (plain or is_loopback(host)))
    if not host or not safe or address.username or address.query or address.fragment:
        raise AddressRefused(address=shown)
    return address


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by its very name."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pool(address: SplitResult, tls: ssl.SSLContext) -> urllib3.PoolManager:
    host = address.hostname or ""
    proxy = None if is_loopback(host) or proxy_bypass(host) else getproxies().get(address.scheme)
    if proxy is None:
        return urllib3.PoolManager(num_pools=1, maxsize=1, ssl_context=tls)
    return urllib3.ProxyManager(proxy, num_pools=1, maxsize=1, ssl_context=tls)


def _pieces(sealed: bytes) -> Iterator[bytes]:
    return (sealed[start : start + _PIECE] for start in range(0, len(sealed), _PIECE))


def _answer(response: urllib3.BaseHTTPResponse) -> bytes:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == CONTENT_TYPE:
        body = _read(response)
        if body.startswith(MAGIC):
            return body
    raise _stranger(response, kind)


def _read(response: urllib3.BaseHTTPResponse) -> bytes:
    deadline = time.monotonic() + _LONGEST_SECONDS
    found = bytearray()
    while piece := response.read(_PIECE, decode_content=False):
        found += piece
        if len(found) > REPLY_CAP:
            raise TooLarge("reply")
        if time.monotonic() > deadline:
            raise Offline(reason="timeout")
    return bytes(found)


def _stranger(response: urllib3.BaseHTTPResponse, kind: str) -> SyncError:
    """What an answer that is not ours means, by its status."""
    status = response.status
    if status in _BUSY:
        return ServerBusy(retry_after=_retry_after(response.headers.get("Retry-After", "")))
    known: dict[int, SyncError] = {
        407: Offline(reason="proxy"),
        413: TooLarge("sealed"),
        426: VersionTooOld(),
        511: CaptivePortal(status=status),
    }
    asks_to_sign_in = status < 400 or (status in {401, 403} and "html" in kind)  # noqa: PLR2004 - ours never redirects
    return known.get(status) or (CaptivePortal(status=status) if asks_to_sign_in else ServerTrouble(status=status))


def _retry_after(text: str) -> int | None:
    """Whole seconds of a Retry-After (RFC 9110 section 10.2.3), None when it says nothing usable."""
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _LONGEST_RETRY)
    try:
        wait = (parsedate_to_datetime(text).astimezone(UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(round(wait), 0), _LONGEST_RETRY)


def _trouble(error: http.HTTPError) -> SyncError:
    """What broke between here and the office."""
    cause = error.original_error if isinstance(error, http.ProxyError) else error
    if isinstance(cause, http.SSLError):
        return TlsTrouble(reason=_tls_reason(cause))
    if isinstance(error, http.LocationValueError):
        return AddressRefused(address="")
    return Offline(reason=next((reason for kind, reason in _BROKEN if isinstance(error, kind)), _LINE_BROKE))


def _tls_reason(error: BaseException) -> str:
    cause = next((part for part in error.args if isinstance(part, ssl.SSLCertVerificationError)), None)
    return "other" if cause is None else _CERTIFICATE_REASONS.get(cause.verify_code, "other")
