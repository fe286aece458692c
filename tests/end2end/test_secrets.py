"""No byte that lies on the disk or goes over the wire shows who was enrolled."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop import crash
from desktop.store import drafts, vault
from desktop.store.database import Store
from tests.end2end.office import free_port
from tests.laptops import PASSPHRASE, VILLAGE, Laptop, kit, set_up

pytestmark = pytest.mark.slow

NIK = "5371041508959917"
NAME = "YOSEPHINA WELHELMINA TAOLIN"
MOTHER = "MAGDALENA BANUNAEK"
PHONE = "081239990017"
MARKS = tuple(
    mark.encode(encoding)
    for mark in (NIK, NAME, NAME.title(), MOTHER, MOTHER.title(), PHONE, "239990017")
    for encoding in ("utf-8", "utf-16-le")
)
OFFICER = {
    "tps": 4,
    "post": "linmas",
    "nik": NIK,
    "name": NAME.title(),
    "birthplace": "Kupang",
    "birthdate": "1995-08-15",
    "sex": "L",
    "phone": PHONE,
    "mother": MOTHER.title(),
}


class Ear(http.server.BaseHTTPRequestHandler):
    """Takes every batch and cuts the line before an answer."""

    heard: list[bytes]

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing on standard error."""


@contextmanager
def ear() -> Iterator[tuple[str, list[bytes]]]:
    heard: list[bytes] = []
    handler = type("Ear", (Ear,), {"heard": heard})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    thread.join()
    server.server_close()


def shown(content: bytes) -> list[bytes]:
    """The marks that stand in these bytes, in any case."""
    lowered = content.lower()
    return [mark for mark in MARKS if mark.lower() in lowered]


def files(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.rglob("*") if path.is_file())


def test_neither_files_nor_batches_nor_names_of_files_show_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    laptop = set_up(tmp_path / "laptop", kit())
    (answer,) = laptop.enrol(OFFICER)
    assert answer["state"] == "ready"
    laptop.enrol({**OFFICER, "tps": 5})  # stopped: the same person, an overlapping term
    laptop.run("enrol", "-", given='{"nik": "' + NIK + '", "nama": "' + NAME + '"}')
    laptop.run("roster", "--all")
    laptop.run("nik", given=NIK)
    laptop.run("certificates", "--id", NIK, "--out", str(tmp_path / "out.pdf"))
    with ear() as (address, heard):
        assert laptop.run("sync", "--server", address).code == 4
    broken(laptop)

    assert heard
    assert [shown(batch) for batch in heard] == [[] for _ in heard]
    left = [*files(laptop.data), *files(temporary)]
    assert {"payung.db", "payung.log"} <= {path.name for path in left}
    for path in left:
        assert shown(path.read_bytes()) == [], path.name
        assert shown(str(path).encode()) == []


def broken(laptop: Laptop) -> None:
    """A damaged database: what is said and written about it shows nobody either."""
    database = laptop.data / "payung.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    (laptop.folder / "whole.db").write_bytes(bytes(content))
    database.write_bytes(bytes(content))
    answer = laptop.run("check")
    assert answer.code in {0, 5}
    assert shown(answer.out.encode() + answer.err.encode()) == []


def test_answers_of_the_terminal_never_say_a_mothers_name(tmp_path: Path) -> None:
    laptop = set_up(tmp_path / "laptop", kit())
    laptop.enrol(OFFICER)
    (half,) = laptop.enrol({**OFFICER, "nik": "", "tps": 5})
    out = tmp_path / "out.pdf"
    said = [
        laptop.run(*arguments)
        for arguments in (
            ("roster", "--all"),
            ("certificates", "--all", "--out", str(out)),
            ("verify", "--pdf", str(out)),
            ("status",),
            ("check",),
            ("purge", "--dry-run"),
            ("receipts",),
        )
    ]
    plain = [word for word in laptop.command("roster", "--all") if word != "--json"]
    said.append(laptop.finished(plain))

    assert half["state"] == "draft"
    assert any(NAME.title() in one.out for one in said)
    for one in said:
        for text in (one.out, one.err):
            assert MOTHER.casefold() not in text.casefold()
            assert NIK not in text


def test_nothing_the_laptop_keeps_or_hands_on_shows_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    laptop = set_up(tmp_path / "laptop", kit())
    (answer,) = laptop.enrol(OFFICER)
    drafted(laptop)
    evidence, taken, record = (tmp_path / name for name in ("bukti.json", "salinan.payung-backup", "daftar.payung"))
    assert laptop.run("evidence", "--id", answer["id"], "--out", str(evidence)).code == 0
    assert laptop.run("backup", str(taken)).code == 0
    crashed(laptop)

    kept = [*files(laptop.data), *files(temporary), taken]
    assert {"payung.db", "payung.log", taken.name} <= {path.name for path in kept}
    assert any(path.parent.name == "crashes" for path in kept)
    for path in kept:
        assert shown(path.read_bytes()) == [], path.name
    # the evidence is the person's own: it says name and NIK, and the mother's name nowhere in clear
    assert {NIK.encode(), NAME.title().encode()} <= set(shown(evidence.read_bytes()))
    assert MOTHER.casefold() not in evidence.read_text("utf-8").casefold()

    word = laptop.run("wipe", "--confirm", "-", "--record", str(record)).err.split("--confirm ")[-1].split()[0]
    assert laptop.run("wipe", "--confirm", word, "--record", str(record), "--unreceived").code == 0
    assert shown(record.read_bytes()) == []
    assert list(files(laptop.data)) == []


def drafted(laptop: Laptop) -> None:
    """Something typed, and something thrown away."""
    unlocked = vault.unlock(laptop.data, operator=laptop.operator, passphrase=PASSPHRASE)
    typed = {"name": NAME, "nik": NIK, "mother": MOTHER, "phone": PHONE}
    with Store.open(laptop.data, unlocked) as store:
        for seat in (2, 3):
            drafts.keep(store, VILLAGE, 6, "kpps-anggota", seat, typed, "name")
        drafts.discard(store, VILLAGE, 6, "kpps-anggota", 3)


def crashed(laptop: Laptop) -> None:
    """A bug while a person's data are in hand: its report names places in the program, not what was there."""
    nobody: dict[str, str] = {}
    try:
        nobody[f"{NIK} {NAME}: {MOTHER}"]
    except KeyError as bug:
        crash.write(bug, folder=laptop.data, doing="enrol")
