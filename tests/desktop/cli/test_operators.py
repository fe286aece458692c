"""Operators and recovery as they are run from a terminal, with the office's own command on the other side."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop.store import header
from sync.kit import open_kit
from sync.server.commands import program as office_program
from tests import laptops
from tests.central import KUPANG, Central
from tests.central import folder as office_folder
from tests.laptops import OPERATOR, Answer, Indoors, Laptop

SITI = "Siti Benu"


@dataclass(frozen=True)
class Desk:
    """A laptop set up with the office's own kit, and the office."""

    laptop: Laptop
    central: Central
    place: Path

    def file(self, name: str, content: str) -> str:
        path = self.place / name
        path.write_text(content + "\n", encoding="utf-8")
        return str(path)

    def run(self, *arguments: str, operator: str = OPERATOR, passphrase: str = laptops.PASSPHRASE) -> Answer:
        named = ["--operator", operator, "--passphrase-file", self.file("now", passphrase)]
        return self.laptop.run(*arguments, *named)

    def office(self, *arguments: str) -> tuple[int, Any]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            code = office_program.main(["--data", str(self.central.config.data), "--json", *arguments])
        return code, json.loads(out.getvalue())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    place = tmp_path_factory.mktemp("meja")
    with office_folder() as kept:
        central = Central.start(kept)
        code = central.kit_file(place / "a.payung-kit", KUPANG)
        made = open_kit((place / "a.payung-kit").read_bytes(), code)
        laptop = laptops.set_up(place / "laptop", made, Indoors)
        laptop.enrol(*(record for record, _ in zip(laptops.officers(), range(3), strict=False)))
        yield Desk(laptop, central, place)
        central.stop()


def code_of(answer: Answer) -> tuple[int, str]:
    return answer.code, answer.document["error"]["code"]


def test_people_are_listed_added_and_removed(desk: Desk) -> None:
    first = desk.file("satu", "gamelan angkut tenun rembulan")
    added = desk.run("operators", "add", SITI, "--role", "pengawas", "--new-passphrase-file", first)
    assert (added.code, added.document["operator"]["role"]) == (0, "pengawas")
    named = [one["name"] for one in desk.run("operators", "list").document["operators"]]
    assert named == [OPERATOR, SITI]
    status = desk.run("status", operator=SITI, passphrase="gamelan angkut tenun rembulan")
    assert status.document["records"] == 3
    refused = desk.run("operators", "remove", OPERATOR, operator=SITI, passphrase="gamelan angkut tenun rembulan")
    assert code_of(refused) == (1, "operators.right")

    removed = desk.run("operators", "remove", SITI.upper())

    assert (removed.code, removed.document["removed"]["name"]) == (0, SITI)
    assert desk.run("status").document["pending"] == 3
    gone = desk.run("status", operator=SITI, passphrase="gamelan angkut tenun rembulan")
    assert code_of(gone) == (3, "store.unknown_operator")
    assert desk.run("check").document["sound"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["operators", "terbang"], (2, "cli.usage.value")),
        (["operators", "add"], (2, "cli.usage.missing")),
        (["operators", "remove", "Orang Lain"], (3, "store.unknown_operator")),
        (["operators", "remove", OPERATOR], (1, "operators.self")),
        (["operators", "add", OPERATOR, "--new-passphrase-file", "now"], (2, "cli.file")),
        (["operators", "add", SITI], (2, "cli.passphrase")),
        (["recover", "request"], (2, "cli.usage.missing")),
        (["recover", "apply"], (2, "cli.usage.missing")),
    ],
)
def test_what_cannot_be_done_is_told_by_its_code(desk: Desk, arguments: list[str], code: tuple[int, str]) -> None:
    assert code_of(desk.run(*arguments)) == code


def test_a_passphrase_is_changed_and_a_pin_is_not_taken(desk: Desk) -> None:
    pin, fresh, old = desk.file("pin", "123456"), desk.file("baru", "mangga-manis"), desk.file("l", laptops.PASSPHRASE)
    assert code_of(desk.run("operators", "passphrase", "--new-passphrase-file", pin)) == (2, "store.weak_passphrase")

    changed = desk.run("operators", "passphrase", "--new-passphrase-file", fresh)

    assert changed.document == {"operator": OPERATOR, "changed": True}
    assert "15 huruf" in changed.err
    assert desk.run("status", passphrase="mangga-manis").document["pending"] == 3
    back = desk.run("operators", "passphrase", "--new-passphrase-file", old, passphrase="mangga-manis")
    assert back.code == 0


def test_several_wrong_ones_must_wait(desk: Desk) -> None:
    assert code_of(desk.run("status", passphrase="bukan ini")) == (3, "store.wrong_passphrase")
    (desk.laptop.data / "attempts.json").write_text("{}", encoding="utf-8")
    desk.run("status")
    refused = desk.run("status")
    assert code_of(refused) == (3, "store.too_soon")
    assert "detik" in refused.document["error"]["message"]
    (desk.laptop.data / "attempts.json").unlink()
    assert desk.run("status").code == 0


def test_a_forgotten_passphrase_comes_back_by_files_alone(desk: Desk) -> None:
    asked = desk.place / "permintaan.payung-pemulihan"
    replied, fresh = desk.place / "jawaban.payung-pemulihan", desk.file("pulih", "perahu kemiri lontong sasando")
    request = desk.run("recover", "request", "--out", str(asked)).document

    code, answer = desk.office("recover", str(asked), "--out", str(replied))

    assert (code, answer["code"], answer["device"]) == (0, request["code"], request["device"])
    assert request["text"].startswith("PYR1:")
    assert desk.office("recover", str(asked), "--out", str(replied))[0] == 6
    applied = desk.run("recover", "apply", str(replied), "--new-passphrase-file", fresh)
    assert applied.document["operator"]["name"] == OPERATOR
    assert desk.run("status", passphrase="perahu kemiri lontong sasando").document["pending"] == 3
    assert desk.run("check", passphrase="perahu kemiri lontong sasando").document["sound"]
    again = desk.run("recover", "apply", str(replied), "--new-passphrase-file", fresh)
    assert code_of(again) == (1, "recovery.not_asked")
    assert "payung recover request" in again.document["error"]["message"]
    old = desk.file("lama", laptops.PASSPHRASE)
    desk.run("operators", "passphrase", "--new-passphrase-file", old, passphrase="perahu kemiri lontong sasando")


def test_with_both_key_files_gone_the_laptop_is_not_set_up_anew(desk: Desk, tmp_path: Path) -> None:
    kept = {name: (desk.laptop.data / name).read_bytes() for name in (header.NAME, header.OLDER)}
    for name in kept:
        (desk.laptop.data / name).unlink()

    assert code_of(desk.run("status")) == (5, "store.vault_missing")
    laptop = desk.laptop.folder
    setup = ["setup", "--kit", str(laptop / "laptop.payung-kit"), "--activation-code-file", str(laptop / "code")]
    assert code_of(desk.run(*setup)) == (2, "store.vault_exists")
    asked = tmp_path / "permintaan.payung-pemulihan"
    assert desk.run("recover", "request", "--out", str(asked)).code == 0
    for name, content in kept.items():
        (desk.laptop.data / name).write_bytes(content)


def test_a_file_that_is_no_answer_is_told(desk: Desk) -> None:
    desk.run("recover", "request", "--out", str(desk.place / "b.payung-pemulihan"))
    wrong = desk.run("recover", "apply", desk.file("x", "bukan jawaban"), "--new-passphrase-file", desk.file("y", "z"))

    assert code_of(wrong) == (2, "recovery.unreadable")
    assert desk.office("recover", str(desk.place / "x"), "--out", str(desk.place / "c"))[0] == 2


def test_the_card_is_printed_at_set_up_and_again(desk: Desk, tmp_path: Path) -> None:
    fresh = laptops.prepared(tmp_path / "laptop")
    kit, card = desk.laptop.folder / "laptop.payung-kit", tmp_path / "kartu.pdf"
    setup = ["setup", "--kit", str(kit), "--activation-code-file", str(desk.laptop.folder / "code")]

    made = fresh.run(*setup, "--recovery-card", str(card))

    assert made.document["recovery_card"] == str(card)
    with pypdfium2.PdfDocument(card) as document:
        assert made.document["device"] in document[0].get_textpage().get_text_range()
    again = tmp_path / "lagi.pdf"
    assert fresh.run("recover", "card", "--out", str(again)).document == {"card": str(again)}
    assert again.is_file()
    assert code_of(fresh.run("recover", "card", "--out", str(tmp_path / "tidak" / "ada.pdf"))) == (6, "cli.out")
