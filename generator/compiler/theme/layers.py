"""The folders of a theme: its own, and those of the themes that it extends, the nearest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import shipped
from generator.compiler import shape, source
from generator.compiler.node import List, Map, Scalar
from generator.model.nearest import suggestion
from generator.model.place import Place
from generator.model.problem import Problem, Related

MANIFEST = "theme.yaml"
SCHEMA = shipped.SCHEMAS / "theme.schema.json"


Places = Mapping[Path, str]
"""The folders in which themes are looked for, in turn, and what problems call each."""


@dataclass(frozen=True)
class Layer:
    """One folder, with what its manifest says; `label` is what problems call the folder."""

    name: str
    folder: Path
    label: str
    manifest: Map

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    @property
    def assets(self) -> Path:
        return self.folder / "assets"

    def listed(self, *path: str) -> Iterator[Scalar]:
        """The names that the manifest lists under these keys."""
        below: object = self.manifest
        for key in path:
            below = below.get(key) if isinstance(below, Map) else None
        yield from (item for item in (below.items if isinstance(below, List) else ()) if isinstance(item, Scalar))


def places(beside: Path, label: str) -> Places:
    """Those beside a definition in this folder, which problems call `label`, and those that are shipped."""
    ours = shipped.THEMES
    named = str(ours.relative_to(Path.cwd())) if ours.is_relative_to(Path.cwd()) else ours.name
    near = beside / ours.name
    return {ours: named} if near.resolve() == ours.resolve() else {near: str(Path(label) / ours.name), ours: named}


def chain(name: str, place: Place, places: Places, problems: list[Problem]) -> tuple[Layer, ...]:
    """The theme of this name, what it extends, and so on; nothing where one of them is not to be had.

    It is looked for in `places` in turn; `place` is where it is named.
    """
    layers: list[Layer] = []
    named: list[Place] = []
    while True:
        shelf = next((shelf for shelf in places if (shelf / name / MANIFEST).is_file()), None)
        if shelf is None:
            says = f'there is no theme "{name}"'
            problems.append(Problem("unknown-theme", place, says, suggestion(name, _names(places))))
            return ()
        folder = shelf / name
        if any(layer.folder == folder for layer in layers):
            problems.append(_circular(name, place, layers, named))
            return ()
        layer = _layer(folder, f"{places[shelf]}/{name}", problems)
        if layer is None:
            return ()
        layers.append(layer)
        parent = layer.manifest.get("extends")
        if not isinstance(parent, Scalar):
            return tuple(layers)
        name, place = str(parent.value), parent.place
        named.append(place)


def _circular(name: str, place: Place, layers: list[Layer], named: list[Place]) -> Problem:
    last = layers[-1].name
    says = f'the theme "{last}" extends itself' if name == last else f'"{last}" extends "{name}", which extends it'
    related = tuple(Related(before, "this line leads there, too") for before in named[:-1])
    hint = "let one of them extend another theme; a theme of your own needs a name that no shipped one has"
    return Problem("circular-theme", place, says, hint, related=related)


def _layer(folder: Path, label: str, problems: list[Problem]) -> Layer | None:
    """Of the shape of what is shipped a test makes sure, once for all."""
    reading = source.read(folder / MANIFEST, f"{label}/{MANIFEST}")
    before = len(problems)
    problems += reading.problems
    if not isinstance(reading.node, Map):
        if reading.node is not None:
            says = "a theme's manifest must be a map, and this is not"
            problems.append(Problem("wrong-type", reading.node.place, says, "start it with `extends: plain`"))
        return None
    if not folder.is_relative_to(shipped.THEMES):
        problems += shape.check(reading.node, SCHEMA)
    return Layer(folder.name, folder, label, reading.node) if len(problems) == before else None


def _names(places: Places) -> list[str]:
    return sorted({file.parent.name for folder in places for file in folder.glob(f"*/{MANIFEST}")})
