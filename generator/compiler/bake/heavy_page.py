"""A page that is heavier than it should be: who is on a slow line waits for it, and most of them do not."""

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from generator.compiler.bake.assets import ADDRESS
from generator.compiler.bake.contract.css import sheets
from generator.compiler.bake.orders import Order, kind_of
from generator.compiler.theme import Theme
from generator.model.page import Body, Case, Each, Node, Slot, Text
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.site import Site

MOST_PAGE, MOST_SCRIPT, MOST_FONTS = 40 * 1024, 10 * 1024, 100 * 1024
"""In bytes as they are, before anybody compresses them: HTML and style sheet, scripts, fonts that everybody loads."""

VALUE = 16
"""How long a live value is taken to be."""

WRONG = ("faulty", "stale")
"""What most customers never see; a fault is an empty word for them."""

_ASKED = re.compile(rf'="{ADDRESS}([^"]+)"')
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FONT = re.compile(rf"{ADDRESS}([^)]+\.woff2?)")


def check(site: Site, theme: Theme, order: Order, body: Body, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Of one page, as it was made; what mail readers and paper take is another matter."""
    if not kind_of(order.kind.template) or not order.name.endswith(".html"):
        return
    asked = {name for name in _ASKED.findall(_head(body)) if name in files}
    styles = sum(len(files[name]) for name in asked if name.endswith(".css"))
    html = weight(body)
    if html + styles > MOST_PAGE:
        place, hint = _heaviest(site, theme, order, html, styles)
        says = f"{_called(order)} has {html + styles:,} bytes: {html:,} of HTML and {styles:,} of style sheets"
        yield Problem("heavy-page", place, f"{says}; {MOST_PAGE:,} are enough", hint, "warning")
    scripts = sorted(((len(files[name]), name) for name in asked if name.endswith(".js")), reverse=True)
    if sum(size for size, _ in scripts) > MOST_SCRIPT:
        says = f"{_called(order)} has {sum(size for size, _ in scripts):,} bytes of scripts; {MOST_SCRIPT:,} are enough"
        yield _of_asset(theme, scripts[0], says, "do in HTML what can be done there, or leave it away")
    fonts = sorted({(len(files[name]), name) for name in _fonts(asked, files)}, reverse=True)
    if sum(size for size, _ in fonts) > MOST_FONTS:
        says = f"{_called(order)} has {sum(size for size, _ in fonts):,} bytes of fonts; {MOST_FONTS:,} are enough"
        yield _of_asset(theme, fonts[0], says, "take fewer of its weights or letters (a subset), or one family less")


def _fonts(asked: Container[str], files: Mapping[str, bytes]) -> Iterator[str]:
    """Those that everybody loads: what the page asks for at once, and what is for letters of every kind."""
    for name in files:
        if name in asked and name.endswith(".css"):
            yield from (font for font in _named(files[name]) if font in files)
        elif name in asked and name.endswith((".woff2", ".woff")):
            yield name


@lru_cache(64)
def _named(sheet: bytes) -> tuple[str, ...]:
    """The fonts for letters of every kind that a style sheet names; hundreds of pages have the same few sheets."""
    faces = (face for face in _FACE.findall(sheet.decode()) if "unicode-range" not in face)
    return tuple(font for face in faces for font in _FONT.findall(face))


def weight(body: Body) -> int:
    """The HTML in bytes where nothing is wrong: the longest of what may be said, each list with one item."""
    return sum(map(_weight, body))


def _weight(node: Node) -> int:
    match node:
        case Text(html=html):
            return len(html.encode())
        case Slot():
            return VALUE
        case Each(body=body):
            return weight(body)
        case Case(name=name, branches=branches, otherwise=otherwise, where=where):
            usual = otherwise if name[-1] in WRONG else dict(branches).get("")
            ways = [usual] if usual is not None else [*(body for _, body in branches), otherwise]
            return (max if where == "text" else min)(map(weight, ways))


def _head(body: Body) -> str:
    """What a page asks for stands in its head, which is the same for everybody."""
    return "".join(node.html for node in body if isinstance(node, Text))


def _called(order: Order) -> str:
    return f'the page "{order.name.removesuffix(".html")}"'


def _heaviest(site: Site, theme: Theme, order: Order, html: int, styles: int) -> tuple[Place, str]:
    """Where most of it was written, and what to do about that."""
    own = sorted(((len(sheet.words), sheet.label) for sheet in sheets(theme)), reverse=True)
    if own and own[0][0] > html / 2:
        hint = f"this style sheet has most of it, {own[0][0]:,} bytes: leave away what is not used"
        return Place(own[0][1], 1, 1), hint
    written = order.given.get("step") or order.given.get("section")
    place = written.place if written is not None else site.look.theme_place
    return place, "divide it in two, or say less on it: each text is loaded by every customer"


def _of_asset(theme: Theme, heaviest: tuple[int, str], says: str, hint: str) -> Problem:
    """Told at the file that has most of it; its hash is no part of its name there."""
    size, served = heaviest
    stem, suffix = served.split(".")[0], served.rpartition(".")[2]
    files = (file for layer in theme.layers for file in layer.assets.rglob(f"{stem}.{suffix}"))
    file = next(files, Path(served))
    return Problem("heavy-page", Place(theme.named(file), 1, 1), f"{says}, most of them {size:,}", hint, "warning")
