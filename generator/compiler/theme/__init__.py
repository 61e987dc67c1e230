"""A theme: templates, texts, assets and style sheets, its own and those of the themes that it extends."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from generator import later, shipped
from generator.compiler import source
from generator.compiler.node import Map, Scalar
from generator.compiler.theme.layers import Layer, Places, places
from generator.compiler.theme.layers import chain as layers_of
from generator.compiler.theme.phrases import UNSAID, Counted, Saying, Texts, Wordings, collect
from generator.model.nearest import suggestion
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.text import Phrase, spellings

__all__ = ["CASCADE", "Theme", "known", "layers_of", "load", "model", "places", "speaks"]

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


def load(
    name: str,
    place: Place,
    places: Places,
    languages: tuple[str, ...],
    problems: list[Problem],
    wordings: Wordings = UNSAID,
) -> Theme | None:
    """The theme of this name, looked for in `places` in turn; `place` is where the definition names it.

    `wordings` are what a merchant has it say otherwise. A language that it does not speak at all they can bring whole.
    """
    layers = layers_of(name, place, places, problems)
    if not layers:
        return None
    theme = Theme(layers, {})
    spoken = tuple(language for language in languages if _files(layers, language))
    if theme.shipped:
        theme = replace(theme, texts=_Shipped(layers, spoken))
    else:
        theme = replace(theme, texts={language: _texts(layers, language, problems) for language in spoken})
    own = {
        language: _reworded(theme.texts[language], wordings[language], problems)
        for language in spoken
        if wordings.get(language)
    }
    for language in languages:
        if language not in spoken and (said := wordings.get(language)):
            own[language] = later.load("generator.compiler.theme.brought:brought")(
                model(layers, languages), said, language, problems
            )
        elif language not in spoken:
            own[language] = {}
            problems.append(_unspoken(layers, places, language))
    return replace(theme, texts=ChainMap(own, cast(Any, theme.texts))) if own else theme


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


def speaks(layers: tuple[Layer, ...], language: str) -> bool:
    """Whether any of them has a file for it, or for the language of which it is a country's variant."""
    return bool(_files(layers, language))


def model(layers: tuple[Layer, ...], languages: tuple[str, ...]) -> Texts:
    """All that there is to say, in the first of these languages that the theme speaks, else in any that it does."""
    first = next((language for language in (*languages, "en", *known(layers)) if _files(layers, language)), "")
    return _texts(layers, first, [])


def _reworded(texts: Texts, phrases: Mapping[str, Phrase], problems: list[Problem]) -> Texts:
    """What the theme says, as the merchant has it say some things."""
    said = dict(texts)
    for key, phrase in phrases.items():
        if not _say(said, key, phrase):
            says = f'the theme has no text "{key}" to be said otherwise'
            problems.append(Problem("unknown-text", phrase.place, says, suggestion(key, said)))
    return said


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


def _unspoken(layers: tuple[Layer, ...], places: Places, language: str) -> Problem:
    """Told in the file that would be it, beside the definition."""
    says = f"the theme does not speak {language}, as it does {', '.join(known(layers))}"
    begin = f"begin a file for it with `hosted-pages texts {language} --write`"
    place = Place(str(Path(next(iter(places.values()))).parent / "texts" / f"{language}.yaml"), 1, 1)
    return Problem("missing-language", place, says, f"{begin}, or take {language} out of `site.languages`")


def known(layers: tuple[Layer, ...]) -> list[str]:
    """The languages that any of these layers speaks."""
    return sorted({file.stem for layer in layers for file in (layer.folder / "texts").glob("*.yaml")})


def _files(layers: tuple[Layer, ...], language: str) -> list[tuple[Layer, Path]]:
    """The files in which layers speak a language, the farthest first; a country's variant may have none of its own."""
    files = (
        (layer, layer.folder / "texts" / f"{name}.yaml") for name in spellings(language)[::-1] for layer in layers[::-1]
    )
    return [(layer, file) for layer, file in files if file.is_file()]


def _texts(layers: tuple[Layer, ...], language: str, problems: list[Problem]) -> Texts:
    """What all layers say in a language: a nearer one says only what it says otherwise, or for itself."""
    texts: dict[str, Saying] = {}
    for layer, file in _files(layers, language):
        reading = source.read(file, f"{layer.label}/texts/{file.name}")
        problems += reading.problems
        node = reading.node if isinstance(reading.node, Map) else None
        for key, saying in collect(node, language, problems).items():
            if isinstance(saying, Counted) or not _say(texts, key, saying):
                texts[key] = saying
    return texts
