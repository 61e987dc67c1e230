"""What the pages of a site are made from: its theme, as the merchant has it look and speak, and the files beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator import later
from generator.compiler import theme
from generator.compiler.bake import assets
from generator.compiler.bake.assets import Assets
from generator.compiler.bake.orders import Order, orders
from generator.compiler.theme import Theme
from generator.compiler.theme.look import Dress, dress
from generator.model.page import Body
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import Field


class Held(Protocol):
    """Who tells what a theme may not do."""

    def theme(self) -> Iterator[Problem]: ...
    def page(self, order: Order, live: type, body: Body) -> Iterator[Problem]: ...


@dataclass(frozen=True)
class Material:
    """`orders` are the pages that can be made: of a field without a name none can. A theme that brings anything itself
    is `held` to the contract."""

    theme: Theme
    dress: Dress
    files: Assets
    orders: tuple[Order, ...]
    held: Held | None = None


def gathered(
    site: Site, beside: Path, label: str, problems: list[Problem], unsaid: Iterable[Problem] = ()
) -> Material | None:
    """`beside` is the definition's folder, which problems call `label`. Nothing where no page could be made, as where
    something is `unsaid` in one of its languages."""
    before = len(problems)
    shelves = theme.places(beside, label)
    look = theme.load(site.look.theme, site.look.theme_place, shelves, site.languages, problems, site.wordings)
    problems += unsaid
    if look is None or len(problems) > before:
        return None
    dressed = dress(look.layers, site.look, problems)
    bare = len(problems) > before
    files = assets.gather(look, dressed, site.look, beside, label, problems)
    held = None
    if not look.shipped:
        held = later.load("generator.compiler.bake.contract:Held")(site, look)
        problems += held.theme()
    if bare:
        return None
    unlabelled = set(_unlabelled(site, look, problems))
    whole = tuple(order for order in orders(site) if not unlabelled.intersection(order.fields))
    return Material(look, dressed, files, whole, held)


def _unlabelled(site: Site, look: Theme, problems: list[Problem]) -> Iterator[Field]:
    """Fields that nobody gave a name, neither the definition nor the theme: their pages cannot be made."""
    said = look.texts[site.languages[0]]
    for fields in site.forms:
        for field in fields:
            if field.kind != "hidden" and field.label is None and f"fields.{field.id}.label" not in said:
                written = ", ".join(f"{language}: …" for language in site.languages)
                says = f'the field "{field.id}" has no label'
                problems.append(Problem("missing-label", field.place, says, f"add `label: {{{written}}}`"))
                yield field
