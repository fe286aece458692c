from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from reportlab.lib.units import mm

from desktop.paper import certificate, layout, qr, sheet
from desktop.paper.arrangement import Box
from desktop.paper.certificate import Arranged, Certificate
from desktop.paper.errors import CodeTooLong, PaperError, TooLong
from desktop.paper.receipts import ReceiptHead
from payung import wording
from sync import certificate_code
from tests.conftest import ROOT
from tests.desktop.paper.samples import OFFICER, code, made, picture, solid, statement, texts, unpacked
from tests.sync import samples

LONG_NAME = "I GUSTI AYU NGURAH MARIA MAGDALENA KUSUMANINGTYAS SINLAELOE HUTAGALUNG PUTRI DEWI ANJANI NAHAK MAU"
LONG_DECREE = "Nomor 04/PP.04.1-Kpt/5371042001/KPU-Kot/VIII/2029 tentang Penetapan Kelompok Penyelenggara Pemungutan"


HEAD = ReceiptHead("Pemilu 2024", "Kel. Oebobo", "PPS Kelurahan Oebobo", "21 Januari 2029 16.30 WITA", "7K3M")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sertifikat.pdf"


@pytest.mark.parametrize("paper", sheet.PAPERS)
@pytest.mark.parametrize("arrangement", ["2up", "1up"])
@pytest.mark.parametrize("changes", [{}, {"name": LONG_NAME, "decree_number": LONG_DECREE}])
def test_the_paper_says_every_word_of_the_statement(
    changes: dict[str, Any], arrangement: str, paper: str, path: Path
) -> None:
    one = made("latihan", **changes)
    certificate.write(path, [one], Arranged(arrangement, paper))
    said = solid(texts(path)[0])

    wanted = one.statement.text().replace(": ", "\n").splitlines()
    assert [line for line in wanted if solid(line) not in said] == []


def test_the_disclaimer_stands_word_for_word(path: Path) -> None:
    certificate.write(path, [made()])

    assert solid(
        "Bukan Kartu Peserta/Sertifikat Kepesertaan; perlindungan berlaku setelah data dinyatakan lengkap dan benar"
        " serta iuran pertama dibayar lunas kepada BPJS Ketenagakerjaan."
    ) in solid(texts(path)[0])


@pytest.mark.parametrize(
    "forbidden",
    [OFFICER.nik, OFFICER.nik[4:14], OFFICER.phone[3:], OFFICER.mother, OFFICER.address, "42 juta", "AKTIF"],
)
def test_what_must_not_be_on_paper_is_nowhere_in_the_file(forbidden: str, path: Path) -> None:
    certificate.write(path, [made()])

    assert solid(forbidden) not in solid(texts(path)[0])
    assert forbidden.encode() not in unpacked(path)


def test_the_nik_shows_its_last_four_digits_only(path: Path) -> None:
    certificate.write(path, [made()])

    assert "••••9917" in solid(texts(path)[0])


def test_the_code_of_every_certificate_reads_from_the_page_and_is_genuine(path: Path) -> None:
    certificate.write(path, [made(number=number) for number in (29, 30, 31)])
    codes = [found.text for page in (0, 1) for found in zxingcpp.read_barcodes(picture(path, dpi=150, page=page))]
    claims = [certificate_code.verify(text, samples.ROOT.public, samples.NOW).claims for text in codes]

    printed = re.findall(r"PYG-7K3M-\w{5}", " ".join(texts(path)))
    assert sorted(claim.number for claim in claims) == sorted(printed)
    assert {claim.name for claim in claims} == {OFFICER.name}


@pytest.mark.parametrize("paper", sheet.PAPERS)
@pytest.mark.parametrize(("arrangement", "each"), [("2up", 2), ("1up", 1), ("cards", 8)])
def test_every_code_on_a_full_sheet_reads_at_150_dpi(arrangement: str, each: int, paper: str, path: Path) -> None:
    many = [made(number=number) for number in range(1, each + 1)]
    certificate.write(path, many, Arranged(arrangement, paper))

    read = {found.text for found in zxingcpp.read_barcodes(picture(path, dpi=150))}
    assert read == {one.code for one in many}


def test_the_text_is_read_in_its_order(path: Path) -> None:
    certificate.write(path, [made("latihan")], Arranged("1up"))
    said = solid(texts(path)[0])

    one = statement("latihan")
    order = [one.title, one.programmes, one.practice, "Nama", one.value("name"), "NIK", one.value("nik"), "Jabatan"]
    order += [one.value("post"), one.value("village"), one.value("term"), one.status_meaning, one.number]
    order += [one.disclaimer, one.incident_title, *one.incident, one.contact, one.office, one.other_benefit]
    places, place = [], 0
    for part in order:
        place = said.index(solid(part), place)
        places.append(place)
    assert places == sorted(places)


@pytest.mark.parametrize("paper", sheet.PAPERS)
@pytest.mark.parametrize("name", [OFFICER.name, LONG_NAME])
def test_a_card_says_who_where_how_far_and_what_it_is_not(name: str, paper: str, path: Path) -> None:
    one = made("latihan", name=name)
    certificate.write(path, [one], Arranged("cards", paper))
    said, whole = solid(texts(path)[0]), one.statement

    wanted = [whole.title, name, whole.value("nik"), whole.value("post"), whole.value("village"), whole.value("term")]
    wanted += [whole.status, whole.disclaimer, whole.contact, whole.office, whole.number, whole.practice]
    assert [text for text in wanted if solid(text) not in said] == []
    assert OFFICER.nik not in said


def test_the_archive_copy_lies_beside_the_officers_and_says_what_it_is(path: Path) -> None:
    many = [made(number=number) for number in (1, 2, 3)]
    written = certificate.write(path, many, Arranged("2up", archive=True))
    pages = texts(path)

    assert written == certificate.Written(3, 3, 3)
    assert [solid(page).count(solid("ARSIP SEKRETARIAT")) for page in pages] == [1, 1, 1]
    assert [page.count(one.statement.number) for page, one in zip(pages, many, strict=True)] == [2, 2, 2]


@pytest.mark.parametrize("layout", certificate.LAYOUTS)
@pytest.mark.parametrize("archive", [False, True])
def test_it_is_known_which_certificates_stand_on_which_sheet(layout: str, *, archive: bool, path: Path) -> None:
    many = [made(number=number) for number in range(1, 8)]
    arranged = Arranged(layout, archive=archive)
    certificate.write(path, many, arranged)
    pages = texts(path)

    assert len(pages) == arranged.sheets(7)
    for number, page in enumerate(pages):
        expected = {many[place].statement.number for place in arranged.on_sheet(number, 7)}
        assert set(re.findall(r"PYG-7K3M-\w{5}", page)) == expected


def test_the_list_of_receipts_has_a_line_to_sign_for_everyone_with_the_place_above(path: Path) -> None:
    many = [made(number=number, tps=1 + number // 20, name=f"PETUGAS {number}") for number in range(40)[1:]]
    written = certificate.write(path, many, Arranged("cards", receipts=HEAD))
    lists = texts(path)[written.sheets :]
    said = solid("".join(lists))

    assert written.pages - written.sheets == len(lists) > 1
    assert [solid(one.statement.number) for one in many if solid(one.statement.number) not in said] == []
    assert said.count(solid("Nama dan jabatan")) >= len(lists)  # the head is repeated
    assert solid("TPS 001, Oebobo, Oebobo, Kota Kupang") in said
    assert solid("TPS 002, Oebobo, Oebobo, Kota Kupang") in said
    assert solid("Halaman 2 dari") in said
    assert OFFICER.nik not in said


@pytest.mark.parametrize("layout", certificate.LAYOUTS)
def test_the_state_stands_large_under_the_text_and_never_under_the_code(layout: str, path: Path) -> None:
    one = replace(made(), mark="BATAL", copy=3)
    certificate.write(path, [one], Arranged(layout))

    assert "BATAL" in texts(path)[0]
    assert solid("SALINAN 3") in solid(texts(path)[0])
    assert [found.text for found in zxingcpp.read_barcodes(picture(path, dpi=150))] == [one.code]


def test_lists_and_marks_name_no_person_in_the_properties(path: Path) -> None:
    certificate.write(path, [made()], Arranged("cards", receipts=HEAD, archive=True))
    document = pdfium.PdfDocument(path)
    properties = document.get_metadata_dict()
    document.close()

    assert OFFICER.name not in " ".join(properties.values())
    assert b"Helvetica" not in unpacked(path)


def test_the_code_is_45_mm_wide_with_error_correction_q(path: Path) -> None:
    certificate.write(path, [made()], Arranged("1up"))
    found = zxingcpp.read_barcodes(picture(path, dpi=300))[0]
    corners = found.position

    assert (corners.top_right.x - corners.top_left.x) / 300 * 25.4 == pytest.approx(45, abs=0.5)
    assert found.ec_level == "Q"


def test_a_code_too_dense_at_q_falls_back_to_m_and_beyond_that_is_refused(path: Path) -> None:
    dense = "PY1:" + "A1" * 400
    assert qr.mask(dense) is not None
    one = Certificate(statement(), "PY1:" + "A1" * 3000)
    with pytest.raises(CodeTooLong) as caught:
        certificate.write(path, [one])

    assert caught.value.facts == {"number": one.statement.number}
    assert list(path.parent.iterdir()) == []


@pytest.mark.slow
def test_codes_survive_poor_photographs(path: Path) -> None:
    """150 dpi, turned, blurred, noisy, badly compressed: at least 95 of 100 still read."""
    chance = random.Random(5)
    certificate.write(path, [made("latihan")], Arranged("1up"))
    page = picture(path, dpi=150)
    page = page.crop((page.width // 2, 0, page.width, page.height // 3))
    read = 0
    for _ in range(40):
        shot = page.rotate(chance.uniform(-15, 15), Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        shot = shot.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.8)))
        shot = Image.blend(shot, Image.effect_noise(shot.size, 40), chance.uniform(0, 0.15))
        photo = path.with_name("foto.jpg")
        shot.save(photo, quality=45)
        with Image.open(photo) as opened:
            read += any(found.text == code() for found in zxingcpp.read_barcodes(opened))

    assert read >= 38


@pytest.mark.parametrize(
    "name",
    [
        "A<B & C>D",
        '<img src="http://127.0.0.1/x.png"/> SITI',
        "SITI) Tj ET Q (X",
        r"SITI \(055 \x00",
        "EI Q q BT SITI",
        "Regapu’u Soka\"an d'Arc",
    ],
)
def test_names_are_drawn_literally_and_run_nothing(name: str, path: Path) -> None:
    certificate.write(path, [made(name=name)])

    assert solid(name) in solid(texts(path)[0])
    raw = unpacked(path)
    assert b"/URI" not in raw
    assert b"/JavaScript" not in raw
    assert b"/Image\n" not in raw


def test_signs_that_turn_the_direction_of_reading_are_not_printed(path: Path) -> None:
    certificate.write(path, [made(name="SITI\u202e\u2066 AMI\u200bNAH\x07")])
    said = texts(path)[0]

    assert "SITIAMINAH" in solid(said)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", said)


def test_properties_name_no_person_and_fonts_are_embedded(path: Path) -> None:
    certificate.write(path, [made()])
    document = pdfium.PdfDocument(path)
    properties = document.get_metadata_dict()
    document.close()
    raw = unpacked(path)

    assert properties["Title"] == "Tanda bukti pengusulan kepesertaan"
    assert OFFICER.name not in " ".join(properties.values())
    assert b"Helvetica" not in raw
    assert raw.count(b"/FontFile2") == raw.count(b"/Type /FontDescriptor") > 0


def test_practice_certificates_carry_the_watermark_and_others_do_not(path: Path) -> None:
    certificate.write(path, [made("latihan")])
    practice = texts(path)[0]
    certificate.write(path, [made("pemilu-2024")])

    assert certificate.WATERMARK in practice
    assert "LATIHAN" in practice
    assert certificate.WATERMARK not in texts(path)[0]


def test_nothing_is_printed_below_eight_points_and_ordinary_people_in_ten() -> None:
    box = Box(196 * mm, 138 * mm)
    for one, least in ((made(), 10), (made(name=LONG_NAME, decree_number=LONG_DECREE), 8)):
        arrangement = layout.arrange(one.statement, box)
        inks = arrangement.inks()
        assert min(ink.size for ink in inks) >= 8
        assert min(ink.size for ink in inks if "KPU Kota" in ink.text or "Februari" in ink.text) >= least


@pytest.mark.parametrize("paper", sheet.PAPERS)
@pytest.mark.parametrize("arrangement", certificate.LAYOUTS)
@pytest.mark.parametrize("changes", [{}, {"name": LONG_NAME, "decree_number": LONG_DECREE}])
def test_nothing_leaves_its_frame_and_nothing_overlaps(
    changes: dict[str, Any], arrangement: str, paper: str, path: Path
) -> None:
    certificate.write(path, [made("pemilu-2024", **changes)], Arranged(arrangement, paper))
    document = pdfium.PdfDocument(path)
    textpage = document[0].get_textpage()
    boxes = [textpage.get_rect(number) for number in range(textpage.count_rects())]
    width, height = document[0].get_size()
    document.close()

    margin = 7 * mm
    assert all(
        margin < left < right < width - margin and 14 < low < high < height - 14 for left, low, right, high in boxes
    )
    for number, (left, low, right, high) in enumerate(boxes):
        for other_left, other_low, other_right, other_high in boxes[number + 1 :]:
            wide = min(right, other_right) - max(left, other_left)
            tall = min(high, other_high) - max(low, other_low)
            assert wide < 1 or tall < 2.5, (left, low, other_left, other_low)


def test_what_does_not_fit_in_print_that_can_be_read_is_an_error_and_not_cut(path: Path) -> None:
    with pytest.raises(TooLong) as caught:
        certificate.write(path, [made(name="MARIA " * 200)])

    assert caught.value.facts["number"] == statement().number
    assert not path.exists()


@pytest.mark.parametrize(
    ("arrangement", "count", "pages"), [("2up", 1, 1), ("2up", 5, 3), ("1up", 3, 3), ("cards", 9, 2)]
)
def test_certificates_fill_the_sheets_in_their_order(arrangement: str, count: int, pages: int, path: Path) -> None:
    told: list[int] = []
    many = [made(number=number) for number in range(1, count + 1)]
    written = certificate.write(path, many, Arranged(arrangement), progress=told.append)

    assert written == certificate.Written(pages, count, pages)
    assert told == [count]
    printed = re.findall(r"PYG-7K3M-\w{5}", " ".join(texts(path)))
    assert printed == [one.statement.number for one in many]


def test_many_certificates_are_bound_into_one_file_that_holds_together(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "_PIECE", 4)
    many = [made(number=number, name=f"PETUGAS {number}", tps=number) for number in range(1, 12)]
    written = certificate.write(path, many)
    pages = texts(path)

    assert (written.pages, len(pages)) == (6, 6)
    assert [solid(f"PETUGAS {2 * page + 1}") in solid(text) for page, text in enumerate(pages)] == [True] * 6
    raw = path.read_bytes()
    for number, offset in enumerate(re.findall(rb"(\d{10}) 00000 n ", raw[raw.rindex(b"\nxref\n") :])):
        assert re.match(rb"\d+ 0 obj\n", raw[int(offset) : int(offset) + 16]), number


def test_equal_certificates_give_equal_bytes(path: Path) -> None:
    certificate.write(path, [made(), made(number=30)])
    first = path.read_bytes()
    certificate.write(path, [made(), made(number=30)])

    assert path.read_bytes() == first


def test_a_print_that_breaks_off_leaves_the_old_file_and_no_rest(path: Path) -> None:
    path.write_bytes(b"lama")

    def broken() -> Iterator[Certificate]:
        yield made()
        raise OSError(28, "disk full")

    with pytest.raises(OSError, match="disk full"):
        certificate.write(path, broken())

    assert path.read_bytes() == b"lama"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("wrong", [{"layout": "9up"}, {"paper": "A3"}])
def test_unknown_layouts_and_papers_are_a_mistake(wrong: dict[str, Any], path: Path) -> None:
    with pytest.raises(ValueError, match="layout or paper"):
        certificate.write(path, [made()], Arranged(**wrong))


def test_one_certificate_takes_less_than_eight_kibibytes(path: Path) -> None:
    certificate.write(path, [made(number=number, tps=1 + number // 6) for number in range(1, 101)])

    assert path.stat().st_size / 100 < 8192


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the most memory held")
def test_memory_does_not_grow_with_the_number_of_certificates() -> None:
    program = "from tests.bench import certificates; print(certificates.growth(1_500))"
    grown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert float(grown.stdout) < 16


def test_every_trouble_of_paper_has_a_sentence_in_both_languages() -> None:
    errors: list[type[PaperError]] = [PaperError, *PaperError.__subclasses__()]

    assert {error.code for error in errors} <= wording.catalogue("id").keys() & wording.catalogue("en").keys()
