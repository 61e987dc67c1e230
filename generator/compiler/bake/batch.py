"""Makes the pages of a site, in its languages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from generator.compiler.bake import heavy_page
from generator.compiler.bake.assets import STYLE
from generator.compiler.bake.live import LiveProblem
from generator.compiler.bake.looked import Looked
from generator.compiler.bake.material import Material
from generator.compiler.bake.orders import Order
from generator.compiler.bake.oven import BadPage, Oven
from generator.compiler.theme.look.tokens import instead
from generator.locale import countries, speech
from generator.model.live import live_of
from generator.model.nearest import suggestion
from generator.model.page import Body
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.text import Text
from generator.model.workflow import Field


@dataclass(frozen=True)
class Baked:
    """`pages` are by language and name; a name ends in `.html` or, for plain text, in `.txt`."""

    pages: Mapping[tuple[str, str], Body]
    assets: Mapping[str, bytes]


@dataclass
class Batch:
    """Makes the pages of a site; what is wrong with them goes to `problems`. `kept` is where compiled templates are."""

    site: Site
    material: Material
    problems: list[Problem]
    kept: Path | None = None
    _template: str = ""
    _weighed: set[int] = field(default_factory=set)

    def all(self) -> Baked:
        """Every page in every language."""
        wanted = ((language, order) for language in self.site.languages for order in self.material.orders)
        pages = {(language, order.name): body for language, order, body, _ in self.some(wanted)}
        return Baked(pages, self.material.files.files)

    def some(self, wanted: Iterable[tuple[str, Order]]) -> Iterator[tuple[str, Order, Body, Looked | None]]:
        """These in these languages, with what each was made from; nothing of that where it had been made before."""
        held = self.material.held
        oven, spoken = Oven(self.site, self.material.theme, self._functions(), self.kept), cache(self._spoken)
        for language, order in wanted:
            self._template = order.kind.template
            try:
                body = _made(oven, order, self.site, language, spoken(language))
                found = [*self._heavy(order, body), *(held.page(order, live_of(order.kind), body) if held else ())]
                self.problems += found
                yield language, order, body, None if found else oven.looked
            except BadPage as bad:
                self.problems.append(bad.problem)

    def _heavy(self, order: Order, body: Body) -> Iterator[Problem]:
        """Of pages that are the same it is told of the first."""
        if id(body) not in self._weighed:
            self._weighed.add(id(body))
            yield from heavy_page.check(self.site, self.material.theme, order, body, self.material.files.files)

    def _spoken(self, language: str) -> Mapping[str, Any]:
        """What a template knows about the language that it is baked in."""
        return {
            "direction": speech.direction(language),
            "languages": tuple((tag, speech.own_name(tag)) for tag in self.site.languages),
            "countries": countries.sorted_by_name(speech.locale_of(language)),
        }

    def _functions(self) -> Mapping[str, Any]:
        files, dress = self.material.files, self.material.dress

        def asset(name: str) -> str:
            """The address of one of the theme's assets."""
            if not has_asset(name):
                says = f'there is no "{name}" in `assets/`'
                raise LiveProblem("missing-asset", says, suggestion(name, [STYLE, *sorted(files.addresses)]), name)
            return files.address(name, self._template)

        def has_asset(name: str) -> bool:
            """Whether the theme has this asset."""
            return name == STYLE or name in files.addresses

        def token(name: str, mode: str = "light") -> str:
            """What a design token is: for mails, which know no style sheet, and for what a page says about itself."""
            values = dress.modes[mode]
            if name not in values:
                raise LiveProblem("unknown-token", f'there is no token "{name}"', instead(name, values), name)
            return values[name].css

        return {
            "as_named": _as_named,
            "asset": asset,
            "has_asset": has_asset,
            "logo": files.logo,
            "paragraphs": _paragraphs,
            "preloads": files.preloads,
            "scheme": dress.scheme,
            "token": token,
        }


def _as_named(fields: tuple[Field, ...], language: str) -> tuple[Field, ...]:
    """The fields of a form; given and family name that stand together come in the order of the language."""
    turned = ("given-name", "family-name") if speech.family_first(language) else ("family-name", "given-name")
    placed = list(fields)
    for at, pair in enumerate(pairwise(fields)):
        if tuple(field.autocomplete for field in pair) == turned:
            placed[at : at + 2] = reversed(pair)
    return tuple(placed)


def _paragraphs(text: Text, language: str) -> tuple[Text, ...]:
    """A text of the definition in parts: an empty line begins a new one."""
    phrase = text.phrase(language)
    parts = re.split(r"\n\s*\n", phrase.says.strip()) if phrase else ()
    return tuple(Text((replace(phrase, says=part),)) for part in parts) if phrase else (text,)


def _made(oven: Oven, order: Order, site: Site, language: str, spoken: Mapping[str, Any]) -> Body:
    live, keys = live_of(order.kind), order.keys(site)
    if order.box:
        return oven.words(order.box, live, language, keys, order.given)
    return oven.bake(order.kind.template, live, language, keys, order.given, spoken)
