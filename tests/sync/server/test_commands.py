"""payung-server as people run it: processes of their own, exit codes, one JSON document, words without English."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
import urllib3

from sync.kit import open_kit
from sync.server import config, database
from sync.server.commands import program
from tests.central import KUPANG, OKU, STATIONS, Laptop, folder
from tests.conftest import ROOT


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(data: Path, *arguments: str) -> Done:
    """Run a command in this process, through the same door as the console script."""
    out, trouble = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(trouble):
        code = program.main(["--data", str(data), *arguments])
    return Done(code, out.getvalue(), trouble.getvalue())


def run_apart(data: Path, *arguments: str, **environment: str) -> Done:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "sync.server", "--data", str(data), *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def answer(data: Path, *arguments: str, code: int = 0) -> Any:  # noqa: ANN401 - JSON
    done = run(data, "--json", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder that was set up by `init`; its PostgreSQL is kept running between the commands."""
    with folder() as made:
        place = made / "kantor"
        answer(place, "init", "--event", "latihan")
        settings = config.Config(data=place)
        database.open_database(settings)
        yield place
        database.stop_embedded(settings)


def test_init_says_what_it_made_and_again_touches_nothing(data: Path) -> None:
    keys = {file.name: file.read_bytes() for file in (data / "keys").iterdir()}
    again = answer(data, "init", "--event", "latihan")
    assert (again["keys"], again["event"], again["schema"]) == ("kept", "latihan", database.newest_revision())
    assert {file.name: file.read_bytes() for file in (data / "keys").iterdir()} == keys


def test_keys_are_for_their_owner_alone(data: Path) -> None:
    assert stat.S_IMODE((data / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (data / "keys").iterdir()} == {0o600}


def test_a_kit_opens_with_its_code_alone_on_standard_output(data: Path, tmp_path: Path) -> None:
    answer(data, "tps", "import", str(STATIONS))
    done = run_apart(
        data, "kit", "--village", KUPANG, OKU, "--out", str(tmp_path / "a.kit"), "--server", "https://pusat.id/"
    )
    kit = open_kit((tmp_path / "a.kit").read_bytes(), done.stdout.strip())
    assert done.returncode == 0, done.stderr
    assert kit.server_url == "https://pusat.id"
    assert {entry.village for entry in kit.tps} == {KUPANG, OKU}
    assert str(Laptop(kit).device) in {one["id"] for one in answer(data, "device", "list")["devices"]}


@pytest.mark.parametrize("how", [["--village", KUPANG, "--village", OKU], ["--village", f"{KUPANG},{OKU}"]])
def test_villages_may_be_named_in_any_way(data: Path, tmp_path: Path, how: list[str]) -> None:
    made = answer(data, "kit", *how, "--out", str(tmp_path / "a.kit"))
    kit = open_kit((tmp_path / "a.kit").read_bytes(), made["activation_code"])
    assert {device["id"] for device in answer(data, "device", "list")["devices"]} >= {str(Laptop(kit).device)}


def test_a_kit_never_overwrites_a_file(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.kit").write_text("penting", "utf-8")
    done = run(data, "kit", "--village", KUPANG, "--out", str(tmp_path / "a.kit"))
    assert done.returncode == 6
    assert (tmp_path / "a.kit").read_text("utf-8") == "penting"


def test_stations_come_in_and_bad_rows_are_reported_by_number(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "tps.csv"
    file.write_text(
        f"kode_desa;tps;lokasi_khusus;alamat;pemilih\n{KUPANG};31;ya;Lapas;212\n99.99.99.9999;1;;;\n"
        f"{KUPANG};nol;;;\n{KUPANG};32;mungkin;;\n{KUPANG};33;;;banyak\n{KUPANG};31;;;\n",
        "utf-8",
    )
    found = answer(data, "tps", "import", str(file), code=1)
    assert (found["rows"], found["imported"], found["refused"]) == (6, 1, 5)
    assert [(row["row"], row["column"], row["code"]) for row in found["refusals"]] == [
        (3, "kode_desa", "server.tps.village"),
        (4, "tps", "server.tps.number"),
        (5, "lokasi_khusus", "server.tps.special"),
        (6, "pemilih", "server.tps.voters"),
        (7, "tps", "server.tps.twice"),
    ]


def test_offices_and_people_are_added_once(data: Path) -> None:
    office = answer(data, "office", "add", "--region", "53.71", "--institution", "KPU")
    made = answer(data, "user", "add", "--login", "rani", "--office", "53.71", "--role", "admin")
    assert office["name"] == "KPU Kota Kupang"
    assert len(made["password"]) == 19
    assert run(data, "office", "add", "--region", "53.71").returncode == 1
    assert run(data, "user", "add", "--login", "RANI", "--office", office["id"]).returncode == 1


def test_a_password_comes_from_a_file_and_is_not_shown(data: Path, tmp_path: Path) -> None:
    answer(data, "office", "add", "--region", "53.01")
    (tmp_path / "sandi").write_text("lontar sasando\n", "utf-8")
    made = answer(
        data, "user", "add", "--login", "domi", "--office", "53.01", "--password-file", str(tmp_path / "sandi")
    )
    assert "password" not in made
    (tmp_path / "sandi").write_text("pendek\n", "utf-8")
    assert (
        run(
            data, "user", "add", "--login", "dua", "--office", "53.01", "--password-file", str(tmp_path / "sandi")
        ).returncode
        == 2
    )


def test_a_laptop_is_revoked_by_its_tag(data: Path, tmp_path: Path) -> None:
    answer(data, "kit", "--village", KUPANG, "--out", str(tmp_path / "a.kit"))
    newest = answer(data, "device", "list")["devices"][0]
    assert answer(data, "device", "revoke", newest["tag"]) == {"device": newest["id"], "state": "revoked"}
    assert answer(data, "device", "list")["devices"][0]["state"] == "revoked"


def test_the_recap_counts_by_body(data: Path) -> None:
    recap = answer(data, "recap", "--region", "53.71")
    assert recap["enrolled"] == 0
    assert {row["body"]: row["needed"] for row in recap["bodies"]}["Pengawas TPS (PTPS)"] >= 14


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["kit", "--out", "x.kit"], 2),
        (["kit", "--village", "11.22.33.4444", "--out", "x.kit"], 2),
        (["office", "add", "--region", "99.99"], 2),
        (["office", "add", "--region", "53.71", "--institution", "TNI"], 2),
        (["user", "add", "--login", "x", "--office", "tidak ada"], 2),
        (["tps", "import", "tidak-ada.csv"], 6),
        (["device", "revoke", "ZZZZ"], 2),
        (["init", "--event", "pemilu-1955"], 2),
        (["terbang"], 2),
        (["--lang", "nl", "device", "list"], 2),
        (["--database", "mysql://x", "device", "list"], 2),
        (["--database", "postgresql://u:rahasia@127.0.0.1:1/x", "device", "list"], 4),
    ],
)
def test_wrong_use_ends_in_one_sentence(data: Path, arguments: list[str], code: int) -> None:
    done = run(data, *arguments)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "rahasia" not in done.stderr
    assert "error" not in json.loads(run(data, "--json", *arguments).stdout)["error"]["message"].lower()


def test_before_init_one_is_told_to_set_up() -> None:
    with folder() as place:
        done = run(place / "baru", "device", "list")
    assert done.returncode == 2
    assert "payung-server init" in done.stderr


def test_help_speaks_indonesian(data: Path) -> None:
    for arguments in ([], ["kit"], ["office", "add"], ["user", "add"], ["tps", "import"], ["serve"], ["recap"]):
        done = run(data, *arguments, "--help")
        assert done.returncode == 0
        assert "server.help" not in done.stdout


def test_the_service_serves_and_stops(data: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.server", "--data", str(data), "--json", "serve", "--port", "18765"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["port"] == 18765
        assert _ready("http://127.0.0.1:18765")
    finally:
        process.send_signal(signal.SIGTERM)
        _, trouble = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGTERM)
    assert trouble == ""


def test_a_database_of_ones_own_needs_a_user_who_may_make_roles() -> None:
    with folder() as place, _guest(place, "LOGIN") as url:
        done = run(place / "lain", "--database", url, "init", "--event", "latihan")
    assert done.returncode == 2
    assert "CREATEROLE" in done.stderr


def test_an_office_on_a_database_of_its_own() -> None:
    with folder() as place, _guest(place, "LOGIN CREATEROLE") as url:
        done = run_apart(place / "lain", "init", "--event", "latihan", PAYUNG_DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        done = run(place / "lain", "--json", "--database", url, "device", "list")
    assert json.loads(done.stdout) == {"devices": []}


@contextlib.contextmanager
def _guest(place: Path, rights: str) -> Iterator[str]:
    """A PostgreSQL that knows nothing of Payung yet, with a user of these rights and a database of the user's own."""
    settings = config.Config(data=place / "peladen")
    home = database.open_database(settings)
    with psycopg.connect(home.owner, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE ROLE tamu {rights}")
        connection.execute("CREATE DATABASE sendiri OWNER tamu")
        host = connection.info.host
    yield f"postgresql://tamu@/sendiri?host={host}"
    database.stop_embedded(settings)


def _ready(address: str) -> bool:
    for _ in range(600):
        try:
            return urllib3.request("GET", f"{address}/readyz", retries=False).status == 200
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)  # the port opens when the process is ready; there is nothing else to wait on
    return False
