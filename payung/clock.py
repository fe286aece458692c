"""The clock on the wall: Indonesia has three, by province, whatever zone a computer was left in."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from payung import dates

_WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def zone(region: str) -> timezone:
    """Choose the time of a region by its province: WIB, WITA or WIT."""
    province = region[:2]
    hours, name = (8, "WITA") if province in _WITA else (9, "WIT") if province in _WIT else (7, "WIB")
    return timezone(timedelta(hours=hours), name)


def moment(at: datetime, region: str) -> str:
    """Write a moment as people there read it: "22 November 2026 10.30 WITA"."""
    local = at.astimezone(zone(region))
    return f"{dates.long(local.date())} {dates.clock(local.time())} {local.tzname()}"


def day(at: datetime, region: str) -> date:
    """Tell the day it is there at that moment."""
    return at.astimezone(zone(region)).date()
