"""Invented officers and a small country for the tests of the rules."""

from datetime import date

from payung import event
from payung.bodies import Institution, Level
from payung.enrolment import Facts, Standing
from payung.event import Event, Kind, Post, Term
from payung.person import Blood, Sex
from payung.region import Regions

TODAY = date(2029, 1, 20)
VILLAGE = "53.71.04.1001"
REGIONS = Regions.from_rows(
    [
        ("53", "Nusa Tenggara Timur"),
        ("53.71", "Kota Kupang"),
        ("53.71.04", "Oebobo"),
        (VILLAGE, "Oebobo"),
        ("53.01", "Kabupaten Kupang"),
        ("53.01.16", "Nekamese"),
        ("53.01.16.2001", "Oenif"),
    ]
)
PRACTICE = event.load("latihan")
FACTS = Facts(
    place=VILLAGE,
    post="kpps-anggota",
    tps=4,
    seat=3,
    nik="5371041408969901",
    name="Yohanes Ndolu",
    birthplace="Kupang",
    birthdate=date(1996, 8, 14),
    sex=Sex.L,
    phone="+6281234567890",
    rt=7,
    rw=2,
    address="Jl. Contoh 1",
    mother="Maria Contoh",
    decree_number="12/PP.05.1/Kpt/5371/KPU-Kot/I/2029",
    decree_date=date(2029, 1, 20),
    married=True,
    blood=Blood.O,
    postcode="85111",
)


def standing(
    post: str,
    *,
    nik: str = "5371041408969902",
    place: str = VILLAGE,
    tps: int | None = 4,
    seat: int | None = 1,
    term: Term | None = None,
    record_id: str = "r1",
) -> Standing:
    return Standing(record_id, nik, "Contoh", post, place, tps, seat, term)


def post(code: str = "kpps-ketua", **changed: object) -> Post:
    plain: dict[str, object] = {
        "code": code,
        "name": "Ketua KPPS",
        "seat_name": "Ketua",
        "body": "kpps",
        "body_name": "KPPS",
        "institution": Institution.KPU,
        "level": Level.TPS,
        "first_seat": 1,
        "seats": 1,
        "seats_per_tps": None,
        "honorarium": 1_200_000,
        "term": Term(date(2029, 1, 25), date(2029, 2, 25)),
        "age_min": 17,
        "age_min_severity": "error",
        "age_max": 55,
        "appointed_by": "PPS",
        "asn_possible": False,
        "enabled": True,
        "source": "contoh",
    }
    return Post(**(plain | changed))  # type: ignore[arg-type]


def small_event(*posts: Post) -> Event:
    return Event("contoh", "Contoh", Kind.PRACTICE, 1, date(2029, 2, 14), posts)
