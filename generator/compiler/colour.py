"""The shades that pages need, worked out from a merchant's one colour, readable by WCAG 2.2 (1.4.3: 4.5 to 1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from coloraide import Color

ENOUGH = 4.5

COMFORTABLE = 6.0
"""On dark surfaces letters look thinner: the shades that we choose ourselves stay clear of the limit."""

_LIGHT, _DARK = "#ffffff", "#1b1f27"
"""The lightest surface that themes write on in light mode, and in dark mode."""


@dataclass(frozen=True)
class Brand:
    """`fill` is what a button is painted with and `on_fill` is written on it; `ink` is for words on a page."""

    fill: str
    on_fill: str
    ink: str
    fill_strong: str

    def properties(self) -> Mapping[str, str]:
        """As CSS custom properties."""
        return {
            "--brand-solid": self.fill,
            "--brand-text": self.on_fill,
            "--brand-ink": self.ink,
            "--brand-hover": self.fill_strong,
        }


def light(colour: str) -> Brand:
    """For light mode: the colour itself, which must be readable on white."""
    return Brand(colour, _on(colour), colour, _shifted(colour, -0.06))


def dark(colour: str) -> Brand:
    """For dark mode: as much lighter as it must be to be readable there."""
    ink = readable(colour, _DARK, COMFORTABLE)
    return Brand(ink, _on(ink), ink, _shifted(ink, 0.06))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), by WCAG 2.2."""
    return Color(one).contrast(Color(other), method="wcag21")


def readable_on_white(colour: str) -> bool:
    return contrast(colour, _LIGHT) >= ENOUGH


def readable(colour: str, on: str = _LIGHT, enough: float = ENOUGH) -> str:
    """The nearest shade of the colour that can be read on a surface, its hue kept."""
    shade = Color(colour).convert("oklch")
    step = -0.005 if Color(on).luminance() > 0.5 else 0.005
    while contrast(_hex(shade), on) < enough and 0 <= shade["lightness"] <= 1:
        shade["lightness"] += step
    return _hex(shade)


def _on(colour: str) -> str:
    return _LIGHT if contrast(colour, _LIGHT) >= ENOUGH else _DARK


def _shifted(colour: str, lightness: float) -> str:
    shade = Color(colour).convert("oklch")
    shade["lightness"] = min(max(shade["lightness"] + lightness, 0), 1)
    return _hex(shade)


def _hex(colour: Color) -> str:
    return colour.convert("srgb").fit(method="oklch-chroma").to_string(hex=True)
