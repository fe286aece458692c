import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung import money


def test_rupiah_are_printed_without_a_blank() -> None:
    assert money.rupiah(1200000) == "Rp1.200.000"
    assert money.rupiah(850) == "Rp850"
    assert money.rupiah(-5000) == "-Rp5.000"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("850.000", 850000), ("Rp 1.200.000,-", 1200000), ("Rp. 29.286.275.000,-", 29286275000),
        ("Rp1.200.000,00", 1200000), ("1200000", 1200000), ("rp 5.400", 5400),
    ],
)  # fmt: skip
def test_written_amounts_are_whole_rupiah(text: str, amount: int) -> None:
    assert money.read(text) == amount


@pytest.mark.parametrize("text", ["", "1,200,000", "850,50", "1.20", "12.0000", "seribu", "-5", "٣"])
def test_sen_and_doubtful_amounts_are_not_guessed(text: str) -> None:
    assert money.read(text) is None


@given(st.integers(min_value=0))
def test_what_is_printed_is_read_back(amount: int) -> None:
    assert money.read(money.rupiah(amount)) == amount
