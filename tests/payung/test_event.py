from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import resources
from payung import event
from payung.bodies import Institution, Level
from payung.errors import DataError
from payung.event import Event, Kind, Post

POSTS = (
    "kpps-ketua",
    "kpps-anggota",
    "linmas",
    "pantarlih",
    "pps-ketua",
    "pps-anggota",
    "sekretariat-pps-sekretaris",
    "sekretariat-pps-staf",
    "ppk-ketua",
    "ppk-anggota",
    "sekretariat-ppk-sekretaris",
    "sekretariat-ppk-staf",
    "kpu-komisioner",
    "ptps",
    "pkd",
    "panwascam-ketua",
    "panwascam-anggota",
    "sekretariat-panwascam",
    "bawaslu-komisioner",
)
SHIPPED = ["latihan", "pemilu-2024", "pilkada-2024"]


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.read("events", "latihan.json"))
    return found


def post_of(event_code: str, code: str) -> Post:
    found = event.load(event_code).post(code)
    assert found is not None
    return found


def refused(change: Callable[[dict[str, Any]], object]) -> dict[str, str]:
    """What the error says after `change` has been made to a good file."""
    spoilt = copy.deepcopy(document())
    change(spoilt)
    with pytest.raises(DataError) as caught:
        event.from_json(json.dumps(spoilt))
    return caught.value.facts


def test_three_events_ship() -> None:
    assert list(event.shipped()) == SHIPPED


@pytest.mark.parametrize("code", SHIPPED)
def test_an_event_has_every_post_of_the_command_line(code: str) -> None:
    loaded = event.load(code)
    assert loaded.code == code
    assert set(POSTS) <= {post.code for post in loaded.posts if post.enabled}


@pytest.mark.parametrize("code", SHIPPED)
def test_writing_an_event_gives_back_the_very_file(code: str) -> None:
    assert event.dump(event.load(code)) == resources.read("events", f"{code}.json")
    assert event.from_json(event.dump(event.load(code))) == event.load(code)


@pytest.mark.parametrize("code", SHIPPED)
def test_the_seats_of_a_tps_are_seven_two_and_one(code: str) -> None:
    seats = {
        (post.body, number)
        for post in event.load(code).posts
        if post.level is Level.TPS and post.seats is not None
        for number in range(post.first_seat, post.first_seat + post.seats)
    }
    assert seats == {("kpps", n) for n in range(1, 8)} | {("linmas", 1), ("linmas", 2), ("ptps", 1)}


@pytest.mark.parametrize(
    ("body", "seats", "level", "institution"),
    [
        ("pps", 3, Level.VILLAGE, Institution.KPU),
        ("sekretariat-pps", 3, Level.VILLAGE, Institution.KPU),
        ("pkd", 1, Level.VILLAGE, Institution.BAWASLU),
        ("ppk", 5, Level.KECAMATAN, Institution.KPU),
        ("sekretariat-ppk", 3, Level.KECAMATAN, Institution.KPU),
        ("panwascam", 3, Level.KECAMATAN, Institution.BAWASLU),
    ],
)
def test_a_body_has_as_many_seats_as_the_law_gives(
    body: str, seats: int, level: Level, institution: Institution
) -> None:
    for code in SHIPPED:
        posts = [post for post in event.load(code).posts if post.body == body]
        assert sum(post.seats or 0 for post in posts) == seats
        assert {(post.level, post.institution) for post in posts} == {(level, institution)}


def test_what_no_source_tells_is_left_open() -> None:
    for code in SHIPPED:
        for name in ("kpu-komisioner", "bawaslu-komisioner", "sekretariat-panwascam"):
            found = post_of(code, name)
            assert (found.seats, found.honorarium) == (None, None)


def test_the_election_of_february_2024_is_as_it_was() -> None:
    pemilu = event.load("pemilu-2024")
    ketua, linmas, ptps = (post_of("pemilu-2024", code) for code in ("kpps-ketua", "linmas", "ptps"))
    assert pemilu.voting_day == date(2024, 2, 14)
    assert (ketua.honorarium, linmas.honorarium, ptps.honorarium) == (1_200_000, 700_000, 1_000_000)
    assert ketua.term == event.Term(date(2024, 1, 25), date(2024, 2, 25))
    assert ptps.term == event.Term(date(2024, 1, 22), date(2024, 2, 21))


def test_the_election_of_november_2024_paid_less_and_keeps_what_sources_dispute() -> None:
    ketua, ptps, pantarlih = (post_of("pilkada-2024", code) for code in ("kpps-ketua", "ptps", "pantarlih"))
    assert (ketua.honorarium, ptps.honorarium) == (900_000, 800_000)
    disputed = next(row for row in ptps.evidence if row.field == "honorarium")
    assert disputed.confidence is event.Confidence.LOW
    assert {row.value for row in disputed.alternatives} == {1_000_000, 750_000}
    assert (pantarlih.seats_per_tps, pantarlih.second_seat_above_voters) == (1, 400)


def test_posts_abroad_keep_their_codes_and_are_closed() -> None:
    abroad = [post for post in event.load("pemilu-2024").posts if not post.enabled]
    assert {post.code for post in abroad} == {"ppln", "kppsln", "pantarlih-ln", "linmas-ln"}


def test_practice_says_that_it_is_practice_and_can_enrol_everybody() -> None:
    practice = event.load("latihan")
    assert practice.kind is Kind.PRACTICE
    assert practice.voting_day == date(2029, 2, 14)
    for post in practice.posts:
        assert post.enabled
        assert post.term is not None
        assert "bukan ketetapan" in post.source
        assert {row.confidence for row in post.evidence} == {event.Confidence.PRACTICE}


def test_age_rules_warn_where_the_law_only_considers() -> None:
    kpps, ptps = post_of("latihan", "kpps-anggota"), post_of("latihan", "ptps")
    assert (kpps.age_min, kpps.age_min_severity, kpps.age_max) == (17, "error", 55)
    assert (ptps.age_min, ptps.age_min_severity, ptps.age_floor, ptps.age_max) == (21, "warning", 17, None)


@pytest.mark.parametrize("code", SHIPPED)
def test_every_number_names_its_source(code: str) -> None:
    for post in event.load(code).posts:
        sources = {row.field: row.source for row in post.evidence}
        for field in event._EVIDENT:
            assert getattr(post, field) is None or sources[field].strip(), (post.code, field)


def test_a_term_overlaps_another_by_a_single_day() -> None:
    first = event.Term(date(2024, 6, 24), date(2024, 7, 25))
    assert first.overlaps(event.Term(date(2024, 7, 25), date(2024, 12, 8)))
    assert not first.overlaps(event.Term(date(2024, 7, 26), date(2024, 12, 8)))


@pytest.mark.parametrize(
    ("change", "path", "what"),
    [
        (lambda doc: doc.pop("voting_day"), "voting_day", "missing"),
        (lambda doc: doc.update(voting_day="14-02-2029"), "voting_day", "date"),
        (lambda doc: doc.update(kind="pilpres"), "kind", "value"),
        (lambda doc: doc.update(name=" "), "name", "missing"),
        (lambda doc: doc.update(kuota=7), "kuota", "unknown"),
        (lambda doc: doc.update(posts={}), "posts", "type"),
        (lambda doc: doc["posts"][3].update(seats="6"), "posts[3].seats", "type"),
        (lambda doc: doc["posts"][3].update(seats=True), "posts[3].seats", "type"),
        (lambda doc: doc["posts"][3].update(honorarium=-1), "posts[3].honorarium", "range"),
        (lambda doc: doc["posts"][3].update(honorarium=1.5), "posts[3].honorarium", "type"),
        (lambda doc: doc["posts"][3].update(honor=1), "posts[3].honor", "unknown"),
        (lambda doc: doc["posts"][0]["term"].update(end="2028-01-01"), "posts[0].term.end", "range"),
        (lambda doc: doc["posts"][0]["term"].pop("start"), "posts[0].term.start", "missing"),
        (lambda doc: doc["posts"][0]["evidence"].pop("honorarium"), "posts[0].evidence.honorarium.source", "missing"),
        (lambda doc: doc["posts"][0]["evidence"].update(gaji={}), "posts[0].evidence.gaji", "unknown"),
        (lambda doc: doc["posts"][1].update(first_seat=3), "posts[1].first_seat", "range"),
        (lambda doc: doc["posts"][1].update(level="village"), "posts[1].body", "value"),
        (lambda doc: doc["posts"].append(doc["posts"][0]), "posts[19].code", "double"),
    ],
)
def test_a_spoilt_event_is_refused_by_the_place_of_the_fault(
    change: Callable[[dict[str, Any]], object], path: str, what: str
) -> None:
    assert refused(change) == {"path": path, "what": what}


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff\xfe", b"null", "1"])
def test_what_is_no_event_at_all_is_refused(text: bytes | str) -> None:
    with pytest.raises(DataError):
        event.from_json(text)


@pytest.mark.parametrize("code", ["pemilu-1955", "schema", "../palette", "LATIHAN", ""])
def test_an_event_that_does_not_ship_is_a_data_error(code: str) -> None:
    with pytest.raises(DataError):
        event.load(code)


def test_an_event_of_another_year_may_be_imported() -> None:
    changed = document() | {"code": "pemilu-2029", "name": "Pemilu 2029", "kind": "pemilu", "version": 4}
    loaded: Event = event.from_json(json.dumps(changed))
    assert (loaded.code, loaded.version, loaded.kind) == ("pemilu-2029", 4, Kind.PEMILU)
