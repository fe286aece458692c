"""The doors of the pages: cookies, the token that protects forms, the headers of every answer."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie, State

from sync.server.keys import Keys

SESSION_COOKIE = "payung_sesi"
DOOR_COOKIE = "payung_pintu"
FORM_FIELD = "tanda"
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; img-src 'self'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

Visit = Request[Any, Any, State]


def secured(response: Response[Any]) -> Response[Any]:
    """Put the headers of safety on an answer; pages are not to be kept by anybody on the way."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def cookie(request: Visit, name: str, value: str, *, seconds: int) -> Cookie:
    """Make a cookie that scripts and other sites never get; only over TLS where the page came by TLS."""
    return Cookie(
        key=name,
        value=value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def new_secret() -> str:
    """Make a random value for a cookie, 256 bits."""
    return secrets.token_urlsafe(32)


def form_token(keys: Keys, secret: str) -> str:
    """Make the token a form must bring back, bound to the visitor's cookie."""
    return hmac.new(keys.derived("forms"), secret.encode(), sha256).hexdigest()


def form_holds(keys: Keys, secret: str | None, token: str | None) -> bool:
    """Whether a form came back from the page it was made for."""
    return bool(secret and token) and hmac.compare_digest(form_token(keys, secret or ""), token or "")
