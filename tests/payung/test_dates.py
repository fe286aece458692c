from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import dates

VOTING_DAY = date(2024, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "14081996", "140896", "14-8-96", "14-08-1996", "14/08/1996", "14.08.1996", "14 8 1996", "14 agu 1996",
        "14 Agustus 1996", "14 AGST 1996", "14-Agst-96", "14-Aug-96", "14Agu1996", "Rabu, 14 Agustus 1996",
        "1996-08-14", "1996-08-14 00:00:00", "14 / 08 / 1996",
        "14\u201108\u20111996", "14-VIII-1996", "  14  agu.  1996 ",
    ],
)  # fmt: skip
def test_every_written_form_is_read_day_first(text: str) -> None:
    assert dates.read(text, on=VOTING_DAY) == date(1996, 8, 14)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("27 Nopember 1990", 11), ("27 Pebruari 1990", 2), ("27 Peb 1990", 2), ("27 Mei 1990", 5), ("27 Okt 1990", 10),
        ("27 Des 1990", 12), ("27 Juni 1990", 6), ("27 JULI 1990", 7), ("27 Sept 1990", 9),
    ],
)  # fmt: skip
def test_old_and_new_month_names_are_read(text: str, month: int) -> None:
    assert dates.read(text) == date(1990, month, 27)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "08/14/1996",
        "31-06-1995",
        "29-02-2001",
        "32-01-1990",
        "14 bulan 1996",
        "1481996",
        "0",
        "14-08",
        "1-1-0996",
        "abc",
    ],
)
def test_what_is_no_date_or_month_first_is_not_understood(text: str) -> None:
    assert dates.read(text, on=VOTING_DAY) is None


def test_a_two_digit_year_means_a_plausible_age() -> None:
    assert dates.read("28-11-25", on=VOTING_DAY) == date(1925, 11, 28)
    assert dates.read("27-11-07", on=VOTING_DAY) == date(2007, 11, 27)
    assert dates.read("1-1-70", on=VOTING_DAY) == date(1970, 1, 1)


def test_a_two_digit_year_of_somebody_too_young_stays_young() -> None:
    assert dates.read("28-11-07", on=VOTING_DAY) == date(2007, 11, 28)


def test_a_two_digit_year_of_a_decree_is_of_these_years() -> None:
    assert dates.read("20-1-24", on=VOTING_DAY, youngest=0) == date(2024, 1, 20)
    assert dates.read("20-1-25", on=VOTING_DAY, youngest=0) == date(2025, 1, 20)
    assert dates.read("20-1-99", on=VOTING_DAY, youngest=0) == date(1999, 1, 20)


@pytest.mark.parametrize(
    ("serial", "expected"), [(35291, date(1996, 8, 14)), (35291.75, date(1996, 8, 14)), (61, date(1900, 3, 1))]
)
def test_excel_serial_numbers_are_days(serial: float, expected: date) -> None:
    assert dates.from_serial(serial) == expected


def test_the_other_epoch_of_excel_is_four_years_later() -> None:
    assert dates.from_serial(35291 - 1462, epoch_1904=True) == date(1996, 8, 14)


@pytest.mark.parametrize("serial", [0, 60, -5, 14081996, float("nan"), float("inf")])
def test_numbers_that_are_no_day_are_refused(serial: float) -> None:
    assert dates.from_serial(serial) is None


def test_dates_and_times_are_written_the_indonesian_way() -> None:
    assert dates.long(VOTING_DAY) == "27 November 2024"
    assert dates.short(date(2029, 2, 4)) == "04-02-2029"
    assert dates.clock(time(13, 5)) == dates.clock(datetime(2024, 11, 27, 13, 5)) == "13.05"  # noqa: DTZ001


def test_age_is_full_years_on_the_day() -> None:
    assert dates.age(date(2007, 11, 27), VOTING_DAY) == 17
    assert dates.age(date(2007, 11, 28), VOTING_DAY) == 16


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_what_is_printed_is_read_back(day: date) -> None:
    assert dates.read(dates.long(day)) == dates.read(dates.short(day)) == day


@given(st.text())
def test_no_text_makes_the_reading_fail(text: str) -> None:
    assert dates.read(text) is None or any(char.isdigit() for char in text)
