"""What an enrolment says, as taken from the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payung.person import Blood, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an enrolment says. Text is kept as typed; `place` is the dotted Kemendagri code of the post's level.

    `nik` holds digits only when it could be read, else what was typed. `confirmed` names settled warnings.
    """

    place: str
    post: str
    tps: int | None = None
    seat: int | None = None
    nik: str = ""
    name: str = ""
    birthplace: str = ""
    birthdate: date | None = None
    sex: Sex | None = None
    phone: str = ""
    rt: int | None = None
    rw: int | None = None
    address: str = ""
    mother: str = ""
    decree_number: str = ""
    decree_date: date | None = None
    married: bool | None = None
    blood: Blood | None = None
    postcode: str = ""
    email: str = ""
    has_kpj: bool | None = None
    kpj: str = ""
    asn: bool | None = None
    confirmed: tuple[str, ...] = ()
