"""Files that are no workbooks, or would burst, are refused in words before anything parses them."""

from __future__ import annotations

import random
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from desktop.workbook import inspection, reader
from desktop.workbook.errors import (
    Bomb,
    Empty,
    Encrypted,
    Missing,
    Nested,
    NoSheet,
    TooLarge,
    TooManyColumns,
    TooManyRows,
    Unreadable,
    Unsupported,
    WorkbookError,
)
from payung import wording
from tests.desktop.workbook.conftest import HEADINGS, Make, Take, officer

SHEET = "xl/worksheets/sheet1.xml"
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Daftar">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def swapped(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The same archive with one entry changed."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    entries[name] = change(entries.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return path


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?>'
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type='
            '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        archive.writestr("content.xml", ODS_HEAD + rows + ODS_TAIL)
    return path


def cell(text: str, repeated: int = 1) -> str:
    repeat = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return f'<table:table-cell office:value-type="string"{repeat}><text:p>{text}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", Empty),
        (b"\n\n;;;\n", Empty),
        (b"%PDF-1.7 \x00", Unreadable),
        (b"\x89PNG\r\n\x1a\n\x00", Unreadable),
        (b"PK\x03\x04 and then nothing", Unreadable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096, Unreadable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Encrypted),
        (b"<html><table><tr><td>NIK</td></tr></table></html>", Unsupported),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', Unsupported),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content: bytes, error: type[WorkbookError], tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        reader.read(path)

    assert wording.of(caught.value) != wording.sentence(wording.UNKNOWN, {"code": caught.value.code})


def test_every_refusal_of_a_workbook_has_a_sentence_in_both_languages() -> None:
    errors: list[type[WorkbookError]] = [WorkbookError, *WorkbookError.__subclasses__()]
    codes = {error.code for error in errors}

    assert codes <= wording.catalogue("id").keys()
    assert codes <= wording.catalogue("en").keys()


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        reader.read(tmp_path / "tidak-ada.xlsx")


def test_a_file_beyond_the_cap_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.write(b"NIK;Nama\n")
        file.truncate(inspection.FILE_BYTES + 1)
    with pytest.raises(TooLarge):
        reader.read(path)


def test_two_cells_far_apart_are_refused_before_they_are_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "jauh.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        page.write(0, 0, "NIK")
        page.write(99_000, 400, "x")
    tracemalloc.start()
    with pytest.raises(Bomb):
        reader.read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 64 << 20


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', TooManyRows),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', TooManyColumns),
        ("<row r='1'><c r='XFD1'><v>1</v></c></row>", TooManyColumns),
        ('<row r="1"><c s="0"  r = "XFD1" ><v>1</v></c></row>', TooManyColumns),
        ('<row r="1048576"><c><v>1</v></c></row>', TooManyRows),
        ('<row r="1"><c ph=">" r="XFD1"><v>1</v></c></row>', Bomb),
        (f'<row r="1"><c x="{"a" * 500}" r="XFD1"><v>1</v></c></row>', Bomb),
    ],
)
def test_cells_out_of_reach_are_found_however_they_are_written(
    cells: str, error: type[WorkbookError], make: Make
) -> None:
    path = make([("NIK",)])
    swapped(path, SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + cells.encode()))
    with pytest.raises(error):
        reader.read(path)


def test_coloured_cells_without_content_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "warna.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, ("NIK", "Nama", "TPS"))
        page.write_blank(1_000_000, 16_000, None, workbook.add_format({"bg_color": "red"}))

    assert len(reader.read(path)[0].rows) == 1


def test_an_entry_that_unpacks_far_beyond_its_size_is_a_bomb(make: Make) -> None:
    path = swapped(make([("NIK",)]), "xl/media/image1.png", lambda _: bytes(8 << 20))
    with pytest.raises(Bomb):
        reader.read(path)


def test_an_entry_that_lies_about_its_size_is_not_believed(make: Make) -> None:
    path = swapped(make([("NIK",)]), "xl/a.bin", lambda _: random.Random(1).randbytes(100_000))
    raw = bytearray(path.read_bytes())
    place = raw.rindex(b"xl/a.bin") - 46 + 24  # uncompressed size in the central directory
    raw[place : place + 4] = (100).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(WorkbookError):
        reader.read(path)


def test_long_texts_that_many_cells_repeat_are_a_bomb(make: Make) -> None:
    path = make([("x",) * 300] * 250)
    swapped(path, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>x</t>", b"<t>" + b"x" * 30_000 + b"</t>"))
    with pytest.raises(Bomb):
        reader.read(path)


def test_an_archive_inside_is_refused(make: Make) -> None:
    path = swapped(make([("NIK",)]), "xl/embeddings/a.xlsx", lambda _: b"PK\x03\x04rest")
    with pytest.raises(Nested):
        reader.read(path)


def test_too_many_entries_are_a_bomb(make: Make) -> None:
    path = make([("NIK",)])
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(inspection.ENTRIES):
            archive.writestr(f"xl/{number}", b"")
    with pytest.raises(Bomb):
        reader.read(path)


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path = ods(tmp_path / "lol.ods", cell("x"))
    swapped(
        path,
        "content.xml",
        lambda xml: xml.replace(b"?><", f'?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><'.encode(), 1).replace(
            b"<text:p>x", b"<text:p>&l9;"
        ),
    )
    begun = time.monotonic()
    with pytest.raises(WorkbookError):
        reader.read(path)

    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        (f'<table:table-row table:number-rows-repeated="1000000">{cell("x")}</table:table-row>', TooManyRows),
        (f"<table:table-row>{cell('x', 16384)}</table:table-row>", TooManyColumns),
        (
            (
                '<table:table-row table:number-rows-repeated="900000"><table:table-cell/></table:table-row>'
                f"<table:table-row>{cell('x')}</table:table-row>"
            ),
            TooManyRows,
        ),
    ],
)
def test_repeated_ods_cells_are_refused(rows: str, error: type[WorkbookError], tmp_path: Path) -> None:
    with pytest.raises(error):
        reader.read(ods(tmp_path / "ulang.ods", rows))


def test_an_ods_list_is_read_with_blank_rows_to_its_very_end(tmp_path: Path, take: Take) -> None:
    rows = "".join(
        f"<table:table-row>{''.join(cell(str(value)) for value in row)}</table:table-row>"
        for row in (HEADINGS, officer(1, 9901, "KPPS 1"))
    )
    blank = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

    assert [row.facts.name for row in take(ods(tmp_path / "daftar.ods", rows + blank)).rows] == ["MARTHA TEFA"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_tables_are_read_in_every_encoding_and_with_every_delimiter(
    encoding: str, delimiter: str, tmp_path: Path, take: Take
) -> None:
    path = tmp_path / "daftar.csv"
    lines = [HEADINGS, officer(1, 9901, "KPPS 1", name="RENÉ D’ORNAY")]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    path.write_bytes(text.encode(encoding))

    assert [row.facts.name for row in take(path).rows] == ["RENÉ D’ORNAY"]


def test_the_line_by_which_excel_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("sep=;\r\nNIK;Nama, gelar\r\n", encoding="utf-8")

    assert reader.read(path)[0].rows == [["NIK", "Nama, gelar"]]


def test_an_old_excel_file_in_which_nothing_can_be_found_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "d.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(20_000))
    with pytest.raises(WorkbookError):
        reader.read(path)


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(make: Make) -> None:
    with pytest.raises(NoSheet) as caught:
        reader.read(make([("NIK",)], sheet="KPPS"), "LINMAS")

    assert caught.value.facts == {"sheet": "LINMAS", "sheets": "KPPS"}


def test_hidden_sheets_are_read_only_by_name(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("Baru", "Lama"):
            workbook.add_worksheet(name).write(0, 0, name)
        workbook.get_worksheet_by_name("Lama").hide()

    assert [sheet.name for sheet in reader.read(path)] == ["Baru"]
    assert reader.read(path, "Lama")[0].rows == [["Lama"]]


@pytest.mark.slow
def test_damaged_workbooks_end_in_words_and_never_in_a_crash(data: Path, tmp_path: Path) -> None:
    """Bits flipped, bytes cut out and doubled, in the archive and in the sheet inside it."""
    chance = random.Random(77)
    originals = [(data / "workbooks" / name).read_bytes() for name in ("oebobo-ptps.xlsx", "martapura-titik-koma.csv")]
    path = tmp_path / "rusak.xlsx"
    outcomes = set()
    for _ in range(400):
        raw = bytearray(chance.choice(originals))
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(raw))
            raw[place : place + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4))
        path.write_bytes(raw)
        try:
            reader.read(path)
            outcomes.add("read")
        except WorkbookError as error:
            outcomes.add(error.code)

    assert {"read", "workbook.unreadable"} <= outcomes


@pytest.mark.slow
def test_damaged_sheets_in_sound_archives_end_in_words(data: Path, tmp_path: Path) -> None:
    chance = random.Random(78)
    path = tmp_path / "rusak.xlsx"
    original = (data / "workbooks" / "oebobo-ptps.xlsx").read_bytes()
    for _ in range(150):
        path.write_bytes(original)

        def mutate(xml: bytes) -> bytes:
            raw = bytearray(xml)
            for _ in range(chance.randint(1, 8)):
                place = chance.randrange(len(raw))
                raw[place : place + chance.randint(0, 6)] = chance.randbytes(chance.randint(0, 6))
            return bytes(raw)

        swapped(path, chance.choice([SHEET, "xl/styles.xml", "xl/workbook.xml"]), mutate)
        try:
            reader.read(path)
        except WorkbookError:
            continue
