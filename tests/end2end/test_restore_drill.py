"""The drill: a laptop is lost, its backup restored elsewhere under a fresh kit, and work goes on. Nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop.store import enrolments, vault
from desktop.store.database import Store, check
from tests import central
from tests.central import KUPANG, Central
from tests.laptops import PASSPHRASE, Laptop, officers, prepared

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Desk:
    """The office, where it listens, and a folder for the drill."""

    office: Central
    address: str
    folder: Path

    def kit(self, name: str) -> tuple[str, str]:
        """A fresh kit: its file, and the file of its code."""
        kit, code = self.folder / f"{name}.payung-kit", self.folder / f"{name}.code"
        code.write_text(self.office.kit_file(kit, KUPANG, server_url=self.address) + "\n", encoding="utf-8")
        return str(kit), str(code)

    def rows(self, table: str) -> int:
        """How many rows the office has."""
        return self.office.count(table)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with central.folder() as folder:
        office = Central.start(folder)
        try:
            with office.serve() as address:
                yield Desk(office, address, tmp_path_factory.mktemp("drill"))
        finally:
            office.stop()


@pytest.fixture(scope="module")
def lost(desk: Desk, data_folder: Path) -> Laptop:
    """A laptop with imported, enrolled, printed and partly sent records, one batch under way, and its backup."""
    laptop = prepared(desk.folder / "lost")
    kit, code = desk.kit("lost")
    done(laptop, "setup", "--kit", kit, "--activation-code-file", code)
    done(laptop, "import", str(data_folder / "workbooks" / "oebobo-ptps.xlsx"))
    made = officers(start=0)
    laptop.enrol(*(next(made) for _ in range(14)))
    done(laptop, "certificates", "--tps", "1", "--out", str(desk.folder / "before.pdf"))
    done(laptop, "sync")
    laptop.enrol(*(next(made) for _ in range(7)))
    laptop.run("certificates", "--tps", "3", "--out", str(desk.folder / "between.pdf"))
    assert laptop.run("sync", "--server", "http://127.0.0.1:9").code == 4  # sealed, and under way for ever
    laptop.enrol(*(next(made) for _ in range(3)))
    done(laptop, "backup", str(desk.folder / "stick.payung-backup"))
    return laptop


@pytest.fixture(scope="module")
def data_folder() -> Path:
    return Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="module")
def found(desk: Desk, lost: Laptop) -> Laptop:
    """The other laptop, restored under a fresh kit."""
    laptop = prepared(desk.folder / "found")
    kit, code = desk.kit("found")
    answer = done(
        laptop, "restore", str(desk.folder / "stick.payung-backup"), "--kit", kit, "--activation-code-file", code
    )
    assert answer["device"] is not None
    assert answer["waiting"] == 10
    return laptop


def done(laptop: Laptop, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    """The answer of a command that must not be refused."""
    answer = laptop.run(*arguments)
    assert answer.code in {0, 1}, answer.out + answer.err
    return answer.document


def contents(laptop: Laptop, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of these tables."""
    with Store.open(laptop.data, vault.unlock(laptop.data, passphrase=PASSPHRASE)) as store, store.reading() as work:
        return {table: sorted(work.driver.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}


def test_every_row_and_the_whole_audit_came_over(lost: Laptop, found: Laptop) -> None:
    same = ("record", "revision", "certificate", "ledger", "draft", "tps", "operator_key")
    assert contents(found, *same) == contents(lost, *same)
    before, after = contents(lost, "audit")["audit"], contents(found, "audit")["audit"]
    assert [row for row in before if row not in after] == []
    assert {row[3] for row in after if row not in before} == {"restored", "adopted"}
    assert done(found, "check")["sound"]


def test_the_same_office_takes_what_it_had_not_and_knows_what_it_had(desk: Desk, lost: Laptop, found: Laptop) -> None:
    before = desk.rows("enrolment")
    done(lost, "sync")  # the lost laptop spoke once more before it was gone: the office has all of it already
    everything = desk.rows("enrolment")
    assert everything == before + 10

    sent = done(found, "sync")

    assert (sent["sent"], sent["already"], sent["pending"]) == (10, 10, 0)
    assert (desk.rows("enrolment"), desk.rows("revision")) == (everything, everything)
    assert desk.rows("incident") == 0


def test_work_goes_on_under_the_new_tag(desk: Desk, lost: Laptop, found: Laptop) -> None:
    before = desk.rows("enrolment")
    more = officers(start=40)
    ids = [answer["id"] for answer in found.enrol(*(next(more) for _ in range(4)))]
    numbers = set()
    for laptop, record in ((lost, contents_id(lost)), (found, ids[0])):
        out = str(desk.folder / f"{laptop.folder.name}.pdf")
        done(laptop, "certificates", "--id", record, "--out", out)
        verified = done(laptop, "verify", "--pdf", out)
        assert verified["verdict"] == "genuine"
        numbers.add(verified["claims"]["number"].split("-")[1])

    assert len(numbers) == 2
    sent = done(found, "sync")
    assert (sent["accepted"], sent["pending"]) == (4, 0)
    assert desk.rows("enrolment") == before + 4


def contents_id(laptop: Laptop) -> str:
    """A record of which a certificate can be printed."""
    seats = done(laptop, "roster", "--tps", "1")["seats"]
    return str(next(seat["id"] for seat in seats if seat["state"] == "sent"))


def test_a_change_to_a_record_of_the_old_identity_follows_what_the_office_has(desk: Desk, found: Laptop) -> None:
    record = UUID(contents_id(found))
    unlocked = vault.unlock(found.data, passphrase=PASSPHRASE)
    with Store.open(found.data, unlocked) as store:
        enrolments.withdraw(store, record, "mengundurkan diri")
        assert check(store).sound

    sent = done(found, "sync")

    assert (sent["accepted"], sent["conflict"], sent["refused"], sent["pending"]) == (1, 0, 0, 0)


def test_a_used_kit_and_a_second_restore_are_refused(desk: Desk, lost: Laptop, found: Laptop) -> None:
    kit, code = str(desk.folder / "lost.payung-kit"), str(desk.folder / "lost.code")

    used = found.run("adopt", kit, "--activation-code-file", code)
    again = found.run("restore", str(desk.folder / "stick.payung-backup"))

    assert (used.code, used.document["error"]["code"]) == (2, "store.kit_unfit.used")
    assert (again.code, again.document["error"]["code"]) == (2, "store.vault_exists")


def test_without_a_kit_nothing_is_sent_until_one_is_adopted(desk: Desk, lost: Laptop) -> None:
    laptop = prepared(desk.folder / "third")
    done(laptop, "restore", str(desk.folder / "stick.payung-backup"))

    refused = laptop.run("sync")
    status = done(laptop, "status")
    kit, code = desk.kit("third")
    adopted = done(laptop, "adopt", kit, "--activation-code-file", code)
    sent = done(laptop, "sync")

    assert refused.document["error"]["code"] == "store.kit_needed"
    assert "room.kit" in {finding["code"] for finding in status["findings"]}
    assert adopted["waiting"] == 10
    assert (sent["already"], sent["pending"]) == (10, 0)
