"""Make resources/fonts/ from Inter's OpenType files, as Debian's fonts-inter carries them.

    python packaging/build_fonts.py [/usr/share/fonts/opentype/inter]

The printed sheets need TrueType outlines: cubic curves become quadratic ones, off by at most a thousandth of an em. The
fonts are cut to Latin letters, punctuation and arrows, keep kerning, `tnum` and `zero`, and the name Inter: its
copyright line declares no reserved font name.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from payung import region

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
SOURCE = Path("/usr/share/fonts/opentype/inter")
NOTICE = Path("/usr/share/doc/fonts-inter/copyright")
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "zero", "case", "calt"]
RANGES = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),  # Latin-1, Latin Extended-A
    range(0x2010, 0x2028),  # dashes, quotes, bullet, ellipsis
    (0x202F, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122),
    range(0x2190, 0x219A),  # arrows
    (0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CF, 0x25CB, 0x2713, 0x2717, 0xFFFD),
)
LIMITS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxComponentDepth",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
)
OFF_BY = 0.001
SMOOTH = 0x000A  # grey in both directions, no grid: there are no hints


def letters() -> set[int]:
    """Collect what the fonts must hold: the ranges above and every letter of a region's name."""
    wanted = {code for codes in RANGES for code in codes}
    regions = region.load()
    todo = [""]
    while todo:
        below = regions.children(todo.pop())
        todo.extend(below)
        wanted.update(ord(letter) for code in below for letter in regions.name(code))
    return wanted


def cut(font: TTFont, wanted: set[int]) -> None:
    """Leave the wanted letters and the features that put them in place."""
    options = subset.Options(
        layout_features=FEATURES, name_IDs=["*"], name_languages=["*"], notdef_outline=True, recalc_timestamp=False
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)


def turn_quadratic(font: TTFont) -> None:
    """Put a `glyf` table in the place of `CFF `."""
    glyphs = font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm * OFF_BY, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs = outlines
    for name, glyph in outlines.items():
        glyph.recalcBounds(font["glyf"])
        width = font["hmtx"][name][0]
        font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    _describe(font)


def _describe(font: TTFont) -> None:
    """Write the limits that TrueType wants in `maxp`, and the version that says TrueType."""
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for field in LIMITS:
        setattr(limits, field, 0)
    limits.maxZones = 1
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font["gasp"] = newTable("gasp")
    font["gasp"].version, font["gasp"].gaspRange = 1, {0xFFFF: SMOOTH}
    font.sfntVersion = "\x00\x01\x00\x00"


def licence() -> str:
    """Take Inter's notice and the Open Font License out of Debian's copyright file, and say what was changed."""
    text = NOTICE.read_text()
    holder = re.search(r"^Copyright: (.+)$", text, re.MULTILINE)
    body = re.search(r"\nLicense: OFL-1\.1\n(.*?)(?=\n\S)", text, re.DOTALL)
    if holder is None or body is None:
        raise SystemExit("the copyright file is not as it was")
    lines = [line[1:] if line != " ." else "" for line in body[1].splitlines()]
    return (
        f"Copyright (c) {holder[1]}\nhttps://github.com/rsms/inter\n\n"
        "This Font Software is licensed under the SIL Open Font License, Version 1.1.\n"
        "No reserved font name is declared.\n"
        "Changed for Payung: TrueType outlines in the place of CFF, cut to Latin letters, punctuation and arrows\n"
        "(packaging/build_fonts.py).\n\n"
        "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007\n\n" + "\n".join(lines).strip() + "\n"
    )


def main(source: Path) -> None:
    """Write the four weights and the licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    wanted = letters()
    for weight in WEIGHTS:
        font = TTFont(source / f"Inter-{weight}.otf", recalcTimestamp=False)
        cut(font, wanted)
        turn_quadratic(font)
        target = TARGET / f"Inter-{weight}.ttf"
        font.save(target)
        print(target.name, target.stat().st_size, len(font.getBestCmap()), "letters")
    (TARGET / "OFL.txt").write_text(licence())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE)
