"""A workbook of 20,000 officers: `payung import` against reading the file and inserting its rows raw."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import python_calamine
import xlsxwriter

from payung import region
from tests import laptops
from tests.bench.figures import Figure
from tests.conftest import ROOT

ROWS = 20_000
KECAMATAN = "53.71.04"
STATIONS = 999
SEATS = 7
HEADINGS = (
    "No", "Kelurahan", "TPS", "Jabatan", "Nama Lengkap", "NIK", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin",
    "No HP", "Alamat", "RT", "RW",
)  # fmt: skip


def run() -> list[Figure]:
    """Seconds of both, and the peak of memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        villages = region.load().children(KECAMATAN)[: ROWS // (STATIONS * SEATS) + 1]
        workbook = write(folder / "officers.xlsx", villages)
        laptop = laptops.set_up(folder / "laptop", laptops.kit(villages=villages, stations=STATIONS))
        raw, _ = _measured([sys.executable, "-m", "tests.bench.importing", str(workbook), str(folder / "plain.db")])
        ours, peak = _measured(laptop.command("import", str(workbook)))
        kept = laptop.run("status").document["records"]
    assert kept == ROWS, kept
    return [
        Figure(
            name="import of 20,000 rows",
            unit="s",
            ours=ours,
            reference=raw,
            against="reading the workbook and inserting it raw",
        ),
        Figure(name="import of 20,000 rows, peak memory", unit="MB", ours=peak, target="at most 400"),
    ]


def write(path: Path, villages: tuple[str, ...], rows: int = ROWS) -> Path:
    """The workbook: KPPS of the villages' polling stations, seven each."""
    regions = region.load()
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("KPPS")
    sheet.write_row(0, 0, HEADINGS)
    begin = date(1980, 1, 1)
    for number in range(rows):
        born = begin + timedelta(days=number % 7000)
        place, seat = divmod(number, SEATS)
        village, tps = divmod(place, STATIONS)
        row = (
            str(number + 1), regions.name(villages[village]), str(tps + 1),
            "Ketua KPPS" if seat == 0 else f"Anggota KPPS {seat + 1}",
            f"Petugas {laptops.letters(number)}", f"537104{born:%d%m%y}{9901 + number // 7000}", "Kupang",
            f"{born:%d-%m-%Y}", "L", f"0812{number:08}", "Jalan Lontar", "001", "002",
        )  # fmt: skip
        sheet.write_row(number + 1, 0, row)
    book.close()
    return path


def insert_raw(workbook: Path, database: Path) -> None:
    """Read every row and insert it as it is, in one transaction."""
    rows = python_calamine.CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE officer ({', '.join(f'c{place}' for place in range(len(HEADINGS)))})")
    connection.executemany(f"INSERT INTO officer VALUES ({', '.join('?' * len(HEADINGS))})", rows[1:])
    connection.commit()
    connection.close()


def _measured(command: list[str]) -> tuple[float, float]:
    """Seconds a command took, and the most memory it held, in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return seconds, usage.ru_maxrss / 1024


if __name__ == "__main__":
    insert_raw(Path(sys.argv[1]), Path(sys.argv[2]))
