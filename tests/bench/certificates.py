"""Certificates a second, as a share of the bare drawing of the same lines by reportlab without any code."""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from desktop.paper import certificate as paper
from desktop.paper import layout, sheet
from desktop.paper.arrangement import Box
from desktop.paper.certificate import Certificate
from desktop.paper.sheet import Ink
from payung import certificate, event, region
from payung.certificate import Print
from payung.cover import CoverState, OnRecord
from payung.facts import Facts
from tests.bench.figures import Figure

COUNT = 500
MANY = 4_000
CODE_LENGTH = 476  # letters after "PY1:" of a code with the device certificate inside
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_NAMES = ("AGNES", "BUDI", "CITRA", "DOMINGGUS", "EKO", "FRANS", "MARIA GORETTI", "YOHANES", "SITI AMINAH")
_FAMILIES = ("BRIA", "KLAU", "LAY", "MAU", "NDOLU", "RADJA", "SERAN", "TEFA", "SINLAELOE")


def run() -> list[Figure]:
    """Rates by processor time, the bytes of one certificate, and what memory grows by over thousands of them."""
    known = [made(number) for number in range(COUNT)]
    inks = [_inks(one) for one in known]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sertifikat.pdf"
        paper.write(path, known[:2])
        _bare(inks[:2])
        begun = time.process_time()
        paper.write(path, known)
        ours = time.process_time() - begun
        size = path.stat().st_size
        begun = time.process_time()
        _bare(inks)
        bare = time.process_time() - begun
    return [
        Figure(
            name="certificates",
            unit="a second",
            ours=COUNT / ours,
            reference=COUNT / bare,
            against="drawing the same lines without a code",
            target="at least half",
        ),
        Figure(name="certificate on disk", unit="bytes", ours=size / COUNT, target="at most 8192"),
        Figure(name="certificates, memory grown by 3,500", unit="MB", ours=growth(), target="at most 16"),
    ]


def growth(many: int = MANY) -> float:
    """MiB by which the most memory held grows from the first 500 certificates to `many`; 0 on Windows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sertifikat.pdf"
        known = [made(number) for number in range(COUNT)]
        paper.write(path, known)
        before = _resident()
        paper.write(path, (known[number % COUNT] for number in range(many)))
        return _resident() - before


def made(number: int) -> Certificate:
    """The certificate of an invented officer."""
    chance = random.Random(number)
    facts = Facts(
        place="53.71.04.1001",
        post="kpps-anggota",
        tps=number // 6 + 1,
        seat=number % 6 + 2,
        nik=f"537104{chance.randint(1, 28):02}{chance.randint(1, 12):02}{chance.randint(70, 99)}99{number % 100:02}",
        name=f"{chance.choice(_NAMES)} {chance.choice(_FAMILIES)} {chance.choice(_FAMILIES)}",
        decree_number="04/PP.04.1-Kpt/5371042001/2029",
    )
    printing = Print(
        number=certificate.number("7K3M", number + 1),
        copy=1,
        at=datetime(2029, 1, 21, 5, 5, tzinfo=UTC),
        device="7K3M",
        office="PPS Kelurahan Oebobo",
        office_contact="0380-1234567",
        record=OnRecord(CoverState.TERSIMPAN),
    )
    said = certificate.statement(facts, event=event.load("latihan"), regions=region.load(), printing=printing)
    return Certificate(said, "PY1:" + "".join(chance.choices(_ALPHABET, k=CODE_LENGTH)))


def _inks(one: Certificate) -> Sequence[Ink]:
    """Every line of a certificate, laid out beforehand."""
    return layout.arrange(one.statement, Box(556.0, 392.0)).inks()


def _bare(certificates: Sequence[Sequence[Ink]]) -> None:
    """What reportlab does with the same lines, two certificates a page, and nothing else."""
    sheet.register()
    canvas = Canvas(io.BytesIO(), pagesize=sheet.PAPERS["A4"], pageCompression=1, invariant=1)
    for number, inks in enumerate(certificates):
        if number and number % 2 == 0:
            canvas.showPage()
        for ink in inks:
            canvas.setFont(ink.face, ink.size)
            canvas.drawString(20 + ink.x, 20 + ink.y + 420 * (1 - number % 2), ink.text)
    canvas.save()


def _resident() -> float:
    """The most memory this process has held, in MiB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    for figure in run():
        sys.stdout.write(f"{figure.document()}\n")
