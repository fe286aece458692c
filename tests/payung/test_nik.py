import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import nik, region
from payung.nik import Verdict
from payung.person import Sex
from payung.region import Regions

VOTING_DAY = date(2024, 11, 27)
CASES = Path(__file__).parent.parent / "data" / "nik_cases.tsv"
FEW = Regions.from_rows([("32", "Jawa Barat"), ("32.01", "Kabupaten Bogor"), ("32.01.01", "Cibinong")])
VERDICTS = {"ERR": Verdict.ERROR, "WARN": Verdict.WARNING, "INFO": Verdict.INFORMATION}


def _cases() -> list[tuple[str, str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row["id"], row["input"].strip("'"), row["expected"].removesuffix("@27Nov2024")) for row in rows]


def _codes(reading: nik.Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(("case", "text", "expected"), _cases(), ids=lambda value: value if len(value) == 3 else "")
def test_every_collected_case_gets_its_verdict_and_code(case: str, text: str, expected: str) -> None:
    reading = nik.read(text, on=VOTING_DAY, regions=region.load())

    wanted, _, suffix = expected.partition(":")
    if wanted.startswith("OK"):
        assert (reading.verdict, reading.problems) == (Verdict.OK, ()), case
        assert reading.normalised is wanted.endswith("(normalised)")
    else:
        assert reading.verdict is VERDICTS[wanted], case
        assert _codes(reading)[0] == f"nik.{suffix.removesuffix('?')}"


def test_the_list_of_cases_is_whole() -> None:
    assert len(_cases()) == 34


def test_a_man_and_a_woman_are_read_from_the_day() -> None:
    man = nik.read("3201011508959991", on=VOTING_DAY, regions=FEW)
    woman = nik.read("3201015508959991", on=VOTING_DAY, regions=FEW)

    assert (man.born, man.sex, man.region) == (date(1995, 8, 15), Sex.L, "32.01.01")
    assert (woman.born, woman.sex) == (date(1995, 8, 15), Sex.P)


@pytest.mark.parametrize("text", ["", " ", "-", "0", "\u00a0", "– –", "..", "000"])
def test_what_villages_type_for_no_nik_is_a_missing_nik(text: str) -> None:
    assert _codes(nik.read(text, on=VOTING_DAY, regions=FEW)) == ["nik.missing"]


@pytest.mark.parametrize(
    "text",
    [
        "3201 0115 0895 9991",
        "32.01.01.150895.9991",
        "3201-0115-0895-9991",
        "3201\u00a00115\u20110895\u20159991",
        "\u202a3201011508959991\u202c",
        "\t3201011508959991\r\n",
    ],
)
def test_separators_and_invisible_characters_do_not_matter(text: str) -> None:
    reading = nik.read(text, on=VOTING_DAY, regions=FEW)

    assert (reading.nik, reading.verdict, reading.normalised) == ("3201011508959991", Verdict.OK, True)


@pytest.mark.parametrize(
    ("text", "found", "suggestion"),
    [
        ("32O1011508959991", "O", "0"),
        ("320l011508959991", "l", "1"),
        ("32Ol011508959991", "O, l", "0, 1"),
        ("320١011508959991", "١", "1"),
        ("3201\uff11\uff1115089599", "\uff11", "1"),
    ],
)
def test_look_alikes_are_suggested_and_never_mended(text: str, found: str, suggestion: str) -> None:
    reading = nik.read(text, on=VOTING_DAY, regions=FEW)

    assert reading.nik is None
    assert [(p.code, dict(p.facts)) for p in reading.problems] == [
        ("nik.characters", {"found": found, "suggestion": suggestion})
    ]


def test_letters_without_a_likely_digit_are_only_named() -> None:
    (problem,) = nik.read("tidak ada", on=VOTING_DAY, regions=FEW).problems

    assert problem.code == "nik.characters"
    assert "suggestion" not in problem.facts


@pytest.mark.parametrize("text", ["3.20101150895999E+15", "3,20101E+15", "3E15", " 3.20101150895999e+15 "])
def test_a_number_that_excel_shortened_is_named_as_such(text: str) -> None:
    assert _codes(nik.read(text, on=VOTING_DAY, regions=FEW)) == ["nik.excel"]


@pytest.mark.parametrize("text", ["3200011508959991", "3201001508959991"])
def test_a_region_of_zeros_cannot_be(text: str) -> None:
    assert _codes(nik.read(text, on=VOTING_DAY, regions=FEW)) == ["nik.region"]


def test_the_date_on_the_ktp_decides_the_century() -> None:
    reading = nik.read("3201010101249991", on=date(2024, 11, 27), regions=FEW, born=date(1924, 1, 1))

    assert (reading.born, reading.problems) == (date(1924, 1, 1), ())


def test_a_holder_near_one_hundred_is_doubted_without_a_ktp_date() -> None:
    reading = nik.read("3201010101259991", on=VOTING_DAY, regions=FEW)

    assert (reading.verdict, reading.born) == (Verdict.WARNING, date(1925, 1, 1))
    assert _codes(reading) == ["nik.century"]


def test_another_date_on_the_ktp_is_a_warning_that_names_both() -> None:
    (problem,) = nik.read("3201011508959991", on=VOTING_DAY, regions=FEW, born=date(1995, 8, 16)).problems

    assert (problem.code, dict(problem.facts)) == ("nik.birthdate", {"nik": "15-08-1995", "ktp": "16-08-1995"})


def test_another_sex_on_the_ktp_is_a_warning() -> None:
    (problem,) = nik.read("3201011508959991", on=VOTING_DAY, regions=FEW, sex=Sex.P).problems

    assert (problem.code, dict(problem.facts)) == ("nik.sex", {"nik": "L", "ktp": "P"})


def test_a_nik_with_a_wrong_date_of_birth_stays_legal_where_the_ktp_says_otherwise() -> None:
    reading = nik.read("3201015508099991", on=VOTING_DAY, regions=FEW, born=date(1990, 8, 15))

    assert (reading.verdict, _codes(reading)) == (Verdict.WARNING, ["nik.birthdate"])


def test_a_family_card_number_beside_a_grown_up_s_birth_date_is_recognised() -> None:
    reading = nik.read("3201010103129991", on=VOTING_DAY, regions=FEW, born=date(1990, 8, 15))

    assert (reading.verdict, _codes(reading)) == (Verdict.ERROR, ["nik.kk"])


def test_a_girl_of_twelve_is_too_young_but_no_family_card() -> None:
    assert _codes(nik.read("3201014103129991", on=VOTING_DAY, regions=FEW)) == ["nik.age"]


def test_an_obsolete_kecamatan_without_a_known_successor_is_only_old() -> None:
    papua = Regions.from_rows([("91", "Papua")], obsolete={"91.01": "", "91.01.02": ""})

    (problem,) = nik.read("9101021508959991", on=VOTING_DAY, regions=papua).problems

    assert (problem.code, dict(problem.facts)) == ("nik.old", {"old": "91.01"})


def test_a_nik_is_shown_by_its_last_four_digits_and_grouped_as_on_the_ktp() -> None:
    assert nik.masked("3201011508959991") == "•••• 9991"
    assert nik.grouped("3201011508959991") == "320101 150895 9991"
    assert nik.grouped("3201011") == "320101 1"


@given(st.text() | st.text(alphabet="0123456789 .-OlE+", max_size=20), st.dates(), st.none() | st.dates())
def test_no_text_makes_the_reading_fail(text: str, on: date, born: date | None) -> None:
    reading = nik.read(text, on=on, regions=FEW, born=born, sex=Sex.P)

    assert (reading.nik is None) == (
        len(nik.digits(text)) != 16 or not nik.digits(text).isascii() or not nik.digits(text).isdigit()
    )
    assert (reading.verdict is Verdict.OK) == (not reading.problems)


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2007, 11, 27)), st.sampled_from(Sex))
def test_every_birth_date_of_an_officer_is_read_back(born: date, sex: Sex) -> None:
    day = born.day + (40 if sex is Sex.P else 0)
    reading = nik.read(f"320101{day:02}{born:%m%y}9991", on=VOTING_DAY, regions=FEW)

    assert (reading.born, reading.sex, reading.verdict) == (born, sex, Verdict.OK)
