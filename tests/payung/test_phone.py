import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import phone
from payung.problem import Problem


@pytest.mark.parametrize(
    "text",
    [
        "081234567890", "0812-3456-7890", "+62 812 3456 7890", "6281234567890", "81234567890", "+62 0812 3456 7890",
        "(0812) 3456.7890", "0812\u20113456\u20117890", "+62-(0)812-3456-7890", "\u202a+62 812-3456-7890\u202c",
    ],
)  # fmt: skip
def test_every_usual_form_is_the_same_number(text: str) -> None:
    assert phone.read(text) == "+6281234567890"


@pytest.mark.parametrize(
    "text",
    [
        "0812345678O9",
        "081234567890 / 081298765432",
        "1500910",
        "0380-831234",
        "0812345",
        "0812345678901234",
        "ada",
        "8٠٠٠٠٠٠٠٠٠",
    ],
)
def test_letters_second_numbers_and_fixed_lines_are_unreadable(text: str) -> None:
    found = phone.read(text)

    assert isinstance(found, Problem)
    assert found.code == "phone.unreadable"


def test_an_empty_field_stays_empty() -> None:
    assert phone.read(" - ") == ""


def test_a_number_is_shown_as_people_know_it() -> None:
    assert phone.shown("+6281234567890") == "0812-3456-7890"
    assert phone.shown("belum ada") == "belum ada"


@given(st.text())
def test_no_text_makes_the_reading_fail(text: str) -> None:
    found = phone.read(text)

    assert isinstance(found, Problem) or found == "" or found.startswith("+628")
