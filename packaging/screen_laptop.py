"""The invented laptop of the pictures: twelve polling stations, most of them full, some sent, some in question.

Every person is invented; the NIKs carry serials 99xx.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from desktop.store import backup, enrolments, vault
from desktop.store.database import Store
from desktop.store.outbox import StoreOutbox, exchange_keys
from desktop.ui.session import Session, enter
from payung.facts import Facts
from payung.person import Sex
from sync import exchange, trust
from sync.errors import Offline
from sync.exchange import Result
from sync.kit import Kit
from sync.reply import Verdict, VerdictKind
from sync.revision import Revision
from tests.desktop.store.offices import Line, Office, verdict
from tests.laptops import OPERATOR, PASSPHRASE, VILLAGE, kit

PEOPLE = (
    ("kpps-ketua", 1, "MARTHA BULU LAKA", "5371044108889902", Sex.P, date(1988, 8, 1)),
    ("kpps-anggota", 2, "YOHANES NDOLU", "5371041203799901", Sex.L, date(1979, 3, 12)),
    ("kpps-anggota", 3, "SITI AMINAH DJAWA", "5371045509959904", Sex.P, date(1995, 9, 15)),
    ("kpps-anggota", 4, "AGUSTINUS TEFA", "5371042811829903", Sex.L, date(1982, 11, 28)),
    ("kpps-anggota", 5, "RAMBU ANA HAMMU", "5371046702019901", Sex.P, date(2001, 2, 27)),
    ("linmas", 1, "PAULUS KOLO", "5371040101709912", Sex.L, date(1970, 1, 1)),
    ("linmas", 2, "STEFANUS BANI", "5371041706859902", Sex.L, date(1985, 6, 17)),
    ("ptps", 1, "MARIA GORETTI SERAN", "5371046203999905", Sex.P, date(1999, 3, 22)),
)
DRAWN_SEAT = 6
ADDRESSES = {1: "SDN Oebobo 1", 3: "Balai RW 03", 4: "PAUD Mawar, RT 07/RW 02", 5: "SMPN 4", 6: "Balai Desa"}
FILLED = {1: 10, 2: 10, 3: 10, 5: 10, 6: 7, 7: 10, 8: 3, 9: 10, 10: 10}
NAMES = ("ALEX", "BERTHA", "CORNELIS", "DORKAS", "ELIAS", "FRANSISKA", "GERSON", "HENDRIKA", "IGNASIUS", "JULIANA")
SEATS = (
    ("kpps-ketua", 1),
    *(("kpps-anggota", number) for number in range(2, 8)),
    ("linmas", 1),
    ("linmas", 2),
    ("ptps", 1),
)
SENT_OF_FOUR = 5  # of the station in the picture, how many the office has
ASKED = {"GERSON CONTOH": VerdictKind.DUPLICATE, "CORNELIS CONTOH": VerdictKind.CONFLICT}  # of stations 6 and 8
IN_QUESTION = (6, 8)


@dataclass
class Laptop:
    """The folder, the session on it, and the line to an office in this process."""

    session: Session
    office: Office = field(default_factory=Office)
    up: bool = False

    def exchange(self) -> Result:
        """What the window sends through."""
        if not self.up:
            raise Offline(reason="dns")
        store = self.session.store
        device = trust.verify(store.laptop.device_certificate, store.laptop.root_public, store.clock())
        line = Line(self.office, device, judge)
        return exchange.run(StoreOutbox(store, self.session.unlocked), line, exchange_keys(store), clock=store.clock)


def judge(revision: Revision) -> Verdict:
    """The office takes everything but two officers."""
    found = revision.facts
    kind = ASKED.get(found.name or "") if found is not None and found.tps in IN_QUESTION else None
    return verdict(revision, kind, f"verdict.{kind.name.lower()}") if kind else verdict(revision)


def furnished(folder: Path) -> Laptop:
    """A laptop as in the pictures, with what was sent and what waits."""
    office = Office()
    made = given(office)
    unlocked = vault.create(folder, operator=OPERATOR, passphrase=PASSPHRASE)
    Store.create(folder, unlocked, made).close()
    laptop = Laptop(enter(folder, unlocked, "id"), office)
    four = [facts(4, *person) for person in PEOPLE]
    save(laptop, [*many(), *four[:SENT_OF_FOUR]])
    laptop.up = True
    laptop.exchange()
    laptop.up = False
    save(laptop, four[SENT_OF_FOUR:])
    backup.make_here(laptop.session.store)
    return laptop


def given(office: Office) -> Kit:
    """The kit of that office, with addresses."""
    made = replace(kit(stations=12), intake_public=office.intake_public, reply_public=office.reply_public)
    return replace(made, tps=tuple(replace(entry, address=ADDRESSES.get(entry.number, "")) for entry in made.tps))


def save(laptop: Laptop, rows: list[Facts]) -> None:
    """Put officers into the store; none of them may be refused."""
    answers = enrolments.save_many(laptop.session.store, rows)
    refused = [answer for answer in answers if isinstance(answer, enrolments.Refused)]
    assert not refused, refused[0].problems


def many() -> list[Facts]:
    """The officers of the other stations."""
    rows, serial = [], 0
    for tps, filled in FILLED.items():
        for (post, seat), name in zip(SEATS[:filled], NAMES, strict=False):
            serial += 1
            born = date(1980 + serial % 20, 1 + serial % 12, 1 + serial % 28)
            number = f"537104{born:%d%m%y}99{serial % 90 + 10:02}"
            rows.append(facts(tps, post, seat, f"{name} CONTOH", number, Sex.L, born))
    return rows


def facts(tps: int, post: str, seat: int, name: str, nik: str, sex: Sex, born: date) -> Facts:
    """One invented officer."""
    return Facts(
        place=VILLAGE, tps=tps, post=post, seat=seat, name=name, nik=nik, sex=sex, birthdate=born, birthplace="Kupang"
    )
