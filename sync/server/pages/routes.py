"""What lies behind which address: /masuk, /keluar, /cakupan and below, their style and pictures."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from litestar import MediaType, Response, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from sync.server import accounts, reports
from sync.server.accounts import Visitor
from sync.server.coverage import within
from sync.server.pages import doors, look
from sync.server.pages.doors import Visit, secured
from sync.server.reports import Report

if TYPE_CHECKING:
    from sync.server.app import Central

__all__ = ["exception_handlers", "handlers", "secured"]

_HOME = "/cakupan"
_DOOR_SECONDS = 3600
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def handlers() -> list[HTTPRouteHandler]:
    """List the handlers of the pages."""
    return [home, door, enter, leave, coverage, coverage_of, coverage_csv, style, script, picture]


def exception_handlers() -> ExceptionHandlersMap:
    """Turn what goes wrong on a page into a page in plain words."""
    return {HTTPException: _trouble}


@get("/", sync_to_thread=False)
def home() -> Redirect:
    """Send visitors to the first page."""
    return Redirect(_HOME)


@get("/masuk", sync_to_thread=False)
def door(request: Visit) -> Response[str]:
    """Show the form to sign in."""
    return _door(request, tried=False)


@post("/masuk", status_code=200, middleware=[RateLimitConfig(rate_limit=("minute", 60)).middleware])
async def enter(request: Visit) -> Response[Any]:
    """Open a session for the right password; the same words for every wrong one."""
    central: Central = request.app.state.central
    form = await request.form()
    secret = request.cookies.get(doors.DOOR_COOKIE)
    if not doors.form_holds(central.desk.keys, secret, str(form.get(doors.FORM_FIELD, ""))):
        return _door(request, tried=False)
    login, password = str(form.get("nama", "")), str(form.get("sandi", ""))
    token = await to_thread.run_sync(
        _session, central, login[:200], password[: accounts.MAX_PASSWORD], limiter=central.door
    )
    if token is None:
        return _door(request, tried=True)
    seconds = int(accounts.SESSION_LENGTH.total_seconds())
    answer = Redirect(_HOME, status_code=303)
    answer.set_cookie(doors.cookie(request, doors.SESSION_COOKIE, token, seconds=seconds))
    answer.delete_cookie(doors.DOOR_COOKIE)
    return answer


@post("/keluar", status_code=200)
async def leave(request: Visit) -> Response[Any]:
    """End the session."""
    central: Central = request.app.state.central
    form = await request.form()
    token = request.cookies.get(doors.SESSION_COOKIE)
    if token and doors.form_holds(central.desk.keys, token, str(form.get(doors.FORM_FIELD, ""))):
        await to_thread.run_sync(_end, central, token)
    answer = Redirect("/masuk", status_code=303)
    answer.delete_cookie(doors.SESSION_COOKIE)
    return answer


@get("/cakupan", sync_to_thread=True)
def coverage(request: Visit) -> Response[Any]:
    """Show the coverage of the visitor's whole region."""
    return _coverage(request, None)


@get("/cakupan/{region:str}", sync_to_thread=True)
def coverage_of(request: Visit, region: FromPath[str]) -> Response[Any]:
    """Show the coverage of one region inside the visitor's."""
    return _coverage(request, region)


@get("/cakupan.csv", sync_to_thread=True)
def coverage_csv(request: Visit, wilayah: FromQuery[str | None] = None) -> Response[Any]:
    """Give the page's table as a file for a spreadsheet."""
    found = _report(request, wilayah)
    if found is None:
        return Redirect("/masuk")
    name = f"cakupan-{found[1].region}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_table(found[1]), media_type="text/csv; charset=utf-8", headers=headers)


@get("/gaya.css", sync_to_thread=False)
def style() -> Response[bytes]:
    """Give the style, with the colours of the palette."""
    return Response(look.style(), media_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=300"})


@get("/cetak.js", sync_to_thread=False)
def script() -> Response[bytes]:
    """Give the few lines that let a button print."""
    return Response(
        look.script(), media_type="text/javascript; charset=utf-8", headers={"Cache-Control": "max-age=300"}
    )


@get("/payung.svg", sync_to_thread=False)
def picture() -> Response[bytes]:
    """Give the umbrella."""
    return Response(look.umbrella(), media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})


def _door(request: Visit, *, tried: bool) -> Response[str]:
    central: Central = request.app.state.central
    secret = request.cookies.get(doors.DOOR_COOKIE) or doors.new_secret()
    page = look.door(token=doors.form_token(central.desk.keys, secret), tried=tried)
    answer = Response(page, media_type=MediaType.HTML, status_code=401 if tried else 200)
    answer.set_cookie(doors.cookie(request, doors.DOOR_COOKIE, secret, seconds=_DOOR_SECONDS))
    return answer


def _session(central: Central, login: str, password: str) -> str | None:
    with central.engine.begin() as connection:
        return accounts.enter(connection, login, password)


def _end(central: Central, token: str) -> None:
    with central.engine.begin() as connection:
        accounts.leave(connection, token)


def _coverage(request: Visit, region: str | None) -> Response[Any]:
    found = _report(request, region)
    if found is None:
        return Redirect("/masuk")
    visitor, report, token = found
    return Response(look.coverage(report, visitor=visitor, token=token), media_type=MediaType.HTML)


def _report(request: Visit, region: str | None) -> tuple[Visitor, Report, str] | None:
    """The visitor with the report of the region; None for a visitor without session, 404 outside of the office's."""
    central: Central = request.app.state.central
    secret = request.cookies.get(doors.SESSION_COOKIE)
    if not secret:
        return None
    with central.engine.begin() as connection:
        visitor = accounts.visitor(connection, secret)
        if visitor is None:
            return None
        asked = region or visitor.office.region
        regions = central.desk.regions
        if not within(visitor.office.region, asked) or not regions.exists(asked):
            raise HTTPException(status_code=404)
        report = reports.read(connection, visitor, asked, regions=regions, at=datetime.now(UTC))
    return visitor, report, doors.form_token(central.desk.keys, secret)


def _table(report: Report) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["kode", "wilayah", "tps", "kebutuhan", "terisi", "kosong", "persen", "nik_ganda", "laptop_diam"])
    for row in report.rows:
        title = f"'{row.title}" if row.title.startswith(_FORMULA) else row.title
        count = row.count
        numbers = [count.needed, count.filled, count.missing, count.percent, row.duplicates, row.quiet]
        table.writerow([row.code, title, row.tps if row.tps is not None else row.stations, *numbers])
    return "\ufeff" + out.getvalue()


def _trouble(request: Visit, trouble: HTTPException) -> Response[Any]:
    if request.url.path.startswith("/api/"):
        return secured(Response(b"", status_code=trouble.status_code, media_type="application/vnd.payung"))
    page = look.trouble(trouble.status_code)
    return secured(Response(page, media_type=MediaType.HTML, status_code=trouble.status_code))
