"""Colours as people see them: our arithmetic is that of coloraide, and a shade that is found can be seen."""

import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compiler import colour
from generator.compiler.theme.look.palette import SHADES, palette

COLOURS = st.builds("#{:06x}".format, st.integers(0, 0xFFFFFF))
LIGHT, DARK = ("#ffffff", "#f5f6f8"), ("#1b1f27", "#101317")


@given(COLOURS, COLOURS)
def test_contrast_is_what_a_second_opinion_says(one, other):
    assert colour.contrast(one, other) == pytest.approx(Color(one).contrast(Color(other), method="wcag21"), abs=0.005)


@given(COLOURS)
def test_lightness_chroma_and_hue_are_what_a_second_opinion_says_and_lead_back(one):
    lightness, chroma, hue = colour.oklch(one)
    asked = Color(one).convert("oklch")

    assert (lightness, chroma) == pytest.approx((asked["lightness"], asked["chroma"]), abs=1e-4)
    assert asked["chroma"] < 0.01 or abs((hue - asked["hue"] + 180) % 360 - 180) < 0.5
    assert colour.shade(lightness, chroma, hue) == one


@given(COLOURS, st.floats(0.2, 1))
def test_a_shade_keeps_its_hue_where_a_screen_can_show_it(one, lightness):
    _, chroma, hue = colour.oklch(one)
    made = colour.oklch(colour.shade(lightness, chroma, hue))

    assert made[0] == pytest.approx(lightness, abs=0.012)
    assert made[1] < 0.03 or abs((made[2] - hue + 180) % 360 - 180) < 8


@given(COLOURS, st.sampled_from([LIGHT, DARK]), st.sampled_from([3, 4.5, 7]))
def test_a_readable_shade_can_be_read_and_no_nearer_one_could(one, surfaces, ratio):
    found = colour.readable(one, surfaces, ratio)
    _, chroma, hue = colour.oklch(one)
    way = colour.oklch(one)[0] - colour.oklch(found)[0]

    assert colour.worst(found, surfaces) >= ratio
    if abs(way) > 0.02:
        nearer = colour.shade(colour.oklch(found)[0] + (0.01 if way > 0 else -0.01), chroma, hue)
        assert colour.worst(nearer, surfaces) < ratio + 0.05


@settings(max_examples=200)
@given(COLOURS, st.sampled_from([LIGHT, DARK]), st.booleans())
def test_whatever_colour_a_merchant_has_its_shades_can_be_read_in_every_mode(brand, surfaces, strict):
    text, mark = (7, 4.5) if strict else (4.5, 3)
    made = palette(brand, surfaces, strict)

    assert set(made) == set(SHADES)
    assert colour.contrast(made["text"], made["solid"]) >= text
    assert colour.contrast(made["text"], made["hover"]) >= text
    assert colour.worst(made["ink"], (*surfaces, made["tint"])) >= text
    assert colour.worst(made["ring"], (*surfaces, made["tint"])) >= mark
    if surfaces is LIGHT and not strict:
        assert made["solid"] == brand
    else:
        assert colour.worst(made["solid"], surfaces) >= mark


def test_what_shines_through_is_seen_as_it_lies():
    assert colour.laid("#00000080", "#ffffff") == "#7f7f7f"
    assert colour.laid("#123456", "#ffffff") == "#123456"
    assert colour.channels("#ff000080") == (1, 0, 0, 128 / 255)
