"""Who may see and write which rows, by raw SQL under the service's role: the database holds it where code forgets."""

from __future__ import annotations

import uuid

import psycopg
import pytest

from payung.bodies import Institution
from sync.server import database
from tests.central import KUPANG, OKU, SULAMU, Central, Laptop, officer

PROTECTED = (
    "account", "session", "device", "batch", "enrolment", "revision", "backlog", "quarantine", "ledger", "feed",
    "duplicate", "incident", "operator",
)  # fmt: skip
NO_SCOPE = ("", "%", "%%", "_", "5", "53.7", "53.71.0", "NULL", "*")


@pytest.fixture(scope="module")
def filled(central: Central) -> Central:
    """Officers of both sides in three villages and one kecamatan, one of them twice, one refused, one waiting."""
    person = officer(KUPANG)
    for village in (KUPANG, SULAMU, OKU):
        laptop = central.laptop(village)
        first = laptop.saved(officer(village))
        orphan = laptop.saved(officer(village), after=laptop.saved(officer(village)))
        laptop.exchange(
            central,
            first,
            laptop.saved(officer(village, post="ptps", seat=1)),
            laptop.saved(officer(village[:8], post="ppk-anggota", tps=None, seat=2)),
            laptop.saved(officer(village, nik=person.nik, birthdate=person.birthdate)),
            laptop.saved(officer(village, nik="1")),
            orphan,
        )
    return central


def places(rows: list[tuple[object, ...]]) -> set[object]:
    return {row[0] for row in rows}


def test_every_table_of_persons_is_protected_even_from_its_owner(central: Central) -> None:
    with central.database.connect_owner() as connection:
        rows = connection.execute("SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class").fetchall()
    found = {name: (enabled, forced) for name, enabled, forced in rows}
    assert {name: found[name] for name in PROTECTED} == dict.fromkeys(PROTECTED, (True, True))


def test_the_service_owns_nothing_and_bypasses_nothing(central: Central) -> None:
    assert database.app_role_is_safe(central.database)


@pytest.mark.parametrize("table", PROTECTED)
def test_without_a_scope_nothing_is_seen(filled: Central, table: str) -> None:
    assert filled.count(table) > 0 or table in ("account", "session", "ledger", "feed", "incident")
    assert filled.app_rows(f"SELECT 1 FROM {table}") == []


@pytest.mark.parametrize("scope", NO_SCOPE)
@pytest.mark.parametrize("setting", ["device_scope", "office_region"])
def test_empty_patterns_and_parts_of_codes_show_nothing(filled: Central, setting: str, scope: str) -> None:
    side = {"office_side": "KPU"} if setting == "office_region" else {}
    for table in ("enrolment", "revision", "duplicate"):
        assert filled.app_rows(f"SELECT 1 FROM {table}", **{setting: scope}, **side) == []


def test_a_laptop_sees_its_village_and_what_lies_above(filled: Central) -> None:
    rows = filled.app_rows("SELECT DISTINCT place FROM enrolment", device_scope=KUPANG)
    assert places(rows) == {KUPANG, KUPANG[:8]}


def test_a_laptop_of_two_villages_sees_both(filled: Central) -> None:
    rows = filled.app_rows("SELECT DISTINCT place FROM enrolment", device_scope=f"{KUPANG},{OKU}")
    assert places(rows) == {KUPANG, KUPANG[:8], OKU, OKU[:8]}


@pytest.mark.parametrize("unit", [KUPANG[:8], KUPANG[:5]])
def test_a_laptop_of_a_kecamatan_or_kabupaten_sees_below(filled: Central, unit: str) -> None:
    rows = filled.app_rows("SELECT DISTINCT place FROM enrolment", device_scope=unit)
    assert places(rows) == {KUPANG, KUPANG[:8]}


@pytest.mark.parametrize(
    ("region", "seen"),
    [("53.71", {KUPANG}), ("53.01", {SULAMU}), ("53", {KUPANG, SULAMU}), ("16.08", {OKU}), ("11", set())],
)
def test_an_office_sees_its_region(filled: Central, region: str, seen: set[str]) -> None:
    rows = filled.app_rows(
        "SELECT DISTINCT place FROM enrolment WHERE length(place) = 13", office_region=region, office_side="KPU"
    )
    assert places(rows) == seen


@pytest.mark.parametrize(
    ("side", "seen"),
    [("KPU", {"KPU"}), ("BAWASLU", {"BAWASLU"}), ("PEMDA", {"KPU", "BAWASLU"}), ("", set()), ("%", set())],
)
def test_an_office_sees_its_side(filled: Central, side: str, seen: set[str]) -> None:
    rows = filled.app_rows("SELECT DISTINCT institution FROM enrolment", office_region="53.71", office_side=side)
    assert places(rows) == seen


def test_a_region_without_a_side_shows_nothing(filled: Central) -> None:
    assert filled.app_rows("SELECT 1 FROM enrolment", office_region="53.71") == []


def test_revisions_follow_their_enrolment(filled: Central) -> None:
    query = "SELECT count(*) FROM revision WHERE record NOT IN (SELECT id FROM enrolment)"
    assert filled.app_rows(query, office_region="53.71", office_side="KPU") == [(0,)]
    assert filled.app_rows("SELECT count(*) > 0 FROM revision", device_scope=KUPANG) == [(True,)]


def test_an_office_cannot_write(filled: Central) -> None:
    scope = {"office_region": "53.71", "office_side": "KPU"}
    rows = filled.app_rows("UPDATE enrolment SET state = 'withdrawn' RETURNING id", **scope)
    assert rows == []


def test_a_laptop_cannot_move_a_record_out_of_its_village(filled: Central) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        filled.app_rows(f"UPDATE enrolment SET place = '{OKU}' RETURNING 1", device_scope=KUPANG)


def test_a_laptop_cannot_write_for_another(filled: Central) -> None:
    laptop, other = filled.laptop(), filled.laptop(OKU)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        filled.app_rows(
            f"INSERT INTO operator VALUES ('{other.device}', '{uuid.uuid4()}', 'x', now()) RETURNING 1",
            device_id=str(laptop.device),
            device_scope=KUPANG,
        )


@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE revision SET number = 9",
        "DELETE FROM revision",
        "DELETE FROM enrolment",
        "UPDATE batch SET count = 0",
        "DELETE FROM quarantine",
        "TRUNCATE enrolment",
        "DROP TABLE tps",
        "INSERT INTO tps VALUES ('latihan', 'x', 1, false)",
        "UPDATE event SET version = 9",
        "INSERT INTO duplicate VALUES (gen_random_uuid(), gen_random_uuid())",
        "ALTER TABLE enrolment DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE mine (x integer)",
        "SET ROLE payung_owner",
    ],
)
def test_what_is_kept_cannot_be_undone(central: Central, verb: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        central.app_rows(verb)


def test_a_scope_ends_with_its_transaction(filled: Central) -> None:
    with filled.database.connect_app() as connection:
        with connection.transaction():
            connection.execute("SELECT set_config('payung.device_scope', %s, true)", [KUPANG])
            assert connection.execute("SELECT 1 FROM enrolment").fetchall()
        assert connection.execute("SELECT 1 FROM enrolment").fetchall() == []


def test_a_duplicate_elsewhere_is_told_by_place_and_post_alone(filled: Central) -> None:
    with filled.database.connect_app() as connection:
        cursor = connection.execute("SELECT * FROM payung_flag_duplicates(ARRAY[]::uuid[])")
        assert cursor.description is not None
        assert [column.name for column in cursor.description] == ["record", "other_place", "other_tps", "other_post"]


def test_a_session_is_seen_only_by_who_holds_it(central: Central) -> None:
    central.user("53.71")
    assert central.app_rows("SELECT 1 FROM account", login="") == []
    assert central.app_rows("SELECT 1 FROM session", session="") == []


def test_laptops_are_seen_by_their_region_and_side(central: Central) -> None:
    kpu, bawaslu = central.laptop(KUPANG), central.laptop(KUPANG, institution=Institution.BAWASLU)
    far = central.laptop(OKU)
    seen = places(central.app_rows("SELECT id FROM device", office_region="53.71", office_side="KPU"))
    assert kpu.device in seen
    assert not seen & {bawaslu.device, far.device}


def test_a_laptop_sees_itself_alone(central: Central) -> None:
    laptop: Laptop = central.laptop()
    rows = central.app_rows("SELECT id FROM device", device_id=str(laptop.device), device_scope=KUPANG)
    assert rows == [(laptop.device,)]
