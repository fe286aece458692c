"""The commands of one laptop that no office can be reached from."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.conftest import ROOT
from tests.laptops import VILLAGE, Indoors, Laptop, kit, prepared, set_up

OFFICER: dict[str, Any] = {
    "tps": 4,
    "post": "kpps-ketua",
    "nik": "5371041508959901",
    "name": "Yohanes Ndolu",
    "birthplace": "Kupang",
    "birthdate": "1995-08-15",
    "sex": "L",
}


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A laptop with one officer who is ready and one who is a draft, both at TPS 4."""
    made = set_up(tmp_path_factory.mktemp("laptop"), kind=Indoors)
    answers = made.enrol(OFFICER, OFFICER | {"nik": "5371041508959902", "post": "kpps-anggota", "birthplace": ""})
    assert [answer["state"] for answer in answers] == ["ready", "draft"]
    return made


def spoken(laptop: Laptop, *arguments: str) -> str:
    """What a command says to people."""
    return Indoors.finished([word for word in laptop.command(*arguments) if word != "--json"]).out


def code_of(laptop: Laptop, *arguments: str) -> tuple[int, str]:
    answer = laptop.run(*arguments)
    return answer.code, answer.document["error"]["code"]


def test_a_laptop_that_is_not_set_up_says_so(tmp_path: Path) -> None:
    assert code_of(prepared(tmp_path), "status") == (2, "store.not_set_up")


def test_a_kit_with_another_code_makes_nothing(laptop: Laptop, tmp_path: Path) -> None:
    fresh = prepared(tmp_path / "fresh", Indoors)
    wrong = tmp_path / "code"
    wrong.write_text("AAAA-BBBB-CCCC-DDDD\n", encoding="utf-8")
    kit = str(laptop.folder / "laptop.payung-kit")

    assert code_of(fresh, "setup", "--kit", kit, "--activation-code-file", str(wrong)) == (3, "kit.code")
    assert not fresh.data.exists()


def test_a_weak_passphrase_makes_nothing(laptop: Laptop, tmp_path: Path) -> None:
    fresh = prepared(tmp_path / "fresh", Indoors)
    fresh.passphrase_file.write_text("123456789012\n", encoding="utf-8")
    kit, code = str(laptop.folder / "laptop.payung-kit"), str(laptop.folder / "code")

    assert code_of(fresh, "setup", "--kit", kit, "--activation-code-file", code) == (2, "store.weak_passphrase")
    assert not (fresh.data / "vault.json").exists()


def test_a_laptop_is_set_up_by_somebody(laptop: Laptop, tmp_path: Path) -> None:
    kit, code = str(laptop.folder / "laptop.payung-kit"), str(laptop.folder / "code")
    fresh = Indoors(prepared(tmp_path / "fresh").folder, operator=" ")

    assert code_of(fresh, "setup", "--kit", kit, "--activation-code-file", code) == (2, "cli.operator.missing")


def test_the_wrong_passphrase_and_an_unknown_operator_open_nothing(laptop: Laptop, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("bukan kata sandinya\n", encoding="utf-8")

    assert code_of(laptop, "status", "--passphrase-file", str(wrong)) == (3, "store.wrong_passphrase")
    assert code_of(laptop, "status", "--operator", "Orang Lain") == (3, "store.unknown_operator")
    assert code_of(laptop, "status", "--passphrase-file", str(tmp_path / "none")) == (2, "cli.file")


def test_without_a_terminal_the_passphrase_must_come_from_a_file(laptop: Laptop) -> None:
    command = laptop.command("status")
    place = command.index("--passphrase-file")

    answer = Indoors.finished(command[:place] + command[place + 2 :])

    assert (answer.code, answer.document["error"]["code"]) == (2, "cli.passphrase")


def test_only_one_process_has_the_store_open(laptop: Laptop) -> None:
    command = laptop.command("enrol", "-")
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        first.stdin.write(b"{}\n")
        first.stdin.flush()
        first.stdout.readline()

        assert code_of(laptop, "status") == (3, "store.locked")
        first.communicate()


def test_the_status_counts_what_is_there(laptop: Laptop) -> None:
    status = laptop.run("status").document

    assert status["by_state"]["ready"] == 1
    assert status["pending"] == 1
    assert status["oldest_unsent"].endswith("Z")
    assert status["last_receipt"] is None
    assert "1 menunggu kirim" in spoken(laptop, "status")


def test_the_roster_of_a_polling_station_has_its_ten_seats(laptop: Laptop) -> None:
    roster = laptop.run("roster", "--tps", "4").document

    assert [(seat["post"], seat["seat"], seat["state"]) for seat in roster["seats"]][:3] == [
        ("kpps-ketua", 1, "ready"), ("kpps-anggota", 2, "draft"), ("kpps-anggota", 3, "empty"),
    ]  # fmt: skip
    assert (roster["filled"], roster["total"]) == (1, 10)
    text = spoken(laptop, "roster", "--tps", "4")
    assert "TPS 004 Kel. Oebobo: 1 dari 10 terisi" in text
    assert "Ketua KPPS" in text
    assert "5371041508959901" not in text


def test_the_whole_roster_goes_up_to_the_kabupaten(laptop: Laptop) -> None:
    places = {seat["place"] for seat in laptop.run("roster", "--all").document["seats"]}

    assert places == {VILLAGE, "53.71.04", "53.71"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["roster"], "cli.usage.one_of"),
        (["roster", "--all", "--tps", "4"], "cli.usage.one_of"),
        (["roster", "--tps", "99"], "cli.roster.unknown"),
        (["certificates", "--out", "x.pdf"], "cli.usage.one_of"),
        (["certificates", "--out", "x.pdf", "--all", "--layout", "9up"], "cli.usage.value"),
        (["certificates", "--out", "x.pdf", "--all", "--paper", "A3"], "cli.usage.value"),
        (["verify"], "cli.usage.one_of"),
        (["sync", "--server", "ftp://kantor"], "sync.address"),
        (["import", "tidak-ada.xlsx"], "workbook.missing"),
    ],
)
def test_wrong_use_is_told_by_its_code(laptop: Laptop, arguments: list[str], code: str) -> None:
    assert code_of(laptop, *arguments) == (2, code)


def test_certificates_come_as_cards_with_a_copy_to_keep_and_a_list_to_sign(laptop: Laptop, tmp_path: Path) -> None:
    out = tmp_path / "kartu.pdf"
    choices = ("--layout", "cards", "--paper", "F4", "--archive", "--receipts")

    found = laptop.run("certificates", "--all", "--out", str(out), *choices).document

    assert (found["certificates"], found["pages"]) == (1, 2)
    with pypdfium2.PdfDocument(out) as document:
        cards, signed = (page.get_textpage().get_text_bounded() for page in document)
    assert "ARSIP SEKRETARIAT" in cards
    assert "DAFTAR TANDA TERIMA" in signed


def test_certificates_name_who_is_left_out_and_why(laptop: Laptop, tmp_path: Path) -> None:
    out = tmp_path / "sertifikat.pdf"

    answer = laptop.run("certificates", "--tps", "4", "--out", str(out))

    found = answer.document
    assert answer.code == 1
    assert (found["file"], found["certificates"], found["pages"]) == (str(out), 1, 1)
    assert [one["reason"] for one in found["left_out"]] == ["certificate.draft"]


def test_a_certificate_printed_again_keeps_its_number(laptop: Laptop, tmp_path: Path) -> None:
    ready = next(seat for seat in laptop.run("roster", "--tps", "4").document["seats"] if seat["state"] == "ready")
    numbers = set()
    for name in ("satu.pdf", "dua.pdf"):
        answer = laptop.run("certificates", "--id", ready["id"], "--out", str(tmp_path / name))
        assert answer.code == 0
        verified = laptop.run("verify", "--pdf", str(tmp_path / name))
        assert verified.document["verdict"] == "genuine"
        numbers.add(verified.document["claims"]["number"])

    assert len(numbers) == 1


def test_a_photo_of_a_certificate_is_read(laptop: Laptop, tmp_path: Path) -> None:
    out = tmp_path / "sertifikat.pdf"
    laptop.run("certificates", "--all", "--out", str(out))
    with pypdfium2.PdfDocument(out) as document:
        document[0].render(scale=300 / 72).to_pil().rotate(3, fillcolor="white").save(tmp_path / "foto.jpg")

    answer = laptop.run("verify", "--image", str(tmp_path / "foto.jpg"))

    assert answer.document["claims"]["name"].lower() == "yohanes ndolu"
    assert "Asli" in spoken(laptop, "verify", "--image", str(tmp_path / "foto.jpg"))


@pytest.mark.parametrize("option", ["--image", "--pdf"])
def test_a_file_without_a_code_is_told(laptop: Laptop, tmp_path: Path, option: str) -> None:
    empty = tmp_path / "kosong"
    empty.write_bytes(b"bukan gambar")

    assert code_of(laptop, "verify", option, str(empty)) == (1, "cli.verify.none")


def test_nobody_ready_makes_no_file(laptop: Laptop, tmp_path: Path) -> None:
    answer = laptop.run("certificates", "--tps", "5", "--out", str(tmp_path / "kosong.pdf"))

    assert answer.code == 1
    assert answer.document == {"file": None, "certificates": 0, "pages": 0, "left_out": []}
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_costs_no_number(laptop: Laptop, tmp_path: Path) -> None:
    assert code_of(laptop, "certificates", "--all", "--out", str(tmp_path / "tidak" / "ada.pdf")) == (6, "cli.out")


def test_an_import_can_be_tried_first_and_the_report_lies_before_the_rows(laptop: Laptop, tmp_path: Path) -> None:
    listed = tmp_path / "daftar.csv"
    listed.write_text(
        "nama;nik;l/p;ttl;jabatan;tps\n"
        "Maria Benu;5371045508959911;P;Kupang, 15-08-1995;Anggota KPPS;6\n"
        "Anton Lay;53710415089599;L;Kupang, 15-08-1995;Anggota KPPS;6\n",
        encoding="utf-8",
    )
    before = laptop.run("status").document["records"]
    report = tmp_path / "laporan.csv"

    tried = laptop.run("import", str(listed), "--dry-run", "--report", str(report))

    assert tried.code == 1
    assert (tried.document["rows"], tried.document["imported"], tried.document["refused"]) == (2, 1, 1)
    assert [refusal["code"] for refusal in tried.document["refusals"]] == ["nik.length"]
    assert report.is_file()
    assert laptop.run("status").document["records"] == before
    assert code_of(laptop, "import", str(listed), "--report", str(tmp_path / "tidak" / "ada.csv")) == (6, "cli.out")
    assert laptop.run("status").document["records"] == before


def test_columns_can_be_named_by_a_map(laptop: Laptop, tmp_path: Path) -> None:
    listed, mapping = tmp_path / "daftar.csv", tmp_path / "peta.json"
    listed.write_text(
        "a;b;c;d;e;f;g\nMaria Benu;5371045508959912;P;Kupang;15-08-1995;Anggota KPPS;6\n", encoding="utf-8"
    )
    fields = ("name", "nik", "sex", "birthplace", "birthdate", "post", "tps")
    mapping.write_text(json.dumps(dict(zip("abcdefg", fields, strict=True))), encoding="utf-8")

    answer = laptop.run("import", str(listed), "--map", str(mapping))

    assert answer.document["imported"] == 1, answer.out


def test_a_whole_store_is_found_whole(laptop: Laptop) -> None:
    answer = laptop.run("check")

    assert (answer.code, answer.document["sound"], answer.document["findings"]) == (0, True, [])
    assert "utuh" in spoken(laptop, "check")


def test_damage_is_named_and_nothing_is_changed(tmp_path: Path) -> None:
    laptop = set_up(tmp_path, kind=Indoors)
    laptop.enrol(OFFICER)
    laptop.run("check")
    database = laptop.data / "payung.db"
    content = bytearray(database.read_bytes())
    content[3000] ^= 1  # in the first page, which every opening reads
    database.write_bytes(bytes(content))

    answer = laptop.run("check")

    assert answer.code == 5
    assert answer.document.get("findings") or answer.document["error"]["code"] == "store.damaged"
    assert database.stat().st_size == len(content)


def test_a_purge_counts_what_is_kept_by_the_rule_of_the_event(tmp_path: Path) -> None:
    event = json.loads(kit().event_json) | {"retention": {"days": 30, "source": "rapat uji"}}
    laptop = set_up(tmp_path, replace(kit(), event_json=json.dumps(event).encode()))
    laptop.enrol(OFFICER)

    for arguments in (("purge", "--dry-run"), ("purge",)):
        answer = laptop.run(*arguments)
        assert answer.code == 0
        assert (answer.document["days"], answer.document["purged"], answer.document["kept"]["term"]) == (30, 0, 1)
