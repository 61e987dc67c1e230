"""A definition's pages in a theme: its own, or any other that there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.compiler import theme
from generator.compiler.bake.batch import Batch
from generator.compiler.bake.material import gathered
from generator.compiler.theme.layers import MANIFEST
from generator.model.page import Body
from generator.model.place import NOWHERE
from generator.model.problem import Problem
from generator.model.site import Site


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
    layers = theme.load(name, NOWHERE, theme.places(beside, ""), (), [])
    files = (file for layer in layers.layers for file in (layer.folder / "texts").glob("*.yaml")) if layers else ()
    return tuple(sorted({file.stem for file in files}))


def dressed(
    site: Site, beside: Path, label: str, names: tuple[str, ...], kept: Path | None, problems: list[Problem]
) -> Iterator[Look]:
    """The site in each of these themes; one in which it cannot be made is left out, and `problems` say why."""
    for name in names:
        found: list[Problem] = []
        worn = replace(site, look=replace(site.look, theme=name))
        material = gathered(worn, beside, label, found)
        baked = Batch(worn, material, found, kept).all() if material else None
        problems += found
        if baked is not None and not any(problem.severity == "error" for problem in found):
            yield Look(name, site.languages, baked.pages, baked.assets)
