"""A theme: templates, texts, assets and style sheets, its own and those of the themes that it extends."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from generator import shipped
from generator.compiler import source
from generator.compiler.node import Map, Scalar
from generator.compiler.theme.layers import Layer, Places, chain, places
from generator.compiler.theme.phrases import Counted, Saying, Texts, collect
from generator.model.nearest import suggestion
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.text import Phrase

__all__ = ["CASCADE", "Theme", "load", "places", "reworded"]

CASCADE = ("base", "parts", "pages", "theme")
"""The layers of the style sheet in their order: what a later one says counts, however an earlier one says it."""


@dataclass(frozen=True)
class Theme:
    """`layers` are the folders, the theme's own first: what a nearer one has stands in front of what is farther.

    `texts` are by language. A name of a template or an asset is looked for in every layer in turn.
    """

    layers: tuple[Layer, ...]
    texts: Mapping[str, Texts]

    @property
    def shipped(self) -> bool:
        """Whether all of it is ours."""
        return all(layer.folder.is_relative_to(shipped.THEMES) for layer in self.layers)

    @property
    def label(self) -> str:
        """What problems call the theme's own folder."""
        return self.layers[0].label

    def template(self, name: str) -> Path | None:
        """The file of a template; `plain:layout.html` is the one of that layer, whatever stands in front of it."""
        layer, _, pinned = name.rpartition(":")
        parts = pinned.split("/")
        if ".." in parts or "" in parts:
            return None
        files = (one.templates.joinpath(*parts) for one in self.layers if layer in ("", one.name))
        return next((file for file in files if file.is_file()), None)

    def asset(self, name: str) -> Path | None:
        """The file of an asset."""
        return next((file for layer in self.layers if (file := layer.assets / name).is_file()), None)

    def named(self, file: Path) -> str:
        """What problems call a file of the theme."""
        for layer in self.layers:
            if file.is_relative_to(layer.folder):
                return f"{layer.label}/{file.relative_to(layer.folder).as_posix()}"
        return str(file)

    def called(self, template: str) -> str:
        """What problems call a template."""
        file = self.template(template)
        return self.named(file) if file else f"{self.label}/templates/{template}"

    def listed(self, *path: str) -> tuple[Scalar, ...]:
        """The names that the manifests list under these keys, those of the farthest layer first, each once."""
        found = {str(name.value): name for layer in reversed(self.layers) for name in layer.listed(*path)}
        return tuple(found.values())


def load(name: str, place: Place, places: Places, languages: tuple[str, ...], problems: list[Problem]) -> Theme | None:
    """The theme of this name, looked for in `places` in turn; `place` is where the definition names it."""
    layers = chain(name, place, places, problems)
    if not layers:
        return None
    theme = Theme(layers, {})
    if theme.shipped and all((layers[-1].folder / "texts" / f"{language}.yaml").is_file() for language in languages):
        return replace(theme, texts=_Shipped(layers, languages))
    return replace(theme, texts={language: _texts(layers, language, problems) for language in languages})


class _Shipped(Mapping[str, Texts]):
    """What is shipped is said without a mistake, which tests make sure of: it is read when somebody wants it."""

    def __init__(self, layers: tuple[Layer, ...], languages: tuple[str, ...]) -> None:
        self._layers, self._known = layers, dict.fromkeys(languages, None)
        self._read: dict[str, Texts] = {}

    def __getitem__(self, language: str) -> Texts:
        if language not in self._known:
            raise KeyError(language)
        if language not in self._read:
            self._read[language] = _texts(self._layers, language, [])
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def reworded(theme: Theme, wordings: Mapping[str, Mapping[str, Phrase]], problems: list[Problem]) -> Theme:
    """The theme as the merchant has it say some things, in the languages that it speaks."""
    texts = {language: dict(theme.texts.get(language, {})) for language in wordings}
    for language, phrases in wordings.items():
        said = texts[language]
        for key, phrase in phrases.items():
            if not _say(said, key, phrase):
                says = f'the theme has no text "{key}" to be said otherwise'
                problems.append(Problem("unknown-text", phrase.place, says, suggestion(key, said)))
    own: dict[str, Texts] = {**texts}
    return replace(theme, texts=ChainMap(own, cast(Any, theme.texts))) if own else theme


def _say(texts: dict[str, Saying], key: str, phrase: Phrase) -> bool:
    """In place of the sentence of this key, or of the form that it has for some numbers, where there is one."""
    above, _, form = key.rpartition(".")
    counted = texts.get(above)
    if isinstance(texts.get(key), Phrase):
        texts[key] = phrase
    elif isinstance(counted, Counted) and form in counted.forms:
        texts[above] = replace(counted, forms={**counted.forms, form: phrase})
    else:
        return False
    return True


def _texts(layers: tuple[Layer, ...], language: str, problems: list[Problem]) -> Texts:
    """What all layers say in a language: a nearer one says only what it says otherwise, or for itself."""
    files = [(layer, layer.folder / "texts" / f"{language}.yaml") for layer in reversed(layers)]
    spoken = [(layer, file) for layer, file in files if file.is_file()]
    if not spoken:
        others = sorted({file.stem for layer in layers for file in (layer.folder / "texts").glob("*.yaml")})
        says = f"the theme does not speak {language}: there is no file for it"
        hint = f"write it beside the others ({', '.join(others)}), or take {language} out of `site.languages`"
        place = Place(f"{layers[0].label}/texts/{language}.yaml", 1, 1)
        problems.append(Problem("missing-language", place, says, hint))
    texts: dict[str, Saying] = {}
    for layer, file in spoken:
        reading = source.read(file, f"{layer.label}/texts/{file.name}")
        problems += reading.problems
        node = reading.node if isinstance(reading.node, Map) else None
        for key, saying in collect(node, language, problems).items():
            if isinstance(saying, Counted) or not _say(texts, key, saying):
                texts[key] = saying
    return texts
