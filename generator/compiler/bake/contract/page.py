"""A page that was made, as the rules of the contract look at it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.compiler.bake.contract import tree
from generator.compiler.bake.contract.parts import Part, sort_of
from generator.compiler.bake.contract.sources import Sources
from generator.compiler.bake.contract.tree import Element, Stands, certain
from generator.model.page import Body
from generator.model.place import Place
from generator.model.site import Site
from generator.model.workflow import Field


@dataclass(frozen=True)
class Page:
    """`name` is its own, `template` that of its kind, `live` the type of its live names; `given` is what the template
    was told: a step, a section."""

    site: Site
    sources: Sources
    name: str
    template: str
    live: type
    fields: tuple[Field, ...]
    given: Mapping[str, Any]
    body: Body

    @cached_property
    def standing(self) -> Mapping[str, list[Stands]]:
        """Everything in it, by its sort."""
        sorted_: dict[str, list[Stands]] = defaultdict(list)
        for one in tree.stands(tree.read(self.body, self.live, self.name.endswith(".html"))):
            sorted_[sort_of(one.thing)].append(one)
        return sorted_

    @cached_property
    def elements(self) -> list[Element]:
        return [one.thing for found in self.standing.values() for one in found if isinstance(one.thing, Element)]

    def has(self, part: Part) -> bool:
        """Whether the part is there for everybody for whom it must be."""
        found = [one for sort in part.find.among for one in self.standing[sort] if part.find.meets(one)]
        return certain(found, part.known)

    @property
    def opened(self) -> bool:
        """Whether customers open it: mails and paper are no pages, and have no buttons."""
        return self.name.endswith(".html") and not self.name.startswith(("mail.", "print."))

    @property
    def notice(self) -> str:
        return str(self.given.get("notice", ""))

    @property
    def called(self) -> str:
        """What problems call it."""
        return f'the page "{self.name.removesuffix(".html")}"'

    def home(self, homes: tuple[str, ...]) -> Place:
        """Where the theme fills or replaces what has a part in the shipped one; else the page's own template."""
        own = {source.name: source for source in self.sources.own}
        family = [source for source in self.sources.lineage(self.template) if source in self.sources.own]
        for home in (*homes, "section", "main"):
            for source in family:
                if home in source.blocks:
                    return source.at(source.blocks[home].lineno, home)
            if home in own:
                return own[home].at(1)
        return family[0].at(1) if family else Place(self.sources.theme.called(self.template), 1, 1)
