"""Which passphrases are refused, which only advised against, and the list that suggestions come from."""

from __future__ import annotations

import math

import pytest

from payung import passphrase, wording
from payung.problem import Severity


def codes(text: str, *names: str) -> list[str]:
    return [problem.code for problem in passphrase.problems(text, names=names)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "passphrase.missing"),
        ("   ", "passphrase.missing"),
        ("123456", "passphrase.digits"),
        ("1234 5678 9012 3456", "passphrase.digits"),
        ("17-08-1945", "passphrase.digits"),
        ("١٢٣٤٥٦٧٨٩", "passphrase.digits"),
        ("kopi", "passphrase.short"),
        ("       a", "passphrase.short"),
        ("aaaaaaaaaaaaaaaaaaaa", "passphrase.guessed"),
        ("Password123!", "passphrase.guessed"),
        ("kata sandi 1", "passphrase.guessed"),
        ("qwertyuiop", "passphrase.guessed"),
        ("zyxwvutsr", "passphrase.guessed"),
        ("Siti Benu 99", "passphrase.name"),
    ],
)
def test_what_is_easily_guessed_is_refused(text: str, code: str) -> None:
    (problem,) = passphrase.problems(text, names=["Siti Benu"])

    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert "…" not in wording.of(problem)


def test_a_middling_one_is_taken_with_advice() -> None:
    (problem,) = passphrase.problems("mangga-manis")

    assert (problem.code, problem.severity) == ("passphrase.modest", Severity.WARNING)
    assert wording.of(problem) == "Lebih aman dengan 4 kata atau 15 huruf."


@pytest.mark.parametrize("text", ["apel biru teh sore", "lontar sasando teluk kupang", "x8!kQz71-mmWpq2"])
def test_four_words_or_fifteen_letters_need_no_advice(text: str) -> None:
    assert codes(text) == []


def test_the_list_has_2048_different_plain_words() -> None:
    words = passphrase.words()

    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)
    assert all(word.isascii() and word.islower() and word.isalpha() and 4 <= len(word) <= 9 for word in words)


def test_a_suggestion_has_55_bits_is_taken_and_never_the_same() -> None:
    found = {passphrase.suggestion() for _ in range(50)}

    assert len(found) == 50
    assert passphrase.bits() == 55
    assert passphrase.bits(4) == 4 * math.log2(2048)
    assert all(codes(one) == [] and set(one.split()) <= set(passphrase.words()) for one in found)
