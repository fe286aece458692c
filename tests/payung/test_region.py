from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from payung import region
from payung.region import Kind, Regions


@pytest.fixture(scope="module")
def regions() -> Regions:
    return region.load()


def quickest(work: Callable[[], object], *, runs: int = 5) -> float:
    """Seconds of the quickest of several runs: what the code costs when nothing else is on the machine."""

    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(once() for _ in range(runs))


def walk(regions: Regions) -> list[list[str]]:
    """Every code, level by level."""
    levels = [list(regions.children())]
    for _ in range(3):
        levels.append([below for code in levels[-1] for below in regions.children(code)])
    return levels


def test_the_whole_country_is_there(regions: Regions) -> None:
    assert [len(level) for level in walk(regions)] == [38, 514, 7285, 83762]


def test_every_region_lies_in_its_parent_and_codes_come_in_order(regions: Regions) -> None:
    for level in walk(regions):
        assert all(regions.exists(code) for code in level)
        assert all(first < second for first, second in pairwise(level))
        assert all(code.rpartition(".")[0] == "" or regions.exists(code.rpartition(".")[0]) for code in level)


def test_villages_are_kelurahan_desa_or_desa_adat_by_their_fourth_segment(regions: Regions) -> None:
    villages = walk(regions)[3]
    kinds = [regions.kind(code) for code in villages]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        Kind.KELURAHAN: 8496,
        Kind.DESA: 75252,
        Kind.DESA_ADAT: 14,
    }


def test_a_kota_is_told_from_a_kabupaten_and_its_name_says_the_same(regions: Regions) -> None:
    for code in walk(regions)[1]:
        assert regions.name(code).startswith("Kota ") == (regions.kind(code) is Kind.KOTA), code


def test_names_have_no_blank_at_either_end(regions: Regions) -> None:
    names = [regions.name(code) for level in walk(regions) for code in level]
    assert [name for name in names if name != name.strip() or not name] == []


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("53", "Prov. Nusa Tenggara Timur"),
        ("53.01", "Kab. Kupang"),
        ("53.71", "Kota Kupang"),
        ("53.71.04", "Kec. Oebobo"),
        ("53.71.04.1001", "Kel. Oebobo"),
        ("91.03.01", "Distrik Sentani"),
        ("34.71.01", "Kemantren Tegalrejo"),
        ("34.02.01", "Kapanewon Srandakan"),
    ],
)
def test_a_title_speaks_the_word_of_the_place(regions: Regions, code: str, title: str) -> None:
    assert regions.title(code) == title


@pytest.mark.parametrize(
    ("parent", "word"),
    [
        ("11.01.01", "Gampong"),
        ("11.04.01", "Desa"),
        ("13.02.03", "Nagari"),
        ("32.01.04", "Desa"),
        ("73.18.01", "Lembang"),
        ("93.01.01", "Kampung"),
    ],
)
def test_a_village_is_called_what_it_is_called_there(regions: Regions, parent: str, word: str) -> None:
    villages = [code for code in regions.children(parent) if regions.kind(code) is Kind.DESA]
    assert villages
    assert all(regions.title(code).startswith(f"{word} ") for code in villages)
    assert not any(regions.title(code).startswith(f"{word} {word} ") for code in villages)


def test_a_path_goes_from_the_province_down(regions: Regions) -> None:
    assert regions.path("53.71.04.1001") == ("Nusa Tenggara Timur", "Kota Kupang", "Oebobo", "Oebobo")


def test_papuas_old_codes_lead_to_the_new_ones(regions: Regions) -> None:
    moved = {"91.01": "93.01", "91.02": "95.01", "91.04": "94.01", "92.71": "96.71", "92.01": "96.01"}
    assert {old: regions.obsolete(old) for old in moved} == moved
    assert not any(regions.exists(old) for old in moved)


def test_every_obsolete_code_is_out_of_force_and_leads_nowhere_else(regions: Regions) -> None:
    old = regions._obsolete
    assert sum(1 for code in old if code.count(".") == 1) == 28
    assert sum(1 for code in old if code.count(".") == 2) == 659
    assert [code for code in old if regions.exists(code)] == []
    assert [new for new in old.values() if new and not regions.exists(new)] == []
    assert {code[0] for code in old} == {"9"}


def test_a_code_in_force_is_not_obsolete_and_a_foreign_one_is_neither(regions: Regions) -> None:
    assert regions.obsolete("53.71") is None
    assert regions.obsolete("64.73") is None
    assert not regions.exists("64.73")


def test_an_unknown_village_is_shown_by_its_code(regions: Regions) -> None:
    assert regions.name("53.71.04.1999") == "53.71.04.1999"
    assert not regions.exists("53.71.04.1999")
    assert regions.path("53.71.04.1999")[2] == "Oebobo"


@pytest.mark.parametrize("odd", ["", ".", "53.", "x", "53.71.04.1001.1", "53..04", "..."])
def test_an_odd_code_is_unknown_and_nothing_worse(regions: Regions, odd: str) -> None:
    assert not regions.exists(odd)
    assert regions.obsolete(odd) is None
    assert regions.title(odd)


def test_a_few_regions_of_ones_own_do_as_well() -> None:
    own = Regions.from_rows(
        [("53", "Nusa Tenggara Timur"), ("53.71", "Kota Kupang"), ("53.71.04", "Oebobo"), ("53.71.04.1001", "Oebobo")],
        {"53.99": "53.71", "53.98": ""},
    )
    assert own.children("53.71.04") == ("53.71.04.1001",)
    assert own.title("53.71.04.1001") == "Kel. Oebobo"
    assert own.obsolete("53.99") == "53.71"
    assert own.obsolete("53.98") == ""
    assert not own.exists("53.01")


def test_regions_are_read_within_the_time_of_a_blink() -> None:
    assert quickest(region.load.__wrapped__, runs=3) < 0.15 * 4  # four times for a busy machine


def test_looking_up_a_village_and_its_neighbours_costs_next_to_nothing() -> None:
    fresh = region.load.__wrapped__()
    codes = [code for parent in ("53.71.04", "32.01.01", "11.01.01") for code in fresh.children(parent)]
    assert quickest(lambda: fresh.name(codes[0])) < 0.001
    assert quickest(lambda: fresh.children("95.06.03"), runs=1) < 0.001 * 10  # first touch unpacks
    assert quickest(lambda: fresh.children("95.06.03")) < 0.001
    assert quickest(lambda: fresh.path(codes[-1])) < 0.001
