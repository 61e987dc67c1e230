"""Whoever needs larger letters makes the page larger: nothing may keep them from it (WCAG 1.4.4)."""

import re
from collections.abc import Iterator

from generator.compiler.bake.contract.css import Sheet
from generator.compiler.bake.contract.tree import Element
from generator.model.problem import Problem

LEAST = 5
"""How much larger a page can be made, if it says so: axe holds it against the same."""


def of_page(elements: list[Element]) -> Iterator[tuple[str, str, str]]:
    """What the page says that is to be searched for, what is wrong with it, and what to write instead."""
    for element in elements:
        content = element.says("content") or ""
        if element.tag == "meta" and element.says("name") == "viewport":
            said = dict(part.strip().lower().partition("=")[::2] for part in re.split("[,;]", content))
            if said.get("user-scalable", "yes") in ("no", "0") or _number(said.get("maximum-scale", "")) < LEAST:
                says = f'`content="{content}"` keeps people from making the page larger'
                yield content, says, 'write `content="width=device-width, initial-scale=1"`'


def of_sheets(sheets: tuple[Sheet, ...]) -> Iterator[Problem]:
    """The same in a style sheet: letters that stay as small as they are."""
    for sheet in sheets:
        for declared in sheet.declarations:
            if declared.name.endswith("text-size-adjust") and declared.value.lower().startswith("none"):
                says = f"`{declared.name}: none` keeps people from making letters larger"
                place = sheet.at(declared.start, len(declared.name))
                yield Problem("disabled-zoom", place, says, "write `100%`, or leave it away")


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return LEAST
