"""The templates that a theme brings itself, as they are written: what they extend, their blocks, where each stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator import shipped
from generator.compiler.bake.tags import LiveTags
from generator.compiler.theme import Theme
from generator.model.place import Place

_ENVIRONMENT = Environment(extensions=[LiveTags], autoescape=True)


@dataclass(frozen=True)
class Source:
    """One template. `label` is what problems call its file."""

    name: str
    layer: str
    label: str
    words: str

    @cached_property
    def tree(self) -> nodes.Template:
        """What Jinja reads in it; empty where it cannot be read, which is told where a page is made of it."""
        try:
            return _ENVIRONMENT.parse(self.words)
        except TemplateSyntaxError:
            return nodes.Template([], lineno=1)

    @property
    def extends(self) -> str:
        """The template that it extends, as it is named there; empty where there is none."""
        named = (node.template for node in self.tree.find_all(nodes.Extends))
        return next((str(name.value) for name in named if isinstance(name, nodes.Const)), "")

    @cached_property
    def blocks(self) -> dict[str, nodes.Block]:
        return {block.name: block for block in self.tree.find_all(nodes.Block)}

    def at(self, line: int, word: str = "") -> Place:
        """The place of a word in this line, or from it on; of the whole line where it is not there."""
        for number, written in enumerate(self.words.splitlines()[line - 1 :], line):
            if word and word in written:
                return Place(self.label, number, written.index(word) + 1, len(word))
        return Place(self.label, line, 1)


@dataclass(frozen=True)
class Sources:
    """Those of a theme. What is shipped keeps the contract, which tests make sure of once for all."""

    theme: Theme

    @cached_property
    def own(self) -> tuple[Source, ...]:
        """All that are not shipped, the nearest layer's first."""
        return tuple(
            self._source(file, layer.name)
            for layer in self.theme.layers
            if not layer.folder.is_relative_to(shipped.THEMES)
            for file in sorted(layer.templates.rglob("*"))
            if file.is_file()
        )

    def ancestors(self, source: Source) -> Iterator[Source]:
        """What it extends, and what that extends, and so on, as far as they can be had."""
        met = {source.label}
        while source.extends:
            file = self.theme.template(source.extends)
            if file is None or self.theme.named(file) in met:
                return
            layer = next(layer.name for layer in self.theme.layers if file.is_relative_to(layer.folder))
            source = self._source(file, layer)
            met.add(source.label)
            yield source

    def lineage(self, template: str) -> list[Source]:
        """A page's template and what it extends, the page's own first."""
        file = self.theme.template(template)
        if file is None:
            return []
        layer = next(layer.name for layer in self.theme.layers if file.is_relative_to(layer.folder))
        source = self._source(file, layer)
        return [source, *self.ancestors(source)]

    def find(self, words: str) -> Place | None:
        """Where these words stand in one of the theme's own templates."""
        for source in self.own:
            if words and words in source.words:
                return source.at(source.words.count("\n", 0, source.words.index(words)) + 1, words.partition("\n")[0])
        return None

    def _source(self, file: Path, layer: str) -> Source:
        folder = next(one.templates for one in self.theme.layers if file.is_relative_to(one.templates))
        words = file.read_text(encoding="utf-8", errors="replace")
        return Source(file.relative_to(folder).as_posix(), layer, self.theme.named(file), words)
