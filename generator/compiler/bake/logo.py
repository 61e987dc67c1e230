"""The merchant's logo: what picture it is by its bytes, and whether every customer can be shown it without harm."""

import stat
from dataclasses import dataclass
from pathlib import Path

from generator.compiler.bake import raster, svg
from generator.model.problem import Problem
from generator.model.site import Look

MOST_BYTES = 300_000
LEAST_SIDE, MOST_SIDE = 16, 4000
"""Of a picture made of pixels. It is shown some 40 pixels high, on sharp screens three times that."""

MOST_STRETCH = 12
"""How many times longer than the other one side may be."""

_KNOWN = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"%PDF": "PDF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\x00\x00\x01\x00": "ICO",
    b"\x1f\x8b": "compressed SVG",
    b"8BPS": "Photoshop",
}
_KNOWN_INSIDE = {b"ftypavif": "AVIF", b"ftypheic": "HEIC"}

HINT = "save it as PNG, JPEG, WebP or SVG"


@dataclass(frozen=True)
class Logo:
    """`name` is by what it really is, whatever its file is called."""

    name: str
    data: bytes


def read(path: Path, look: Look, label: str) -> Logo | list[Problem]:
    """The logo, or why there is none that can be shown. `label` is what problems call its folder."""

    def wrong(code: str, says: str, hint: str) -> list[Problem]:
        return [Problem(code, look.logo_place, says, hint)]

    try:
        known = path.stat()
        if known.st_size > MOST_BYTES:
            says = f'"{look.logo}" has {known.st_size:,} bytes, and every customer would have to load them'
            return wrong("bad-logo", says, f"save it smaller: {MOST_BYTES:,} bytes at most")
        data = path.read_bytes() if stat.S_ISREG(known.st_mode) else b""
    except OSError:
        says = f'there is no file "{look.logo}" beside the definition'
        return wrong("missing-asset", says, "put it there, or take `logo` away")
    if _markup(data):
        return svg.check(data, str(Path(label) / look.logo), "bad-logo") or Logo("logo.svg", data)
    try:
        picture = raster.read(data)
    except raster.Unreadable:
        return wrong("bad-logo", f'"{look.logo}" is damaged: a part of the picture is missing', "save it again")
    says, hint = _unfit(picture) if picture else (_is(data), HINT)
    if picture is None or says:
        return wrong("bad-logo", f'"{look.logo}" {says}', hint)
    return Logo(f"logo{picture.suffix}", data)


def _markup(data: bytes) -> bool:
    """Whether it is XML, in an encoding that XML is found in."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<"))


def _is(data: bytes) -> str:
    """What it is instead, where that can be told."""
    if not data:
        return "is empty, or no file at all"
    names = {name for magic, name in _KNOWN.items() if data.startswith(magic)}
    names |= {name for magic, name in _KNOWN_INSIDE.items() if data[4:12] == magic}
    return f"is a {names.pop()} file, whatever it is called" if names else "is no PNG, JPEG, WebP or SVG picture"


def _unfit(picture: raster.Picture) -> tuple[str, str]:
    """Why it cannot be shown well, and what to do; empty where it can."""
    sides = picture.width, picture.height
    written = f"has {picture.width:,} × {picture.height:,} pixels"
    if picture.moves:
        return "moves, which nobody could stop (WCAG 2.2.2)", "save a single picture of it"
    if min(sides) < LEAST_SIDE:
        return f"{written}: nobody could make it out", f"give it {LEAST_SIDE} pixels at least on each side"
    if max(sides) > MOST_SIDE:
        says = f"{written}, and a browser needs memory for each of them"
        return says, f"save it smaller: {MOST_SIDE:,} pixels at most on each side"
    if max(sides) > MOST_STRETCH * min(sides):
        says = f"{written}, and would be a line where it is shown"
        return says, f"cut off what is empty: one side is {MOST_STRETCH} times the other at most"
    return "", ""
