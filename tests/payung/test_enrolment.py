from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import enrolment, region, wording
from payung.bodies import Level
from payung.enrolment import Facts, Standing, Standings, State
from payung.event import Event, Term
from payung.person import Sex
from payung.problem import Problem, Severity
from tests.payung.people import FACTS, PRACTICE, REGIONS, TODAY, VILLAGE, post, small_event, standing

PLACES = {Level.TPS: VILLAGE, Level.VILLAGE: VILLAGE, Level.KECAMATAN: "53.71.04", Level.KABUPATEN: "53.71"}


def _problems(
    facts: Facts,
    *,
    event: Event = PRACTICE,
    others: tuple[Standing, ...] = (),
    tps_known: tuple[int, ...] = (4,),
) -> tuple[Problem, ...]:
    return enrolment.problems(facts, event=event, on=TODAY, regions=REGIONS, others=others, tps_known=tps_known)


def _codes(facts: Facts, **given: object) -> list[str]:
    return [problem.code for problem in _problems(facts, **given)]  # type: ignore[arg-type]


def test_a_complete_officer_has_no_problem_and_is_ready() -> None:
    assert _problems(FACTS) == ()
    assert enrolment.state((), ()) is State.READY


def test_an_empty_form_names_everything_that_is_missing() -> None:
    codes = _codes(Facts(place="", post=""))

    assert codes[:6] == [
        "post.missing",
        "nik.missing",
        "name.missing",
        "birthplace.missing",
        "birthdate.missing",
        "sex.missing",
    ]
    assert _codes(Facts(place="", post="kpps-ketua"))[:2] == ["place.missing", "tps.missing"]


@pytest.mark.parametrize("code", [post.code for post in PRACTICE.posts])
def test_every_post_of_both_bodies_can_be_enrolled(code: str) -> None:
    facts = enrolment.placed(replace(FACTS, post=code, seat=None, asn=False), PRACTICE)
    found = enrolment.problems(facts, event=PRACTICE, on=TODAY, regions=region.load())

    assert [problem for problem in found if problem.severity is not Severity.INFORMATION] == []
    wanted = PRACTICE.post(code)
    assert wanted is not None
    assert facts.place == PLACES[wanted.level]


def test_what_only_bpjs_wants_is_information_and_does_not_hold_up_the_record() -> None:
    facts = replace(FACTS, mother="", married=None, blood=None, address="", postcode="")
    found = _problems(facts)

    assert [problem.code for problem in found] == [
        "bpjs.mother",
        "bpjs.married",
        "bpjs.blood",
        "bpjs.address",
        "bpjs.postcode",
    ]
    assert enrolment.missing_for_bpjs(facts) == found
    assert enrolment.state(found, ()) is State.READY


def test_an_unmarried_officer_is_no_missing_answer() -> None:
    assert _codes(replace(FACTS, married=False)) == []


def test_a_warning_holds_the_record_until_it_is_confirmed() -> None:
    found = _problems(replace(FACTS, birthdate=date(1996, 8, 15)))

    assert [problem.code for problem in found] == ["nik.birthdate"]
    assert enrolment.state(found, ()) is State.DRAFT
    assert enrolment.state(found, ("nik.birthdate",)) is State.READY


def test_an_error_holds_the_record_whatever_is_confirmed() -> None:
    found = _problems(replace(FACTS, nik="537104140896990"))

    assert enrolment.state(found, ("nik.length",)) is State.DRAFT


@pytest.mark.parametrize(
    ("code", "born", "expected"),
    [
        ("kpps-ketua", date(2012, 2, 14), []),
        ("kpps-ketua", date(2012, 2, 15), [("age.min", Severity.ERROR, "17")]),
        ("kpps-ketua", date(1973, 2, 15), []),
        ("kpps-ketua", date(1973, 2, 14), [("age.max", Severity.WARNING, "55")]),
        ("pps-ketua", date(1950, 1, 1), []),
        ("ptps", date(2008, 2, 14), []),
        ("ptps", date(2008, 2, 15), [("age.min", Severity.WARNING, "21")]),
        ("ptps", date(2012, 2, 15), [("age.min", Severity.ERROR, "17")]),
        ("linmas", date(2012, 2, 15), [("age.min", Severity.ERROR, "17")]),
    ],
)
def test_age_is_weighed_by_the_post_on_voting_day(
    code: str, born: date, expected: list[tuple[str, Severity, str]]
) -> None:
    tps = None if code.startswith("pps") else 4
    facts = replace(FACTS, post=code, tps=tps, seat=None, birthdate=born, nik=f"537104{born:%d%m%y}9901")
    found = [problem for problem in _problems(facts) if problem.code.startswith("age.")]

    assert [(problem.code, problem.severity, problem.facts["limit"]) for problem in found] == expected


def test_a_birth_date_ahead_of_today_is_refused() -> None:
    assert "birthdate.future" in _codes(replace(FACTS, birthdate=date(2029, 1, 21)))


def test_another_sex_than_in_the_nik_is_doubted() -> None:
    assert _codes(replace(FACTS, sex=Sex.P)) == ["nik.sex"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"post": "presiden"}, "post.unknown"),
        ({"place": "53.71.04"}, "place.unknown"),
        ({"place": "53.71.04.1099"}, "place.unknown"),
        ({"tps": None}, "tps.missing"),
        ({"tps": 0}, "tps.unknown"),
        ({"tps": 1000}, "tps.unknown"),
        ({"tps": 5}, "tps.unknown"),
        ({"seat": 1}, "seat.unknown"),
        ({"seat": 8}, "seat.unknown"),
        ({"rt": 1000}, "rt.range"),
        ({"rw": -1}, "rw.range"),
        ({"phone": "0812O"}, "phone.unreadable"),
        ({"postcode": "8511"}, "postcode.unreadable"),
        ({"email": "contoh@"}, "email.unreadable"),
        ({"kpj": "12345AB8901"}, "kpj.characters"),
        ({"kpj": "12345678"}, "kpj.length"),
        ({"has_kpj": True}, "kpj.missing"),
        ({"decree_number": "1" * 101}, "decree.long"),
        ({"asn": True}, "asn.notice"),
        ({"post": "pps-ketua", "seat": 1}, "tps.unneeded"),
        ({"post": "sekretariat-pps-sekretaris", "seat": 1, "tps": None}, "asn.missing"),
    ],
)
def test_one_wrong_fact_is_one_problem(changed: dict[str, object], code: str) -> None:
    assert _codes(replace(FACTS, **changed)) == [code]  # type: ignore[arg-type]


def test_a_member_number_is_doubted_and_never_refused() -> None:
    assert _codes(replace(FACTS, has_kpj=True, kpj="12345678901")) == []
    (problem,) = _problems(replace(FACTS, kpj="abc"))
    assert problem.severity is Severity.WARNING


def test_a_closed_post_cannot_be_enrolled() -> None:
    closed = small_event(post("kpps-ketua", enabled=False))

    assert _codes(replace(FACTS, post="kpps-ketua", seat=1), event=closed) == ["post.closed"]


def test_a_polling_station_that_the_village_does_not_have_is_refused() -> None:
    assert _codes(FACTS, tps_known=(1, 2, 3)) == ["tps.unknown"]
    assert _codes(FACTS, tps_known=(4,)) == []


def test_a_second_post_with_an_overlapping_term_is_stopped_with_where() -> None:
    term = Term(date(2029, 1, 22), date(2029, 2, 21))
    others = (standing("ptps", nik=FACTS.nik, tps=2, term=term),)

    (problem,) = _problems(FACTS, others=others)

    assert (problem.code, problem.severity) == ("nik.taken", Severity.ERROR)
    assert dict(problem.facts) == {"post": "Pengawas TPS (PTPS)", "place": "TPS 002 Kel. Oebobo"}


def test_the_same_person_may_serve_again_after_the_first_term() -> None:
    earlier = Term(date(2028, 2, 6), date(2028, 3, 15))

    assert _codes(FACTS, others=(standing("pantarlih", nik=FACTS.nik, tps=None, term=earlier),)) == []


def test_a_term_that_is_not_known_is_taken_to_overlap() -> None:
    assert _codes(FACTS, others=(standing("pkd", nik=FACTS.nik, tps=None, term=None),)) == ["nik.taken"]


def test_separators_do_not_hide_a_second_post() -> None:
    others = (standing("linmas", nik=FACTS.nik),)

    assert _codes(replace(FACTS, nik="5371 0414 0896 9901"), others=others) == ["nik.taken"]


def test_a_seat_that_somebody_else_holds_is_taken() -> None:
    (problem,) = _problems(FACTS, others=(standing("kpps-anggota", seat=3),))

    assert problem.code == "seat.taken"
    assert problem.facts["place"] == "TPS 004 Kel. Oebobo"


@pytest.mark.parametrize(
    "other",
    [
        standing("kpps-anggota", seat=3, tps=5),
        standing("kpps-anggota", seat=3, place="53.01.16.2001"),
        standing("kpps-anggota", seat=4),
        standing("linmas", seat=3),
    ],
)
def test_the_same_number_elsewhere_or_in_another_body_is_free(other: Standing) -> None:
    assert _codes(FACTS, others=(other,)) == []


def test_a_full_body_takes_nobody_more() -> None:
    others = tuple(standing("linmas", seat=seat, nik=f"537104140896991{seat}", record_id=str(seat)) for seat in (1, 2))

    assert _codes(replace(FACTS, post="linmas", seat=None), others=others[:1]) == []
    assert _codes(replace(FACTS, post="linmas", seat=None), others=others) == ["seat.full"]


def test_a_post_with_open_numbers_is_never_full() -> None:
    facts = enrolment.placed(replace(FACTS, post="sekretariat-panwascam", seat=7, asn=False), PRACTICE)

    assert _codes(facts) == []


def test_standings_give_the_same_answer_as_a_plain_list() -> None:
    others = (standing("kpps-anggota", seat=3), standing("linmas", nik=FACTS.nik, record_id="r2"))
    index = Standings(others)

    assert enrolment.problems(FACTS, event=PRACTICE, on=TODAY, regions=REGIONS, others=index) == _problems(
        FACTS, others=others
    )
    assert sorted(index, key=lambda other: other.record_id) == list(others)
    index.discard(others[0])
    found = enrolment.problems(FACTS, event=PRACTICE, on=TODAY, regions=REGIONS, others=index)
    assert [problem.code for problem in found] == ["nik.taken"]


def test_a_village_stands_for_its_kecamatan_where_the_post_serves_there() -> None:
    ppk = enrolment.placed(replace(FACTS, post="ppk-ketua"), PRACTICE)

    assert (ppk.place, ppk.tps) == ("53.71.04", None)
    assert enrolment.placed(FACTS, PRACTICE) == FACTS
    assert enrolment.placed(replace(FACTS, post="presiden"), PRACTICE).tps == 4


_NUMBERS = st.none() | st.integers(-5, 2000)
_DAYS = st.none() | st.dates()
_SAID = st.builds(
    Facts,
    place=st.text() | st.sampled_from([VILLAGE, "53.71.04", "53.71", "53"]),
    post=st.text() | st.sampled_from([post.code for post in PRACTICE.posts]),
    tps=_NUMBERS,
    seat=_NUMBERS,
    nik=st.text() | st.from_regex(r"[0-9]{16}", fullmatch=True),
    name=st.text(),
    birthplace=st.text(),
    birthdate=_DAYS,
    sex=st.none() | st.sampled_from(Sex),
    phone=st.text(),
    rt=_NUMBERS,
    rw=_NUMBERS,
    postcode=st.text(),
    email=st.text(),
    has_kpj=st.none() | st.booleans(),
    kpj=st.text(),
    asn=st.none() | st.booleans(),
    decree_number=st.text(max_size=200),
    decree_date=_DAYS,
)


@given(_SAID)
def test_nothing_typed_makes_the_judgement_fail(facts: Facts) -> None:
    found = _problems(facts, others=(standing("kpps-ketua", nik=facts.nik),))

    assert all("{" not in wording.of(problem) or "{" in "".join(problem.facts.values()) for problem in found)
    assert enrolment.placed(facts, PRACTICE).post == facts.post
