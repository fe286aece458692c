"""`payung verify`: whether printed codes are genuine, told without a network by the office root this laptop carries."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pypdfium2
import typer
import zxingcpp
from PIL import Image, UnidentifiedImageError

from desktop.cli import answers, failures, unlocking
from desktop.cli import options as choice
from desktop.cli.options import Options
from desktop.store.database import Store
from payung import dates
from payung.bodies import Level
from payung.roster import Place
from sync import certificate_code
from sync.certificate_code import Claims
from sync.errors import CodeExpired, CodeForged, CodeRevoked, CodeUnknownIssuer

DPI = 300  # of a PDF's pages: the printed modules are about half a millimetre
POINTS = 72  # PDF points in an inch


class Verdict(StrEnum):
    """What a code is worth."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN_ISSUER = "unknown-issuer"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Judged:
    """A code's verdict, and its claims where they are genuine."""

    verdict: Verdict
    claims: Claims | None = None


def run(
    ctx: typer.Context,
    *,
    text: Annotated[str | None, typer.Option(metavar="FILE")] = None,
    image: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
) -> int:
    """Judge every code found; exit code 1 when one of them is not genuine."""
    options = choice.of(ctx)
    if sum(given is not None for given in (text, image, pdf)) != 1:
        raise failures.OneOf(names="--text, --image, --pdf", command="payung verify")
    with unlocking.opened(options) as (store, _):
        judged = [judge(store, code) for code in _codes(text, image, pdf)]
        for one in judged:
            _tell(options, store, one)
    return failures.DONE if all(one.verdict is Verdict.GENUINE for one in judged) else failures.PARTLY


def judge(store: Store, code: str) -> Judged:
    """What the code is worth on this laptop, now."""
    try:
        genuine = certificate_code.verify(code, store.laptop.root_public, store.clock())
    except CodeExpired as late:
        return Judged(Verdict.EXPIRED, late.claims)
    except CodeRevoked as taken:
        return Judged(Verdict.REVOKED, taken.claims)
    except CodeUnknownIssuer:
        return Judged(Verdict.UNKNOWN_ISSUER)
    except CodeForged:
        return Judged(Verdict.FORGED)
    return Judged(Verdict.GENUINE, genuine.claims)


def _codes(text: str | None, image: Path | None, pdf: Path | None) -> Iterator[str]:
    if text is not None:
        content = sys.stdin.buffer.read() if text == "-" else failures.read(Path(text))
        yield from (line.strip() for line in content.decode("utf-8-sig", "replace").splitlines() if line.strip())
        return
    path = image or pdf
    assert path is not None
    found = list(_in_image(path) if image is not None else _in_pdf(path))
    if not found:
        raise failures.NoCode(file=path)
    yield from found


def _in_image(path: Path) -> Iterator[str]:
    try:
        with Image.open(io.BytesIO(failures.read(path))) as picture:
            yield from _read(picture.convert("L"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError):
        return


def _in_pdf(path: Path) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(failures.read(path))
    except pypdfium2.PdfiumError:
        return
    with document:
        for page in document:
            yield from _read(page.render(scale=DPI / POINTS, grayscale=True).to_pil())


def _read(picture: Image.Image) -> Iterator[str]:
    """The texts of the QR codes in a picture that look like ours."""
    for barcode in zxingcpp.read_barcodes(picture, formats=zxingcpp.barcode_formats_from_str("QRCode")):
        if barcode.text.startswith(certificate_code.PREFIX):
            yield barcode.text


def _tell(options: Options, store: Store, judged: Judged) -> None:
    if options.json:
        answers.document({"verdict": judged.verdict.value, "claims": _document(judged.claims)})
        return
    said = answers.sentence(options, f"cli.verify.{judged.verdict.value}")
    answers.line(said if judged.claims is None else f"{said}: {_spoken(store, judged.claims)}")


def _document(claims: Claims | None) -> dict[str, object] | None:
    if claims is None:
        return None
    return {
        "number": claims.number,
        "name": claims.name,
        "nik4": claims.nik4,
        "place": claims.place,
        "tps": claims.tps,
        "post": claims.post,
        "seat": claims.seat,
        "start": claims.start.isoformat() if claims.start else None,
        "end": claims.end.isoformat() if claims.end else None,
        "status": "registered" if claims.status == certificate_code.REGISTERED else "proposed",
        "issued": claims.issued.isoformat().replace("+00:00", "Z"),
        "expires": claims.expires.isoformat().replace("+00:00", "Z"),
    }


def _spoken(store: Store, claims: Claims) -> str:
    post = store.event.post(claims.post)
    level = post.level if post else Level.VILLAGE
    place = Place(level, claims.place, claims.tps).title(store.regions)
    term = f"{dates.long(claims.start)} – {dates.long(claims.end)}" if claims.start and claims.end else "-"
    return ", ".join(
        (claims.number, claims.name, f"•••• {claims.nik4}", post.name if post else claims.post, place, term)
    )
