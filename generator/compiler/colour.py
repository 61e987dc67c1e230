"""Colours as people see them: how well one is told from another, and the nearest shade that is told well enough.

A colour is `#rrggbb`, or `#rrggbbaa` where something shines through. Shades keep their hue in OKLCH
(https://bottosson.github.io/posts/oklab/); contrast is that of WCAG 2.2 (1.4.3).
"""

import math
from collections.abc import Callable, Iterable
from functools import cache

WHITE, BLACK = "#ffffff", "#000000"

Triple = tuple[float, float, float]

_STEP, _HALVINGS = 0.05, 5
"""How far apart the shades lie that are tried, in lightness from 0 to 1, and how often the last step is halved."""


@cache
def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def worst(colour: str, surfaces: Iterable[str]) -> float:
    """The contrast on the surface on which it is least."""
    return min(contrast(colour, surface) for surface in surfaces)


def nearest(colour: str, suits: Callable[[str], bool]) -> str:
    """The shade that suits and is nearest in lightness, darker or lighter; the colour itself where none does."""
    if suits(colour):
        return colour
    lightness, *rest = oklch(colour)
    for step in range(1, math.ceil(1 / _STEP) + 1):
        for way in (-_STEP, _STEP):
            found = lightness + step * way
            if -_STEP < found < 1 + _STEP and suits(shade(found, *rest)):
                return _halved(found, found - way, suits, rest)
    return colour


def _halved(good: float, bad: float, suits: Callable[[str], bool], rest: list[float]) -> str:
    """As near as it suits to what does not suit any more."""
    for _ in range(_HALVINGS):
        between = (good + bad) / 2
        good, bad = (between, bad) if suits(shade(between, *rest)) else (good, between)
    return shade(good, *rest)


def readable(colour: str, surfaces: Iterable[str], ratio: float) -> str:
    """The nearest shade that has at least this contrast on all of the surfaces."""
    surfaces = tuple(surfaces)
    return nearest(colour, lambda shade: worst(shade, surfaces) >= ratio)


def shade(lightness: float, chroma: float, hue: float) -> str:
    """The colour of this OKLCH (hue in degrees), with as much less chroma as a screen needs to show it."""
    lightness = min(max(lightness, 0.0), 1.0)
    linear = _linear(lightness, chroma, hue)
    if not _shown(linear):
        least, most = 0.0, chroma
        for _ in range(9):
            tried = (least + most) / 2
            least, most = (tried, most) if _shown(_linear(lightness, tried, hue)) else (least, tried)
        linear = _linear(lightness, least, hue)
    return written(tuple(_curved(channel) for channel in linear))


@cache
def oklch(colour: str) -> Triple:
    """Lightness from 0 to 1, chroma from 0 to about 0.37, hue in degrees."""
    red, green, blue = (_straight(channel) for channel in channels(colour)[:3])
    long, middle, short = (
        math.cbrt(part)
        for part in (
            0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
            0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
            0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
        )
    )
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def mixed(one: str, other: str, share: float) -> str:
    """So much of the first, from 0 to 1, painted over the other."""
    pairs = zip(channels(one)[:3], channels(other)[:3], strict=True)
    return written(tuple(upper * share + lower * (1 - share) for upper, lower in pairs))


def laid(colour: str, surface: str) -> str:
    """The colour as it is seen on a surface, which shines through where the colour lets it."""
    alpha = channels(colour)[3]
    return colour[:7] if alpha == 1 else mixed(colour, surface, alpha)


def channels(colour: str) -> tuple[float, float, float, float]:
    """Red, green, blue and how opaque it is, each from 0 to 1."""
    digits = colour[1:] if len(colour) > 7 else f"{colour[1:]}ff"
    red, green, blue, alpha = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4, 6))
    return red, green, blue, alpha


def written(channels: tuple[float, ...]) -> str:
    """Channels from 0 to 1, three or with how opaque it is four, as they are written."""
    return "#" + "".join(f"{round(min(max(channel, 0.0), 1.0) * 255):02x}" for channel in channels)


@cache
def _luminance(colour: str) -> float:
    red, green, blue = (_straight(channel) for channel in channels(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _straight(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _curved(channel: float) -> float:
    channel = min(max(channel, 0.0), 1.0)
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _linear(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, middle, short = (
        part**3
        for part in (
            lightness + 0.3963377774 * a + 0.2158037573 * b,
            lightness - 0.1055613458 * a - 0.0638541728 * b,
            lightness - 0.0894841775 * a - 1.2914855480 * b,
        )
    )
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(linear: Triple) -> bool:
    """Whether a screen has this colour, but for what rounding takes anyway."""
    return all(-0.0005 <= channel <= 1.0005 for channel in linear)
