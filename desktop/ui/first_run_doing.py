"""What the first steps do: a kit is read, the laptop staged and settled, one practice entry. No widgets.

Runs off the window's thread; the pages import it when they have work for it.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar

from desktop.store import enrolments, founding, seating, vault
from desktop.store.clock import now
from desktop.store.database import Store
from desktop.store.errors import StoreError
from desktop.store.vault import Unlocked
from desktop.ui import rescuing, session
from desktop.ui.session import Session
from payung import dates, event, nik, region
from payung.enrolment import State
from payung.errors import DataError, PayungError
from payung.event import Event
from payung.facts import Facts
from payung.problem import Problem, Severity
from sync import kit as kits
from sync import trust
from sync.errors import Expired, KitCodeWrong, KitUnreadable, SyncError
from sync.kit import Kit
from sync.trust import DeviceCertificate

_PIXELS_PER_POINT = 1.6


class KitForeign(PayungError):
    """The file is no kit of an office."""

    code: ClassVar[str] = "first_run.kit.foreign"


class KitNotOpened(PayungError):
    """The code does not open the kit: one of the two is wrong."""

    code: ClassVar[str] = "first_run.kit.code"
    exit_code: ClassVar[int] = 3


class KitAltered(PayungError):
    """What the kit says was not signed by its office, or does not fit together."""

    code: ClassVar[str] = "first_run.kit.altered"


class KitOver(PayungError):
    """The kit's time is over. Facts: `until`."""

    code: ClassVar[str] = "first_run.kit.over"


class KitEarly(PayungError):
    """The kit's time has not begun: mostly the laptop's clock is wrong. Facts: `today`, `since`."""

    code: ClassVar[str] = "first_run.kit.early"


class CardNotWritten(PayungError):
    """The recovery card could not be written there. Facts: `folder`."""

    code: ClassVar[str] = "first_run.card"
    exit_code: ClassVar[int] = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """An opened kit and what it says of itself."""

    kit: Kit = field(repr=False)
    office: str
    contact: str
    villages: tuple[str, ...]
    stations: int
    event: str
    until: date


@dataclass(frozen=True, slots=True)
class Staged:
    """A laptop that stands ready beside its place."""

    unlocked: Unlocked = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels, red, green and blue a byte each, `stride` bytes a row."""

    pixels: bytes = field(repr=False)
    width: int
    height: int
    stride: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the practice entry: the certificate's picture, or what is to be changed."""

    problems: tuple[Problem, ...] = ()
    picture: Picture | None = None


def looked_at(path: Path) -> Path:
    """The path of a file that may be a kit. Raises FileNotRead, KitForeign, KitUnreadable, KitTooNew."""
    try:
        if path.stat().st_size > kits.KIT_CAP:
            raise KitForeign
        data = path.read_bytes()
    except OSError as trouble:
        raise rescuing.FileNotRead from trouble
    try:
        kits.check(data)
    except KitUnreadable as trouble:
        raise (KitForeign() if trouble.facts.get("reason") == "magic" else trouble) from trouble
    return path


def opened(path: Path, code: str) -> Offer:
    """What the kit says. Raises as `looked_at`, KitNotOpened, KitAltered, KitOver, KitEarly."""
    looked_at(path)
    try:
        kit = rescuing.kit(path, code)
    except KitCodeWrong as trouble:
        raise KitNotOpened from trouble
    certificate = _in_time(kit)
    described = _event(kit, certificate)
    regions = region.load()
    if not all(regions.exists(code) for code in certificate.villages):
        raise KitAltered
    return Offer(
        kit,
        kit.office_name,
        kit.office_contact,
        tuple(regions.title(code) for code in certificate.villages),
        len(kit.tps),
        described.name,
        certificate.not_after.astimezone().date(),
    )


def _in_time(kit: Kit) -> DeviceCertificate:
    moment = now()
    try:
        certificate = trust.verify(kit.device_certificate, kit.root_public, None)
    except SyncError as trouble:
        raise KitAltered from trouble
    try:
        certificate.check_time(moment)
    except Expired as trouble:
        if moment < certificate.not_before:
            today, since = (dates.long(one.astimezone().date()) for one in (moment, certificate.not_before))
            raise KitEarly(today=today, since=since) from trouble
        raise KitOver(until=dates.long(certificate.not_after.astimezone().date())) from trouble
    return certificate


def _event(kit: Kit, certificate: DeviceCertificate) -> Event:
    try:
        found = event.from_json(kit.event_json)
    except DataError as trouble:
        raise KitAltered from trouble
    if found.code != certificate.event:
        raise KitAltered
    return found


def stage(folder: Path, kit: Kit, operator: str, passphrase: str) -> Staged:
    """Makes the laptop beside its place. Raises as `founding.stage` does."""
    with founding.stage(folder, operator=operator, passphrase=passphrase, kit=kit) as store:
        return Staged(store.unlocked)


def abandon(folder: Path) -> None:
    """Takes away what was staged and not settled; another window's is left alone."""
    with contextlib.suppress(StoreError):
        founding.abandon(folder)


def write_card(folder: Path, staged: Staged, path: Path) -> Path:
    """Writes the recovery card of the staged laptop, or of the settled one. Raises StoreError, CardNotWritten."""
    from desktop import printing  # noqa: PLC0415 - reportlab is slow to load

    place = folder if vault.is_set_up(folder) else folder / founding.STAGING
    with Store.open(place, staged.unlocked) as store:
        card = printing.card_of(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        printing.write_card(path, card)
    except OSError as trouble:
        raise CardNotWritten(folder=path.parent) from trouble
    return path


def settle(folder: Path, staged: Staged) -> None:
    """Makes the staged laptop this folder's. Raises as `founding.settle` does."""
    founding.settle(folder, staged.unlocked.vault_id)


def enter(folder: Path, staged: Staged, lang: str) -> Session:
    """Opens the laptop that was settled. Raises StoreError."""
    return session.enter(folder, staged.unlocked, lang)


def try_out(practised: Session, typed_nik: str, name: str, birthplace: str) -> Tried:
    """Enrols an invented person at the practice's first polling station and draws the certificate."""
    store = practised.store
    first = store.tps[0]
    post = store.event.posts[0]
    on = store.moment().astimezone().date()
    reading = nik.read(typed_nik, on=on, regions=practised.regions)
    facts = Facts(
        place=first.village,
        tps=first.number,
        post=post.code,
        seat=post.first_seat,
        nik=reading.nik or typed_nik,
        name=name,
        birthplace=birthplace,
        birthdate=reading.born,
        sex=reading.sex,
    )
    standing = seating.roster(store, first.village, first.number)
    before = next((row.record for row in standing if row.record is not None), None)
    kept = enrolments.save(store, facts, record_id=before, accept_warnings=True, reason="latihan" if before else "")
    if kept.state is not State.READY:
        return Tried(tuple(one for one in kept.problems if one.severity is Severity.ERROR))
    return Tried(picture=_certificate(practised, kept))


def _certificate(practised: Session, kept: enrolments.Saved) -> Picture:
    import pypdfium2  # noqa: PLC0415 - these two are slow to load

    from desktop import printing  # noqa: PLC0415

    path = practised.folder / "contoh.pdf"
    printing.issue(practised.store, (kept.id,), path)
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        lower_half = document[0].get_height() / 2  # one certificate stands in the upper half
        drawn = document[0].render(scale=_PIXELS_PER_POINT, crop=(0, lower_half, 0, 0), rev_byteorder=True)
        return Picture(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride)
    finally:
        document.close()
