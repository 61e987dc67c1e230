"""All the shades that pages need of one colour, so that what is written in them and on them can be read."""

from collections.abc import Iterator, Mapping
from functools import cache

from generator.compiler import colour

TEXT, MARK = 4.5, 3.0
"""The contrast that WCAG 2.2 asks for in words (1.4.3), and in what must be seen (1.4.11)."""

STRICT: Mapping[float, float] = {TEXT: 7.0, MARK: TEXT}
"""What becomes of it for who asks for more contrast."""

ON_DARK = 6.0
"""On dark surfaces letters look thinner: words in a shade that we choose stay clear of the limit."""

_HOVER, _TINT, _TINT_ON_DARK = 0.06, 0.07, 0.16

SHADES = {
    "solid": "What buttons are painted with.",
    "hover": "The same under the pointer.",
    "text": "What is written on it.",
    "ink": "Words and links on a page.",
    "tint": "A surface with a breath of it.",
    "ring": "Rings and lines that must be seen.",
}


@cache
def palette(written: str, surfaces: tuple[str, ...], strict: bool) -> Mapping[str, str]:
    """The shades of a colour for these surfaces.

    On light ones the solid shade is the colour as it is written, whether that can be seen there or not: who chose it is
    told. `strict` is for who asks for more contrast.
    """
    text, mark = (STRICT[TEXT], STRICT[MARK]) if strict else (TEXT, MARK)
    dark = colour.contrast(colour.WHITE, surfaces[0]) > colour.contrast(colour.BLACK, surfaces[0])

    def seen(shade: str) -> bool:
        return colour.worst(shade, surfaces) >= mark and max(_on(shade)) >= text

    solid = colour.nearest(written, seen) if dark or strict else written
    on_it = _written_on(solid, text)
    tint = colour.mixed(solid, surfaces[0], _TINT_ON_DARK if dark else _TINT)
    under = (*surfaces, tint)
    return {
        "solid": solid,
        "hover": next((shade for shade in _hovers(solid, dark) if colour.contrast(on_it, shade) >= text), solid),
        "text": on_it,
        "ink": colour.readable(written, under, max(text, ON_DARK) if dark else text),
        "tint": tint,
        "ring": colour.readable(written, under, mark),
    }


def _on(shade: str) -> tuple[float, float]:
    return colour.contrast(shade, colour.WHITE), colour.contrast(shade, colour.BLACK)


def _written_on(solid: str, text: float) -> str:
    """White where it can be read, else nearly black, in the colour's own hue."""
    if colour.contrast(colour.WHITE, solid) >= text:
        return colour.WHITE
    _, chroma, hue = colour.oklch(solid)
    soft = colour.shade(0.22, min(chroma, 0.04), hue)
    return soft if colour.contrast(soft, solid) >= text else colour.BLACK


def _hovers(solid: str, dark: bool) -> Iterator[str]:
    """A little darker on light surfaces and lighter on dark ones; the other way where words on it would suffer."""
    lightness, chroma, hue = colour.oklch(solid)
    first = 1 if dark else -1
    for way in (first, -first):
        for share in (1, 0.66, 0.33):
            yield colour.shade(lightness + way * share * _HOVER, chroma, hue)
