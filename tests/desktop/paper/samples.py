"""Invented officers, their certificates and codes, and what a printed file shows."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from desktop.paper.certificate import Certificate
from payung import certificate, event, region
from payung.certificate import Print, Statement
from payung.cover import CoverState, OnRecord
from payung.facts import Facts
from payung.person import Sex
from sync import certificate_code, trust
from sync.certificate_code import Claims
from tests.sync import samples

WITA = timezone(timedelta(hours=8))
DEVICE = trust.issue(samples.ROOT, samples.device_certificate())
OFFICER = Facts(
    place=samples.VILLAGE,
    post="kpps-anggota",
    tps=4,
    seat=3,
    nik="5371044412969917",
    name="MARIA GORETTI SERAN",
    birthplace="Kupang",
    birthdate=date(1996, 12, 4),
    sex=Sex.P,
    phone="+6281234567890",
    address="Jalan Lontar 9",
    mother="THERESIA NDOLU",
    decree_number="04/PP.04.1-Kpt/5371042001/2029",
    decree_date=date(2029, 1, 20),
)


def statement(election: str = "pemilu-2024", number: int = 29, **changes: Any) -> Statement:  # noqa: ANN401
    """What the certificate of OFFICER, changed, says."""
    printing = Print(
        number=certificate.number("7K3M", number),
        copy=1,
        at=datetime(2029, 1, 21, 16, 30, tzinfo=WITA),
        device="7K3M",
        office="PPS Kelurahan Oebobo",
        office_contact="0380-123456",
        record=OnRecord(CoverState.TERSIMPAN),
        wage_base=1_100_000,
    )
    facts = replace(OFFICER, **changes)
    return certificate.statement(facts, event=event.load(election), regions=region.load(), printing=printing)


def code(number: int = 29, name: str = OFFICER.name) -> str:
    """A code that the office's root vouches for."""
    claims = Claims(
        number=certificate.number("7K3M", number),
        name=name,
        nik4="9917",
        place=samples.VILLAGE,
        post="kpps-anggota",
        programmes=certificate_code.JKK | certificate_code.JKM,
        status=certificate_code.PROPOSED,
        issued=samples.NOW,
        expires=samples.NOW + timedelta(days=60),
        tps=4,
        seat=3,
        start=date(2029, 1, 25),
        end=date(2029, 2, 25),
    )
    return certificate_code.encode(claims, sign=samples.SIGN, certificate=DEVICE)


def made(election: str = "pemilu-2024", number: int = 29, **changes: Any) -> Certificate:  # noqa: ANN401
    """A certificate ready to be printed."""
    return Certificate(statement(election, number, **changes), code(number))


def texts(path: Path) -> list[str]:
    """The text of every page as a reader sees it."""
    document = pdfium.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def solid(text: str) -> str:
    """Text without blanks: how it is compared where lines were wrapped."""
    return re.sub(r"\s+", "", text)


def picture(path: Path, *, dpi: int, page: int = 0) -> Image.Image:
    """A page as a grey picture."""
    document = pdfium.PdfDocument(path)
    try:
        found: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil().copy()
        return found
    finally:
        document.close()


def unpacked(path: Path) -> bytes:
    """The file with every stream inflated behind it."""
    raw = path.read_bytes()
    streams = (found[1] for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL))
    return raw + b"".join(_inflated(stream) for stream in streams)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
