"""The contract: what a theme may not do, and what it may not leave out, whatever it changes.

What is shipped keeps it, which tests make sure of once for all: a theme is held to it for what it brings itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from generator.compiler.bake.contract import (
    css,
    disabled_zoom,
    foreign_form,
    foreign_origin,
    missing_part,
    outside_of_blocks,
    removed_focus,
    unescaped_output,
    unknown_block,
)
from generator.compiler.bake.contract.page import Page
from generator.compiler.bake.contract.sources import Sources
from generator.compiler.bake.orders import Order
from generator.compiler.theme import Theme
from generator.model.page import Body
from generator.model.pages import MORE_PAGES, PARTS, STEP_PARTS
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import Field as Field

PIECES = {
    page.template
    for pages in (*STEP_PARTS.values(), *MORE_PAGES.values())
    for name, page in pages.items()
    if name in PARTS
}
"""Templates of a piece of a page."""

TEMPLATE_RULES = (unknown_block.check, outside_of_blocks.check, unescaped_output.check)
SHEET_RULES = (removed_focus.check, disabled_zoom.of_sheets, foreign_origin.of_sheets)
ELEMENT_RULES = {
    "disabled-zoom": disabled_zoom.of_page,
    "foreign-form": foreign_form.of_page,
    "foreign-origin": foreign_origin.of_page,
}


@dataclass(frozen=True)
class Held:
    """A site's theme, held to the contract for what it brings itself."""

    site: Site
    look: Theme
    _seen: set[int] = field(default_factory=set)

    @cached_property
    def sources(self) -> Sources:
        return Sources(self.look)

    def theme(self) -> Iterator[Problem]:
        """What is wrong with its templates and style sheets, as they are written."""
        for template_rule in TEMPLATE_RULES:
            yield from template_rule(self.sources)
        sheets = tuple(css.sheets(self.look))
        for sheet_rule in SHEET_RULES:
            yield from sheet_rule(sheets)

    def page(self, order: Order, live: type, body: Body) -> Iterator[Problem]:
        """What is wrong with a page, as it was made; of those that are the same it is told of the first."""
        template = order.kind.template
        if order.box or not self.sources.own or id(body) in self._seen or template in PIECES:
            return
        self._seen.add(id(body))
        yield from of_page(Page(self.site, self.sources, order.name, template, live, order.fields, order.given, body))


def of_page(page: Page) -> Iterator[Problem]:
    """Everything that every rule about pages has to say of one."""
    yield from missing_part.check(page)
    for code, rule in ELEMENT_RULES.items():
        for words, says, hint in rule(page.elements):
            place = page.sources.find(words) or Place(page.sources.theme.called(page.template), 1, 1)
            yield Problem(code, place, f"{page.called}: {says}", hint)
