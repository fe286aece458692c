"""A few keys find the person: by name, NIK, polling station or certificate; never by what must not be shown."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from desktop.store import certificates, enrolments
from desktop.store.database import Store
from desktop.store.searching import Index, folded
from desktop.store.seating import Mark
from payung.facts import Facts
from tests.desktop.store.officers import MOTHER, NIK, officer, officers

DAY = date(2026, 11, 22)


def saved(store: Store, facts: Facts) -> UUID:
    return enrolments.save(store, facts, on=DAY, accept_warnings=True).id


def found(index: Index, text: str) -> list[UUID]:
    return [one.record for one in index.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "dominggus",
        "MANU dom",
        "frans  manu",
        "ominggu",
        "dominggus frans manu",
        "José",
        "jose",
        NIK,
        "537104 150896",
        "5371",
        "9699",
        "53",
        "tps 4",
        "004",
        "4",
        "manu 4",
        "manu 9901",
    ],
)
def test_parts_of_name_nik_and_polling_station_find_in_any_order(store: Store, text: str) -> None:
    one = saved(store, officer(name="Dominggus Frans José MANU"))

    assert found(Index(store), text) == [one]


@pytest.mark.parametrize(
    "text", ["", " ", "d", "5", "manu 5", "dominggus xx", "9902", "tps", MOTHER, "mother", "%", "_"]
)
def test_what_is_not_there_finds_nobody(store: Store, text: str) -> None:
    saved(store, officer(name="Dominggus Frans MANU"))

    assert found(Index(store), text) == []


def test_what_was_found_says_who_where_and_how_far_with_the_nik_masked(store: Store) -> None:
    one = saved(store, officer(seat=3))

    (card,) = Index(store).find(NIK)

    assert (card.record, card.tps, card.post, card.seat) == (one, 4, "kpps-anggota", 3)
    assert (card.nik, card.mark, card.status) == ("•••• 9901", Mark.READY, "status.ready")


def test_the_number_of_a_certificate_finds_its_holder_whole_or_by_its_end(store: Store) -> None:
    people = [answer.id for answer in enrolments.save_many(store, officers(3), on=DAY) if hasattr(answer, "id")]
    numbers = [given.number for given in certificates.allocate(store, people)]
    index = Index(store)

    assert [found(index, number) for number in numbers] == [[one] for one in people]
    assert found(index, numbers[1].lower().replace("-", " ")) == [people[1]]
    assert found(index, numbers[1][-5:]) == [people[1]]
    assert found(index, numbers[1][:-1]) == [people[1]]


def test_beginnings_of_words_come_before_what_stands_inside(store: Store) -> None:
    inside = saved(store, officer(name="ADRIANA BENU"))
    begins = saved(store, officer(name="ZET ANAK", nik="5371041608969902", birthdate=date(1996, 8, 16), seat=4))

    assert found(Index(store), "ana") == [begins, inside]


def test_what_is_saved_changed_or_withdrawn_meanwhile_is_known_to_the_next_search(store: Store) -> None:
    index = Index(store)
    assert found(index, "manu") == []
    one = saved(store, officer(name="DOMINGGUS MANU"))
    assert found(index, "manu") == [one]

    enrolments.save(store, officer(name="DOMINGGUS BENU"), record_id=one, on=DAY)
    assert (found(index, "manu"), found(index, "benu")) == ([], [one])
    enrolments.withdraw(store, one, "pindah")
    assert found(index, "benu") == []


def test_at_most_so_many_are_found_and_the_rest_by_more_keys(store: Store) -> None:
    enrolments.save_many(store, officers(20), on=DAY)
    index = Index(store)

    assert len(index.find("petugas")) == 12
    assert len(index.find("petugas", 5)) == 5


@pytest.mark.parametrize(
    ("text", "plain"),
    [("  NA'IM  al-Fatih ", "naim al fatih"), ("Ångström-Ñandú", "angstrom nandu"), ("I Gst. Ayu", "i gst ayu")],
)
def test_names_are_compared_without_case_accents_and_marks(text: str, plain: str) -> None:
    assert folded(text) == plain
