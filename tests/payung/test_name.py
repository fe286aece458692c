import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import name
from payung.problem import Severity


def _found(text: str) -> list[tuple[str, Severity]]:
    return [(problem.code, problem.severity) for problem in name.problems(text)]


@pytest.mark.parametrize(
    "text",
    ["SUKARNO", "Yohanes Ndolu", "H. Ahmad, S.Pd.", "Bu Nuapu’u", "Ra'is", "Siti Nur-Aini", "Anna a/n Yosef", "Zoë"],
)
def test_names_as_the_ktp_writes_them_pass(text: str) -> None:
    assert name.problems(text) == ()


@pytest.mark.parametrize("text", ["", "  ", "-", "0", ". .", "123"])
def test_a_name_without_letters_is_missing(text: str) -> None:
    assert _found(text) == [("name.missing", Severity.ERROR)]


@pytest.mark.parametrize("text", ["Yohanes 2", "Budi@", "A", "Марія Іванова", "Ani_Budi"])
def test_digits_signs_and_other_scripts_are_doubted(text: str) -> None:
    assert _found(text) == [("name.characters", Severity.WARNING)]


def test_a_name_may_have_sixty_letters_and_must_not_have_more_than_a_hundred() -> None:
    assert _found("a" * 60) == []
    assert _found("a" * 61) == [("name.long", Severity.WARNING)]
    assert _found("a" * 101) == [("name.long", Severity.ERROR)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("H. AHMAD DAHLAN, S.Pd.", "ahmad dahlan"),
        ("Hj Siti Aminah S.Pd.I", "siti aminah"),
        ("Prof. Dr. Ir. Budi Santoso, M.Sc., Ph.D", "budi santoso"),
        ("Drs. KH. Abdul Wahid", "abdul wahid"),
        ("I Gst Ngurah Rai", "ngurah rai"),
        ("I Wayan Sudra", "i wayan sudra"),
        ("Ni Made Ayu", "ni made ayu"),
        ("R.A. Kartini", "kartini"),
        ("Muh. Yusuf", "muh yusuf"),
        ("M.Yusuf", "m yusuf"),
        ("Bu Nuapu’u", "bu nuapuu"),
        ("Zoë  Ibrahim", "zoe ibrahim"),
        ("Ahmad, Budi", "ahmad budi"),
        ("Dr.", "dr"),
        ("", ""),
    ],
)
def test_the_matching_key_leaves_out_titles_and_signs(text: str, key: str) -> None:
    assert name.matching_key(text) == key


def test_names_and_numbers_sort_as_readers_expect() -> None:
    assert sorted(["TPS 10", "Siti", "H. ahmad", "TPS 2", "Bambang"], key=name.sort_key) == [
        "H. ahmad",
        "Bambang",
        "Siti",
        "TPS 2",
        "TPS 10",
    ]


@given(st.text())
def test_no_text_makes_the_keys_fail_and_a_key_is_its_own_key(text: str) -> None:
    name.problems(text)
    assert name.sort_key(text) is not None
    assert name.matching_key(name.matching_key(text).upper()) is not None
