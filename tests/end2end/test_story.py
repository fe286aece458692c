"""The whole way by real commands: kit, workbooks, every post of both bodies, certificates, no network, sending."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import resources
from tests.end2end.office import Office
from tests.laptops import Laptop

pytestmark = pytest.mark.slow

OEBOBO, NEKAMESE, MARTAPURA = "53.71.04.1001", "53.01.16.2001", "16.08.01.1007"


@pytest.fixture(scope="module")
def laptop(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """The laptop of three villages, one story long; the tests below are its chapters, in order."""
    return office.laptop(tmp_path_factory.mktemp("laptop"), OEBOBO, NEKAMESE, MARTAPURA)


@pytest.fixture(scope="module")
def posts() -> list[dict[str, Any]]:
    """The open posts of the practice event."""
    event = json.loads(resources.read("events", "latihan.json"))
    return [post for post in event["posts"] if post.get("enabled", True)]


def officer(serial: int, **more: object) -> dict[str, Any]:
    """An invented man born on 15 August 1995, told apart by the serial of his NIK."""
    return {
        "nik": f"537104150895{serial}",
        "name": f"Yohanes {'ABCDEFGHIJ'[serial // 10 % 10]}{'abcdefghij'[serial % 10]} Ndolu",
        "birthplace": "Kupang",
        "birthdate": "1995-08-15",
        "sex": "L",
        **more,
    }


def test_a_second_setup_is_refused(laptop: Laptop) -> None:
    kit, code = laptop.folder / "laptop.payung-kit", laptop.folder / "code"

    answer = laptop.run("setup", "--kit", str(kit), "--activation-code-file", str(code))

    assert answer.code != 0
    assert answer.document["error"]["code"] == "store.vault_exists"


def test_the_four_workbooks_give_what_is_expected(laptop: Laptop, workbooks: Path) -> None:
    expected = json.loads((workbooks / "expected.json").read_text(encoding="utf-8"))
    for name in sorted(expected):
        report = laptop.folder / f"{name}.report.csv"

        wanted = expected[name]
        # this list names no village, and the laptop serves three
        named = ("--village", wanted["village"]) if name.startswith("martapura") else ()

        answer = laptop.run("import", str(workbooks / name), "--report", str(report), *named)

        if wanted["imported"] == 0:
            assert answer.code == 1
            assert answer.document["error"]["code"] == "workbook.excel_nik"
            assert not report.exists()
            continue
        found = answer.document
        assert (found["rows"], found["imported"], found["refused"]) == (
            wanted["rows"], wanted["imported"], wanted["refused"],
        ), answer.out  # fmt: skip
        assert answer.code == (1 if wanted["refused"] else 0)
        assert sorted({refusal["row"] for refusal in found["refusals"]}) == [
            row for row, _ in wanted.get("refused_rows", [])
        ]
        assert len({warning["row"] for warning in found["warnings"]}) == found["warned"]
        assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 1 + len(found["refusals"])


def test_a_list_that_could_be_of_any_village_is_refused_with_the_way_out(laptop: Laptop, workbooks: Path) -> None:
    answer = laptop.run("import", str(workbooks / "martapura-titik-koma.csv"))

    assert answer.code == 2
    assert answer.document["error"]["code"] == "cli.import.village"
    assert "--village" in answer.document["error"]["message"]


def test_a_dry_run_keeps_nothing(laptop: Laptop, workbooks: Path) -> None:
    before = laptop.run("status").document["records"]

    answer = laptop.run("import", str(workbooks / "oebobo-ptps.xlsx"), "--dry-run")

    assert answer.document["imported"] == 0  # they are there already: the same persons in the same posts
    assert laptop.run("status").document["records"] == before


def test_every_post_of_both_bodies_can_be_enrolled(laptop: Laptop, posts: list[dict[str, Any]]) -> None:
    records = [
        officer(
            9920 + number, village=NEKAMESE, tps=5 if post["level"] == "tps" else None, post=post["code"], asn=False
        )
        for number, post in enumerate(posts)
    ]

    answers = laptop.enrol(*records)

    assert [(answer["state"], errors(answer)) for answer in answers] == [("ready", [])] * len(posts)
    assert {post["institution"] for post in posts} == {"KPU", "BAWASLU"}


def errors(answer: dict[str, Any]) -> list[str]:
    """The codes of an answer that hinder."""
    return [problem["code"] for problem in answer["problems"] if problem["severity"] != "information"]


def test_a_second_post_with_an_overlapping_term_is_stopped_with_a_sentence(laptop: Laptop) -> None:
    (answer,) = laptop.enrol(officer(9920, village=NEKAMESE, tps=4, post="linmas"))

    assert answer["state"] == "draft"
    (problem,) = [problem for problem in answer["problems"] if problem["severity"] == "error"]
    assert (problem["field"], problem["code"]) == ("nik", "nik.taken")
    assert "TPS 005" in problem["message"]
    assert "{" not in problem["message"]


def test_a_second_post_in_another_term_is_taken(laptop: Laptop) -> None:
    (answer,) = laptop.enrol(officer(9920, village=NEKAMESE, tps=1, post="pantarlih"))

    assert (answer["state"], errors(answer)) == ("ready", [])


def test_the_roster_shows_who_sits_where(laptop: Laptop) -> None:
    whole = laptop.run("roster", "--all").document
    one = laptop.run("roster", "--tps", "5", "--village", NEKAMESE).document

    assert [(seat["post"], seat["seat"]) for seat in one["seats"]][:2] == [("kpps-ketua", 1), ("kpps-anggota", 2)]
    assert (one["filled"], one["total"]) == (4, 10)
    assert whole["filled"] == laptop.run("status").document["by_state"]["ready"]


def test_certificates_are_written_for_everybody_who_is_ready(laptop: Laptop) -> None:
    out = laptop.folder / "sertifikat.pdf"

    answer = laptop.run("certificates", "--all", "--out", str(out))

    found = answer.document
    ready = laptop.run("status").document["by_state"]["ready"]
    assert found["certificates"] == ready
    assert found["pages"] == (ready + 1) // 2
    assert len(found["left_out"]) == 1  # the draft that was stopped
    document = pypdfium2.PdfDocument(out)
    assert len(document) == found["pages"]
    document.close()


def test_without_a_network_everything_is_kept(office: Office, laptop: Laptop) -> None:
    waiting = laptop.run("status").document["pending"]
    office.stop()

    answer = laptop.run("sync")

    assert answer.code == 4
    assert answer.document["error"]["code"] == "sync.offline"
    assert laptop.run("status").document["pending"] == waiting
    office.start()


def test_what_waited_is_sent_once_and_answered(laptop: Laptop) -> None:
    status = laptop.run("status").document

    first = laptop.run("sync").document
    second = laptop.run("sync").document

    assert first["sent"] == status["by_state"]["ready"]
    settled = ("accepted", "already", "waiting", "conflict", "duplicate", "refused")
    assert sum(first[verdict] for verdict in settled) == first["sent"]
    assert first["pending"] == 0
    assert second["sent"] == 0
    assert second["bytes_sent"] < 1024
    after = laptop.run("status").document
    assert after["last_receipt"] is not None
    assert after["oldest_unsent"] is None


def test_the_office_answers_the_same_after_a_kill(office: Office, laptop: Laptop) -> None:
    laptop.enrol(officer(9960, village=NEKAMESE, tps=3, post="kpps-ketua"))
    office.stop()
    office.start()

    answer = laptop.run("sync").document

    assert (answer["sent"], answer["accepted"], answer["pending"]) == (1, 1, 0)


def test_the_laptop_finds_itself_whole_afterwards(laptop: Laptop) -> None:
    answer = laptop.run("check")

    assert answer.code == 0, answer.out
    assert laptop.run("sync", "--server", "http://127.0.0.1:9").code == 4


def printed_code(out: Path) -> Iterator[str]:
    """The codes on the first page of a PDF."""
    import zxingcpp  # noqa: PLC0415 - only this chapter reads pictures

    document = pypdfium2.PdfDocument(out)
    picture = document[0].render(scale=300 / 72).to_pil()
    document.close()
    yield from (barcode.text for barcode in zxingcpp.read_barcodes(picture))


def test_a_printed_code_is_genuine_and_an_altered_one_is_not(laptop: Laptop) -> None:
    code = next(iter(printed_code(laptop.folder / "sertifikat.pdf")))
    middle = len(code) // 2
    altered = code[:middle] + ("A" if code[middle] != "A" else "B") + code[middle + 1 :]

    answers = laptop.run("verify", "--text", "-", given=f"{code}\n{altered}\nPY1:\n").lines

    assert [answer["verdict"] for answer in answers] == ["genuine", "forged", "forged"]
    assert answers[0]["claims"]


def test_the_pdf_itself_can_be_verified(laptop: Laptop) -> None:
    answers = laptop.run("verify", "--pdf", str(laptop.folder / "sertifikat.pdf")).lines

    assert {answer["verdict"] for answer in answers} == {"genuine"}


def test_a_wrong_passphrase_opens_nothing(laptop: Laptop, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("bukan kata sandinya\n", encoding="utf-8")
    command = ["--data", str(laptop.data), "--passphrase-file", str(wrong), "status"]

    answer = laptop.run(*command)

    assert answer.code == 3
    assert answer.document["error"]["code"] == "store.wrong_passphrase"
