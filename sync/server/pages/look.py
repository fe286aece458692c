"""How the pages look: templates filled, style with the palette's colours, few drawings. No request is known here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import resources
from payung import clock, dates
from sync.server.accounts import Visitor
from sync.server.coverage import Row
from sync.server.reports import Report

_HERE = Path(__file__).parent
_SHADES = ((100, "t5"), (80, "t4"), (60, "t3"), (40, "t2"), (0, "t1"))
_CHART_WIDTH, _CHART_HEIGHT, _CHART_TOP, _CHART_LEFT = 640, 170, 40, 8
_TROUBLES = {
    404: ("Halaman ini tidak ada", "Periksa alamatnya, atau kembali ke halaman Cakupan."),
    413: ("Kiriman terlalu besar", "Kirim dalam bagian yang lebih kecil."),
    429: ("Terlalu banyak percobaan", "Tunggu satu menit, lalu coba lagi."),
}
_ANY_TROUBLE = ("Halaman ini belum dapat dibuka", "Coba lagi sebentar lagi. Data yang masuk tetap aman.")


@dataclass(frozen=True, slots=True)
class Chart:
    """The curve of officers enrolled, in pixels of its picture; empty before there is anything to draw."""

    line: str
    area: str
    need: int
    last_x: int
    last_y: int
    first_day: str
    last_day: str


def coverage(report: Report, *, visitor: Visitor, token: str) -> str:
    """Make the coverage page."""
    return (
        _templates()
        .get_template("cakupan.html")
        .render(
            report=report,
            visitor=visitor,
            token=token,
            stamp=clock.moment(report.at, report.region),
            chart=_chart(report),
            below=_below(report.region),
        )
    )


def door(*, token: str, tried: bool) -> str:
    """Make the page to sign in; `tried` after a login and password that do not belong together."""
    return _templates().get_template("masuk.html").render(token=token, tried=tried)


def trouble(status: int) -> str:
    """Make the page for something that went wrong."""
    title, step = _TROUBLES.get(status, _ANY_TROUBLE)
    return _templates().get_template("masalah.html").render(title=title, step=step)


@cache
def style() -> bytes:
    """Make the style sheet: colours from resources/palette.json, light, and dark where the visitor's system is."""
    palette = json.loads(resources.read("palette.json"))
    light, dark = (_colours(palette[name]) for name in ("light", "dark"))
    head = f":root{{color-scheme:light dark;{light}}}\n@media(prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    # paper is white: printing never follows a dark screen
    return (head + (_HERE / "static" / "gaya.css").read_text("utf-8") + f"@media print{{:root{{{light}}}}}\n").encode()


@cache
def script() -> bytes:
    """Read the script of the print button."""
    return (_HERE / "static" / "cetak.js").read_bytes()


@cache
def umbrella() -> bytes:
    """Read the umbrella, in the colour of the navigation's text."""
    return resources.read("icons", "umbrella.svg").replace(b"currentColor", b"#F5B041")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"angka": _number, "warna": _shade, "derajat": _grade, "tanggal": dates.long}
    return made


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _shade(percent: int) -> str:
    return next(name for least, name in _SHADES if percent >= least)


def _grade(row: Row) -> str:
    percent = row.count.percent
    return "ok" if percent == 100 else "sedang" if percent >= 75 else "kurang"  # noqa: PLR2004 - three colours


def _below(region: str) -> str:
    return {1: "Kabupaten/kota", 2: "Kecamatan", 3: "Desa/kelurahan"}.get(region.count(".") + 1, "TPS")


def _colours(tokens: dict[str, str]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in tokens.items())


def _chart(report: Report) -> Chart | None:
    if not report.curve:
        return None
    first, last = report.curve[0][0], report.curve[-1][0]
    top = max(report.total.needed, report.curve[-1][1], 1)
    days = max((last - first).days, 1)
    floor = _CHART_TOP + _CHART_HEIGHT

    def height(value: int) -> int:
        return floor - round(_CHART_HEIGHT * value / top)

    def across(day: date) -> int:
        return _CHART_LEFT + round(_CHART_WIDTH * (day - first).days / days)

    points = [(across(day), height(total)) for day, total in report.curve]
    if len(points) == 1:  # one day alone is drawn as the rise to it
        points = [(_CHART_LEFT, floor), (_CHART_LEFT + _CHART_WIDTH, points[0][1])]
    line = " ".join(f"{x},{y}" for x, y in points)
    return Chart(
        line=line,
        area=f"{points[0][0]},{floor} {line} {points[-1][0]},{floor}",
        need=height(report.total.needed),
        last_x=points[-1][0],
        last_y=points[-1][1],
        first_day=dates.long(first),
        last_day=dates.long(last),
    )
