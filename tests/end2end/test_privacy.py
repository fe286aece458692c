"""A lost or finished laptop, by real commands: evidence, receipts, who was on it, and everything gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end2end.office import Office
from tests.laptops import Laptop

pytestmark = pytest.mark.slow

OEBOBO = "53.71.04.1001"


@pytest.fixture(scope="module")
def laptop(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """One laptop, one story; the tests below are its chapters, in order."""
    made = office.laptop(tmp_path_factory.mktemp("lost"), OEBOBO)
    made.enrol(*(officer(serial) for serial in (9951, 9952)))
    assert made.run("sync").code == 0
    made.enrol(officer(9953))
    return made


def officer(serial: int) -> dict[str, object]:
    return {
        "tps": 10 + serial % 10,
        "post": "linmas",
        "nik": f"537104150893{serial}",
        "name": f"Welhelmus {'ABCDEF'[serial % 10]} Ndolu",
        "birthplace": "Kupang",
        "birthdate": "1993-08-15",
        "sex": "L",
        "mother": "Bendelina Rahasia",
    }


def ids(laptop: Laptop) -> dict[str, str]:
    seats = laptop.run("roster", "--all").document["seats"]
    return {seat["name"]: seat["id"] for seat in seats if seat["id"]}


def tag(office: Office, laptop: Laptop) -> str:
    device = laptop.run("evidence", "--verify", str(laptop.passphrase_file))  # nothing but a way to be told of a file
    assert device.document["verdict"] == "unreadable"
    answer = laptop.run("wipe", "--confirm", "SALAH", "--record", str(laptop.folder / "daftar"))
    assert answer.document["error"]["code"] == "cli.wipe.confirm"
    found = [one["tag"] for one in office.run("device", "list")["devices"] if one["tag"] in answer.err]
    (only,) = found
    return str(only)


def test_the_receipts_of_today_are_listed(laptop: Laptop) -> None:
    answer = laptop.run("receipts")

    assert answer.code == 0
    assert len(answer.document["received"]) == 2
    assert laptop.run("receipts", "--on", "2020-01-01").document["received"] == []
    assert laptop.run("receipts", "--on", "besok").code == 2


def test_evidence_of_one_person_holds_with_the_offices_root_alone(laptop: Laptop, office: Office) -> None:
    path = laptop.folder / "bukti.json"
    record = ids(laptop)["Welhelmus B Ndolu"]

    made = laptop.run("evidence", "--id", record, "--out", str(path))

    assert (made.code, made.document["revisions"], made.document["receipts"]) == (0, 1, 1)
    root = office.run("office", "root")["root"]
    command = [*laptop.command()[:3], "--json", "evidence", "--verify", str(path), "--root", root]
    judged = Laptop.finished(command)
    assert (judged.code, judged.document["verdict"], judged.document["record"]) == (0, "genuine", record)
    assert len(judged.document["received"]) == 1
    assert laptop.run("evidence", "--verify", str(path)).document["verdict"] == "genuine"
    assert laptop.run("evidence", "--id", record, "--out", str(path)).code == 6  # never over another file


def test_evidence_that_was_changed_is_refused(laptop: Laptop) -> None:
    path = laptop.folder / "bukti.json"
    document = json.loads(path.read_text("utf-8"))
    document["person"]["post"] = "kpps-ketua"
    changed = laptop.folder / "diubah.json"
    changed.write_text(json.dumps(document), "utf-8")

    answer = laptop.run("evidence", "--verify", str(changed))

    assert (answer.code, answer.document["verdict"], answer.document["findings"]) == (
        1,
        "altered",
        ["evidence.signature"],
    )
    wrong = laptop.run("evidence", "--verify", str(path), "--root", "00" * 32)
    assert (wrong.code, wrong.document["verdict"]) == (1, "unknown-office")
    assert laptop.run("evidence", "--verify", str(path), "--root", "zz").code == 2
    assert laptop.run("evidence", "--id", "bukan-id", "--out", str(laptop.folder / "x.json")).code == 2


def test_an_event_without_a_rule_keeps_everything(laptop: Laptop) -> None:
    for arguments in (("purge",), ("purge", "--dry-run")):
        answer = laptop.run(*arguments)
        assert answer.code == 0
        assert (answer.document["purged"], answer.document["days"], answer.document["kept"]["never"]) == (0, None, 3)


def test_the_office_tells_who_was_on_a_lost_laptop(laptop: Laptop, office: Office) -> None:
    answer = office.run("device", "people", tag(office, laptop))

    assert answer["count"] == 2
    assert {(one["name"], one["place"], one["state"]) for one in answer["people"]} == {
        ("Welhelmus B Ndolu", OEBOBO, "active"),
        ("Welhelmus C Ndolu", OEBOBO, "active"),
    }
    assert {one["nik"] for one in answer["people"]} == {"•••• 9951", "•••• 9952"}
    assert "Rahasia" not in json.dumps(answer)


def test_a_wipe_says_first_what_would_be_lost(laptop: Laptop, office: Office) -> None:
    word, record = tag(office, laptop), laptop.folder / "daftar.payung"

    answer = laptop.run("wipe", "--confirm", word, "--record", str(record))

    assert (answer.code, answer.document["error"]["code"]) == (1, "wipe.unreceived")
    assert not record.exists()
    inside = laptop.run("wipe", "--confirm", word, "--record", str(laptop.data / "daftar"), "--unreceived")
    assert inside.code == 6
    assert len(ids(laptop)) == 3


def test_a_wiped_laptop_leaves_a_record_only_the_office_reads(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    word, record = tag(office, laptop), laptop.folder / "daftar.payung"

    answer = laptop.run("wipe", "--confirm", word, "--record", str(record), "--unreceived")

    assert answer.code == 0, answer.err
    assert (answer.document["people"], answer.document["unreceived"], answer.document["left"]) == (3, 1, [])
    assert list(laptop.data.iterdir()) == []
    assert b"Welhelmus" not in record.read_bytes()
    lacking = tmp_path / "susulan.jsonl"
    told = office.run("device", "people", word, "--record", str(record), "--lacking", str(lacking))
    assert {(one["name"], one["state"]) for one in told["people"]} == {
        ("Welhelmus B Ndolu", "received"),
        ("Welhelmus C Ndolu", "received"),
        ("Welhelmus D Ndolu", "unreceived"),
    }
    fresh = office.laptop(tmp_path / "fresh", OEBOBO)
    (again,) = fresh.run("enrol", str(lacking)).lines
    assert again["state"] == "ready"
    assert laptop.run("status").document["error"]["code"] == "store.not_set_up"
