"""Builds resources/wire/records-1.dict: what batches deflate against.

Run from the project's root: `.venv/bin/python packaging/build_dictionary.py [--check]`. It holds given names and family
names that are common somewhere in Indonesia, paired by a rule (so they are nobody's), birthplaces, words of streets and
decrees, post codes. The file is part of the wire format: once shipped it never changes; a better one becomes
records-2.dict under a new suite number in `sync.envelope`.
"""

from __future__ import annotations

import sys
from itertools import cycle
from pathlib import Path

from payung import region

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "packaging" / "dictionary_words.txt"
TARGET = ROOT / "resources" / "wire" / "records-1.dict"
WINDOW = 32 * 1024 - 262  # what deflate can still refer to from the first byte on

STREETS = (
    "Jalan Gang Dusun Kampung Lingkungan Perumahan Blok Nomor Kelurahan Desa Kecamatan Kabupaten Kota\n"
    "Jl. Pahlawan No. \nJl. Sudirman No. \nJl. Diponegoro No. \nJl. Ahmad Yani No. \nJl. Gajah Mada No. \nGang \nGg. \n"
    "Dusun \nDsn. \nKp. \nPerum \nJl. Veteran No. \nJl. Raya \nJl. Melati No. \nJl. Mawar No. \nJl. Kenanga No. \n"
    "Jl. Anggrek No. \nJl. Cendana No. \nJl. Timor Raya No. \nJl. Pemuda No. \nJl. Merdeka No. \nRT 001 RW 002\n"
    "@yahoo.com\n@gmail.com\n"
)
DECREES = (
    "SK/KP.01.00/K/HK.01.01/K/HK.03.1-Kpt/PP.04-BA/PP.04-Kpt/PP.04.2-Kpt/PPS/PPK/I/2029 /II/2029 Nomor "
    "04/PP.04.1-Kpt/5371042001/2029 "
)
CODES = (
    "nik.kab nik.kec nik.birthdate nik.sex nik.century name.long age.min age.max salah ganda pindah mengundurkan diri "
    "meninggal dunia berhalangan tetap pemilu-2024 pilkada-2024 pemilu-2029 latihan draft ready sent "
)
POSTS = (
    "kpu-komisioner bawaslu-komisioner sekretariat-panwascam panwascam-anggota panwascam-ketua pkd "
    "sekretariat-ppk-staf sekretariat-ppk-sekretaris ppk-anggota ppk-ketua sekretariat-pps-staf "
    "sekretariat-pps-sekretaris pps-anggota pps-ketua pantarlih ptps linmas kpps-anggota kpps-ketua"
)


def sections() -> dict[str, list[str]]:
    """The word lists by name; an underscore in a word stands for a space."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, []).extend(word.replace("_", " ") for word in line.split())
    return found


def towns() -> list[str]:
    """The names of all kabupaten and kota, without that word."""
    regions = region.load()
    names = (regions.name(code) for province in regions.children("") for code in regions.children(province))
    return sorted({name.removeprefix("Kabupaten ").removeprefix("Kota ") for name in names})


def content() -> bytes:
    """The dictionary, the likeliest last: there a word costs deflate the fewest bits."""
    words = sections()
    people = "\n".join(f"{given} {family}" for given, family in zip(words["given"], cycle(words["family"])))
    habit = "\n".join(words["places"])
    everywhere = "\n".join(towns())
    parts = (
        everywhere.upper(),
        everywhere,
        STREETS,
        CODES,
        DECREES,
        habit.upper(),
        habit,
        people.upper(),
        people,
        POSTS,
    )
    return "\n".join(parts).encode()[-WINDOW:]


def main() -> None:
    """Writes the dictionary, or with --check tells whether the file is the one this script makes."""
    made = content()
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_bytes() == made else "records-1.dict is not what this script makes")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(made)
    print(f"{TARGET.relative_to(ROOT)}: {len(made)} bytes")


if __name__ == "__main__":
    main()
