"""Every colour that is written on another can be read: WCAG 2.2 AA, 4.5 for text and 3 for outlines, light and dark."""

from __future__ import annotations

import itertools
import json
import re

import pytest

import resources
from desktop.ui import style
from desktop.ui.theme import Mode, Theme

TEXT, OUTLINE = 4.5, 3.0
GROUNDS = ("ok_bg", "warn_bg", "err_bg", "info_bg")
WRITTEN = (  # besides those the palette itself promises
    *itertools.product(("ink", "ink2"), ("surface", "surface2", "bg", "sel", "brand_soft", *GROUNDS)),
    *itertools.product(("ink3",), ("surface", "surface2", "bg", "sel")),
    *itertools.product(("ok", "warn", "err", "info", "brand"), ("surface", "surface2", "bg", "sel")),
    *((ground.removesuffix("_bg"), ground) for ground in GROUNDS),
    *itertools.product(("nav_ink", "nav_dim"), ("nav",)),
    ("nav", "accent"),
    ("surface", "ink"),
)
DRAWN = (
    *itertools.product(("field", "focus"), ("surface", "surface2", "bg")),
    *(("focus", ground) for ground in GROUNDS),
    ("accent", "nav"),
    ("accent", "nav2"),
    ("ink", "surface"),  # the ring of a primary button, against what lies around it
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?:^|;)\s*(background|color):(#[0-9A-Fa-f]{6})")


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_palette_keeps_what_it_promises(mode: Mode) -> None:
    tokens = Theme(mode).tokens
    promised = json.loads(resources.read("palette.json"))["contrast_pairs"]
    weak = [pair for pair in promised if contrast(tokens[pair["text"]], tokens[pair["on"]]) < pair["min_ratio"]]

    assert weak == []
    assert len(promised) > 20


@pytest.mark.parametrize("mode", list(Mode))
def test_what_is_written_can_be_read(mode: Mode) -> None:
    tokens = Theme(mode).tokens
    weak = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in WRITTEN}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("mode", list(Mode))
def test_what_is_outlined_can_be_seen(mode: Mode) -> None:
    tokens = Theme(mode).tokens
    weak = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in DRAWN}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < OUTLINE} == {}


@pytest.mark.parametrize("mode", list(Mode))
def test_every_rule_of_the_style_sheet_that_writes_on_a_ground_can_be_read(mode: Mode) -> None:
    weak, seen = [], 0
    for selector, body in RULE.findall(style.sheet(Theme(mode))):
        colours = dict(COLOUR.findall(body))
        if {"background", "color"} <= set(colours):
            seen += 1
            if contrast(colours["color"], colours["background"]) < TEXT:
                weak.append((selector.strip(), colours))

    assert weak == []
    assert seen > 15
