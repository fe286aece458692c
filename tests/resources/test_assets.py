from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as PrintFont
from reportlab.pdfgen.canvas import Canvas

import resources
from payung import region

WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
TEXT = 'Regapu’u – “Soka"an” • Rp1.200.000 — 13.05 · → ↓'
NEEDED_ICONS = (
    "umbrella",
    "house",
    "user-plus",
    "file-badge",
    "refresh-cw",
    "import",
    "chart-column",
    "settings",
    "lock",
    "lock-open",
    "search",
    "printer",
    "map-pin",
    "circle-check",
    "circle-alert",
    "circle-dashed",
    "clock",
    "pencil",
    "triangle-alert",
    "info",
    "sparkles",
    "user",
    "users",
    "chevron-left",
    "chevron-right",
    "chevron-down",
    "chevron-up",
    "check",
    "x",
    "save",
    "usb",
    "cloud-off",
    "cloud",
    "wifi",
    "wifi-off",
    "history",
    "battery",
    "battery-charging",
    "log-in",
    "log-out",
    "eye",
    "eye-off",
    "file-text",
    "file-check",
    "file-output",
    "download",
    "upload",
    "rotate-ccw",
    "undo-2",
    "trash-2",
    "plus",
    "minus",
    "key-round",
    "shield-check",
    "send",
    "inbox",
    "arrow-right",
    "arrow-left",
    "circle-help",
    "moon",
    "sun",
    "monitor",
    "hard-drive",
    "list",
    "list-filter",
    "ellipsis",
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def letters() -> set[int]:
    """Every letter of every region's name."""
    regions, todo, found = region.load(), [""], set[int]()
    while todo:
        below = regions.children(todo.pop())
        todo.extend(below)
        found.update(ord(letter) for code in below for letter in regions.name(code))
    return found


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_font_holds_every_region_and_the_typography_of_the_sheets(weight: str, letters: set[int]) -> None:
    font = TTFont(resources.path("fonts", f"Inter-{weight}.ttf"))
    held = set(font.getBestCmap())
    assert 0x2019 in letters
    assert {chr(code) for code in letters - held} == set()
    assert {0x2019, 0x2022, 0x2013, 0x2014, 0x00B7, 0x2026, 0x2192} <= held


@pytest.mark.parametrize(("weight", "value"), WEIGHTS.items())
def test_a_font_is_truetype_of_its_weight_with_even_figures(weight: str, value: int) -> None:
    path = resources.path("fonts", f"Inter-{weight}.ttf")
    font = TTFont(path)
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert "glyf" in font
    assert "CFF " not in font
    assert font["OS/2"].usWeightClass == value
    assert (font["name"].getDebugName(16) or font["name"].getDebugName(1)) == "Inter"
    assert {"tnum", "zero"} <= features
    assert path.stat().st_size < 250_000


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_font_can_be_embedded_in_a_sheet_and_read_back(weight: str, tmp_path: Path) -> None:
    name = f"probe-{weight}"
    pdfmetrics.registerFont(PrintFont(name, resources.path("fonts", f"Inter-{weight}.ttf")))
    canvas = Canvas(str(tmp_path / "sheet.pdf"))
    canvas.setFont(name, 12)
    canvas.drawString(40, 700, TEXT)
    canvas.save()
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as document:
        assert document[0].get_textpage().get_text_range().strip() == TEXT


def test_the_licence_lies_beside_the_fonts_and_says_what_was_changed() -> None:
    licence = resources.read("fonts", "OFL.txt").decode()
    assert "The Inter Project Authors" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "reserved font name" in licence
    assert "PERMISSION & CONDITIONS" in licence


def test_the_icons_the_screens_need_are_there() -> None:
    held = {file.stem for file in resources.path("icons").glob("*.svg")}
    assert set(NEEDED_ICONS) <= held


def test_an_icon_is_drawn_in_lines_of_the_current_colour_and_nothing_else() -> None:
    for file in resources.path("icons").glob("*.svg"):
        text = file.read_text()
        root = ET.fromstring(text)
        assert root.tag == f"{SVG}svg", file.name
        assert root.get("viewBox") == "0 0 24 24"
        assert root.get("stroke") == "currentColor"
        assert not re.search(r"<script|href|#[0-9a-fA-F]{3}|<!--", text), file.name


def test_the_licence_lies_beside_the_icons() -> None:
    assert "ISC License" in resources.read("icons", "LICENCE.txt").decode()
