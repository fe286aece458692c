"""`payung enrol`: what becomes of every kind of JSON, one answer a record."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import enrol, record
from payung import event as events
from payung.event import Event
from payung.person import Blood, Sex
from tests.laptops import VILLAGE, Indoors, Laptop, set_up

NIK = "5371041508959901"
OFFICER: dict[str, Any] = {
    "tps": 4,
    "post": "kpps-anggota",
    "nik": NIK,
    "name": "Yohanes Ndolu",
    "birthplace": "Kupang",
    "birthdate": "1995-08-15",
    "sex": "L",
}


@pytest.fixture(scope="module")
def event() -> Event:
    return events.load("latihan")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    return set_up(tmp_path_factory.mktemp("laptop"), kind=Indoors)


def read(text: str) -> list[object]:
    return list(enrol.documents(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\n{"b": 2}\n',
        '{"a": 1}\n\n  \n{"b": 2}',
        '[{"a": 1}, {"b": 2}]',
        '[\n  {"a": 1},\n  {"b": 2}\n]\n',
        '\ufeff{"a": 1}\r\n{"b": 2}\r\n',
    ],
)
def test_an_array_and_json_lines_are_the_same_records(text: str) -> None:
    assert read(text) == [{"a": 1}, {"b": 2}]


def test_one_object_may_be_written_over_several_lines() -> None:
    assert read('{\n  "a": 1\n}\n') == [{"a": 1}]


def test_nothing_is_no_record() -> None:
    assert read("") == []
    assert read("\n  \n") == []
    assert read("[]") == []


def test_a_line_that_is_no_json_does_not_stop_the_others() -> None:
    first, second, third = read('{"a": 1}\n{"b": \n{"c": 3}\n')

    assert (first, third) == ({"a": 1}, {"c": 3})
    assert isinstance(second, enrol.Unreadable)


def test_a_record_is_given_out_before_the_next_line_is_read() -> None:
    class Pipe(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002 - as the base class has it
            raise AssertionError("the second line was asked for too early")

    lines = iter([b'{"a": 1}\n'])

    class Stream(Pipe):
        def __next__(self) -> bytes:
            return next(lines)

    assert next(enrol.documents(Stream())) == {"a": 1}


def take(event: Event, found: object, villages: tuple[str, ...] = (VILLAGE,)) -> record.Taken:
    return record.take(found, event=event, villages=villages)


def codes(taken: record.Taken) -> list[str]:
    return [problem.code for problem in taken.problems]


def test_every_key_of_the_contract_is_taken(event: Event) -> None:
    found = OFFICER | {
        "village": VILLAGE, "seat": 3, "phone": "081234567890", "rt": 7, "rw": 2, "address": "Jalan Lontar",
        "mother": "Maria", "decree": {"number": "04/PP", "date": "2029-01-20"}, "confirmed": ["nik.birthdate"],
        "married": True, "blood": "AB", "postcode": "85111", "email": "y@contoh.id", "has_kpj": False, "kpj": "",
        "asn": False,
    }  # fmt: skip
    assert found.keys() == record.KEYS

    facts = take(event, found).facts

    assert facts is not None
    assert (facts.place, facts.tps, facts.seat, facts.nik) == (VILLAGE, 4, 3, NIK)
    assert (facts.birthdate, facts.sex, facts.blood) == (date(1995, 8, 15), Sex.L, Blood.AB)
    assert (facts.decree_number, facts.decree_date) == ("04/PP", date(2029, 1, 20))
    assert (facts.married, facts.has_kpj, facts.asn) == (True, False, False)
    assert facts.confirmed == ("nik.birthdate",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nama": "Yohanes"}, "record.unknown_key"),
        ({"tps": "4"}, "record.kind"),
        ({"tps": True}, "record.kind"),
        ({"seat": 3.0}, "record.kind"),
        ({"tps": 10**30}, "record.kind"),
        ({"nik": 5371041508959901}, "record.kind"),
        ({"name": "\ud800"}, "record.kind"),
        ({"name": "x" * 5000}, "record.kind"),
        ({"asn": "ya"}, "record.kind"),
        ({"confirmed": "nik.birthdate"}, "record.kind"),
        ({"confirmed": [1]}, "record.kind"),
        ({"decree": "04/PP"}, "record.kind"),
        ({"decree": {"nomor": "04"}}, "record.kind"),
        ({"decree": {"date": "kapan-kapan"}}, "decree_date.unreadable"),
        ({"blood": "C"}, "blood.unreadable"),
        ({"post": "presiden"}, "post.unknown"),
        ({"post": None}, "post.unknown"),
    ],
)
def test_what_cannot_be_a_record_is_refused(event: Event, change: dict[str, object], code: str) -> None:
    taken = take(event, OFFICER | change)

    assert taken.facts is None
    assert codes(taken) == [code]


@pytest.mark.parametrize("found", [None, 4, "Yohanes", [], True])
def test_what_is_no_object_is_refused(event: Event, found: object) -> None:
    assert codes(take(event, found)) == ["record.object"]


def test_what_a_clerk_can_still_mend_is_not_refused(event: Event) -> None:
    taken = take(event, OFFICER | {"birthdate": "31-02-1995", "sex": "pria?", "name": None})

    assert taken.facts is not None
    assert codes(taken) == ["birthdate.unreadable", "sex.unreadable"]


def test_the_village_is_the_kits_when_it_leaves_no_choice(event: Event) -> None:
    two = (VILLAGE, "53.71.04.1002")

    assert take(event, OFFICER).facts.place == VILLAGE  # type: ignore[union-attr]
    assert codes(take(event, OFFICER, two)) == ["record.place"]
    assert take(event, OFFICER | {"post": "ppk-ketua"}, two).facts.place == "53.71.04"  # type: ignore[union-attr]
    assert take(event, OFFICER, ("53.71.04",)).facts is None


def test_a_village_named_for_a_higher_post_gives_its_kecamatan(event: Event) -> None:
    facts = take(event, OFFICER | {"post": "panwascam-ketua", "village": VILLAGE}).facts

    assert facts is not None
    assert (facts.place, facts.tps) == ("53.71.04", None)


def test_each_record_is_answered_on_its_own_line(laptop: Laptop) -> None:
    given = "\n".join(
        [
            json.dumps(OFFICER),
            "bukan json",
            json.dumps(OFFICER | {"nik": "5371041508959902", "name": ""}),
            json.dumps(OFFICER | {"nik": "5371041508959903", "birthdate": "1996-08-15"}),
            json.dumps(
                OFFICER | {"nik": "5371041508959903", "birthdate": "1996-08-15", "confirmed": ["nik.birthdate"]}
            ),
        ]
    )

    answer = laptop.run("enrol", "-", given=given)

    assert answer.code == 1
    assert [line["state"] for line in answer.lines] == ["ready", "refused", "draft", "draft", "ready"]
    assert [bool(line["id"]) for line in answer.lines] == [True, False, True, True, True]
    assert [(one["field"], one["code"]) for one in answer.lines[2]["problems"] if one["severity"] == "error"] == [
        ("name", "name.missing")
    ]
    assert all(one["message"] for line in answer.lines for one in line["problems"])
    assert answer.err == ""


def test_a_list_from_a_file_is_enrolled_and_told_in_words(laptop: Laptop, tmp_path: Path) -> None:
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps([OFFICER | {"nik": "5371041508959911", "tps": 5}]), encoding="utf-8")
    command = [word for word in laptop.command("enrol", str(listed)) if word != "--json"]

    answer = Indoors.finished(command)

    assert answer.code == 0
    assert "siap kirim" in answer.out
    assert NIK[:6] not in answer.out + answer.err


def test_a_file_that_is_not_there_is_named(laptop: Laptop) -> None:
    answer = laptop.run("enrol", "tidak-ada.json")

    assert answer.code == 2
    assert answer.document["error"]["code"] == "cli.file"
