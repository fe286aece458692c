"""The look: colours by token, sizes by factor, digits of one width, icons sharp at the screen's pixel ratio."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.ui import style
from desktop.ui.theme import Mode, Theme


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    app.application_of([])


@pytest.mark.parametrize("mode", list(Mode))
def test_the_style_sheet_has_a_colour_for_every_gap(mode: Mode) -> None:
    sheet = style.sheet(Theme(mode))

    assert "$" not in sheet
    assert Theme(mode).tokens["surface"] in sheet


def test_no_corner_is_rounder_than_half_its_pill() -> None:
    for factor in (1.0, 1.25, 1.5):
        theme = Theme(Mode.LIGHT, factor)
        radii = [int(found) for found in re.findall(r'\[pill="\w+"\]\{[^}]*border-radius:(\d+)px', style.sheet(theme))]
        assert radii
        assert max(radii) * 2 <= style.pill_height(theme)


@pytest.mark.parametrize(("asked", "given"), [(0.5, 1.0), (1.0, 1.0), (1.25, 1.25), (1.5, 1.5), (3.0, 1.5)])
def test_text_grows_from_one_to_one_and_a_half(asked: float, given: float) -> None:
    theme = Theme(Mode.LIGHT, asked)

    assert theme.factor == given
    assert theme.font(10).pointSizeF() == 10 * given
    assert theme.px(36) == round(36 * given)


def test_the_shipped_font_is_used_and_its_figures_have_one_width() -> None:
    font = Theme().font(12, digits=True)
    metrics = QFontMetrics(font)

    assert QFontInfo(font).family() == "Inter"
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    assert font.featureValue(QFont.Tag("zero")) == 1


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_a_pixel_for_every_pixel_of_the_screen(ratio: float) -> None:
    pixmap = Theme().pixmap("umbrella", "brand", 16, ratio)

    assert pixmap.width() == round(16 * ratio)
    assert pixmap.devicePixelRatio() == ratio


def test_an_icon_wears_the_colour_of_its_token() -> None:
    theme = Theme(Mode.DARK)
    image = theme.pixmap("check", "ok", 48, 1.0).toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }

    assert solid == {theme.colour("ok").name()}
