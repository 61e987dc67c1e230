"""A definition's pages in a theme: its own, or any other that there is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from generator.compiler import theme
from generator.compiler.bake.batch import Batch
from generator.compiler.bake.material import gathered
from generator.compiler.theme.layers import MANIFEST
from generator.model.page import Body
from generator.model.place import NOWHERE
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.text import Text


@dataclass(frozen=True)
class Look:
    """The pages by language and name, and the assets that they ask for."""

    theme: str
    languages: tuple[str, ...]
    pages: Mapping[tuple[str, str], Body]
    assets: Mapping[str, bytes]


def themes(beside: Path) -> tuple[str, ...]:
    """Every theme that there is for a definition in this folder: its own, and those that are shipped."""
    places = theme.places(beside, "")
    return tuple(sorted({file.parent.name for folder in places for file in folder.glob(f"*/{MANIFEST}")}))


def spoken(name: str, beside: Path) -> tuple[str, ...]:
    """The languages that a theme speaks, those of the themes that it extends among them."""
    return tuple(theme.known(theme.layers_of(name, NOWHERE, theme.places(beside, ""), [])))


Wanted = Callable[[str, str], bool]
"""Whether a page is asked for, by its language and its name."""


def everything(language: str, name: str) -> bool:
    """All of them."""
    return True


@dataclass(frozen=True)
class Wardrobe:
    """A definition in this folder, which problems call `label`, in any theme and language that there is."""

    site: Site
    beside: Path
    label: str
    kept: Path | None = None

    def look(
        self, name: str, languages: Sequence[str], problems: list[Problem], wanted: Wanted = everything
    ) -> Look | None:
        """The site in this theme, as far as it is wanted; None where it cannot be made, and `problems` say why.

        What the merchant says in none of these languages is said in the definition's first one.
        """
        found: list[Problem] = []
        site = replace(self.site, look=replace(self.site.look, theme=name), languages=tuple(languages))
        said = _said_everywhere(site, self.site.languages[0], languages)
        material = gathered(said, self.beside, self.label, found)
        pages: dict[tuple[str, str], Body] = {}
        if material is not None:
            asked = ((tag, order) for tag in languages for order in material.orders if wanted(tag, order.name))
            made = Batch(said, material, found, self.kept).some(asked)
            pages = {(tag, order.name): body for tag, order, body, _ in made}
        problems += found
        if material is None or any(problem.severity == "error" for problem in found):
            return None
        return Look(name, tuple(languages), pages, material.files.files)


def _said_everywhere(thing: Any, first: str, languages: Sequence[str]) -> Any:
    """The same with every text in each of the languages."""
    if isinstance(thing, Text):
        usual = thing.phrase(first) or thing.phrases[0]
        more = (replace(usual, language=tag) for tag in languages if thing.phrase(tag) is None)
        return Text((*thing.phrases, *more))
    if isinstance(thing, tuple):
        return tuple(_said_everywhere(one, first, languages) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        below = {one.name: getattr(thing, one.name) for one in fields(thing) if one.init}
        made = {name: _said_everywhere(value, first, languages) for name, value in below.items()}
        return replace(thing, **{name: value for name, value in made.items() if value is not below[name]})
    return thing
