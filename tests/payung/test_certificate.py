import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import certificate

TAGS = st.text(alphabet=certificate.ALPHABET, min_size=4, max_size=4)
SEQUENCES = st.integers(min_value=1, max_value=certificate.LAST)


def _swapped(number: str, place: int) -> str:
    body = number.replace("-", "")
    return body[:place] + body[place + 1] + body[place] + body[place + 2 :]


def test_a_number_is_the_tag_the_running_number_and_a_check_character() -> None:
    number = certificate.number("7K3M", 1)

    assert number[:-1] == "PYG-7K3M-0001"
    assert certificate.check(number)


@given(TAGS, SEQUENCES)
def test_numbers_of_one_device_never_repeat(tag: str, sequence: int) -> None:
    number = certificate.number(tag, sequence)

    assert certificate.check(number)
    assert sequence == 1 or certificate.number(tag, sequence - 1) != number


@given(TAGS, SEQUENCES, st.integers(min_value=3, max_value=11), st.sampled_from(certificate.ALPHABET))
def test_one_wrong_character_is_always_noticed(tag: str, sequence: int, place: int, char: str) -> None:
    number = certificate.number(tag, sequence).replace("-", "")
    changed = number[:place] + char + number[place + 1 :]

    assert certificate.check(changed) is (changed == number)


@given(TAGS, SEQUENCES, st.integers(min_value=3, max_value=10))
def test_two_swapped_characters_are_always_noticed(tag: str, sequence: int, place: int) -> None:
    number = certificate.number(tag, sequence)
    swapped = _swapped(number, place)

    assert certificate.check(swapped) is (swapped == number.replace("-", ""))


def test_a_typed_number_is_brought_to_its_printed_form() -> None:
    number = certificate.number("1KO0".replace("O", "0"), 31)
    typed = f" {number.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

    assert certificate.normalise(typed) == number
    assert certificate.normalise("PYG-7K3M") is None
    assert not certificate.check("")


@pytest.mark.parametrize(("tag", "sequence"), [("7K3", 1), ("7k3m", 1), ("7K3M", 0), ("7K3M", 31**4)])
def test_impossible_tags_and_sequences_are_refused(tag: str, sequence: int) -> None:
    with pytest.raises(ValueError, match="a device"):
        certificate.number(tag, sequence)
