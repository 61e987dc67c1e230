"""A page asks nobody but our own server: whoever else it asked would learn who buys here, and could change the page."""

import re
from collections.abc import Iterator

from generator.compiler.bake.assets import ADDRESS
from generator.compiler.bake.contract.css import Sheet
from generator.compiler.bake.contract.tree import Element
from generator.compiler.bake.elsewhere import elsewhere
from generator.model.problem import Problem

_LOADED = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "link": ("href",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "input": ("src",),
}
"""What a browser loads by itself, by element."""

_URL = re.compile(r"""url\(\s*["']?([^"')\s]*)""", re.IGNORECASE)
HINT = "put the file into `assets/` and name it by `{}`"


def of_page(elements: list[Element]) -> Iterator[tuple[str, str, str]]:
    """What the page says that is to be searched for, what is wrong with it, and what to write instead."""
    for element in elements:
        for attribute in _LOADED.get(element.tag, ()):
            if attribute in element.attributes and (wrong := _wrong(element, attribute)):
                yield wrong
        if "ping" in element.attributes:
            yield element.says("ping") or "ping", "`ping` tells others who follows a link", "leave it away"
        if element.tag == "meta" and "http-equiv" in element.attributes:
            says = "`http-equiv` decides in the page what the server decides"
            yield element.says("http-equiv") or "http-equiv", says, "leave it away"


def _wrong(element: Element, attribute: str) -> tuple[str, str, str] | None:
    said = element.says(attribute)
    if said is None or said.startswith(ADDRESS):
        return None
    hint = HINT.format('{{ asset("…") }}')
    if elsewhere(said):
        return said, f'<{element.tag}> asks for "{said}", which is not ours', hint
    return said, f'<{element.tag}> asks for "{said}", which is no file of the theme', hint


def of_sheets(sheets: tuple[Sheet, ...]) -> Iterator[Problem]:
    """The same in a style sheet. What it asks for of its own theme is looked for where it is joined to the others."""
    for sheet in sheets:
        for declared in sheet.declarations:
            if declared.name.lower().startswith("@import"):
                says = f"`{declared.name}` asks for another style sheet"
                hint = "name it in `theme.yaml`, under `styles`"
                yield Problem("foreign-origin", sheet.at(declared.start, len("@import")), says, hint)
            for found in _URL.finditer(declared.value):
                if elsewhere(found[1]):
                    start = sheet.words.find(found[1], declared.start)
                    says = f'a style sheet asks for "{found[1]}", which is not ours'
                    yield Problem("foreign-origin", sheet.at(start, len(found[1])), says, HINT.format("url(…)"))
